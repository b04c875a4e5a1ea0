"""What a rule is: its code in the standard, its reason in the supplier's words, what breaks it, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..model import Header, Message
from .book import Allocated, Book

AGB_DIGITS = 8


class Effect(StrEnum):
    """What follows when a rule is broken."""

    REFUSED = "regel geweigerd"
    ALL_REFUSED = "bericht geweigerd"
    REMARKED = "opmerking"


@dataclass(slots=True)
class At:
    """Where a line stands while it is judged: its message, its client, and what stood before it.

    `person` is how the book calls the client, empty when the citizen number fails the eleven-test; `allocation` is
    what stands under the allocation number of the line.
    """

    message: Message
    header: Header
    book: Book
    municipality: str = ""
    person: str = ""
    allocation: Allocated | None = None

    @property
    def provider(self) -> str:
        """The party of the message that is not the municipality."""
        return self.header.sender if len(self.header.sender) == AGB_DIGITS else self.header.receiver


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
