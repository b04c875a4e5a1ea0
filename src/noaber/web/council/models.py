"""The moments of the council's cycle: the trend report and its discussion, the annual plan, a work visit."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from noaber.web.access.models import Person
from noaber.web.privacy import Class, internal, personal, plain

KINDS = [
    ("report", _("Trendrapportage")),
    ("discussion", _("Bespreking in de raad")),
    ("plan", _("Jaarplan")),
    ("budget", _("Begroting of jaarrekening")),
    ("visit", _("Werkbezoek")),
    ("other", _("Anders")),
]


class Moment(models.Model):
    """One moment in the cycle of the council: what, when and where; a moment that was dropped is kept and not shown."""

    on = models.DateField()
    kind = models.CharField(max_length=20, choices=KINDS)
    title = models.CharField(max_length=200)
    remark = models.CharField(max_length=400, blank=True)
    planned_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["on", "title"], condition=models.Q(dropped_at__isnull=True), name="moment_once"
            )
        ]

    class Privacy:
        subject = ""
        purpose = gettext_noop("De raad laten weten wanneer wat aan de orde komt")
        basis = "Gemeentewet art. 169"
        keep = "retention/organisation"
        counted_from = "on"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "on": internal("when it is"),
            "kind": internal("what kind of moment it is"),
            "title": internal("what it is"),
            "remark": internal("where it is, or what to read before"),
            "planned_by": personal("who put it in the plan"),
            "dropped_at": internal("when it was taken out again"),
        }

    def __str__(self) -> str:
        return f"{self.on} {self.title}"
