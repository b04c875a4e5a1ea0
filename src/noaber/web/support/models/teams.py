"""The team: who knows what, who is away, who attaches when, who to call elsewhere, and what is discussed together."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from noaber.web.access.models import Person, Team
from noaber.web.privacy import Class, internal, personal, plain, special

from .kept import ABOUT_HOUSEHOLD, BASIS, OfTeam, together


class Expertise(models.Model):
    """What somebody in the team knows more of than most."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    words = models.CharField(max_length=100)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "words"], name="expertise_once")]

    class Privacy(OfTeam):
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "person": personal("who"),
            "words": internal("what"),
            "ends_on": internal("until when"),
        }

    def __str__(self) -> str:
        return self.words


class Leave(models.Model):
    """Somebody is away, and somebody else stands in; why is nobody's business."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    stand_in = models.ForeignKey(Person, models.PROTECT, related_name="+")
    begins_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="leave_runs_forwards"),
            models.CheckConstraint(condition=~Q(stand_in=F("person")), name="leave_another_stands_in"),
        ]

    class Privacy(OfTeam):
        subject = ("person", "stand_in")
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "person": personal("who is away"),
            "stand_in": personal("who stands in"),
            "begins_on": personal("from when"),
            "ends_on": personal("until when"),
        }

    def __str__(self) -> str:
        return f"{self.person_id} {self.begins_on}"


class Handover(models.Model):
    """The cases of a worker went to others; what there was and what moved or stayed are counted, and must close."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    because = models.CharField(max_length=300)
    before = models.PositiveIntegerField()
    moved = models.PositiveIntegerField()
    stayed = models.PositiveIntegerField()
    tasks = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(before=F("moved") + F("stayed")), name="handover_loses_nobody")
        ]

    class Privacy(OfTeam):
        counted_from = "on"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "person": personal("whose cases"),
            "by": personal("who handed them over"),
            "on": internal("when"),
            "because": internal("why"),
            "before": internal("how many there were"),
            "moved": internal("how many went to others"),
            "stayed": internal("how many stayed"),
            "tasks": internal("how many open tasks went along"),
        }

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}"


class ShellMember(models.Model):
    """Somebody of the second shell: works elsewhere, and attaches to a team at set moments."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="shell")
    expertise = models.CharField(max_length=100)
    moments = models.CharField(max_length=200)
    begins_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="shell_runs_forwards")
        ]

    class Privacy(OfTeam):
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "person": personal("who attaches"),
            "team": internal("to which team"),
            "expertise": internal("knowing what"),
            "moments": internal("when and where to be found"),
            "begins_on": internal("from when"),
            "ends_on": internal("until when"),
        }

    def __str__(self) -> str:
        return f"{self.person_id} {self.team_id}"


class ContactPerson(models.Model):
    """Whom to call at another organisation."""

    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="contact_persons")
    organisation = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    about = models.CharField(max_length=200)
    reach = models.CharField(max_length=200)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["organisation", "name"]

    class Privacy(OfTeam):
        subject = ""
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "team": internal("for which team; empty for all"),
            "organisation": internal("where"),
            "name": personal("who"),
            "about": internal("about what"),
            "reach": personal("how"),
            "ends_on": internal("until when"),
        }

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    """A moment at which the team discusses cases."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="meetings")
    on = models.DateField()
    place = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["on", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["team", "on"], name="meeting_once_a_day")]

    class Privacy(OfTeam):
        subject = ""
        counted_from = "on"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "team": internal("of which team"),
            "on": internal("when"),
            "place": internal("where"),
        }

    def __str__(self) -> str:
        return f"{self.team_id} {self.on}"


class Discussion(models.Model):
    """A case on the agenda: with consent by name, without it as a question about nobody; and what came of it."""

    CONSENT: ClassVar = [("given", _("toestemming gegeven")), ("anonymous", _("zonder naam"))]

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="discussions")
    case = models.ForeignKey("support.Case", models.PROTECT, related_name="discussions")
    question = models.CharField(max_length=300)
    consent = models.CharField(max_length=10, choices=CONSENT)
    consent_words = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    present = models.CharField(max_length=300, blank=True)
    outcome = models.TextField(blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    outcome_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "case"], name="discussion_once_a_meeting"),
            together("outcome_at", "outcome_by", name="discussion_outcome_whole"),
            models.CheckConstraint(
                condition=~Q(consent="given") | ~Q(consent_words=""), name="discussion_consent_is_told"
            ),
        ]

    class Privacy:
        subject = ABOUT_HOUSEHOLD
        purpose = gettext_noop("Samen bedenken wat helpt, met toestemming of zonder naam")
        basis = BASIS
        keep = "retention/wmo_file"
        counted_from = "case__ended_on"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "meeting": internal("when it is discussed"),
            "case": internal("which case"),
            "question": special("what to think about together"),
            "consent": internal("with consent, or without a name"),
            "consent_words": personal("who agreed, when and how"),
            "asked_by": personal("who brings it in"),
            "present": personal("who was there"),
            "outcome": special("what came of it"),
            "outcome_at": internal("when that was recorded"),
            "outcome_by": personal("by whom"),
        }

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.case_id}"
