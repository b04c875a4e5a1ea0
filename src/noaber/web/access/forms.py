"""The forms of logging in and of managing people, teams and mandates."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from noaber.records import is_citizen_number

from . import queries
from .models import Mandate, Organisation, Person, Team
from .presence import language
from .representing import KINDS
from .rights import Rights
from .roles import ROLES

_DISTRICT = re.compile(r"(WK|BU)\d{6,8}")


class LoginForm(forms.Form):
    """Mail address and password; says the same thing whatever was wrong."""

    username = forms.EmailField(
        label=_("E-mailadres"), widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("Wachtwoord"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.person: Person | None = None

    def clean(self) -> dict[str, Any]:
        """Find the person, or refuse without saying which of the two was wrong."""
        given = super().clean() or {}
        if "username" in given and "password" in given:
            found = authenticate(self.request, username=given["username"], password=given["password"])
            if not isinstance(found, Person):
                raise forms.ValidationError(_("Dit e-mailadres en wachtwoord horen niet bij elkaar."))
            self.person = found
        return given


class CodeForm(forms.Form):
    """The code of the second step: six digits from an app, or one of the reserve codes."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Zes cijfers uit uw app, of een van uw reservecodes."),
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


class NewPasswordForm(forms.Form):
    """A password that somebody chooses, typed twice."""

    new = forms.CharField(
        label=_("Nieuw wachtwoord"),
        help_text=_("Ten minste 12 tekens. Een zin van vier of vijf woorden is sterk en makkelijk te onthouden."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Nog een keer"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_new(self) -> str:
        """Refuse what is too short, too common, or too much like the name."""
        new: str = self.cleaned_data["new"]
        validate_password(new, self.person)
        return new

    def clean(self) -> dict[str, Any]:
        """Refuse two that differ."""
        given = super().clean() or {}
        if "new" in given and given["new"] != given.get("again"):
            self.add_error("again", _("Dit is niet hetzelfde als hierboven."))
        return given


class ChangePasswordForm(NewPasswordForm):
    """The same, by somebody who shows to know the old one."""

    old = forms.CharField(
        label=_("Wachtwoord van nu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old", "new", "again")

    def clean_old(self) -> str:
        """Refuse who does not know the old one."""
        old: str = self.cleaned_data["old"]
        if not self.person.check_password(old):
            raise forms.ValidationError(_("Dit is niet uw wachtwoord van nu."))
        return old


class _NamedForm(forms.Form):
    """Somebody who gets an account of their own, by name."""

    name = forms.CharField(label=_("Naam"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label=_("E-mailadres"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))

    def clean_email(self) -> str:
        """Refuse an address that somebody has already."""
        email: str = self.cleaned_data["email"]
        if Person.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Er is al een account met dit e-mailadres."))
        return email


class PersonForm(_NamedForm):
    """Someone who will work here: name, mail address and organisation."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisatie"), empty_label=None)

    def __init__(self, rights: Rights, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = queries.organisations(rights).filter(guest=False)  # type: ignore[attr-defined]


class GuestForm(_NamedForm):
    """Somebody of the municipality who attaches to a team here at set moments: from whom, until when, and why."""

    organisation = forms.CharField(
        label=_("Werkt bij"), max_length=200, help_text=_("De gemeente die deze medewerker stuurt.")
    )
    begins_on = forms.DateField(label=_("Vanaf"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(
        label=_("Tot en met"),
        help_text=_("Ten hoogste een jaar. Daarna kijkt u opnieuw of het nog nodig is."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Volgens welke afspraak"),
        help_text=_("Bijvoorbeeld: samenwerkingsafspraak tweede schil 2026, Wmo, dinsdag bij team Noord."),
        max_length=300,
    )

    def __init__(self, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_organisation(self) -> str:
        """Refuse one's own organisation: who works here is added as a colleague."""
        name: str = self.cleaned_data["organisation"].strip()
        if Organisation.objects.filter(name__iexact=name, guest=False).exists():
            raise forms.ValidationError(_("Wie hier zelf werkt, voegt u toe bij Mensen."))
        return name

    def clean(self) -> dict[str, Any]:
        """Refuse days in the past or in the wrong order, and more than a year."""
        given = super().clean() or {}
        begins_on, ends_on = given.get("begins_on"), given.get("ends_on")
        if begins_on and begins_on < self.on:
            self.add_error("begins_on", _("Een rol kan niet in het verleden beginnen."))
        if begins_on and ends_on and ends_on < begins_on:
            self.add_error("ends_on", _("Dit ligt voor de eerste dag."))
        if begins_on and ends_on and (ends_on - begins_on).days > 366:
            self.add_error("ends_on", _("Iemand van buiten komt ten hoogste een jaar binnen; verlengen kan daarna."))
        return given


class RoleForm(forms.Form):
    """A role for a person: which, for which team, from when until when, and why."""

    role = forms.ChoiceField(label=_("Rol"), widget=forms.RadioSelect)
    team = forms.ModelChoiceField(
        Team.objects.none(), label=_("Team"), required=False, empty_label=_("hele organisatie")
    )
    begins_on = forms.DateField(label=_("Vanaf"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(
        label=_("Tot en met"),
        help_text=_("Ten hoogste twee jaar. Verlengen kan daarna."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Waarom"), help_text=_("Bijvoorbeeld: begint per 1 maart in het wijkteam."), max_length=300
    )

    def __init__(self, person: Person, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        home = person.organisation
        fitting = [role for role in ROLES.values() if home.kind in role.kinds and (role.guest or not home.guest)]
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.key, f"{role.name(language())}: {role.description(language())}") for role in fitting
        ]
        self.fields["team"].queryset = Team.objects.filter(organisation=person.organisation)  # type: ignore[attr-defined]
        self.on, self.guest = on, home.guest

    def clean(self) -> dict[str, Any]:
        """Refuse a role that runs backwards, begins in the past, or lasts too long to be forgotten."""
        given = super().clean() or {}
        begins_on, ends_on = given.get("begins_on"), given.get("ends_on")
        if begins_on and begins_on < self.on:
            self.add_error("begins_on", _("Een rol kan niet in het verleden beginnen."))
        if begins_on and ends_on and ends_on < begins_on:
            self.add_error("ends_on", _("Dit ligt voor de eerste dag."))
        if begins_on and ends_on and (ends_on - begins_on).days > 731:
            self.add_error("ends_on", _("Een rol duurt ten hoogste twee jaar."))
        if self.guest and begins_on and ends_on and (ends_on - begins_on).days > 366:
            self.add_error("ends_on", _("Iemand van buiten komt ten hoogste een jaar binnen; verlengen kan daarna."))
        return given


class TeamForm(forms.ModelForm[Team]):
    """A team and the districts it works in."""

    districts = forms.CharField(
        label=_("Wijken en buurten"),
        help_text=_("CBS-codes, met een spatie ertussen: WK016401 BU01640102."),
        required=False,
    )

    class Meta:
        model = Team
        fields = ("organisation", "name", "districts")
        labels = {"organisation": _("Organisatie"), "name": _("Naam")}  # noqa: RUF012

    def __init__(self, rights: Rights, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = queries.organisations(rights).filter(guest=False)
        self.fields["organisation"].queryset = own  # type: ignore[attr-defined]
        self.fields["organisation"].empty_label = None  # type: ignore[attr-defined]
        self.initial["districts"] = " ".join(self.instance.districts)

    def clean_districts(self) -> list[str]:
        """Refuse what is not a code of a district."""
        codes: list[str] = self.cleaned_data["districts"].upper().replace(",", " ").split()
        if wrong := [code for code in codes if not _DISTRICT.fullmatch(code)]:
            raise forms.ValidationError(_("Dit is geen code van een wijk of buurt: %s.") % ", ".join(wrong))
        return codes


class MandateForm(forms.ModelForm[Mandate]):
    """A mandate: for which role, what may be decided, by which article and decision, and from when."""

    role = forms.ChoiceField(label=_("Rol"))
    begins_on = forms.DateField(label=_("Vanaf"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(
        label=_("Tot en met"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    class Meta:
        model = Mandate
        fields = ("role", "what", "article", "decision", "begins_on", "ends_on")
        labels = {  # noqa: RUF012
            "what": _("Wat mag worden besloten"),
            "article": _("Artikel"),
            "decision": _("Mandaatbesluit"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.key, role.name(language())) for role in ROLES.values()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a mandate that runs backwards."""
        given = super().clean() or {}
        if given.get("ends_on") and given.get("begins_on") and given["ends_on"] < given["begins_on"]:
            self.add_error("ends_on", _("Dit ligt voor de eerste dag."))
        return given


class RepresentationForm(forms.Form):
    """Who may speak for whom, as what, shown by what, from when until when; both are named by citizen number."""

    represented = forms.CharField(label=_("Burgerservicenummer van de inwoner"), max_length=11)
    name = forms.CharField(
        label=_("Hoe noemt de vertegenwoordiger deze inwoner?"),
        help_text=_("Zo staat de inwoner op het scherm van de vertegenwoordiger; een roepnaam is genoeg."),
        max_length=200,
    )
    representative = forms.CharField(label=_("Burgerservicenummer van de vertegenwoordiger"), max_length=11)
    kind = forms.ChoiceField(label=_("Als wat?"), widget=forms.RadioSelect)
    proof = forms.CharField(
        label=_("Waaruit blijkt dat?"),
        help_text=_("Bijvoorbeeld: uittreksel gezagsregister, beschikking van de rechtbank, ondertekende machtiging."),
        max_length=300,
    )
    begins_on = forms.DateField(label=_("Vanaf"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(
        label=_("Tot en met"),
        help_text=_("Ten hoogste vijf jaar. Bij een ouder: uiterlijk de dag voor het kind 16 wordt."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(key, words(language())) for key, (words, _basis) in KINDS.items()]  # type: ignore[attr-defined]
        self.initial["begins_on"] = on
        for name in ("represented", "representative"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "inputmode": "numeric"}

    def clean_represented(self) -> str:
        """Refuse what is no citizen number."""
        return _citizen_number(self.cleaned_data["represented"])

    def clean_representative(self) -> str:
        """Refuse what is no citizen number."""
        return _citizen_number(self.cleaned_data["representative"])

    def clean(self) -> dict[str, Any]:
        """Refuse who would speak for themselves, and a time that runs backwards or lasts too long."""
        given = super().clean() or {}
        begins_on, ends_on = given.get("begins_on"), given.get("ends_on")
        if given.get("represented") and given.get("represented") == given.get("representative"):
            self.add_error("representative", _("Dit is de inwoner zelf."))
        if begins_on and ends_on and ends_on < begins_on:
            self.add_error("ends_on", _("Dit ligt voor de eerste dag."))
        if begins_on and ends_on and (ends_on - begins_on).days > 5 * 366:
            self.add_error("ends_on", _("Vastleggen kan voor ten hoogste vijf jaar."))
        return given


def _citizen_number(said: str) -> str:
    number = "".join(char for char in said if char.isdigit())
    if not is_citizen_number(number):
        raise forms.ValidationError(_("Dit is geen burgerservicenummer."))
    return number
