"""What a worker hears and chooses, in the shape in which the actions want it; plain values, no tables of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from noaber.web.access.models import Person

from .models import Client, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """What somebody told of themselves: a resident who is known, or a name; nothing for who stays anonymous."""

    known: Client | None = None
    name: str = ""
    phone: str = ""
    mail: str = ""
    born_on: date | None = None

    @property
    def somebody(self) -> bool:
        """Whether there is anyone to remember."""
        return bool(self.known or self.name)


ANONYMOUS = Who()


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise to call back: which number, on which day, in which window, and who will."""

    phone: str
    on: date
    part: str
    owner: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was heard in a contact; an empty `outcome` is a question that still waits for an answer."""

    channel: str
    theme: str
    outcome: str
    district: str = ""
    words: str = ""
    place: Place | None = None
    caller: Who = ANONYMOUS
    about: Who = ANONYMOUS
    relation: str = ""
    answer_by: str = ""
    seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the tree advised along which path, and what a person chose; who differs says why."""

    tree: str
    path: Sequence[tuple[str, str]]
    advice: str
    advised: str
    decided: str
    because: str = ""
    disagrees: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """How the system drew: one in how many, and whether it chose this contact. None asked: one_in is None."""

    one_in: int | None = None
    chosen: bool = False


NOT_ASKED = Sampled()
