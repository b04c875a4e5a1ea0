"""Agreements, consents, messages with the steps of their way, what still has to be said to the other side, nonces."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop

from noaber.web.access.models import Organisation, Person, Resident
from noaber.web.privacy import Class, internal, personal, plain, special

from .decide import Agreed, Given
from .workflow import State

_SHARE = gettext_noop("Verantwoorden wat met wie is gedeeld, waarom en op welke grond")


_APPROVED = ("key", "sender", "receiver", "moment", "purpose", "necessity", "begins_on", "ends_on")


class Agreement(models.Model):
    """What two organisations agreed on sharing: at which moment, for which purpose, which fields, from when until when.

    It never changes: who wants something else, draws up another. Approved by another person than who drew it up, over
    the content that `content_hash` stands for; the database refuses otherwise.
    """

    key = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    sender = models.CharField(max_length=20)
    receiver = models.CharField(max_length=20)
    moment = models.CharField(max_length=40)
    purpose = models.CharField(max_length=40)
    fields = models.JSONField(default=list)
    necessity = models.TextField()
    begins_on = models.DateField()
    ends_on = models.DateField()
    content_hash = models.CharField(max_length=64)
    drawn_up_at = models.DateTimeField()
    drawn_up_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    approved_hash = models.CharField(max_length=64, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-ends_on", "key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "key"], name="agreement_key_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="agreement_runs_forwards"),
            models.CheckConstraint(condition=~Q(sender=F("receiver")), name="agreement_between_two"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drawn_up_by")),
                name="agreement_by_another",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True, approved_hash="")
                | Q(approved_by__isnull=False, approved_at__isnull=False, approved_hash=F("content_hash")),
                name="agreement_approved_whole",
            ),
        ]

    class Privacy:
        subject = ""
        purpose = gettext_noop("Vooraf afspreken wat gedeeld mag worden")
        basis = "AVG art. 5 lid 2, 26 en 28"
        keep = "retention/exchange"
        counted_from = "ends_on"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": internal("how both organisations call it"),
            "organisation": internal("whose register it stands in"),
            "sender": internal("who may send"),
            "receiver": internal("who may receive"),
            "moment": internal("when"),
            "purpose": internal("what for"),
            "fields": internal("what"),
            "necessity": internal("why that is needed"),
            "begins_on": internal("from when"),
            "ends_on": internal("until when"),
            "content_hash": internal("what exactly was approved"),
            "drawn_up_at": internal("when it was drawn up"),
            "drawn_up_by": personal("who drew it up"),
            "approved_at": internal("when it was approved"),
            "approved_by": personal("who approved it"),
            "approved_hash": internal("what exactly was approved"),
            "ended_on": internal("when it was ended before its time"),
        }

    def __str__(self) -> str:
        return self.key

    def agreed(self) -> Agreed:
        """Return it as the decision reads it."""
        return Agreed(
            key=self.key,
            sender=self.sender,
            receiver=self.receiver,
            moment=self.moment,
            purpose=self.purpose,
            fields=frozenset(self.fields),
            from_=self.begins_on,
            until=self.last_day,
        )

    @property
    def last_day(self) -> date:
        """The last day that it holds."""
        return min(self.ends_on, self.ended_on or self.ends_on)

    def runs(self, on: date) -> bool:
        """Return whether it was approved as it stands here, and holds on a day."""
        return self.approved_hash == self.hash_now() and self.begins_on <= on <= self.last_day

    def hash_now(self) -> str:
        """Return the SHA-256 over all that is approved: another word in it, and the approval is void."""
        told = {name: getattr(self, name) for name in _APPROVED} | {"fields": sorted(self.fields)}
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


class Consent(models.Model):
    """What a resident agreed to: data from which laws may go to whom, for which purpose, asked how, until when."""

    key = models.CharField(max_length=32, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="+")
    receiver = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    origins = models.JSONField(default=list)
    given_by = models.CharField(max_length=20)
    asked_how = models.TextField()
    begins_on = models.DateField()
    ends_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_how = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-begins_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="consent_runs_forwards"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_how="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_how="")),
                name="consent_withdrawn_whole",
            ),
        ]

    class Privacy:
        subject = "resident"
        purpose = gettext_noop("Aantonen dat een inwoner toestemming gaf, en waarvoor")
        basis = "AVG art. 7 lid 1"
        keep = "retention/exchange"
        counted_from = "ends_on"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": internal("how a decision names it"),
            "organisation": internal("who asked"),
            "resident": personal("who consented"),
            "receiver": internal("who may receive"),
            "purpose": internal("what for"),
            "origins": special("from which laws the data may come"),
            "given_by": personal("whether a parent or guardian consented"),
            "asked_how": personal("how it was asked, and what was told"),
            "begins_on": personal("from when"),
            "ends_on": personal("until when"),
            "recorded_at": internal("when it was recorded"),
            "recorded_by": personal("who recorded it"),
            "withdrawn_on": personal("when it was withdrawn"),
            "withdrawn_how": personal("how it was withdrawn"),
        }

    def __str__(self) -> str:
        return self.key

    def given(self) -> Given:
        """Return it as the decision reads it."""
        return Given(
            key=self.key,
            receiver=self.receiver,
            purpose=self.purpose,
            origins=frozenset(self.origins),
            given_by=self.given_by,  # type: ignore[arg-type]  # the form offers no other
            from_=self.begins_on,
            until=self.ends_on,
            withdrawn_on=self.withdrawn_on,
        )


class Message(models.Model):
    """What is shared about one resident, once: the copy of the organisation that sends it, or that receives it.

    `content` is emptied at the receiver when it is rejected or withdrawn. `grounds` keeps per field why it went, and
    `left_out` why another did not; both stay, so that it can be told later what was shared and on which ground.
    """

    key = models.CharField(max_length=32, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    outgoing = models.BooleanField()
    peer = models.CharField(max_length=20)
    agreement = models.CharField(max_length=60, blank=True)
    moment = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=40, blank=True)
    resident = models.ForeignKey(Resident, models.PROTECT, null=True, blank=True, related_name="+")
    born_on = models.DateField(null=True, blank=True)
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    grounds = models.JSONField(default=dict)
    left_out = models.JSONField(default=dict)
    state = models.CharField(max_length=20)
    since = models.DateTimeField()
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    written_by_name = models.CharField(max_length=200, blank=True)
    receipt = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-since", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="message_state_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "state", "-since"], name="message_state_since")]

    class Privacy:
        subject = "resident"
        purpose = _SHARE
        basis = "AVG art. 5 lid 2; Wmo 2015 art. 5.1.1; Jeugdwet art. 7.4.0"
        keep = "retention/exchange"
        counted_from = "since"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": internal("how both organisations name it"),
            "organisation": internal("whose copy it is"),
            "outgoing": internal("whether it was sent or received"),
            "peer": internal("with whom it was shared"),
            "agreement": internal("under which agreement"),
            "moment": internal("at which moment"),
            "purpose": internal("for which purpose"),
            "resident": personal("whom it is about"),
            "born_on": personal("who must consent depends on age"),
            "content": special("what was shared; without the citizen number"),
            "digest": internal("to know the same message when it comes twice"),
            "grounds": personal("why each field was shared"),
            "left_out": personal("why other fields were not"),
            "state": internal("how far it is"),
            "since": internal("since when"),
            "written_by": personal("who wrote it"),
            "written_by_name": personal("who wrote it, on the other side as well"),
            "receipt": internal("the signed word of the receiver"),
        }

    def __str__(self) -> str:
        return self.key


class MessageStep(models.Model):
    """One step on the way of a message: what it became, when, by whom, and why."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=20)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    class Privacy:
        subject = "message__resident"
        purpose = _SHARE
        basis = "AVG art. 5 lid 2"
        keep = "retention/exchange"
        counted_from = "at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "message": internal("whose way it is"),
            "state": internal("what it became"),
            "at": internal("when"),
            "by_name": personal("who did so"),
            "reason": personal("why"),
        }

    def __str__(self) -> str:
        return self.state


class Outbound(models.Model):
    """One thing that still has to be said to the other side, or was: a message itself, or a new status of one.

    It is written in the transaction of the act itself, and said by whoever works through the outbox. `leased_until`
    is how long whoever took it has, before another may take it over.
    """

    message = models.ForeignKey(Message, models.CASCADE, related_name="outbound")
    status = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    queued_at = models.DateTimeField()
    next_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], condition=Q(done_at__isnull=True), name="outbound_waiting")
        ]

    class Privacy:
        subject = "message__resident"
        purpose = gettext_noop("Afleveren wat gedeeld is, ook als de andere kant even stil is")
        basis = "AVG art. 32"
        keep = "retention/login_data"
        counted_from = "done_at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "message": internal("what has to be said"),
            "status": internal("the status that has to be told; empty for the message itself"),
            "reason": personal("why it got that status"),
            "queued_at": internal("since when it waits"),
            "next_at": plain("when it is tried again"),
            "leased_until": plain("until when somebody has it in hand"),
            "attempts": plain("how often it was tried"),
            "done_at": internal("when it was said"),
            "trouble": internal("why it could not be said yet"),
        }

    def __str__(self) -> str:
        return f"{self.message.key} {self.status}"


class Nonce(models.Model):
    """A number that the other side used once; the same again is a replay. Forgotten when its signature is too old."""

    key = models.CharField(max_length=64)
    nonce = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "nonce"], name="nonce_once")]

    class Privacy:
        subject = ""
        purpose = gettext_noop("Een herhaald bericht herkennen")
        basis = "AVG art. 32"
        keep = ""
        counted_from = ""
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": plain("by which key it was signed"),
            "nonce": plain("the number itself"),
            "at": plain("when it came"),
        }

    def __str__(self) -> str:
        return self.nonce
