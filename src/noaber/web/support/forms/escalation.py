"""What is asked for each act on an escalation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.web.access.models import Person

from .. import queries
from ..models import Finding, Phase
from ..models.escalation import STUCK_REASONS
from .asks import ActForm, RowForm, day_field, long_field


class EscalateForm(ActForm):
    """Scaling up for the first time: why, to where, and who owns it."""

    phase = forms.ModelChoiceField(Phase.objects.none(), label=_("Fase"), empty_label=None, widget=forms.RadioSelect)
    trigger = forms.CharField(label=_("Wat is de aanleiding?"), max_length=300)
    case_owner = forms.ModelChoiceField(Person.objects.none(), label=_("Eigenaar van de casus"))
    process_owner = forms.ModelChoiceField(Person.objects.none(), label=_("Eigenaar van het proces"))

    def prepare(self) -> None:
        """Offer the phases above the lowest, and who works for the team."""
        self.among("phase", Phase.objects.exclude(pk__in=Phase.objects.values("pk")[:1]))
        people = queries.owners_for(self.of, self.viewer.on)
        self.among("case_owner", people)
        self.among("process_owner", people)
        self.initial["case_owner"] = self.viewer.person.pk


class PhaseChangeForm(ActForm):
    """Up, down, or looked at again."""

    phase = forms.ModelChoiceField(
        Phase.objects.all(), label=_("Naar welke fase?"), empty_label=None, widget=forms.RadioSelect
    )
    because = forms.CharField(label=_("Waarom?"), max_length=300)
    dissent = long_field(_("Ziet iemand aan tafel dit anders? Schrijf het erbij."), required=False)
    dissent_who = forms.CharField(label=_("Wie ziet het anders?"), max_length=200, required=False)

    def prepare(self) -> None:
        """Begin with the phase that it is in."""
        self.initial["phase"] = self.row.changes.last().phase_id

    def clean(self) -> None:
        """Ask who thinks otherwise."""
        super().clean()
        if self.cleaned_data.get("dissent") and not self.cleaned_data.get("dissent_who"):
            self.add_error("dissent_who", _("Zeg wie het anders ziet."))


class ClockForm(ActForm):
    """The clock stands still, or gets more time."""

    until = day_field(_("Sta stil tot"), required=False, help_text=_("Leeg: tot nader bericht."))
    working_days = forms.IntegerField(
        label=_("Of geef zoveel werkdagen extra"), required=False, min_value=1, max_value=60
    )
    because = forms.CharField(label=_("Waarom?"), max_length=300)

    def clean(self) -> None:
        """Ask for one of the two, and for a day that lies ahead."""
        super().clean()
        until, days = self.cleaned_data.get("until"), self.cleaned_data.get("working_days")
        if until and days:
            raise forms.ValidationError(_("Kies een van de twee: stilstaan of extra werkdagen."))
        if until and until <= self.viewer.on:
            self.add_error("until", _("Kies een dag na vandaag."))


class OwnersForm(ActForm):
    """Who directs the case and who directs the process."""

    case_owner = forms.ModelChoiceField(Person.objects.none(), label=_("Eigenaar van de casus"))
    process_owner = forms.ModelChoiceField(Person.objects.none(), label=_("Eigenaar van het proces"))

    def prepare(self) -> None:
        """Begin with who they are."""
        people = queries.owners_for(self.of, self.viewer.on)
        for name in ("case_owner", "process_owner"):
            self.among(name, people)
            self.initial[name] = getattr(self.row, f"{name}_id")


class SeatForm(ActForm):
    """Who sits down at the table."""

    name = forms.CharField(label=_("Naam"), max_length=200)
    organisation = forms.CharField(label=_("Organisatie"), max_length=200)


class FindingForm(ActForm):
    """What was tried, who sees it otherwise, or why nothing moves."""

    kind = forms.ChoiceField(label=_("Wat legt u vast?"), choices=Finding.KINDS, widget=forms.RadioSelect)
    words = long_field(_("Wat precies?"))
    reason = forms.ChoiceField(
        label=_("Als het vastzit: waardoor?"), choices=[("", "–"), *STUCK_REASONS], required=False
    )
    who = forms.CharField(label=_("Als iemand het anders ziet: wie?"), max_length=200, required=False)

    def clean(self) -> None:
        """Ask for the reason of what is stuck, and leave it out elsewhere."""
        super().clean()
        kind = self.cleaned_data.get("kind")
        if kind == "stuck" and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Kies waardoor het vastzit."))
        if kind == "dissent" and not self.cleaned_data.get("who"):
            self.add_error("who", _("Zeg wie het anders ziet."))
        if kind != "stuck":
            self.cleaned_data["reason"] = ""


class PhaseForm(RowForm):
    """A phase of escalation."""

    class Meta:
        model = Phase
        fields = ("number", "name", "colour", "working_days", "case_direction", "process_direction", "responsible")
        labels = {  # noqa: RUF012
            "number": _("Nummer"),
            "name": _("Naam"),
            "colour": _("Kleur"),
            "working_days": _("Werkdagen tot de volgende blik"),
            "case_direction": _("Regie op de casus"),
            "process_direction": _("Regie op het proces"),
            "responsible": _("Verantwoordelijk, in uitvoering en bestuur"),
        }
        help_texts = {"working_days": _("Leeg: deze fase heeft geen klok.")}  # noqa: RUF012
