"""Sample registration: what was promised, how often is asked in each stratum, and the long forms that came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop

from noaber.web.access.models import Person
from noaber.web.privacy import Class, internal, plain, special

from .clients import BASIS, KEEP
from .contacts import SUBJECTS, Contact

_PURPOSE = gettext_noop("Weten wie de entree bereikt, zonder het iedereen te vragen")


class SamplingPlan(models.Model):
    """A promise: shares of all contacts (or of those per district) known within a margin, within a number of weeks."""

    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    weeks = models.PositiveSmallIntegerField()
    margin = models.FloatField()
    confidence = models.FloatField(default=0.95)
    per_district = models.BooleanField(default=False)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-begins_on", "-pk"]

    class Privacy:
        subject = ""
        purpose = _PURPOSE
        basis = "AVG art. 6 lid 1 onder e en 89"
        keep = "retention/organisation"
        counted_from = ""
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "begins_on": internal("since when"),
            "ends_on": internal("until when"),
            "weeks": internal("within how many weeks"),
            "margin": internal("within which margin, as a share"),
            "confidence": internal("how sure"),
            "per_district": internal("whether the promise holds in each district"),
            "set_by": internal("who promised"),
        }

    def __str__(self) -> str:
        return f"{self.begins_on} {self.margin}"


class SamplingRate(models.Model):
    """How often the long form is asked for in one stratum of a plan: one in so many, as the promise needs."""

    plan = models.ForeignKey(SamplingPlan, models.CASCADE, related_name="rates")
    district = models.CharField(max_length=20)
    channel = models.CharField(max_length=20)
    one_in = models.PositiveIntegerField()
    expected = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["district", "channel"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "district", "channel"], name="one_rate_a_stratum"),
            models.CheckConstraint(condition=Q(one_in__gte=1), name="one_in_one_or_more"),
        ]

    class Privacy:
        subject = ""
        purpose = _PURPOSE
        basis = "AVG art. 6 lid 1 onder e en 89"
        keep = "retention/organisation"
        counted_from = ""
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "plan": internal("of which promise"),
            "district": internal("where"),
            "channel": internal("how residents came"),
            "one_in": internal("one in how many is asked"),
            "expected": internal("how many contacts were expected in the weeks of the promise"),
        }

    def __str__(self) -> str:
        return f"{self.district} {self.channel} 1/{self.one_in}"


class LongForm(models.Model):
    """The long form of one contact that the system chose; `why_not` says why it could not be asked."""

    contact = models.OneToOneField(Contact, models.CASCADE, related_name="long_form")
    at = models.DateTimeField()
    answers = models.JSONField(default=dict)
    why_not = models.CharField(max_length=20, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)

    class Privacy:
        subject = SUBJECTS
        purpose = _PURPOSE
        basis = BASIS
        keep = KEEP
        counted_from = "contact__at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "contact": internal("of which contact"),
            "at": internal("when it was filled in"),
            "answers": special("who comes to the entrance, in broad classes"),
            "why_not": internal("why it was not asked"),
            "seconds": internal("how long it took"),
        }

    def __str__(self) -> str:
        return str(self.contact)
