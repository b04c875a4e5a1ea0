"""The other organisations of this installation: their keys, the line to each, and our own keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final, Protocol

from django.conf import settings

from noaber.connections.exchange import Client, Line, OwnKeys, PeerKeys, read_public

from .faults import UnknownPeerError

KEYS: Final = "exchange"
"""The series of secrets in the folder of keys: exchange-1.key, exchange-2.key, …"""


class Peer(Protocol):
    """Another organisation, as the installation file names it."""

    @property
    def name(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def address(self) -> str: ...


def peers() -> tuple[Peer, ...]:
    """Return all other organisations."""
    found: tuple[Peer, ...] = settings.NOABER.peers
    return found


def peer(code: str) -> Peer:
    """Return the organisation with this code; raises `UnknownPeerError` (N-973)."""
    for item in peers():
        if item.code == code:
            return item
    raise UnknownPeerError("There is no such organisation here.", where=code, now="Add it under [[peers]].")


def name_of(code: str) -> str:
    """Return how an organisation is called; its code when it is no longer in the installation file."""
    if code == settings.NOABER.code:
        return str(settings.NOABER.name)
    return next((item.name for item in peers() if item.code == code), code)


def own_keys() -> OwnKeys:
    """Return our keys, as they lie in the folder of keys now."""
    return _own(tuple(sorted(settings.NOABER.series(KEYS).items())))


@cache
def _own(secrets: tuple[tuple[int, bytes], ...]) -> OwnKeys:
    return OwnKeys.of(dict(secrets))


def keys_of(code: str) -> PeerKeys:
    """Return the public keys of an organisation, as its file is now; raises `KeyFileError` (N-261), OSError."""
    found = next(item for item in settings.NOABER.peers if item.code == code)
    path: Path = settings.NOABER.path(found.public_key_file)
    return _public(path.read_bytes(), code)


@cache
def _public(content: bytes, code: str) -> PeerKeys:
    return read_public(content, organisation=code, where=code)


def line_to(code: str, now: Callable[[], datetime]) -> Line:
    """Return the line to an organisation; raises `UnknownPeerError` (N-973) and `KeyFileError` (N-261)."""
    return Client(peer(code).address, own_keys(), keys_of(code), now)
