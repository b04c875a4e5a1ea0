"""What people do here: agreeing, consenting, and sending, answering and withdrawing messages; a journal line each."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from noaber.web.access.actions import resident_with
from noaber.web.access.models import Organisation, Person, Resident
from noaber.web.journal.actions import By, looked, write

from .decide import NOTHING_CHOSEN, Agreed, Given
from .faults import MayNotLeaveError, WrongStepError
from .fields import FIELDS, NUMBER
from .inbox.actions import empty
from .models import Agreement, Consent, Message, MessageStep
from .outbox.actions import queue, take_back
from .queries import decision, fields_of
from .workflow import WORKFLOW, State, Who, may_become


@transaction.atomic
def draw_up_agreement(
    terms: Agreed, *, organisation: Organisation, necessity: str, person: Person, by: By
) -> Agreement:
    """Draw up an agreement; nothing may be shared under it before another person approves it."""
    agreement = Agreement(
        key=terms.key,
        organisation=organisation,
        sender=terms.sender,
        receiver=terms.receiver,
        moment=terms.moment,
        purpose=terms.purpose,
        fields=sorted(terms.fields & set(FIELDS)),
        necessity=necessity,
        begins_on=terms.from_,
        ends_on=terms.until,
        drawn_up_at=by.at,
        drawn_up_by=person,
    )
    agreement.content_hash = agreement.hash_now()
    agreement.save(force_insert=True)
    write("agreement_drawn_up", by=by, object=("agreement", agreement.key), object_name=agreement.key)
    return agreement


@transaction.atomic
def approve_agreement(agreement: Agreement, *, seen: str, person: Person, by: By) -> None:
    """Approve what stood on the page (`seen` is its hash); the database refuses one's own (IntegrityError).

    Raises `WrongStepError` (N-971) when something else stands there than was seen, or when it was approved already.
    """
    if agreement.approved_at or not seen == agreement.content_hash == agreement.hash_now():
        raise WrongStepError("This is not what you saw, or it was approved already.", now="Read it again.")
    agreement.approved_at, agreement.approved_by, agreement.approved_hash = by.at, person, seen
    agreement.save(update_fields=["approved_at", "approved_by", "approved_hash"])
    write("agreement_approved", by=by, object=("agreement", agreement.key), object_name=agreement.key)


@transaction.atomic
def end_agreement(agreement: Agreement, *, on: date, by: By) -> None:
    """End an agreement; `on` is its last day. What still waits under it will not leave any more after that day."""
    agreement.ended_on = on
    agreement.save(update_fields=["ended_on"])
    write("agreement_ended", by=by, object=("agreement", agreement.key), object_name=agreement.key)


@transaction.atomic
def record_consent(
    terms: Given, *, organisation: Organisation, number: str, asked_how: str, person: Person, by: By
) -> Consent:
    """Record that a resident consented: to whom, for what, to data from which laws, and how it was asked.

    The key of `terms` is not used: the consent gets one of its own.
    """
    consent = Consent.objects.create(
        key=secrets.token_hex(4),
        organisation=organisation,
        resident=resident_with(number, at=by.at),
        receiver=terms.receiver,
        purpose=terms.purpose,
        origins=sorted(terms.origins),
        given_by=terms.given_by,
        asked_how=asked_how,
        begins_on=terms.from_,
        ends_on=terms.until,
        recorded_at=by.at,
        recorded_by=person,
    )
    _about_consent("consent_recorded", consent, by)
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, on: date, how: str, by: By) -> None:
    """Withdraw a consent: from that day nothing leaves that leans on it, also what was waiting already."""
    if consent.withdrawn_on:
        raise WrongStepError("This consent was withdrawn before.")
    consent.withdrawn_on, consent.withdrawn_how = on, how
    consent.save(update_fields=["withdrawn_on", "withdrawn_how"])
    _about_consent("consent_withdrawn", consent, by)


def _about_consent(event: str, consent: Consent, by: By) -> None:
    write(event, by=by, object=("consent", consent.key), object_name=consent.key, subject=consent.resident.key)


@transaction.atomic
def draft_message(
    *, agreement: Agreement, number: str, born_on: date, content: Mapping[str, str], person: Person, by: By
) -> Message:
    """Write a draft under an agreement: it stays here, and whether it may leave is decided when it is sent."""
    message = Message.objects.create(
        key=secrets.token_hex(16),
        organisation=agreement.organisation,
        outgoing=True,
        peer=agreement.receiver,
        agreement=agreement.key,
        moment=agreement.moment,
        purpose=agreement.purpose,
        resident=resident_with(number, at=by.at),
        born_on=born_on,
        content=_agreed_part(agreement, content),
        state=State.DRAFTED,
        since=by.at,
        written_by=person,
        written_by_name=person.name,
    )
    _step(message, State.DRAFTED, by)
    _about("message_drafted", message, by)
    return message


@transaction.atomic
def rewrite_draft(
    message: Message, *, agreement: Agreement, number: str, born_on: date, content: Mapping[str, str], by: By
) -> None:
    """Write a draft again; raises `WrongStepError` (N-971) when it is no draft any more."""
    held = _held(message)
    if held.state != State.DRAFTED:
        raise WrongStepError("This is no draft any more.", where=held.state)
    held.resident, held.born_on = resident_with(number, at=by.at), born_on
    held.content = _agreed_part(agreement, content)
    held.save(update_fields=["resident", "born_on", "content"])
    _about("message_drafted", held, by)


def _agreed_part(agreement: Agreement, content: Mapping[str, str]) -> dict[str, str]:
    return {name: content[name] for name in agreement.fields if name != NUMBER and content.get(name)}


@transaction.atomic
def send_message(message: Message, *, fields: Collection[str], by: By) -> None:
    """Send of a draft the chosen fields that may leave; it waits in the outbox until the other side answers.

    What may not leave or was not chosen is taken out, and it is kept why. Raises `MayNotLeaveError` (N-970) when
    nothing remains, and `WrongStepError` (N-971) when it is no draft.
    """
    held = _held(message)
    found = decision(held, fields_of(held), on=timezone.localdate(by.at))
    going = {name: ground for name, ground in found.allowed.items() if name in fields}
    if not going.keys() - {NUMBER}:
        raise MayNotLeaveError(found.refusal or next(iter(found.refused.values()), NOTHING_CHOSEN))
    held.content = {name: value for name, value in held.content.items() if name in going}
    held.grounds = {name: str(ground) for name, ground in going.items()}
    not_chosen = dict.fromkeys(found.allowed.keys() - going.keys(), NOTHING_CHOSEN)
    held.left_out = {name: str(ground) for name, ground in (not_chosen | dict(found.refused)).items()}
    held.save(update_fields=["content", "grounds", "left_out"])
    _become(held, State.SENT, "sender", by)
    queue(held, by.at)
    _about("message_sent", held, by)


@transaction.atomic
def withdraw_message(message: Message, *, reason: str, by: By) -> None:
    """Withdraw a message; when it may have left, the other side is told and must empty its copy."""
    held = _held(message)
    _become(held, State.WITHDRAWN, "sender", by, reason)
    take_back(held, reason, by.at)
    _about("message_withdrawn", held, by)


@transaction.atomic
def acknowledge_message(message: Message, *, by: By) -> None:
    """Take over what was received, and tell the sender so."""
    held = _held(message)
    _become(held, State.ACKNOWLEDGED, "receiver", by, incoming=True)
    queue(held, by.at, WORKFLOW[State.ACKNOWLEDGED].status)
    _about("message_acknowledged", held, by)


@transaction.atomic
def reject_message(message: Message, *, reason: str, by: By) -> None:
    """Reject what was received, empty our copy, and tell the sender why."""
    held = _held(message)
    _become(held, State.REJECTED, "receiver", by, reason, incoming=True)
    empty(held)
    queue(held, by.at, WORKFLOW[State.REJECTED].status, reason)
    _about("message_rejected", held, by)


def look_at_message(message: Message, *, by: By) -> None:
    """Record that somebody looked at a message."""
    subject = message.resident.key if message.resident else ""
    looked(by=by, object=("message", message.key), object_name=f"overdracht {message.key[:8]}", subject=subject)


def look_at_messages(*, by: By) -> None:
    """Record that somebody looked at the list of what was shared."""
    looked(by=by, object=("message", "list"), object_name="de lijst van overdrachten")


def look_at_consents(*, by: By) -> None:
    """Record that somebody looked at the list of consents."""
    looked(by=by, object=("consent", "list"), object_name="de lijst van toestemmingen")


def look_at_own(resident: Resident, *, by: By) -> None:
    """Record that a resident looked at what was shared about them."""
    looked(by=by, object=("resident", resident.key), object_name="wat er is gedeeld", subject=resident.key)


def _held(message: Message) -> Message:
    """Return the message as it is now, held until the transaction ends, so that two people do not both act."""
    return Message.objects.select_for_update(of=("self",)).select_related("organisation", "resident").get(pk=message.pk)


def _become(message: Message, state: State, who: Who, by: By, reason: str = "", *, incoming: bool = False) -> None:
    """Let a message become something; raises `WrongStepError` (N-971) when the table does not let it."""
    if message.outgoing is incoming or not may_become(message.state, state, who):
        raise WrongStepError("This cannot be done with this message any more.", where=message.state, now="Look again.")
    assert reason or not WORKFLOW[state].needs_reason
    _step(message, state, by, reason)
    message.state, message.since = state, by.at
    message.save(update_fields=["state", "since"])


def _step(message: Message, state: State, by: By, reason: str = "") -> None:
    MessageStep.objects.create(message=message, state=state, at=by.at, by_name=by.name, reason=reason[:500])


def _about(event: str, message: Message, by: By) -> None:
    write(
        event,
        by=by,
        object=("message", message.key),
        object_name=f"overdracht {message.key[:8]}",
        subject=message.resident.key if message.resident else "",
        details={"peer": message.peer, "purpose": message.purpose, "state": message.state},
    )
