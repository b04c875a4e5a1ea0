"""What is agreed, done, written down and kept with a case: goals and steps, notes, tasks and documents."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from noaber.web.access.models import Person
from noaber.web.privacy import Class, internal, personal, plain, secret, special

from .cases import Case
from .kept import ABOUT_HOUSEHOLD, OfCase, together


class Goal(models.Model):
    """What a person or family wants to reach, in their own words."""

    OUTCOMES: ClassVar = [("met", _("bereikt")), ("partly", _("deels bereikt")), ("dropped", _("losgelaten"))]

    case = models.ForeignKey(Case, models.PROTECT, related_name="goals")
    words = models.CharField(max_length=300)
    set_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=8, blank=True, choices=OUTCOMES)
    outcome_words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["set_on", "pk"]

    class Privacy(OfCase):
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "case": internal("whose goal"),
            "words": special("what they want"),
            "set_on": internal("since when"),
            "ended_on": internal("until when"),
            "outcome": special("what came of it"),
            "outcome_words": special("in their own words"),
        }

    def __str__(self) -> str:
        return self.words


class Step(models.Model):
    """A small step towards a goal: who does what, by when."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="steps")
    words = models.CharField(max_length=300)
    who = models.CharField(max_length=200)
    by_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    class Privacy(OfCase):
        subject = tuple(f"goal__{path}" for path in ABOUT_HOUSEHOLD)
        counted_from = "goal__case__ended_on"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "goal": internal("towards which goal"),
            "words": special("what is done"),
            "who": personal("who does it"),
            "by_on": internal("by when"),
            "done_on": internal("when it was done"),
        }

    def __str__(self) -> str:
        return self.words


class Note(models.Model):
    """Something written down: a draft that only its author sees, then part of the file; deleted with a trace."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    written_at = models.DateTimeField()
    final_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    deleted_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["written_at", "pk"]
        constraints: ClassVar = [together("deleted_at", "deleted_by", name="note_deleted_whole")]

    class Privacy(OfCase):
        subject = (*ABOUT_HOUSEHOLD, "author")
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "case": internal("in which file"),
            "author": personal("who wrote it"),
            "words": special("what was said or done"),
            "written_at": internal("when it was last written"),
            "final_at": internal("since when it is part of the file"),
            "deleted_at": internal("when it was deleted"),
            "deleted_by": personal("by whom"),
            "deleted_because": internal("why"),
        }

    def __str__(self) -> str:
        return f"{self.case_id} {self.pk}"


class Task(models.Model):
    """Something one of us will do: by when, and whether we promised it."""

    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="tasks")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    due_on = models.DateField()
    promised = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]

    class Privacy(OfCase):
        subject = (*ABOUT_HOUSEHOLD, "owner")
        counted_from = "done_at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "case": internal("for which case"),
            "owner": personal("who does it"),
            "words": special("what"),
            "due_on": internal("by when"),
            "promised": internal("whether the resident counts on it"),
            "added_at": internal("since when"),
            "done_at": internal("when it was done"),
        }

    def __str__(self) -> str:
        return self.words


class Document(models.Model):
    """A document in the file, kept in the database so that it is backed up, guarded and destroyed with its row."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    deleted_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["added_at", "pk"]
        constraints: ClassVar = [together("deleted_at", "deleted_by", name="document_deleted_whole")]

    class Privacy(OfCase):
        subject = (*ABOUT_HOUSEHOLD, "added_by")
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "case": internal("in which file"),
            "name": special("what it is"),
            "media_type": internal("what kind of document"),
            "size": plain(),
            "content": secret("its bytes, which only a download shows"),
            "added_at": internal("since when"),
            "added_by": personal("by whom"),
            "deleted_at": internal("when it was deleted"),
            "deleted_by": personal("by whom"),
            "deleted_because": internal("why"),
        }

    def __str__(self) -> str:
        return self.name
