"""A case: one household that is helped, who belongs to it, who helps, how much, and with whom it is shared."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from noaber.web.access.models import Person, Resident, Team
from noaber.web.entrance.models import Client
from noaber.web.privacy import Class, internal, personal, plain, special

from .kept import ABOUT_HOUSEHOLD, OfCase, new_key, pointed
from .questions import Question
from .teams import Handover

LEVELS = [("light", _("licht")), ("regular", _("gewoon")), ("intensive", _("intensief"))]
END_REASONS = [
    ("met", _("De doelen zijn bereikt")),
    ("local", _("Verder met eigen netwerk of activiteit in de wijk")),
    ("indicated", _("Verder met maatwerk")),
    ("moved", _("Verhuisd")),
    ("stopped", _("De inwoner wil niet verder")),
    ("died", _("Overleden")),
]
LOOKED_BACK = [
    ("well", _("Het gaat goed zonder ons")),
    ("same", _("Het is wisselend")),
    ("again", _("Er is weer hulp nodig")),
]
RELATIONS = [
    ("self", _("vraagt hulp")),
    ("partner", _("partner")),
    ("child", _("kind")),
    ("parent", _("ouder")),
    ("sibling", _("broer of zus")),
    ("family", _("familie")),
    ("neighbour", _("buur")),
    ("friend", _("vriend of bekende")),
    ("professional", _("hulpverlener")),
]
TIES = [("plain", _("gewoon")), ("strong", _("steunend")), ("strained", _("gespannen"))]
PARTS = [
    ("plan", _("het plan")),
    ("story", _("het verhaal")),
    ("documents", _("de documenten")),
    ("escalation", _("de opschaling")),
]


class Case(models.Model):
    """A person or family in basic support, from the question to the look back; it can be taken up again as it was."""

    key = models.CharField(max_length=16, unique=True, default=new_key)
    question = models.OneToOneField(Question, models.PROTECT, null=True, blank=True, related_name="case")
    team = models.ForeignKey(Team, models.PROTECT, related_name="cases")
    district = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    asked_on = models.DateField()
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=12, blank=True, choices=END_REASONS)
    end_words = models.TextField(blank=True)
    look_back_on = models.DateField(null=True, blank=True)
    looked_back_on = models.DateField(null=True, blank=True)
    looked_back = models.CharField(max_length=8, blank=True, choices=LOOKED_BACK)
    look_back_words = models.TextField(blank=True)
    level = models.CharField(max_length=10, choices=LEVELS, default="regular")
    plan_words = models.TextField(blank=True)
    plan_agreed_on = models.DateField(null=True, blank=True)
    restricted = models.BooleanField(default=False)
    restricted_because = models.CharField(max_length=300, blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    merged_at = models.DateTimeField(null=True, blank=True)
    merged_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            pointed("case_merged_whole"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("asked_on")), name="case_runs_forwards"
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(started_on__gte=F("asked_on")), name="case_starts_after_asked"
            ),
        ]

    class Privacy(OfCase):
        subject = ("members__resident", "members__client")
        counted_from = "ended_on"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": plain("the case in an address"),
            "question": internal("the question that it began with"),
            "team": internal("which team helps"),
            "district": personal("where"),
            "name": personal("by what name the team knows it"),
            "asked_on": personal("since when somebody waits"),
            "started_on": personal("since when there is help"),
            "ended_on": personal("until when"),
            "end_reason": special("why it ended"),
            "end_words": special("and how"),
            "look_back_on": internal("when to look back"),
            "looked_back_on": internal("when that was done"),
            "looked_back": special("how it went without help"),
            "look_back_words": special("in the resident's words"),
            "level": special("how much help"),
            "plan_words": special("what the resident wants, in their own words"),
            "plan_agreed_on": personal("when the resident agreed with it"),
            "restricted": internal("whether only its own workers may find it"),
            "restricted_because": special("why"),
            "merged_into": internal("which case of the same household counts"),
            "merged_at": internal("when two cases became one"),
            "merged_by": internal("who saw that they are one household"),
        }

    def __str__(self) -> str:
        return self.key

    @property
    def itself(self) -> Case:
        """The case that counts for this household."""
        return self.merged_into.itself if self.merged_into else self

    @property
    def twins(self) -> list[Case]:
        """The cases that were merged into this one, also those that were merged into its twins before."""
        found = list(self.merged.select_related("merged_by").order_by("pk"))
        for twin in found:
            found.extend(twin.merged.select_related("merged_by").order_by("pk"))
        return found

    @property
    def running(self) -> bool:
        """Whether there is help now."""
        return self.started_on is not None and self.ended_on is None

    @property
    def waiting(self) -> bool:
        """Whether somebody waits for help to begin."""
        return self.started_on is None and self.ended_on is None


class Member(models.Model):
    """Somebody of the household, or somebody around it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="members")
    name = models.CharField(max_length=200)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    relation = models.CharField(max_length=12, choices=RELATIONS)
    household = models.BooleanField(default=True)
    tie = models.CharField(max_length=8, choices=TIES, default="plain")
    reach = models.CharField(max_length=200, blank=True)
    resident = models.ForeignKey(Resident, models.PROTECT, null=True, blank=True, related_name="+")
    client = models.ForeignKey(Client, models.SET_NULL, null=True, blank=True, related_name="+")
    left_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    merged_at = models.DateTimeField(null=True, blank=True)
    merged_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [pointed("member_merged_whole")]

    class Privacy(OfCase):
        subject = ("resident", "client")
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "case": internal("which case"),
            "name": personal("who it is"),
            "birth_year": personal("how old about; the day is not needed"),
            "relation": personal("who it is to the person who asks"),
            "household": personal("whether they live together"),
            "tie": special("whether it is a support or a strain"),
            "reach": personal("how to reach this person"),
            "resident": personal("so that residents can see who looked"),
            "client": personal("who it is at the entrance"),
            "left_on": personal("since when no longer part of it"),
            "merged_into": personal("which row of the same person counts"),
            "merged_at": internal("when two rows became one"),
            "merged_by": internal("who saw that they are one person"),
        }

    def __str__(self) -> str:
        return self.name


class CaseWorker(models.Model):
    """Who helps, from when until when: one first worker at a time, and others beside."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="workers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=[("first", _("vaste begeleider")), ("second", _("helpt mee"))])
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    handover = models.ForeignKey(Handover, models.PROTECT, null=True, blank=True, related_name="lines")

    class Meta:
        ordering: ClassVar = ["begins_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(part="first", ends_on__isnull=True), name="case_one_first_worker"
            ),
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(ends_on__isnull=True), name="case_worker_once"
            ),
        ]

    class Privacy(OfCase):
        subject = (*ABOUT_HOUSEHOLD, "person")
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "case": internal("which case"),
            "person": personal("who helps"),
            "part": internal("as the first worker or beside"),
            "begins_on": internal("from when"),
            "ends_on": internal("until when"),
            "handover": internal("by which handover this began"),
        }

    def __str__(self) -> str:
        return f"{self.case_id} {self.person_id}"


class Scaling(models.Model):
    """Help became more or less, without starting again."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="scalings")
    level = models.CharField(max_length=10, choices=LEVELS)
    on = models.DateField()
    because = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["on", "pk"]

    class Privacy(OfCase):
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "case": internal("which case"),
            "level": special("how much help from then on"),
            "on": internal("since when"),
            "because": special("why"),
            "by": personal("who decided"),
        }

    def __str__(self) -> str:
        return f"{self.case_id} {self.level}"


class Share(models.Model):
    """A part of a case that somebody of the second shell may see, for what, with whose consent, until when."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="shares")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    parts = models.JSONField(default=list)
    purpose = models.CharField(max_length=300)
    consent = models.CharField(max_length=300)
    begins_on = models.DateField()
    ends_on = models.DateField()
    shared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="share_runs_forwards")
        ]

    class Privacy(OfCase):
        subject = (*ABOUT_HOUSEHOLD, "person")
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "case": internal("which case"),
            "person": personal("with whom"),
            "parts": internal("which parts"),
            "purpose": internal("for what"),
            "consent": personal("who agreed, when and how"),
            "begins_on": internal("from when"),
            "ends_on": internal("until when"),
            "shared_by": personal("who shared it"),
        }

    def __str__(self) -> str:
        return f"{self.case_id} {self.person_id}"
