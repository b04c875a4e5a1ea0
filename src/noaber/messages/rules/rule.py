"""What a rule is: its code in the standard, its reason in the supplier's words, what breaks it, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from ..model import Header, Message
from .book import Allocated, Book

_AGB_DIGITS: Final = 8


class Effect(StrEnum):
    """What follows when a rule is broken."""

    REFUSED = "regel geweigerd"
    ALL_REFUSED = "bericht geweigerd"
    REMARKED = "opmerking"


@dataclass(slots=True)
class At:
    """Where a line stands while it is judged: its message, its client, and what stood before it.

    `person` is how the book calls the client, empty when the citizen number fails the eleven-test; `allocation` is
    what stands under the allocation number of the line; `provider` is the party that is not the municipality.
    """

    message: Message
    book: Book
    municipality: str = ""
    person: str = ""
    allocation: Allocated | None = None
    header: Header = field(init=False)
    provider: str = field(init=False)

    def __post_init__(self) -> None:
        self.header = self.message.header
        self.provider = provider_of(self.header)


def provider_of(header: Header) -> str:
    """Return the AGB code in a header; the other party is the municipality, of four digits."""
    return header.sender if len(header.sender) == _AGB_DIGITS else header.receiver


Broken = Callable[[Any, At], bool]
"""Whether a line (or, for rules of a message, the message) breaks a rule where it stands."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the standard as a row of a table; `reason` is Dutch and never holds a personal detail."""

    code: str
    reason: str
    broken: Broken
    return_code: str = ""
    effect: Effect = Effect.REFUSED


def refuses(code: str, reason: str, broken: Broken, return_code: str = "0001") -> Rule:
    """Return a rule that makes a line unusable; without a return code of its own the standard says 0001."""
    return Rule(code, reason, broken, return_code)


def refuses_message(code: str, reason: str, broken: Broken, return_code: str = "0001") -> Rule:
    """Return a rule about a whole message: every line in it is refused."""
    return Rule(code, reason, broken, return_code, Effect.ALL_REFUSED)


def remarks(code: str, reason: str, broken: Broken) -> Rule:
    """Return a rule that is a matter between sender and municipality: the line is taken in as stated."""
    return Rule(code, reason, broken, effect=Effect.REMARKED)


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a line breaks: `line` in the XML, `subject` the class and its place in the message."""

    rule: str
    line: int
    subject: str
    reason_nl: str
    return_code: str
    effect: Effect
