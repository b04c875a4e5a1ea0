"""What every part of a plan has: where it stands, its source and unit, and rows with amounts per year."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Final, Literal

import msgspec

from noaber.records import Law

Unit = Literal["eur", "keur", "meur"]
"""What one stands for in a file: a euro, a thousand euros, a million."""
CENTS_PER_UNIT: Final[dict[Unit, int]] = {"eur": 100, "keur": 100_000, "meur": 100_000_000}

Cents = Annotated[int, msgspec.Meta(extra={"money": True})]
"""Written in the unit of the file, whole cents once read."""
Year = Annotated[int, msgspec.Meta(ge=2000, le=2100)]
Amounts = dict[Year, Cents]
"""One amount per year: `{ 2018 = 50, 2019 = 150 }`."""
MONEY: Final = (Cents, Cents | None, Amounts)
"""The types of keys that hold amounts."""
Code = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
"""A short name of its own in the whole plan, such as `4.1.1`."""
Reference = str
"""A code, `budget/line`, or either with `*`: `J*` is every code that begins with J."""


class Place(msgspec.Struct, frozen=True):
    """Where a part stands: its file, the line of its heading, and the line of each of its keys."""

    file: str = ""
    line: int = 0
    keys: dict[str, int] = msgspec.field(default_factory=dict)

    def of(self, *keys: str) -> tuple[str, int]:
        """Return the file and the line of the first of these keys that is written there, else of the heading."""
        return self.file, next((self.keys[key] for key in keys if key in self.keys), self.line)


class Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of a plan: frozen, and a key that nothing reads is an error."""


class Part(Frozen, frozen=True, kw_only=True):
    """A part that knows where it stands. Its source and unit hold for the parts within it too."""

    source: str = ""
    """Where its amounts stand: document and section or table; left out: as the file says."""
    unit: Unit | None = None
    """What one stands for; left out: as the file says."""
    note: str = ""
    """What a reader must know of it, in a sentence."""
    place: Place = Place()
    """Filled when read."""


class Row(Part, frozen=True, kw_only=True):
    """A name with amounts."""

    name: str
    """As the document calls it."""
    law: Law | None = None
    """The law whose money it is; left out: more than one, or another budget."""
    amounts: Amounts = msgspec.field(default_factory=dict)
    """Per year. A saving or an income is positive, a cost or a shortfall negative, as the document has it."""
    structural: Cents | None = None
    """Per year from some year on, where the document says no more than that."""
    printed: dict[Year, str] = msgspec.field(default_factory=dict)
    """What the document prints, where that is no number; `amounts` then says how it was read."""
    rounded_to: Cents = 0
    """To what the document rounds its own amounts; a difference within it is then no finding. 0: it does not round."""

    @property
    def largest(self) -> int:
        """The structural amount, else that of the last year: what it comes to in the end, in cents."""
        if self.structural is not None:
            return self.structural
        return self.amounts[max(self.amounts)] if self.amounts else 0


@cache
def keys_of(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the keys that a part of a plan may have, each with its type."""
    return {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
