"""The other organisation over HTTP: every question is signed, and no answer is believed that it did not sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlsplit

import httpx
import msgspec

from noaber import __version__

from .envelope import Envelope, PeerRefusedError, PeerUnreachableError, Receipt, Status
from .keys import OwnKeys, PeerKeys
from .sign import Exchanged, SignatureError, sign_request, verify_answer

_JSON: Final = "application/json"
_LATER: Final = frozenset({401, 408, 425, 429})
"""Statuses below 500 that pass: keys or clocks that are being set right, and a server that is busy."""


@dataclass(frozen=True)
class Client:
    """The line to one organisation at `address`; `clock` gives the moment to sign with."""

    address: str
    own: OwnKeys
    peer: PeerKeys
    clock: Callable[[], datetime]
    timeout: float = 20.0
    transport: httpx.BaseTransport | None = field(default=None, repr=False)

    def send(self, envelope: Envelope) -> Receipt:
        """Send a message; sent again it stays one message, by its own key."""
        body = msgspec.json.encode(envelope)
        return self._ask("POST", "berichten", body, {"idempotency-key": envelope.key})

    def tell(self, key: str, status: Status, reason: str = "") -> Receipt:
        """Tell a new status of a message, with the reason when there is one."""
        body = msgspec.json.encode({"status": status, "reden": reason})
        return self._ask("POST", f"berichten/{quote(key, safe='')}/statussen", body)

    def ask(self, key: str) -> Receipt:
        """Ask the status of a message."""
        return self._ask("GET", f"berichten/{quote(key, safe='')}", b"")

    def _ask(self, method: str, place: str, body: bytes, more: dict[str, str] | None = None) -> Receipt:
        url = httpx.URL(f"{self.address.rstrip('/')}/api/v1/{place}")
        question = Exchanged(
            method=method,
            authority=url.netloc.decode(),
            path=url.raw_path.decode(),
            body=body,
            headers={"content-type": _JSON},
        )
        signed = sign_request(question, self.own, at=self.clock())
        headers = {
            "content-type": _JSON,
            "accept": _JSON,
            "user-agent": f"noaber/{__version__}",
            **(more or {}),
            **signed,
        }
        try:
            with httpx.Client(timeout=self.timeout, transport=self.transport, trust_env=False) as line:
                answer = line.request(method, url, content=body, headers=headers | (more or {}) | signed)
        except httpx.HTTPError as error:
            raise self._unreachable(type(error).__name__) from error
        return self._read(answer, signed["signature"])

    def _read(self, answer: httpx.Response, asked: str) -> Receipt:
        """Return the receipt in an answer, once its signature fits; a refusal counts only when it is signed too."""
        if answer.status_code >= 500 or answer.status_code in _LATER:
            raise self._unreachable(f"HTTP {answer.status_code}")
        heard = Exchanged(
            method="", authority="", path="", body=answer.content, headers=answer.headers, status=answer.status_code
        )
        try:
            verify_answer(heard, self.peer, at=self.clock(), asked=asked)
        except SignatureError as error:
            raise self._unreachable(error.what) from error
        try:
            if answer.is_success:
                return msgspec.json.decode(answer.content, type=Receipt)
            problem = msgspec.json.decode(answer.content, type=dict)
        except msgspec.MsgspecError as error:
            raise self._unreachable(f"HTTP {answer.status_code}") from error
        raise PeerRefusedError(str(problem.get("detail") or problem.get("title")), where=str(problem.get("type", "")))

    def _unreachable(self, why: str) -> PeerUnreachableError:
        host = urlsplit(self.address).hostname or self.address
        return PeerUnreachableError(
            "The other organisation gave no answer that counts.", where=f"{host}: {why}", now="It is tried again later."
        )
