"""The forms of this room: a handover under an agreement, a reason, an agreement, a consent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from noaber.records import is_citizen_number
from noaber.rules import value
from noaber.web.access.models import Organisation

from .bases import bases
from .decide import Agreed, Given
from .fields import FIELDS, NUMBER, ORIGIN_NAMES, Origin
from .models import Agreement
from .peers import peers
from .purposes import MOMENTS, PURPOSES
from .templatetags.exchange import in_words


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more)


def _number() -> forms.CharField:
    return forms.CharField(
        label=_("Burgerservicenummer"),
        max_length=12,
        help_text=_("Negen cijfers. Het wordt versleuteld bewaard."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


class _NumberForm(forms.Form):
    """A form with a citizen number that passes its own test."""

    def clean_number(self) -> str:
        """Refuse what cannot be a citizen number; spaces and dots are no matter."""
        given: str = self.cleaned_data["number"].replace(" ", "").replace(".", "")
        if not is_citizen_number(given):
            raise forms.ValidationError(_("Dit is geen burgerservicenummer. Kijk de cijfers nog eens na."))
        return given


class HandoverForm(_NumberForm):
    """What is handed over about a resident: only what the agreement names is asked."""

    number = _number()
    born_on = _day(_("Geboortedatum"), help_text=_("Nodig om te weten wie toestemming moet geven."))

    def __init__(self, agreement: Agreement, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name in (key for key in FIELDS if key in agreement.fields and key not in (NUMBER, "geboortedatum")):
            field = FIELDS[name]
            widget = forms.Textarea({"rows": 4}) if field.long else forms.TextInput({"autocomplete": "off"})
            self.fields[name] = forms.CharField(
                label=in_words(field.words), max_length=4000 if field.long else 300, required=False, widget=widget
            )
        self.with_birth_date = "geboortedatum" in agreement.fields

    def clean_born_on(self) -> date:
        """Refuse a birth date that lies ahead or longer ago than anyone lives."""
        given: date = self.cleaned_data["born_on"]
        if not date(self.today.year - 120, 1, 1) <= given <= self.today:
            raise forms.ValidationError(_("Deze geboortedatum kan niet kloppen."))
        return given

    @property
    def content(self) -> Mapping[str, str]:
        """What was filled in, per field of the agreement."""
        filled = {name: text.strip() for name, text in self.cleaned_data.items() if name in FIELDS and text.strip()}
        return filled | ({"geboortedatum": self.cleaned_data["born_on"].isoformat()} if self.with_birth_date else {})

    def clean(self) -> dict[str, Any]:
        """Refuse a handover in which nothing is said."""
        given = super().clean() or {}
        if not self.errors and not any(given.get(name, "").strip() for name in self.fields if name in FIELDS):
            raise forms.ValidationError(_("Vul ten minste één gegeven in dat u wilt overdragen."))
        return given


class ReasonForm(forms.Form):
    """Why a message is rejected or withdrawn; the other side reads it."""

    reason = forms.CharField(
        label=_("Reden"),
        max_length=500,
        help_text=_("De andere organisatie leest dit. Schrijf er niets in over de inwoner."),
        widget=forms.Textarea({"rows": 3}),
    )


class AgreementForm(forms.Form):
    """What two organisations agreed on sharing."""

    key = forms.SlugField(
        label=_("Kenmerk"),
        max_length=60,
        help_text=_("Spreek hetzelfde kenmerk af met de andere organisatie, bijvoorbeeld wmo-2026."),
    )
    direction = forms.ChoiceField(label=_("Wie stuurt, wie ontvangt"), widget=forms.RadioSelect)
    moment = forms.ChoiceField(label=_("Op welk moment"), widget=forms.RadioSelect)
    purpose = forms.ChoiceField(label=_("Waarvoor"), widget=forms.RadioSelect)
    fields_agreed = forms.MultipleChoiceField(
        label=_("Welke gegevens"),
        help_text=_("Alleen wat voor dit doel nodig is."),
        widget=forms.CheckboxSelectMultiple,
    )
    necessity = forms.CharField(
        label=_("Waarom dit nodig is"),
        help_text=_("Wie de afspraak goedkeurt, en de inwoner die ernaar vraagt, leest dit."),
        widget=forms.Textarea({"rows": 4}),
    )
    begins_on = _day(_("Geldt vanaf"))
    ends_on = _day(_("Geldt tot en met"))

    def __init__(self, organisation: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        chosen: Any = self.fields
        us = settings.NOABER
        chosen["direction"].choices = [
            pair
            for peer in peers()
            for pair in (
                (f"{us.code}>{peer.code}", f"{us.name} → {peer.name}"),
                (f"{peer.code}>{us.code}", f"{peer.name} → {us.name}"),
            )
        ]
        chosen["moment"].choices = [(key, in_words(item.words)) for key, item in MOMENTS.items()]
        in_force = [item for item in PURPOSES.values() if not bases().bill(item.law)]
        chosen["purpose"].choices = [(item.key, in_words(item.words)) for item in in_force]
        chosen["fields_agreed"].choices = [(key, in_words(item.words)) for key, item in FIELDS.items()]

    def clean_key(self) -> str:
        """Refuse a key that the register has already: a changed agreement gets a new one."""
        key: str = self.cleaned_data["key"].lower()
        if Agreement.objects.filter(organisation=self.organisation, key=key).exists():
            raise forms.ValidationError(_("Deze afspraak is er al. Een andere afspraak krijgt een ander kenmerk."))
        return key

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        given = super().clean() or {}
        if given.get("begins_on") and given.get("ends_on") and given["ends_on"] < given["begins_on"]:
            self.add_error("ends_on", _("Dit ligt voor de eerste dag."))
        return given

    @property
    def terms(self) -> Agreed:
        """The agreement, as the decision reads it."""
        given = self.cleaned_data
        sender, _arrow, receiver = given["direction"].partition(">")
        return Agreed(
            key=given["key"],
            sender=sender,
            receiver=receiver,
            moment=given["moment"],
            purpose=given["purpose"],
            fields=frozenset(given["fields_agreed"]),
            from_=given["begins_on"],
            until=given["ends_on"],
        )


class AskedForm(forms.Form):
    """What a resident consented to, and how it was asked; to whom and for what follows from the handover itself."""

    origins = forms.MultipleChoiceField(
        label=_("Gegevens die zijn verkregen voor"), widget=forms.CheckboxSelectMultiple
    )
    given_by = forms.ChoiceField(
        label=_("Wie gaf toestemming"),
        choices=[
            ("resident", _("De inwoner zelf (16 jaar of ouder)")),
            ("both", _("De inwoner en een ouder of voogd")),
            ("representative", _("Een ouder, voogd of vertegenwoordiger")),
        ],
        widget=forms.RadioSelect,
    )
    asked_how = forms.CharField(
        label=_("Hoe is het gevraagd, en wat is erbij verteld"),
        help_text=_("Bijvoorbeeld: in het gesprek op 3 maart, met de folder erbij. Nee zeggen mocht."),
        widget=forms.Textarea({"rows": 4}),
    )
    begins_on = _day(_("Gegeven op"))

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        chosen: Any = self.fields
        chosen["origins"].choices = [
            (item.value, in_words(words)) for item, words in ORIGIN_NAMES.items() if item is not Origin.ANY
        ]

    def clean_begins_on(self) -> date:
        """Refuse a consent that has yet to be given."""
        given: date = self.cleaned_data["begins_on"]
        if given > self.today:
            raise forms.ValidationError(_("Dit ligt in de toekomst. Leg toestemming vast als zij gegeven is."))
        return given

    def given(self, receiver: str, purpose: str) -> Given:
        """Return the consent to a receiver for a purpose; it ends by itself after the months that the rule says."""
        told = self.cleaned_data
        return Given(
            key="",
            receiver=receiver,
            purpose=purpose,
            origins=frozenset(told["origins"]),
            given_by=told["given_by"],
            from_=told["begins_on"],
            until=months_later(told["begins_on"], int(value("choice/consent_months", told["begins_on"]).number)),
        )


class ConsentForm(AskedForm, _NumberForm):
    """That a resident consented: who, to whom, for what, and how it was asked."""

    field_order = ("number", "receiver", "purpose", "origins", "given_by", "asked_how", "begins_on")
    number = _number()
    receiver = forms.ChoiceField(label=_("Wie mag de gegevens ontvangen"), widget=forms.RadioSelect)
    purpose = forms.ChoiceField(label=_("Waarvoor"), widget=forms.RadioSelect)

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(today, *args, **kwargs)
        chosen: Any = self.fields
        chosen["receiver"].choices = [(peer.code, peer.name) for peer in peers()]
        in_force = [item for item in PURPOSES.values() if not bases().bill(item.law)]
        chosen["purpose"].choices = [(item.key, in_words(item.words)) for item in in_force]

    @property
    def terms(self) -> Given:
        """The consent, as the decision reads it."""
        return self.given(self.cleaned_data["receiver"], self.cleaned_data["purpose"])


def months_later(day: date, months: int) -> date:
    """Return the day so many months later, at most the 28th when a month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))
