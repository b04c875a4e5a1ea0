"""The legal bases: which law lets data that was obtained under one law be used under another, from when until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Protocol, TypeVar

import msgspec

from noaber.rules import SURE_NAMES, Sure


class Basis(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One basis: data obtained under one law, used under a law, in the days that it holds (both included)."""

    obtained: str
    used: str
    from_: date = msgspec.field(name="from")
    until: date | None = None
    needs_consent: bool
    special: bool = False
    article: str
    sure: Sure


class NumberBasis(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The article that lets whoever works under a law know the citizen number."""

    used: str
    from_: date = msgspec.field(name="from")
    until: date | None = None
    article: str
    sure: Sure


class Bill(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A law that is not in force."""

    used: str
    name: str


class Bases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All bases."""

    bases: tuple[Basis, ...]
    numbers: tuple[NumberBasis, ...]
    bills: tuple[Bill, ...]

    def basis(self, obtained: str, used: str, on: date) -> Basis | None:
        """Return the basis that holds on a day, or None."""
        return _holding((item for item in self.bases if (item.obtained, item.used) == (obtained, used)), on)

    def number(self, used: str, on: date) -> NumberBasis | None:
        """Return the article for the citizen number that holds on a day, or None."""
        return _holding((item for item in self.numbers if item.used == used), on)

    def bill(self, used: str) -> str:
        """Return the name of the law when it is only a bill; empty otherwise."""
        return next((item.name for item in self.bills if item.used == used), "")


class _Dated(Protocol):
    @property
    def from_(self) -> date: ...
    @property
    def until(self) -> date | None: ...


_Found = TypeVar("_Found", bound=_Dated)


def _holding(items: Iterable[_Found], on: date) -> _Found | None:
    return next((item for item in items if item.from_ <= on and (item.until is None or on <= item.until)), None)


@cache
def bases() -> Bases:
    """Return the bases that come with the package; read once."""
    return msgspec.toml.decode((files(__package__) / "bases.toml").read_bytes(), type=Bases)


def cited(article: str, sure: Sure) -> str:
    """Return an article as a page cites it: with a warning when it was not read in the text itself."""
    return article if sure is Sure.HIGH else f"{article} ({SURE_NAMES[sure].nl})"
