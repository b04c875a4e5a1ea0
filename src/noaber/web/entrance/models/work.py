"""What workers write down for themselves and each other: notes and tasks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop

from noaber.web.access.models import Person
from noaber.web.privacy import Class, internal, personal, plain, special

from .clients import BASIS, KEEP, Client
from .contacts import Contact


class Note(models.Model):
    """A note about a contact; a draft is seen by its writer only. What is deleted leaves who, when and why, no text."""

    key = models.CharField(max_length=32, unique=True)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="notes")
    writer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(blank=True)
    draft = models.BooleanField(default=False)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    why_deleted = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True, deleted_by__isnull=True)
                | Q(deleted_at__isnull=False, deleted_by__isnull=False, text=""),
                name="deleted_note_says_who_and_no_more",
            )
        ]

    class Privacy:
        subject = ("contact__about", "contact__caller")
        purpose = gettext_noop("Onthouden wat bij een vraag hoort")
        basis = BASIS
        keep = KEEP
        counted_from = "contact__at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": plain(),
            "contact": internal("about which contact"),
            "writer": internal("who wrote it"),
            "at": internal("when"),
            "text": special("what was written"),
            "draft": internal("whether only the writer sees it"),
            "deleted_at": internal("when it was deleted"),
            "deleted_by": internal("who deleted it"),
            "why_deleted": internal("why it was deleted"),
        }

    def __str__(self) -> str:
        return self.key


class Task(models.Model):
    """Something that somebody will do by a day."""

    key = models.CharField(max_length=32, unique=True)
    what = models.CharField(max_length=200)
    due_on = models.DateField()
    owner = models.ForeignKey(Person, models.PROTECT, related_name="entrance_tasks")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, blank=True, related_name="tasks")
    client = models.ForeignKey(Client, models.CASCADE, null=True, blank=True, related_name="tasks")
    made_at = models.DateTimeField()
    promised = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]

    class Privacy:
        subject = ("client", "contact__about", "contact__caller")
        purpose = gettext_noop("Doen wat is afgesproken")
        basis = BASIS
        keep = KEEP
        counted_from = "made_at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": plain(),
            "what": personal("what is to be done"),
            "due_on": internal("by when"),
            "owner": internal("who does it"),
            "contact": internal("about which contact"),
            "client": personal("for whom"),
            "made_at": internal("when it was agreed"),
            "promised": personal("whether it was promised to the resident"),
            "done_at": internal("when it was done"),
        }

    def __str__(self) -> str:
        return self.key
