"""What changes in the outbox: putting in, taking in hand, and noting what came of it.

Taking something in hand and noting the answer are two transactions. Who crashes between them leaves a lease that ends;
then it is said again, and the other side knows it by its key.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import msgspec
from django.db import connection, transaction

from noaber.connections.exchange import Receipt
from noaber.web.journal.actions import By, write

from ..models import Message, MessageStep, Outbound
from ..queries import waiting
from ..workflow import WORKFLOW, State, may_become, state_of

LEASE: Final = timedelta(minutes=2)
_FIRST_WAIT: Final = timedelta(seconds=30)
_LONGEST_WAIT: Final = timedelta(hours=1)


def queue(message: Message, at: datetime, status: str = "", reason: str = "") -> None:
    """Put something to say in the outbox, in the transaction of the act itself."""
    Outbound.objects.create(message=message, status=status, reason=reason[:500], queued_at=at, next_at=at)


def take_back(message: Message, reason: str, at: datetime) -> None:
    """Stop what still waits, and tell the other side when it may have the message; a part of withdrawing."""
    sending = message.outbound.filter(status="")
    sending.filter(done_at=None).update(done_at=at, trouble="ingetrokken")
    if sending.filter(attempts__gt=0).exists():
        queue(message, at, WORKFLOW[State.WITHDRAWN].status, reason)


@transaction.atomic
def take(at: datetime, silent: set[str]) -> Outbound | None:
    """Take the first thing that may be said in hand, for as long as the lease; None when nothing waits."""
    free = waiting(at).exclude(message__peer__in=silent).select_related("message__organisation", "message__resident")
    if connection.features.has_select_for_update_skip_locked:
        free = free.select_for_update(skip_locked=True, of=("self",))
    found = free.first()
    if found is not None:
        found.leased_until, found.attempts = at + LEASE, found.attempts + 1
        found.save(update_fields=["leased_until", "attempts"])
    return found


@transaction.atomic
def settle(taken: Outbound, receipt: Receipt, at: datetime) -> None:
    """Note that something was said, and keep the receipt of a message; what the other side did since, wins."""
    message = _done(taken, at)
    if not taken.status:
        message.receipt = msgspec.json.encode(receipt).decode()
        message.save(update_fields=["receipt"])
        following = state_of(receipt.status)
        who = "line" if following is State.DELIVERED else "receiver"
        if following is not State.WITHDRAWN and may_become(message.state, following, who):
            _move(message, following, at, "De bezorger")
    _note("message_said", message, at, {"status": taken.status or "bericht"})


@transaction.atomic
def refuse(taken: Outbound, why: str, at: datetime) -> None:
    """Note that the other side does not take it: a message comes back as rejected, a status is not told again."""
    message = _done(taken, at, why)
    if not taken.status and may_become(message.state, State.REJECTED, "receiver"):
        _move(message, State.REJECTED, at, message.peer, why)
    _note("message_refused", message, at, {"status": taken.status or "bericht"})


def postpone(taken: Outbound, why: str, at: datetime) -> None:
    """Put something back, and wait longer every time: half a minute, one, two, up to an hour."""
    wait = min(_FIRST_WAIT * 2 ** min(taken.attempts - 1, 10), _LONGEST_WAIT)
    Outbound.objects.filter(pk=taken.pk, done_at=None).update(
        next_at=at + wait, leased_until=None, trouble=why.replace("\n", " ")[:300]
    )


@transaction.atomic
def stop(taken: Outbound, ground: str, at: datetime) -> None:
    """Withdraw a message that may not leave any more; when it was tried before, the other side is told."""
    message = _done(taken, at, "ingetrokken")
    if taken.attempts > 1:
        take_back(message, ground, at)
    _move(message, State.WITHDRAWN, at, "De bezorger", ground)
    _note("message_stopped", message, at, {})


def _done(taken: Outbound, at: datetime, trouble: str = "") -> Message:
    """Note that something needs no saying any more, and return its message as it is now."""
    Outbound.objects.filter(pk=taken.pk).update(done_at=at, leased_until=None, trouble=trouble[:300])
    return Message.objects.select_for_update(of=("self",)).select_related("resident").get(pk=taken.message_id)


def _move(message: Message, state: State, at: datetime, by_name: str, reason: str = "") -> None:
    MessageStep.objects.create(message=message, state=state, at=at, by_name=by_name, reason=reason[:500])
    message.state, message.since = state, at
    message.save(update_fields=["state", "since"])


def _note(event: str, message: Message, at: datetime, details: dict[str, str]) -> None:
    write(
        event,
        by=By(at=at, name="De bezorger", role="bezorger"),
        object=("message", message.key),
        object_name=f"overdracht {message.key[:8]}",
        subject=message.resident.key if message.resident else "",
        details={"peer": message.peer, "purpose": message.purpose, **details},
    )
