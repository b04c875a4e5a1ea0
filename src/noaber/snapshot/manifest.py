"""The manifest: which files make up a snapshot, with their hashes, and what the whole is called."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Final

import msgspec

FORMAT: Final = 1
_HASH_DIGITS: Final = 16


class File(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the store: where (from the store's folder), the table in it (or "receipt"), rows, and SHA-256."""

    path: str
    table: str
    rows: int
    sha256: str


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery as it was taken in; `content` is the hash of its rows and receipt, whatever wrote them down."""

    delivery: str
    source: str
    known_on: date
    content: str
    files: tuple[File, ...]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a snapshot is made of."""

    hash: str
    known_on: date
    code: str
    """Version of Noaber that folded it."""
    inputs: str
    """Hash of all that the fold reads; the same inputs need no second fold."""
    ring: str
    """Mark of the key ring behind the pseudonyms; empty when it was never told."""
    deliveries: tuple[Taken, ...]
    folded: tuple[File, ...]
    format: int = FORMAT

    def files(self, table: str) -> list[File]:
        """Return the files that hold a table."""
        every = (*(file for taken in self.deliveries for file in taken.files), *self.folded)
        return [file for file in every if file.table == table]

    def delivery(self, identity: str) -> Taken | None:
        """Return a delivery by its identity."""
        return next((taken for taken in self.deliveries if taken.delivery == identity), None)


def hash_of(parts: Iterable[str]) -> str:
    """Return the hash (16 hex digits) of some texts in this order."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_HASH_DIGITS]
