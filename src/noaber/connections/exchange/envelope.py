"""The shape of what travels: an envelope that anyone may see, its contents that only the receiver opens, a receipt.

On the line the names are Dutch, as the API Design Rules of the Dutch government ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal, Protocol

import msgspec

from noaber.records import NoaberError

Status = Literal["afgeleverd", "bevestigd", "afgewezen", "ingetrokken"]
STATUSES: Final[tuple[Status, ...]] = ("afgeleverd", "bevestigd", "afgewezen", "ingetrokken")
"""What a message can be at the receiver: delivered, acknowledged, rejected, withdrawn."""


class ExchangeError(NoaberError):
    """Saying something to the other organisation failed."""

    code = "N-264"
    exit_code = 4


class PeerUnreachableError(ExchangeError):
    """The other organisation did not answer, or not in a way that can be trusted; trying again may help."""

    code = "N-265"


class PeerRefusedError(ExchangeError):
    """The other organisation understood the message and does not take it; trying again does not help."""

    code = "N-266"


class Envelope(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One message on its way: who sends it to whom, under which agreement, and its sealed contents."""

    key: str = msgspec.field(name="berichtId")
    sender: str = msgspec.field(name="afzender")
    receiver: str = msgspec.field(name="ontvanger")
    agreement: str = msgspec.field(name="afspraak")
    moment: str
    purpose: str = msgspec.field(name="doel")
    sealed_for: str = msgspec.field(name="sleutel")
    sealed: str = msgspec.field(name="inhoud")

    @property
    def about(self) -> str:
        """To what the seal is bound."""
        return "|".join((self.key, self.sender, self.receiver, self.agreement, self.moment, self.purpose))


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What the seal hides: what is shared about one person, and on which ground, per field by its name."""

    shared: Mapping[str, str] = msgspec.field(name="gegevens")
    grounds: Mapping[str, str] = msgspec.field(name="grondslagen")
    written_by: str = msgspec.field(name="opsteller")


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What the receiver says of a message: its status there and since when. Signed, so it can be shown later."""

    key: str = msgspec.field(name="berichtId")
    status: Status
    since: datetime = msgspec.field(name="sinds")


class Line(Protocol):
    """The way to one other organisation."""

    def send(self, envelope: Envelope) -> Receipt:
        """Send a message, or send it again; raises `PeerUnreachableError` (N-265) and `PeerRefusedError` (N-266)."""
        ...

    def tell(self, key: str, status: Status, reason: str = "") -> Receipt:
        """Tell that a message was acknowledged, rejected or withdrawn; raises as `send` does."""
        ...

    def ask(self, key: str) -> Receipt:
        """Ask what a message is there; raises as `send` does."""
        ...
