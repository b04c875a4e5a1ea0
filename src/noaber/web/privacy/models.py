"""What is left of what was destroyed: not what it said, but that it was, whose it was, and why it is gone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop

from .classes import Class, internal, personal, plain


class Destroyed(models.Model):
    """The stub of one row that was destroyed in time."""

    batch = models.CharField(max_length=32, db_index=True)
    model = models.CharField(max_length=80)
    row = models.CharField(max_length=80)
    subject = models.CharField(max_length=40, blank=True, db_index=True)
    rule = models.CharField(max_length=80)
    source = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["model", "row", "batch"], name="destroyed_once_per_batch")
        ]

    class Privacy:
        subject = "subject"
        purpose = gettext_noop("Verantwoorden wat is vernietigd")
        basis = "Archiefwet 1995 art. 3; AVG art. 5 lid 1 onder e"
        keep = "retention/destruction"
        counted_from = "at"
        stub = False
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "batch": plain("what was destroyed together"),
            "model": internal("what kind of row it was"),
            "row": internal("which row it was, by its key"),
            "subject": personal("the key of whom it was about"),
            "rule": internal("the rule that said it was time"),
            "source": internal("where that rule stands"),
            "at": internal("when it was destroyed"),
        }

    def __str__(self) -> str:
        return f"{self.model} {self.row}"
