"""The pages of the form on the web, in their order: one question each, in plain words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.web.entrance.forms import options
from noaber.web.entrance.towns import district_of, districts
from noaber.web.entrance.words import THEMES


class WordsPage(forms.Form):
    """What the resident wants to ask."""

    words = forms.CharField(
        label=gettext_lazy("Wat wilt u vragen?"),
        help_text=gettext_lazy("Schrijf het zoals u het zou zeggen. Lang of kort, beide is goed."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class ThemePage(forms.Form):
    """What it is about."""

    theme = forms.ChoiceField(label=gettext_lazy("Waar gaat uw vraag over?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = options(THEMES)  # type: ignore[attr-defined]


class WherePage(forms.Form):
    """In which district the resident lives; only the district is kept with the question."""

    postcode = forms.CharField(
        label=gettext_lazy("Wat is uw postcode?"),
        help_text=gettext_lazy("De vier cijfers zijn genoeg. Wij kijken alleen in welke wijk u woont. Leeg laten mag."),
        max_length=7,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )

    def clean_postcode(self) -> str:
        """Refuse a postcode that is not of this municipality."""
        typed: str = self.cleaned_data["postcode"].strip()
        if typed and districts() and district_of(typed) is None:
            raise forms.ValidationError(_("Deze postcode kennen wij niet. Klopt hij? Leeg laten mag ook."))
        return typed


class AnswerPage(forms.Form):
    """How the resident wants to be answered."""

    answer_by = forms.ChoiceField(
        label=gettext_lazy("Hoe wilt u antwoord?"),
        widget=forms.RadioSelect,
        choices=[
            ("code", gettext_lazy("Op deze site, met een code. Ik hoef niet te zeggen wie ik ben.")),
            ("phone", gettext_lazy("Bel mij")),
            ("mail", gettext_lazy("Stuur mij een e-mail")),
        ],
    )


class WhoPage(forms.Form):
    """Who the resident is, as far as is needed to answer."""

    name = forms.CharField(
        label=gettext_lazy("Hoe heet u?"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=gettext_lazy("Op welk nummer kunnen we u bellen?"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    mail = forms.EmailField(
        label=gettext_lazy("Wat is uw e-mailadres?"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def __init__(self, *args: Any, answer_by: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["mail" if answer_by == "phone" else "phone"]


PAGES: dict[str, type[forms.Form]] = {
    "vraag": WordsPage,
    "onderwerp": ThemePage,
    "postcode": WherePage,
    "antwoord": AnswerPage,
    "wie": WhoPage,
}
"""All pages by their address; after them come the files and the look back."""


def order(answers: dict[str, str]) -> list[str]:
    """Return the pages that this resident gets: who needs no answer elsewhere is not asked who it is."""
    known = answers.get("answer_by") in {"phone", "mail"}
    return [key for key in PAGES if key != "wie" or known]


def missing(answers: dict[str, str]) -> str | None:
    """Return the first page that still needs an answer; None when the form can be sent."""
    needs = {"vraag": "words", "onderwerp": "theme", "antwoord": "answer_by", "wie": "name"}
    return next((key for key in order(answers) if key in needs and not answers.get(needs[key])), None)
