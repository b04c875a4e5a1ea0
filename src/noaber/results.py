"""The one shape that every analysis returns: cells with their meaning, breaks and provenance.

A `Result` may hold small numbers and is for the municipality's own analysts only. Nothing draws or publishes it: the
gate in disclosure.py turns it into a `SafeResult`, and figures accept nothing else.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

import polars as pl

from .records import TOTAL, NoaberError, Text

Frequency = Literal["day", "month", "quarter", "year"]
OverTime = Literal["none", "last", "adds"]
"""How a longer period follows from shorter ones: not at all, as the last of them, or as their sum."""
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


BAND: Final = ("low", "high")
"""Columns of a forecast that say how sure it is: one in ten lies below the one, and one in ten above the other."""


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
    touches: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(dimension, codes) it is limited to; a cell under another code goes on unbroken. Empty: it breaks every cell."""

    def breaks(self, cell: Mapping[str, object]) -> bool:
        """Return whether the break touches a cell, given its code per dimension; a total is touched by its parts."""
        return all(cell.get(dimension, TOTAL) in (*codes, TOTAL) for dimension, codes in self.touches)


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
    counts in `count` the persons (or households, allocations, contacts: `counted`) it rests on, which the gate needs;
    null where it rests on nobody, such as a line of the ledger.
    A forecast may add `low` and `high`, in the unit of the value; its notes say what is in that band.
    An amount may add `largest` and `second`: how much of it is for the one and the other person with the most, so that
    the gate can see when it is nearly all one person's.
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
    over_time: OverTime = "none"
    ratio: tuple[Unit, Unit] | None = None
    """Units of numerator and denominator, where they do not count what `unit` and `counted` say."""
    provenance: Provenance

    def __post_init__(self) -> None:
        wanted = {"period", *self.dimensions, "value", "count"}
        missing = wanted - set(self.cells.columns)
        if missing:
            raise ResultError(f"Result {self.indicator} lacks {', '.join(sorted(missing))}.", where=self.indicator)
        keys = self.cells.select("period", *self.dimensions)
        if keys.is_duplicated().any():
            raise ResultError(f"Result {self.indicator} has two values for one cell.", where=self.indicator)


def days_of(period: str) -> tuple[date, date]:
    """Return the first and last day of a period text: 2024, 2024-Q1, 2024-03 or 2024-12-31."""
    year = int(period[:4])
    if len(period) == 4:
        return date(year, 1, 1), date(year, 12, 31)
    if len(period) == 10:
        day = date.fromisoformat(period)
        return day, day
    last = 3 * int(period[6]) if period[5] == "Q" else int(period[5:])
    first = last - 2 if period[5] == "Q" else last
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def year_before(period: str) -> str:
    """Return the same period one year earlier; the last day of February stays the last day of February."""
    year, rest = int(period[:4]) - 1, period[4:]
    if rest in {"-02-28", "-02-29"} and days_of(period)[0].day == calendar.monthrange(year + 1, 2)[1]:
        rest = f"-02-{calendar.monthrange(year, 2)[1]}"
    return f"{year}{rest}"


def crossed(before: str, after: str, breaks: Sequence[Break]) -> Break | None:
    """Return the first break that makes two periods incomparable, or None.

    A break within a period mixes two meanings, so that period compares with neither side.
    """
    first, last = days_of(before)[0], days_of(after)[1]
    return next((item for item in breaks if not item.comparable and first < item.on <= last), None)


def segments(periods: Sequence[str], breaks: Sequence[Break]) -> list[list[str]]:
    """Split periods, in order of time, into runs that a line may join: none runs across an incomparable break."""
    runs: list[list[str]] = []
    for period in periods:
        if runs and crossed(runs[-1][-1], period, breaks) is None:
            runs[-1].append(period)
        else:
            runs.append([period])
    return runs


def year_on_year(cells: pl.DataFrame, dimensions: Sequence[str], breaks: Sequence[Break]) -> pl.DataFrame:
    """Return `cells` with `before` (the value a year earlier), `change` (percent) and `reason`.

    `reason` is null where there is a change, and else why there is none: `absent` (now or a year earlier: hidden or
    not measured), `zero` (nothing to compare with) or `break` (an incomparable break lies between). Works on the cells
    of a `Result` and of a `SafeResult` alike.
    """
    values = {
        tuple(row[name] for name in ("period", *dimensions)): row["value"]
        for row in cells.select("period", *dimensions, "value").iter_rows(named=True)
    }
    found: list[tuple[float | None, float | None, str | None]] = []
    for (period, *codes), value in values.items():
        earlier = year_before(period)
        before = values.get((earlier, *codes))
        touching = [item for item in breaks if item.breaks(dict(zip(dimensions, codes, strict=True)))]
        if crossed(earlier, period, touching) is not None:
            found.append((None, None, "break"))
        elif value is None or before is None:
            found.append((before, None, "absent"))
        elif before == 0:
            found.append((before, None, "zero"))
        else:
            found.append((before, 100.0 * (value - before) / abs(before), None))
    schema = {"before": pl.Float64(), "change": pl.Float64(), "reason": pl.String()}
    return cells.hstack(pl.DataFrame(found, schema=schema, orient="row"))
