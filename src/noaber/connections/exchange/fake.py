"""An imitation of the other organisation, in memory: it opens, remembers and answers as a real one does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import msgspec

from .envelope import Contents, Envelope, PeerRefusedError, PeerUnreachableError, Receipt, Status
from .keys import OwnKeys
from .seal import open_sealed

_MAY: Final[dict[Status, frozenset[Status]]] = {
    "afgeleverd": frozenset({"bevestigd", "afgewezen", "ingetrokken"}),
    "bevestigd": frozenset({"ingetrokken"}),
    "afgewezen": frozenset({"ingetrokken"}),
    "ingetrokken": frozenset(),
}


@dataclass
class Fake:
    """An organisation with keys of its own that takes every message under the agreements it knows.

    `dead` makes it give no answer; `silent` makes it do what it is told and then give no answer.
    """

    own: OwnKeys
    clock: Callable[[], datetime]
    agreements: frozenset[str] = frozenset()
    dead: bool = False
    silent: bool = False
    received: dict[str, bytes] = field(default_factory=dict)
    contents: dict[str, Contents] = field(default_factory=dict)
    statuses: dict[str, Receipt] = field(default_factory=dict)

    def send(self, envelope: Envelope) -> Receipt:
        """Take a message once; the same again gets the same receipt, and another under its key is refused."""
        self._answering()
        plain = open_sealed(envelope.sealed, self.own, key=envelope.sealed_for, about=envelope.about)
        if self.received.setdefault(envelope.key, plain) != plain:
            raise PeerRefusedError("Onder dit nummer is al een ander bericht ontvangen.")
        if envelope.key not in self.statuses:
            if envelope.agreement not in self.agreements:
                raise PeerRefusedError("Er is hier geen afspraak die dit bericht toelaat.")
            self.contents[envelope.key] = msgspec.json.decode(plain, type=Contents)
            self._set(envelope.key, "afgeleverd")
        return self._answer(envelope.key)

    def tell(self, key: str, status: Status, reason: str = "") -> Receipt:
        """Set the status of a message; one that was withdrawn before it came will not be taken any more."""
        self._answering()
        known = self.statuses.get(key)
        if known is None and status != "ingetrokken":
            raise PeerRefusedError("Dit bericht is hier niet bekend.")
        if known is None or status in _MAY[known.status]:
            self._set(key, status)
        elif known.status not in (status, "ingetrokken"):
            raise PeerRefusedError("Dit kan niet meer.")
        if status in ("ingetrokken", "afgewezen"):
            self.contents.pop(key, None)
        return self._answer(key)

    def ask(self, key: str) -> Receipt:
        """Return the status of a message."""
        self._answering()
        if key not in self.statuses:
            raise PeerRefusedError("Dit bericht is hier niet bekend.")
        return self._answer(key)

    def _set(self, key: str, status: Status) -> None:
        self.statuses[key] = Receipt(key=key, status=status, since=self.clock())

    def _answering(self) -> None:
        if self.dead:
            raise PeerUnreachableError("The other organisation gave no answer that counts.", where="fake: dead")

    def _answer(self, key: str) -> Receipt:
        if self.silent:
            raise PeerUnreachableError("The other organisation gave no answer that counts.", where="fake: silent")
        return self.statuses[key]
