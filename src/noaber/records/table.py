"""What a table is: columns that say their type, unit, meaning, constraint and privacy class.

From this one declaration come validation (`check`), the reference page (docs), and the shape of the demo data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import polars as pl

from .errors import RecordError


class Type(StrEnum):
    """Column types; `CENTS` are whole eurocents, `MONTH` is the first day of the month it stands for."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    CENTS = "cents"
    DATE = "date"
    MONTH = "month"
    MOMENT = "moment"
    BOOLEAN = "boolean"


class Privacy(StrEnum):
    """Privacy class of a column; every column has exactly one."""

    PUBLIC = "public"
    """Says nothing about a person: an area, a year, a budget."""
    INTERNAL = "internal"
    """Business data of the municipality or a provider, not about a person."""
    PSEUDONYM = "pseudonym"
    """A keyed pseudonym of a person or address: still personal data for whoever has the key."""
    PERSONAL = "personal"
    """About one person, without a direct identifier."""
    SPECIAL = "special"
    """About one person and health, youth care or income: special or sensitive personal data."""


DTYPES: Final[dict[Type, pl.DataType]] = {
    Type.TEXT: pl.String(),
    Type.INTEGER: pl.Int64(),
    Type.NUMBER: pl.Float64(),
    Type.CENTS: pl.Int64(),
    Type.DATE: pl.Date(),
    Type.MONTH: pl.Date(),
    Type.MOMENT: pl.Datetime("us"),
    Type.BOOLEAN: pl.Boolean(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: what it means, in which unit, and what may stand in it."""

    name: str
    type: Type
    description: str
    privacy: Privacy
    unit: str = ""
    required: bool = True
    choices: tuple[str, ...] = ()
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None

    def problem(self) -> pl.Expr:
        """Return an expression that is null where a value is good and says what is wrong where it is not."""
        value = pl.col(self.name)
        rules: list[tuple[pl.Expr, str]] = []
        if self.required:
            rules.append((value.is_null(), "is empty but required"))
        if self.choices:
            # Plain texts: Polars would make an enum of a StrEnum's members, and refuse any text beside them.
            allowed = [str(choice) for choice in self.choices]
            rules.append((~value.is_in(allowed), f"is not one of {', '.join(allowed)}"))
        if self.pattern:
            rules.append((~value.str.contains(f"^(?:{self.pattern})$"), f"does not have the form {self.pattern}"))
        if self.minimum is not None:
            rules.append((value < self.minimum, f"is below {self.minimum:g}"))
        if self.maximum is not None:
            rules.append((value > self.maximum, f"is above {self.maximum:g}"))
        if self.type is Type.MONTH:
            rules.append((value.dt.day() != 1, "is not the first day of a month"))
        found = pl.lit(None, dtype=pl.String())
        for wrong, words in reversed(rules):
            found = pl.when(wrong.fill_null(value=False)).then(pl.lit(f"{self.name} {words}")).otherwise(found)
        return found


LINEAGE: Final = (
    Column(name="delivery", type=Type.TEXT, description="Delivery the row came with", privacy=Privacy.INTERNAL),
    Column(
        name="line",
        type=Type.INTEGER,
        description="Line, row or element of that delivery the row came from",
        privacy=Privacy.INTERNAL,
        minimum=0,
    ),
    Column(
        name="known_on",
        type=Type.DATE,
        description="Day on which the supplier said this; figures 'known as of' use it",
        privacy=Privacy.INTERNAL,
    ),
)
"""Columns that every delivered row carries, whatever its table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A named set of columns with its key; `pairs` are (from, until) columns that must not run backwards."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        names = [column.name for column in self.all_columns]
        assert len(names) == len(set(names)), f"{self.name} names a column twice"
        assert set(self.key) <= set(names), f"{self.name} has a key outside its columns"
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names), f"{self.name}: odd column name"

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """The table's own columns and the lineage that every delivered row carries."""
        return self.columns + LINEAGE

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Polars schema of the table with its lineage, in declared order."""
        return {column.name: DTYPES[column.type] for column in self.all_columns}

    def empty(self) -> pl.DataFrame:
        """Return a frame without rows in this table's shape."""
        return pl.DataFrame(schema=self.schema)

    def frame(self, rows: list[dict[str, object]]) -> pl.DataFrame:
        """Return `rows` (one dict a row; missing keys become null) as a frame in this table's shape."""
        names = self.schema
        unknown = {key for row in rows[:1] for key in row} - set(names)
        if unknown:
            raise RecordError(f"Table {self.name} has no column {', '.join(sorted(unknown))}.", where=self.name)
        return pl.DataFrame({name: [row.get(name) for row in rows] for name in names}, schema=names)

    def problems(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return (line, problem) for each row of `frame` that breaks a constraint; the first problem of each row.

        The frame must have this table's schema; raises `RecordError` (N-101) when it does not.
        """
        if dict(frame.schema) != self.schema:
            raise RecordError(
                f"Rows for table {self.name} do not have its columns.",
                where=f"expected {', '.join(self.schema)}",
                now="Fill every declared column, in the declared order and type.",
            )
        tests = [column.problem() for column in self.all_columns]
        tests += [
            pl.when((pl.col(until) < pl.col(start)).fill_null(value=False)).then(pl.lit(f"{until} lies before {start}"))
            for start, until in self.pairs
        ]
        found = frame.select("line", pl.coalesce(tests).alias("problem"))
        return found.filter(pl.col("problem").is_not_null())
