"""The forms of oversight: what to see of the journal, and whom a request for access is about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.records import is_citizen_number
from noaber.web.journal.sentences import SENTENCES


class JournalForm(forms.Form):
    """What to see of the journal; every field may stay empty."""

    who = forms.CharField(label=_("Wie (naam of sleutel)"), required=False, max_length=200)
    subject = forms.CharField(label=_("Over wie (sleutel van de inwoner)"), required=False, max_length=40)
    event = forms.ChoiceField(label=_("Gebeurtenis"), required=False)
    begins_on = forms.DateField(label=_("Vanaf"), required=False, widget=forms.DateInput({"type": "date"}))
    ends_on = forms.DateField(label=_("Tot en met"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted((name.replace("_", " "), name) for name in SENTENCES)
        self.fields["event"].choices = [("", _("alle")), *((name, words) for words, name in names)]  # type: ignore[attr-defined]


class WhoseForm(forms.Form):
    """Whom a request for access is about: by citizen number, by the words a resident gave, or a colleague's address."""

    number = forms.CharField(
        label=_("Burgerservicenummer van een inwoner"),
        required=False,
        max_length=11,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    words = forms.CharField(
        label=_("Of de naam, het telefoonnummer of e-mailadres dat een inwoner hier gaf"),
        help_text=_("Voor wie alleen bij de wijkentree bekend is; die vraagt niet naar een burgerservicenummer."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("Of het e-mailadres van een medewerker"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean_number(self) -> str:
        """Take out spaces and dots; refuse what is no citizen number."""
        number = "".join(char for char in self.cleaned_data["number"] if char.isdigit())
        if self.cleaned_data["number"] and not is_citizen_number(number):
            raise forms.ValidationError(_("Dit is geen burgerservicenummer."))
        return number

    def clean(self) -> dict[str, Any]:
        """Ask for one of the three."""
        given = super().clean() or {}
        if not self.errors and sum(bool(given.get(name)) for name in ("number", "words", "email")) != 1:
            raise forms.ValidationError(_("Vul één van de drie in."))
        return given
