"""The chain: what is hashed of an entry, and finding the first link that does not hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .models import Entry

START: Final = "0" * 64
_HASHED: Final = (
    "at",
    "event",
    "result",
    "actor",
    "actor_name",
    "actor_role",
    "organisation",
    "subject",
    "object",
    "object_name",
    "purpose",
    "origin",
    "request",
    "details",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found: how many entries hold, and the number of the first that does not (None when all do)."""

    checked: int
    broken_at: int | None
    last: str


def link(entry: Entry, before: str) -> str:
    """Return the chain of an entry that follows on `before`: 64 hex digits."""
    plain = {name: getattr(entry, name) for name in _HASHED} | {"at": entry.at.isoformat(timespec="microseconds")}
    told = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{told}".encode()).hexdigest()


def verify(entries: Iterable[Entry], before: str = START) -> Verdict:
    """Follow the chain through `entries`, in order of their number, from the chain `before`."""
    checked = 0
    for entry in entries:
        if link(entry, before) != entry.chain:
            return Verdict(checked, entry.number, before)
        before, checked = entry.chain, checked + 1
    return Verdict(checked, None, before)
