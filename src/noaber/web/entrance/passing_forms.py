"""What is asked before a question can go on to somebody else; only what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PassOnForm(forms.Form):
    """A name, a way to reach somebody, and the question in own words: each only when it is not known yet."""

    name = forms.CharField(
        label=_("Voor wie is de hulp?"),
        help_text=_("Een team kan alleen iemand helpen die een naam geeft. Een voornaam is genoeg."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Op welk nummer bellen we?"),
        help_text=_("Geen telefoon? Schrijf dan waar en wanneer deze inwoner te vinden is."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    mail = forms.EmailField(
        label=_("Of: welk e-mailadres?"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    words = forms.CharField(
        label=_("Wat is de vraag, in eigen woorden?"),
        help_text=_("Wie verder helpt leest dit. Dan hoeft de inwoner het niet nog eens te vertellen."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, lacking: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lacking = lacking
        for field, lack in {"name": "name", "phone": "reach", "mail": "reach", "words": "words"}.items():
            if lack not in lacking:
                del self.fields[field]

    def clean(self) -> dict[str, Any]:
        """Ask for a number or an address when there is none."""
        given = super().clean() or {}
        if "reach" in self.lacking and not self.errors and not (given.get("phone") or given.get("mail")):
            self.add_error("phone", _("Hoe bereikt het team deze inwoner? Vul een nummer of een e-mailadres in."))
        return given

    @property
    def told(self) -> dict[str, str]:
        """What was filled in; empty for what was not asked."""
        return {name: self.cleaned_data.get(name, "") for name in ("name", "phone", "mail", "words")}


class StaysForm(forms.Form):
    """Why a question is not passed on."""

    because = forms.CharField(
        label=_("Waarom blijft de vraag hier?"),
        help_text=_("Bijvoorbeeld: wil nog geen naam geven, en komt terug als het toch nodig is."),
        max_length=300,
    )
