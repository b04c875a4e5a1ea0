"""Groups: a programme, who takes part by name when they wish, and how many came."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from noaber.web.access.models import Person, Resident, Team
from noaber.web.privacy import Class, internal, personal, plain, special

from .kept import BASIS, OfTeam

STATES = [("planned", _("gepland")), ("met", _("geweest")), ("cancelled", _("gaat niet door"))]


class OfGroup:
    """Why rows of participants are kept."""

    subject = "resident"
    purpose = gettext_noop("Weten wie op een groep rekent, als diegene dat wil")
    basis = BASIS
    keep = "retention/wmo_file"
    counted_from = "ends_on"


class Group(models.Model):
    """A group of a team: what it does, when and where, open to whoever wants."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="groups")
    leader = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    district = models.CharField(max_length=10)
    programme = models.TextField(blank=True)
    moment = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["team", "name"], name="group_name_once")]

    class Privacy(OfTeam):
        subject = ""
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "team": internal("whose group"),
            "leader": internal("who leads it"),
            "name": internal("how it is called"),
            "district": internal("where"),
            "programme": internal("what it does"),
            "moment": internal("when"),
            "place": internal("at which place"),
            "begins_on": internal("since when"),
            "ends_on": internal("until when"),
        }

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """One time that a group meets or met: what is done, and afterwards how many came without giving a name."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="sessions")
    on = models.DateField()
    begins = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=STATES, default="met")
    because = models.CharField(max_length=300, blank=True)
    programme = models.CharField(max_length=300, blank=True)
    unnamed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "on"], name="session_once_a_day"),
            models.CheckConstraint(
                condition=(Q(state="cancelled") & ~Q(because="")) | (~Q(state="cancelled") & Q(because="")),
                name="cancelled_session_says_why",
            ),
        ]

    class Privacy(OfTeam):
        subject = ""
        counted_from = "on"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "group": internal("which group"),
            "on": internal("when"),
            "begins": internal("from when"),
            "ends": internal("until when"),
            "state": internal("whether it is planned, was held, or is off"),
            "because": internal("why it is off"),
            "programme": internal("what is done"),
            "unnamed": internal("how many came without a name"),
        }

    def __str__(self) -> str:
        return f"{self.group_id} {self.on}"


class Participant(models.Model):
    """Somebody who takes part by name, because they wish so."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="participants")
    name = models.CharField(max_length=200)
    reach = models.CharField(max_length=200, blank=True)
    resident = models.ForeignKey(Resident, models.PROTECT, null=True, blank=True, related_name="+")
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")), name="participant_runs_forwards"
            )
        ]

    class Privacy(OfGroup):
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "group": internal("in which group"),
            "name": personal("who takes part"),
            "reach": personal("how to tell that it is cancelled"),
            "resident": personal("so that residents can see who looked"),
            "begins_on": personal("since when"),
            "ends_on": personal("until when"),
        }

    def __str__(self) -> str:
        return self.name


class Attendance(models.Model):
    """Somebody with a name came."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="attendances")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["session", "participant"], name="attendance_once")]

    class Privacy(OfGroup):
        subject = "participant__resident"
        counted_from = "participant__ends_on"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "session": internal("to which session"),
            "participant": special("who came"),
        }

    def __str__(self) -> str:
        return f"{self.session_id} {self.participant_id}"
