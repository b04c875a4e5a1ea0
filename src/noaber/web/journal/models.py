"""One table: entries without foreign keys, so that what happened outlives whom it happened to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop

from noaber.web.privacy import Class, internal, personal, plain


class Entry(models.Model):
    """One event: an act, a look, a download, a login or a refusal; never changed, never removed before its time.

    The fields follow what BIO2 8.15 and NEN 7513 ask: action, object, result, origin, actor, moment, subject, purpose.
    `chain` is the SHA-256 over the entry and the chain of the entry before it.
    """

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    event = models.CharField(max_length=60)
    result = models.CharField(max_length=10, default="done")
    actor = models.CharField(max_length=40, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    actor_role = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=40, blank=True)
    object = models.CharField(max_length=80, blank=True)
    object_name = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=60, blank=True)
    request = models.CharField(max_length=32, blank=True)
    details = models.JSONField(default=dict, blank=True)
    chain = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-number"]
        indexes: ClassVar = [
            models.Index(fields=["subject", "-number"], name="journal_subject"),
            models.Index(fields=["actor", "-number"], name="journal_actor"),
            models.Index(fields=["object", "-number"], name="journal_object"),
            models.Index(fields=["at"], name="journal_at"),
        ]

    class Privacy:
        subject = ("subject", "actor")
        purpose = gettext_noop("Verantwoorden wie wat deed en wie keek")
        basis = "AVG art. 5 lid 2 en 32"
        keep = "retention/journal"
        counted_from = "at"
        stub = False
        fields: ClassVar[dict[str, Class]] = {
            "number": plain("the place in the chain"),
            "at": personal("when it happened"),
            "event": internal("what happened"),
            "result": internal("whether it was done or refused"),
            "actor": personal("who did it, by the key of the account"),
            "actor_name": personal("who did it, as the name was then"),
            "actor_role": internal("in which role"),
            "organisation": internal("for which organisation"),
            "subject": personal("the key of the resident whom it is about; never the citizen number"),
            "object": internal("what it was done to, by its kind and key"),
            "object_name": personal("what it was done to, in words, as it was then"),
            "purpose": internal("for which purpose"),
            "origin": personal("the network address it came from"),
            "request": plain("the identity of the request in the logs"),
            "details": internal("what else the sentence needs; never the content of a file"),
            "chain": plain("ties the entry to the one before it"),
        }

    def __str__(self) -> str:
        return f"{self.number} {self.event}"
