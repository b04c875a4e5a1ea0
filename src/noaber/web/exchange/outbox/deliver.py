"""Going through the outbox: what waits is said to the other side, and said again later when it is silent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.conf import settings
from django.utils import timezone

from noaber.connections.exchange import (
    Contents,
    Envelope,
    KeyFileError,
    Line,
    PeerRefusedError,
    PeerUnreachableError,
    Receipt,
    seal,
)

from ..fields import NUMBER
from ..models import Message, Outbound
from ..peers import keys_of, line_to
from ..queries import decision
from .actions import postpone, refuse, settle, stop, take


@dataclass
class Tally:
    """What one round did."""

    said: int = 0
    postponed: int = 0
    refused: int = 0
    stopped: int = 0


def deliver(*, now: Callable[[], datetime], line: Callable[[str], Line] | None = None) -> Tally:
    """Say all that waits, and return what came of it; an organisation that is silent is left alone for this round."""
    lines = line or (lambda code: line_to(code, now))
    tally, silent = Tally(), set[str]()
    while (taken := take(now(), silent)) is not None:
        if ground := _no_longer(taken, now()):
            stop(taken, ground, now())
            tally.stopped += 1
            continue
        try:
            receipt = _say(taken, lines(taken.message.peer))
        except PeerRefusedError as error:
            refuse(taken, error.what, now())
            tally.refused += 1
        except (PeerUnreachableError, KeyFileError, OSError) as error:
            silent.add(taken.message.peer)
            postpone(taken, str(getattr(error, "where", "") or error), now())
            tally.postponed += 1
        else:
            settle(taken, receipt, now())
            tally.said += 1
    return tally


def _no_longer(taken: Outbound, at: datetime) -> str:
    """Return why a message may not leave any more: a consent was withdrawn or an agreement ended while it waited."""
    if taken.status:
        return ""
    found = decision(taken.message, taken.message.grounds, on=timezone.localdate(at))
    return str(next(iter(found.refused.values()), ""))


def _say(taken: Outbound, line: Line) -> Receipt:
    message = taken.message
    if taken.status:
        return line.tell(message.key, taken.status, taken.reason)  # type: ignore[arg-type]  # from the workflow
    return line.send(_envelope(message))


def _envelope(message: Message) -> Envelope:
    """Seal what may be shared for the receiver; the citizen number joins here, and stands nowhere else."""
    shared = dict(message.content)
    if NUMBER in message.grounds and message.resident is not None:
        shared[NUMBER] = message.resident.number
    contents = Contents(shared=shared, grounds=message.grounds, written_by=message.written_by_name)
    bare = Envelope(
        key=message.key,
        sender=str(settings.NOABER.code),
        receiver=message.peer,
        agreement=message.agreement,
        moment=message.moment,
        purpose=message.purpose,
        sealed_for="",
        sealed="",
    )
    name, sealed = seal(msgspec.json.encode(contents, order="sorted"), keys_of(message.peer), about=bare.about)
    return msgspec.structs.replace(bare, sealed_for=name, sealed=sealed)
