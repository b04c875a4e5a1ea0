"""A question that the entrance passes on: to a team for basic support, or to the municipality; until it is taken up."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from noaber.web.access.models import Person
from noaber.web.privacy import Class, internal, personal, plain

from .clients import BASIS, KEEP
from .contacts import Question

TO_TEAM, TO_MUNICIPALITY = "team", "municipality"


class PassedOn(models.Model):
    """To whom a question was passed on, by whom, and what it became there; or why it stays where it is.

    The next one fills in `reference` (what it is called there) and who took it up. `stays` says why it is not passed
    on, such as a resident who gives no name. `returned` is why the next one laid it back.
    """

    key = models.CharField(max_length=32, unique=True)
    question = models.ForeignKey(Question, models.CASCADE, related_name="passed")
    to = models.CharField(max_length=20, choices=[(TO_TEAM, _("wijkteam")), (TO_MUNICIPALITY, _("gemeente"))])
    at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    stays = models.CharField(max_length=300, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    returned = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "to"], name="passed_on_once"),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True, reference="")
                | (Q(taken_at__isnull=False, taken_by__isnull=False) & ~Q(reference="")),
                name="passed_on_taken_whole",
            ),
            models.CheckConstraint(condition=Q(stays="") | Q(reference=""), name="passed_on_or_stays"),
        ]

    class Privacy:
        subject = ("question__contact__about", "question__contact__caller")
        purpose = gettext_noop("Zorgen dat een vraag aankomt bij wie verder helpt")
        basis = BASIS
        keep = KEEP
        counted_from = "at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": plain("how it is known"),
            "question": internal("which question"),
            "to": personal("who helps from here"),
            "at": internal("since when it waits"),
            "person": internal("who passed it on"),
            "stays": personal("why it was not passed on"),
            "reference": internal("what it is called where it was taken up"),
            "taken_at": internal("when it was taken up"),
            "taken_by": internal("who took it up"),
            "returned": personal("why it was laid back"),
        }

    def __str__(self) -> str:
        return self.key

    @property
    def waits(self) -> bool:
        """Whether the next one still has to take it up."""
        return not (self.reference or self.stays)
