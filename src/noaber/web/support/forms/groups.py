"""What is asked for groups, and for the counts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.web.access.models import Person

from .. import queries
from ..models import Group
from .asks import ActForm, RowForm, day_field, long_field

_LONGEST: Final = timedelta(days=366)
"""For how long a programme can be repeated at once."""


class GroupForm(RowForm):
    """A group."""

    programme = long_field(_("Programma"), required=False)
    district = forms.CharField(label=_("Wijk of buurt"), max_length=10, help_text=_("CBS-code, zoals WK016401."))
    begins_on = day_field(_("Vanaf"))
    ends_on = day_field(_("Tot en met"), required=False)

    class Meta:
        model = Group
        fields = ("name", "team", "leader", "district", "moment", "place", "programme", "begins_on", "ends_on")
        labels = {  # noqa: RUF012
            "name": _("Naam"),
            "team": _("Team"),
            "leader": _("Wie leidt de groep?"),
            "moment": _("Wanneer?"),
            "place": _("Waar?"),
        }

    def prepare(self) -> None:
        """Offer one's own teams."""
        teams = self.viewer.teams()
        self.among("team", teams)
        self.offer_districts("district")
        self.fields["team"].empty_label = None  # type: ignore[attr-defined]
        self.initial.setdefault("begins_on", self.viewer.on)
        people = {person.pk for team in teams for person in queries.people_of(team, self.viewer.on)}
        self.among("leader", Person.objects.filter(pk__in=people).order_by("name"))
        first = teams.first()
        if first and first.districts:
            self.initial.setdefault("district", first.districts[0])

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        given = super().clean()
        self.forwards("begins_on", "ends_on")
        return given or self.cleaned_data


class ParticipantForm(ActForm):
    """Who takes part by name."""

    name = forms.CharField(
        label=_("Naam"), max_length=200, help_text=_("Alleen als diegene dat wil. Anders telt u mee zonder naam.")
    )
    reach = forms.CharField(label=_("Te bereiken"), max_length=200, required=False)


class _TimesForm(ActForm):
    """When a session is and what is done."""

    on = day_field(_("Dag"))
    begins = forms.TimeField(label=_("Van"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("Tot"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    programme = forms.CharField(label=_("Wat doen we?"), max_length=300, required=False)

    def clean(self) -> None:
        """Refuse times that run backwards."""
        super().clean()
        begins, ends = self.cleaned_data.get("begins"), self.cleaned_data.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("Dit ligt voor het begin."))


class PlanSessionsForm(_TimesForm):
    """A session of the programme, once or each week until a day."""

    weekly_until = day_field(
        _("Elke week, tot en met"),
        required=False,
        help_text=_("Leeg: alleen deze keer. Eén keer verzetten of afzeggen kan daarna altijd."),
    )

    def prepare(self) -> None:
        """Go on where the programme ends."""
        last = self.of.sessions.order_by("on").last()
        self.initial["on"] = max(last.on + timedelta(weeks=1), self.viewer.on) if last else self.viewer.on
        if last:
            self.initial |= {"begins": last.begins, "ends": last.ends}

    def clean(self) -> None:
        """Refuse to repeat backwards, or for more than a year."""
        super().clean()
        self.forwards("on", "weekly_until")
        on, until = self.cleaned_data.get("on"), self.cleaned_data.get("weekly_until")
        if on and until and until - on > _LONGEST:
            self.add_error("weekly_until", _("Plan ten hoogste een jaar vooruit."))
        if on and not until and self.of.sessions.filter(on=on).exists():
            self.add_error("on", _("Op deze dag staat er al een bijeenkomst."))


class ChangeSessionForm(_TimesForm):
    """One session of the programme, on another day or otherwise."""

    def prepare(self) -> None:
        """Show how it stands now."""
        names = ("on", "begins", "ends", "programme")
        self.initial |= {name: getattr(self.row, name) for name in names}

    def clean_on(self) -> date:
        """Refuse a day that has another session."""
        on: date = self.cleaned_data["on"]
        if self.of.sessions.filter(on=on).exclude(pk=self.row.pk).exists():
            raise forms.ValidationError(_("Op deze dag staat er al een bijeenkomst."))
        return on


class SessionForm(ActForm):
    """Who came."""

    on = day_field(_("Wanneer?"))
    programme = forms.CharField(label=_("Wat deden we?"), max_length=300, required=False)
    came = forms.ModelMultipleChoiceField(
        Group.objects.none(), label=_("Wie waren er?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    unnamed = forms.IntegerField(label=_("En hoeveel zonder naam?"), min_value=0, max_value=500, initial=0)

    def prepare(self) -> None:
        """Offer who takes part by name."""
        self.among("came", self.of.participants.filter(ends_on__isnull=True))
        self.initial["on"] = self.viewer.on
        if self.row is not None:
            came = list(self.row.attendances.values_list("participant", flat=True))
            self.initial |= {
                "on": self.row.on,
                "programme": self.row.programme,
                "unnamed": self.row.unnamed,
                "came": came,
            }

    def clean(self) -> None:
        """Refuse a day that has yet to come."""
        super().clean()
        self.not_later("on")


class MonthForm(forms.Form):
    """The month to count."""

    month = forms.DateField(
        label=_("Maand"), input_formats=["%Y-%m"], widget=forms.DateInput({"type": "month"}, format="%Y-%m")
    )
