"""The one shape that every analysis returns: cells with their meaning, breaks and provenance.

A `Result` may hold small numbers and is for the municipality's own analysts only. Nothing draws or publishes it: the
gate in disclosure.py turns it into a `SafeResult`, and figures accept nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import polars as pl

from .records import NoaberError, Text

Frequency = Literal["day", "month", "quarter", "year"]
Polarity = Literal["higher_is_better", "lower_is_better", "neutral"]
Unit = Literal[
    "persons",
    "households",
    "allocations",
    "contacts",
    "cents",
    "cents_per_person",
    "percent",
    "per_1000",
    "ratio",
    "days",
    "months",
    "minutes_per_week",
    "half_days_per_week",
]


class ResultError(NoaberError):
    """A result whose cells do not match what it says of itself."""

    code = "N-501"
    exit_code = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A moment after which a series means something else.

    `measured` breaks come from the way of counting; `real` ones from a change in the world or the policy. No line and
    no growth rate crosses a break that is not `comparable`. `on` is the first day of the new meaning.
    """

    on: date
    kind: Literal["measured", "real"]
    comparable: bool
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a result comes from, so that it can be made again and argued with."""

    snapshot: str
    """Content hash of the snapshot (16 hex digits)."""
    known_on: date
    """Figures as known on this day."""
    indicator: str
    version: int
    code_version: str
    sources: tuple[str, ...] = ()
    """Tables the figures rest on, with their suppliers."""
    rules: tuple[str, ...] = ()
    """Dated rule values used, as "name = value (source)"."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """Cells of one indicator.

    `cells` has one row per cell: `period` (text: 2024, 2024-Q1, 2024-03 or 2024-12-31 by `frequency`), the columns
    named in `dimensions` (text codes; `_T` stands for all together and is computed on its own, never by adding), and
    `value` (Float64, null when there is nothing to measure). Ratios add `numerator` and `denominator`; every cell
    counts in `count` the persons (or households, allocations, contacts: `counted`) it rests on, which the gate needs.
    `additive_over` names the dimensions whose parts add up to `_T` exactly; the gate audits along them.
    """

    indicator: str
    title: Text
    definition: Text
    unit: Unit
    counted: Literal["persons", "households", "allocations", "contacts", "none"]
    frequency: Frequency
    dimensions: tuple[str, ...]
    cells: pl.DataFrame
    additive_over: tuple[str, ...] = ()
    polarity: Polarity = "neutral"
    breaks: tuple[Break, ...] = ()
    provisional_from: str | None = None
    """First period whose figures may still change; None when all are final."""
    notes: tuple[Text, ...] = ()
    labels: dict[str, dict[str, Text]] = field(default_factory=dict)
    """Per dimension, the words for its codes."""
    provenance: Provenance

    def __post_init__(self) -> None:
        wanted = {"period", *self.dimensions, "value", "count"}
        missing = wanted - set(self.cells.columns)
        if missing:
            raise ResultError(f"Result {self.indicator} lacks {', '.join(sorted(missing))}.", where=self.indicator)
        keys = self.cells.select("period", *self.dimensions)
        if keys.is_duplicated().any():
            raise ResultError(f"Result {self.indicator} has two values for one cell.", where=self.indicator)
