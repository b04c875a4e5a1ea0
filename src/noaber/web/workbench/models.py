"""Saved scenarios, the links by which others read them, and long calculations with the files they left."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from noaber.web.access.models import Person
from noaber.web.privacy import Class, internal, personal, plain

KINDS = [
    ("band", _("Volledige band")),
    ("shares", _("Verdeling over de maatregelen")),
    ("report", _("Doorrekening")),
    ("forecast", _("Raming")),
]
_BASIS = "AVG art. 6 lid 1 onder e; Jeugdwet art. 7.4.1"


class SavedScenario(models.Model):
    """A position with a name and a reason, and what it was saved on: snapshot, version and what it then came to.

    A scenario that was dropped is kept for a time, so that old links can say what became of it.
    """

    key = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=120)
    reason = models.CharField(max_length=1000)
    position = models.TextField()
    known_on = models.DateField()
    snapshot = models.CharField(max_length=16)
    code_version = models.CharField(max_length=40)
    sentence = models.CharField(max_length=600)
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    dropped_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-saved_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(dropped_by__isnull=True, dropped_at__isnull=True)
                | Q(dropped_by__isnull=False, dropped_at__isnull=False),
                name="scenario_dropped_whole",
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(reason=""), name="scenario_named_with_reason"),
        ]

    class Privacy:
        subject = ""
        purpose = gettext_noop("Terugvinden welk scenario waarom is doorgerekend, en waarop het rustte")
        basis = _BASIS
        keep = "retention/organisation"
        counted_from = "dropped_at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": plain("how addresses call it"),
            "name": internal("how it is called"),
            "reason": internal("why it was made"),
            "position": internal("what is changed in it; figures and codes without persons"),
            "known_on": internal("the day from which it looks"),
            "snapshot": plain("the data it was saved on"),
            "code_version": plain("the version it was counted with"),
            "sentence": internal("what it then came to"),
            "saved_by": personal("who made it"),
            "saved_at": internal("when it was made"),
            "dropped_by": personal("who took it from the list"),
            "dropped_at": internal("when it was taken from the list"),
        }

    def __str__(self) -> str:
        return self.name


class ScenarioLink(models.Model):
    """A link by which colleagues read one scenario; nobody guesses it, it asks for a login, and it can be withdrawn."""

    key = models.CharField(max_length=43, unique=True)
    scenario = models.ForeignKey(SavedScenario, models.PROTECT, related_name="links")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="scenario_link_withdrawn_whole",
            ),
            models.UniqueConstraint(
                fields=["scenario"], condition=Q(withdrawn_at__isnull=True), name="scenario_link_once"
            ),
        ]

    class Privacy:
        subject = ""
        purpose = gettext_noop("Een scenario binnen de organisatie laten lezen, en dat kunnen stoppen")
        basis = _BASIS
        keep = "retention/organisation"
        counted_from = "withdrawn_at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": internal("the end of its address, which nobody guesses"),
            "scenario": internal("what it shows"),
            "made_by": personal("who made it"),
            "made_at": internal("when it was made"),
            "withdrawn_by": personal("who withdrew it"),
            "withdrawn_at": internal("when it was withdrawn"),
        }

    def __str__(self) -> str:
        return f"{self.scenario} {self.made_at}"


class Calculation(models.Model):
    """A long calculation in the background: of what, how far it is, and what came of it; asked once, shown to all.

    `about` is the hash of kind, position, snapshot and version, so that the same question has one answer.
    """

    about = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=KINDS)
    title = models.CharField(max_length=120)
    position = models.TextField()
    snapshot = models.CharField(max_length=16)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    percent = models.PositiveSmallIntegerField(default=0)
    doing = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=400, blank=True)
    figures = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]

    class Privacy:
        subject = ""
        purpose = gettext_noop("Lang rekenwerk op de achtergrond doen en de uitkomst laten zien")
        basis = _BASIS
        keep = "retention/background_work"
        counted_from = "asked_at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "about": plain("tells one question from another"),
            "kind": internal("what is calculated"),
            "title": internal("of which scenario"),
            "position": internal("what is changed in it"),
            "snapshot": plain("the data it is calculated on"),
            "asked_by": personal("who asked for it"),
            "asked_at": internal("when it was asked"),
            "percent": internal("how far it is"),
            "doing": internal("what is being done"),
            "done_at": internal("when it was done"),
            "failure": internal("why it did not work"),
            "figures": internal("what came of it, after the gate"),
        }

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"

    @property
    def waits(self) -> bool:
        """Whether it is still being done."""
        return self.done_at is None

    @property
    def answered(self) -> bool:
        """Whether something came of it."""
        return self.done_at is not None and not self.failure


class CalculationFile(models.Model):
    """A file that a calculation left: the costing report as a page, on paper or as a spreadsheet."""

    calculation = models.ForeignKey(Calculation, models.CASCADE, related_name="files")
    name = models.CharField(max_length=80)
    content_type = models.CharField(max_length=80)
    content = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["calculation", "name"], name="calculation_file_once")]

    class Privacy:
        subject = ""
        purpose = gettext_noop("Een doorrekening kunnen ophalen")
        basis = _BASIS
        keep = "retention/background_work"
        counted_from = "calculation__asked_at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "calculation": internal("what it came of"),
            "name": internal("how it is called"),
            "content_type": plain("what kind of file it is"),
            "content": internal("a costing after the gate; nobody can be recognised in it"),
        }

    def __str__(self) -> str:
        return self.name
