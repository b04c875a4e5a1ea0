"""What the other organisation does here: it sends, and it tells what became of a message. Each may come twice.

Called by the API only, after the signature was checked; the actor is the other organisation.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import msgspec
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from noaber.connections.exchange import Contents, Envelope, Status
from noaber.web.access.actions import resident_with
from noaber.web.access.models import Organisation
from noaber.web.journal.actions import By, write

from ..decide import Ground, Question, take_in
from ..faults import MayNotLeaveError, OtherMessageError, WrongStepError
from ..fields import FIELDS, NUMBER
from ..models import Message, MessageStep, Nonce
from ..queries import agreements_in_force
from ..workflow import WORKFLOW, State, may_become, state_of


def note_nonce(key: str, nonce: str, at: datetime) -> bool:
    """Remember a number that is used once; returns whether it is new. A part of checking a signature."""
    try:
        with transaction.atomic():
            Nonce.objects.create(key=key, nonce=nonce, at=at)
    except IntegrityError:
        return False
    return True


def forget_nonces(before: datetime) -> int:
    """Forget the numbers whose signatures are too old to be believed anyway; returns how many."""
    return Nonce.objects.filter(at__lt=before).delete()[0]


@transaction.atomic
def receive(envelope: Envelope, plain: bytes, *, organisation: Organisation, by: By) -> tuple[Message, bool]:
    """Take a message in, once; returns our copy and whether it is new. `plain` is what the seal hid.

    Raises `MayNotLeaveError` (N-970) when no agreement of ours lets it in, `OtherMessageError` (N-972) when another
    message has its key, and msgspec.ValidationError when the contents are not what they should be.
    """
    digest = hashlib.sha256(plain).hexdigest()
    known = _held(envelope.sender, envelope.key, outgoing=False)
    if known is not None:
        return _again(known, digest), False
    _refuse_taken(envelope.key)
    contents = msgspec.json.decode(plain, type=Contents)
    if ground := _forbidden(envelope, contents, organisation, by):
        raise MayNotLeaveError(ground)
    shared = dict(contents.shared)
    number = shared.pop(NUMBER, "")
    message = Message.objects.create(
        key=envelope.key,
        organisation=organisation,
        outgoing=False,
        peer=envelope.sender,
        agreement=envelope.agreement,
        moment=envelope.moment,
        purpose=envelope.purpose,
        resident=resident_with(number, at=by.at) if number else None,
        content=shared,
        digest=digest,
        grounds=dict(contents.grounds),
        state=State.DELIVERED,
        since=by.at,
        written_by_name=contents.written_by[:200],
    )
    _told("message_received", message, State.DELIVERED, by)
    return message, True


def _again(known: Message, digest: str) -> Message:
    """Return what came before, when it is the same; one that was withdrawn before it came has no digest."""
    if known.digest and known.digest != digest:
        raise OtherMessageError("Another message was received under this key.", now="Give every message its own key.")
    return known


def _refuse_taken(key: str) -> None:
    """Refuse a key that belongs to a message of our own, or of a third organisation."""
    if Message.objects.filter(key=key).exists():
        raise OtherMessageError("Another message has this key.", now="Give every message its own key.")


def _forbidden(envelope: Envelope, contents: Contents, organisation: Organisation, by: By) -> Ground | None:
    unknown = set(contents.shared) - set(FIELDS)
    if unknown:
        return Ground("Er is een gegeven meegestuurd dat niet in de lijst staat.", "AVG art. 5 lid 1 onder c")
    on = timezone.localdate(by.at)
    agreements = [item.agreed() for item in agreements_in_force(organisation, on) if item.key == envelope.agreement]
    question = Question(
        sender=envelope.sender,
        receiver=str(settings.NOABER.code),
        moment=envelope.moment,
        purpose=envelope.purpose,
        fields=tuple(contents.shared),
        age=None,
        on=on,
    )
    return take_in(question, agreements=agreements)


@transaction.atomic
def hear(sender: str, key: str, status: Status, reason: str, *, organisation: Organisation, by: By) -> Message | None:
    """Hear what became of a message, once or again; returns our copy, or None when we know no such message.

    The sender says `ingetrokken`, of what it sent us; the receiver says the others, of what we sent. What is withdrawn
    before it came is remembered, so that it is not taken in later. Raises `WrongStepError` (N-971).
    """
    following = state_of(status)
    withdrawing = following is State.WITHDRAWN
    known = _held(sender, key, outgoing=not withdrawing)
    if known is None:
        return _withdrawn_unseen(sender, key, reason, organisation, by) if withdrawing else None
    if known.state in (following, State.WITHDRAWN):
        return known
    if not may_become(known.state, following, "sender" if withdrawing else "receiver"):
        raise WrongStepError("This cannot become of this message any more.", where=known.state)
    known.state, known.since = following, by.at
    known.save(update_fields=["state", "since"])
    if withdrawing:
        empty(known)
    _told(f"peer_{following.value}", known, following, by, reason)
    return known


def empty(message: Message) -> None:
    """Empty the copy of what was received: what is not for us, we do not keep. A part of other acts."""
    message.content = {}
    message.save(update_fields=["content"])


def find(peer: str, key: str) -> Message | None:
    """Return our copy of a message that an organisation sent."""
    return Message.objects.filter(peer=peer, key=key, outgoing=False).first()


def receipt(message: Message) -> dict[str, Any]:
    """Return what we say of a message to whom sent it."""
    return {
        "berichtId": message.key,
        "status": WORKFLOW[State(message.state)].status or WORKFLOW[State.DELIVERED].status,
        "sinds": message.since,
    }


def _withdrawn_unseen(sender: str, key: str, reason: str, organisation: Organisation, by: By) -> Message:
    _refuse_taken(key)
    message = Message.objects.create(
        key=key, organisation=organisation, outgoing=False, peer=sender, state=State.WITHDRAWN, since=by.at
    )
    _told("peer_withdrawn", message, State.WITHDRAWN, by, reason)
    return message


def _held(peer: str, key: str, *, outgoing: bool) -> Message | None:
    found = Message.objects.select_for_update(of=("self",)).select_related("resident")
    return found.filter(peer=peer, key=key, outgoing=outgoing).first()


def _told(event: str, message: Message, state: State, by: By, reason: str = "") -> None:
    MessageStep.objects.create(message=message, state=state, at=by.at, by_name=by.name, reason=reason[:500])
    write(
        event,
        by=by,
        object=("message", message.key),
        object_name=f"overdracht {message.key[:8]}",
        subject=message.resident.key if message.resident else "",
        details={"peer": message.peer, "purpose": message.purpose},
    )
