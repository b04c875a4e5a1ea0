"""The chain: what is hashed of an entry, finding the first link that does not hold, and the marks that it must pass.

A chain shows what was changed or taken out in the middle. That its end was cut off shows only beside what was known of
it before: so its head is marked every night in a file in the folder of keys, away from the database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
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
    """What verifying found: how many entries hold, the number of the first that does not, and the head of the chain.

    `cut_at` is the number of a mark that the chain should have passed and did not: its end was cut off, or it was
    written anew. None when all is well.
    """

    checked: int
    broken_at: int | None
    last: str
    last_number: int = 0
    cut_at: int | None = None

    @property
    def whole(self) -> bool:
        """Whether every entry holds and every mark was passed."""
        return self.broken_at is None and self.cut_at is None


def link(entry: Entry, before: str) -> str:
    """Return the chain of an entry that follows on `before`: 64 hex digits."""
    plain = {name: getattr(entry, name) for name in _HASHED} | {
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    }
    told = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{told}".encode()).hexdigest()


def verify(entries: Iterable[Entry], before: str = START, marks: Mapping[int, str] | None = None) -> Verdict:
    """Follow the chain through `entries`, in order of their number, from the chain `before`, past all `marks`.

    `marks` gives the chain at a number. Entries whose time was over are destroyed up to a mark; the chain then begins
    there.
    """
    due = dict(marks or {})
    checked = number = 0
    for entry in entries:
        if not checked and before == START and (passed := [mark for mark in due if mark < entry.number]):
            before = due[max(passed)] if link(entry, START) != entry.chain else START
            due = {mark: chain for mark, chain in due.items() if mark not in passed}
        if link(entry, before) != entry.chain:
            return Verdict(checked, entry.number, before, number)
        before, number, checked = entry.chain, entry.number, checked + 1
        if due.pop(number, before) != before:
            return Verdict(checked, None, before, number, cut_at=number)
    return Verdict(checked, None, before, number, cut_at=min(due, default=None))
