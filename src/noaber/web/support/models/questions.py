"""A new question, and what two people made of it: each on their own, then together when they differed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from noaber.web.access.models import Person, Resident, Team
from noaber.web.entrance.models import Client
from noaber.web.privacy import Class, internal, personal, plain, special

from .kept import BASIS, new_key, together

OUTCOMES = [
    ("support", _("Basisondersteuning")),
    ("local", _("Eigen netwerk of activiteit in de wijk")),
    ("information", _("Informatie en advies")),
    ("indicated", _("Maatwerk: overdragen aan de gemeente")),
    ("elsewhere", _("Een andere organisatie")),
]


class Question(models.Model):
    """A question that may lead to support, seen by two people who do not see each other's answer before their own."""

    key = models.CharField(max_length=16, unique=True, default=new_key)
    source = models.CharField(max_length=80, unique=True, null=True, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="questions")
    district = models.CharField(max_length=10)
    asked_on = models.DateField()
    taken_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    who = models.CharField(max_length=200, blank=True)
    resident = models.ForeignKey(Resident, models.PROTECT, null=True, blank=True, related_name="+")
    client = models.ForeignKey(Client, models.SET_NULL, null=True, blank=True, related_name="+")
    own_words = models.TextField()
    themes = models.CharField(max_length=200, blank=True)
    reach = models.CharField(max_length=200, blank=True)
    first_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    first_at = models.DateTimeField(null=True, blank=True)
    first_outcome = models.CharField(max_length=12, blank=True, choices=OUTCOMES)
    first_words = models.TextField(blank=True)
    second_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)
    second_outcome = models.CharField(max_length=12, blank=True, choices=OUTCOMES)
    second_words = models.TextField(blank=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, blank=True, choices=OUTCOMES)
    settled_words = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("first_by")), name="question_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | Q(first_by__isnull=False), name="question_first_before_second"
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True) | Q(second_by__isnull=False), name="question_settled_by_four_eyes"
            ),
            together("first_by", "first_at", name="question_first_whole"),
            together("second_by", "second_at", name="question_second_whole"),
            together("settled_by", "settled_at", name="question_settled_whole"),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True, outcome="") | (Q(settled_by__isnull=False) & ~Q(outcome="")),
                name="question_outcome_when_settled",
            ),
        ]

    class Privacy:
        subject = ("resident", "client")
        purpose = gettext_noop("Met vier ogen beoordelen welke hulp bij een nieuwe vraag past")
        basis = BASIS
        keep = "retention/wmo_file"
        counted_from = "settled_at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": plain("the question in an address"),
            "source": internal("the contact that it came from"),
            "team": internal("which team looks at it"),
            "district": personal("where it was asked from"),
            "asked_on": personal("since when somebody waits"),
            "taken_by": personal("who heard it"),
            "who": personal("who asks; empty when anonymous"),
            "resident": personal("so that residents can see who looked"),
            "client": personal("who it is at the entrance, when it came from there"),
            "own_words": special("the question, as it was asked"),
            "themes": special("what it is about"),
            "reach": personal("how to call back"),
            "first_by": personal("who judged it first"),
            "first_at": internal("when"),
            "first_outcome": special("what the first made of it"),
            "first_words": special("and why"),
            "second_by": personal("who judged it without seeing the first answer"),
            "second_at": internal("when"),
            "second_outcome": special("what the second made of it"),
            "second_words": special("and why"),
            "settled_by": personal("who settled it"),
            "settled_at": internal("when"),
            "outcome": special("what came of it"),
            "settled_words": special("and why, when the two differed"),
        }

    def __str__(self) -> str:
        return self.key

    @property
    def differs(self) -> bool:
        """Whether two people judged it differently and must settle it together."""
        return self.second_by_id is not None and self.first_outcome != self.second_outcome

    @property
    def from_entrance(self) -> bool:
        """Whether the entrance passed it on."""
        return (self.source or "").startswith("entrance:")
