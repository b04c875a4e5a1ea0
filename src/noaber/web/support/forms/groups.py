"""What is asked for groups, and for the counts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Group
from .asks import ActForm, RowForm, day_field, long_field


class GroupForm(RowForm):
    """A group."""

    programme = long_field(_("Programma"), required=False)
    district = forms.CharField(label=_("Wijk of buurt"), max_length=10, help_text=_("CBS-code, zoals WK016401."))
    begins_on = day_field(_("Vanaf"))
    ends_on = day_field(_("Tot en met"), required=False)

    class Meta:
        model = Group
        fields = ("name", "team", "district", "moment", "place", "programme", "begins_on", "ends_on")
        labels = {"name": _("Naam"), "team": _("Team"), "moment": _("Wanneer?"), "place": _("Waar?")}  # noqa: RUF012

    def prepare(self) -> None:
        """Offer one's own teams."""
        teams = self.viewer.teams()
        self.among("team", teams)
        self.fields["team"].empty_label = None  # type: ignore[attr-defined]
        self.initial.setdefault("begins_on", self.viewer.on)
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
