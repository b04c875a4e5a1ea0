"""Escalation after the AVE model: phases as data, and per case who owns it, when it moved, what is stuck."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from noaber.web.access.models import Person
from noaber.web.privacy import Class, internal, personal, plain, special

from .cases import Case
from .kept import OfCase, OfEscalation

STUCK_REASONS = [
    ("waiting", _("Wachten op een andere organisatie")),
    ("nobody", _("Niemand voelt zich eigenaar")),
    ("views", _("Verschil van inzicht")),
    ("money", _("Wie betaalt is niet duidelijk")),
    ("rules", _("Regels of voorwaarden passen niet")),
    ("supply", _("De hulp die nodig is, is er niet of zit vol")),
    ("resident", _("De inwoner wil of kan nu niet")),
]


class Phase(models.Model):
    """A phase of escalation, as this partner and its municipality agreed it; the published four to begin with."""

    COLOURS: ClassVar = [
        ("green", _("groen")),
        ("yellow", _("geel")),
        ("orange", _("oranje")),
        ("red", _("rood")),
        ("dark", _("donkerrood")),
    ]

    number = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=100)
    colour = models.CharField(max_length=8, choices=COLOURS)
    working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    case_direction = models.CharField(max_length=200)
    process_direction = models.CharField(max_length=200)
    responsible = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["number"]

    class Privacy:
        subject = ""
        purpose = gettext_noop("Afspreken wie in welke fase aan zet is")
        basis = "AVG art. 6 lid 1 onder e"
        keep = "retention/organisation"
        counted_from = ""
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "number": internal("how high"),
            "name": internal("how it is called"),
            "colour": internal("its colour, beside its words"),
            "working_days": internal("within how many working days somebody must act; empty: no clock"),
            "case_direction": internal("who directs the case"),
            "process_direction": internal("who directs the process"),
            "responsible": internal("who answers for it, in operation and in administration"),
        }

    def __str__(self) -> str:
        return self.name


class Escalation(models.Model):
    """A case that was scaled up: why, who owns the case and who owns the process, until it was ordinary again."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="escalations")
    trigger = models.CharField(max_length=300)
    begins_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    case_owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    process_owner = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["begins_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_on__isnull=True), name="escalation_one_at_a_time"
            )
        ]

    class Privacy(OfCase):
        purpose = OfEscalation.purpose
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "case": internal("which case"),
            "trigger": special("what made it necessary"),
            "begins_on": internal("since when"),
            "ended_on": internal("until when"),
            "case_owner": personal("who directs the case"),
            "process_owner": personal("who directs the process"),
        }

    def __str__(self) -> str:
        return f"{self.case_id} {self.begins_on}"


class PhaseChange(models.Model):
    """An escalation went to another phase, up or down; with it a new clock begins."""

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="changes")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="+")
    on = models.DateField()
    because = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["on", "pk"]

    class Privacy(OfEscalation):
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "escalation": internal("which escalation"),
            "phase": special("to which phase"),
            "on": internal("since when"),
            "because": special("why"),
            "by": personal("who decided"),
        }

    def __str__(self) -> str:
        return f"{self.escalation_id} {self.phase_id}"


class ClockChange(models.Model):
    """The clock of a phase stood still, or was given more working days."""

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="clock_changes")
    on = models.DateField()
    until = models.DateField(null=True, blank=True)
    working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    because = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["on", "pk"]

    class Privacy(OfEscalation):
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "escalation": internal("which escalation"),
            "on": internal("from when"),
            "until": internal("until when it stands still; empty: until further notice"),
            "working_days": internal("how many working days longer; empty: it stands still"),
            "because": special("why"),
            "by": personal("who decided"),
        }

    def __str__(self) -> str:
        return f"{self.escalation_id} {self.on}"


class Seat(models.Model):
    """Somebody at the table, of whichever organisation."""

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="seats")
    name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["begins_on", "pk"]

    class Privacy(OfEscalation):
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "escalation": internal("at which table"),
            "name": personal("who"),
            "organisation": internal("for whom"),
            "begins_on": internal("from when"),
            "ends_on": internal("until when"),
        }

    def __str__(self) -> str:
        return self.name


class Finding(models.Model):
    """What was tried and what it gave, where somebody thinks otherwise, or why nothing moves."""

    KINDS: ClassVar = [("tried", _("geprobeerd")), ("dissent", _("ander inzicht")), ("stuck", _("zit vast"))]

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=8, choices=KINDS)
    reason = models.CharField(max_length=10, blank=True, choices=STUCK_REASONS)
    who = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    on = models.DateField()
    solved_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(kind="stuck") & ~Q(reason="")) | (~Q(kind="stuck") & Q(reason="")),
                name="finding_stuck_has_reason",
            )
        ]

    class Privacy(OfEscalation):
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "escalation": internal("in which escalation"),
            "kind": internal("tried, seen otherwise, or stuck"),
            "reason": internal("why it is stuck, to be counted"),
            "who": personal("who thinks otherwise"),
            "words": special("what exactly"),
            "on": internal("when"),
            "solved_on": internal("when it moved again"),
            "by": personal("who wrote it down"),
        }

    def __str__(self) -> str:
        return f"{self.escalation_id} {self.kind}"
