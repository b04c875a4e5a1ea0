"""What a figure shows of a result: lines over time, and rows with a figure now and a figure to lay beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import polars as pl

from noaber.disclosure import SafeResult
from noaber.records import LAYER_NAMES, TOTAL, Language, NoaberError, Text
from noaber.results import BAND, Break, Unit, days_of, segments, year_before, year_on_year

UNKNOWN: Final = ("_U", "_Z")
"""Codes of what nobody knows, and of what does not apply."""
_TOTAL: Final = Text("Totaal", "Total")
_PROVISIONAL: Final = Text("voorlopig", "provisional")
_EXPECTED: Final = Text("verwacht", "expected")
_BAND: Final = re.compile(r"0?(\d+)(?:-0?(\d+)|\+)")


class FigureError(NoaberError):
    """A figure is asked for that the result cannot give."""

    code = "N-601"
    exit_code = 5


@dataclass(frozen=True, slots=True)
class Point:
    """One cell: a value, or why it is not shown (`hidden`: `small`, `secondary`, `no_base`, `group`, `empty`)."""

    period: str
    value: float | None
    hidden: str | None = None
    provisional: bool = False
    """Whether the figure may still change, or is `expected`: drawn open, hatched or dotted."""
    expected: bool = False
    """Whether nobody has counted it yet: an expectation, a forecast or a plan."""
    change: float | None = None
    """Percent since a year earlier; None when there is nothing to compare with."""
    before: float | None = None
    low: float | None = None
    """With `high`: the band of a forecast."""
    high: float | None = None
    no_change: str | None = None
    """Why there is no change: `absent`, `zero` or `break` (see `results.year_on_year`)."""

    @property
    def firmness(self) -> Text | None:
        """The word for a figure that is not final; None when it is."""
        return _EXPECTED if self.expected else _PROVISIONAL if self.provisional else None


@dataclass(frozen=True)
class Series:
    """The points of one code in order of time, and the breaks that touch it."""

    code: str
    label: str
    points: tuple[Point, ...]
    breaks: tuple[Break, ...] = ()

    @cached_property
    def by_period(self) -> Mapping[str, Point]:
        """The points by their period."""
        return {point.period: point for point in self.points}

    @property
    def shown(self) -> list[Point]:
        """The points that have a value."""
        return [point for point in self.points if point.value is not None]

    def runs(self) -> list[list[Point]]:
        """Return the stretches that a line may join: none over an incomparable break, a hidden or a missing cell."""
        found: list[list[Point]] = []
        for stretch in segments([point.period for point in self.points], self.breaks):
            run: list[Point] = []
            for period in stretch:
                point = self.by_period[period]
                if point.value is None or (run and not _next_to(run[-1].period, period)):
                    found += [run] if run else []
                    run = []
                run += [point] if point.value is not None else []
            found += [run] if run else []
        return found


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a chart that compares: the figure now, and one beside it (a year earlier, or another version)."""

    code: str
    label: str
    now: Point | None
    beside: Point | None = None


@dataclass(frozen=True, kw_only=True)
class View:
    """A result as one figure looks at it: one language, up to a period, along one dimension, the others held fixed.

    A dimension that is neither `along` nor in `fixed` is held at its total. Raises `FigureError` (N-601) when the
    result has no such dimension, or a dimension without a total is not held.
    """

    result: SafeResult
    language: Language = "nl"
    along: str | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)
    otherwise: Mapping[str, str] = field(default_factory=dict)
    """Per held dimension the code that stands in where a period lacks the first: an expectation after counts."""
    until: str | None = None
    counted_until: str | None = None
    """Last period that can have been counted; later ones are plans or forecasts."""
    measured_in: Unit | None = None
    """The unit of what is held, when it is another than that of the result: a share among days."""

    def __post_init__(self) -> None:
        known = set(self.result.dimensions)
        asked = {*self.fixed, *([self.along] if self.along else [])}
        if asked - known:
            raise FigureError(
                f"{self.result.indicator} is not split by {', '.join(sorted(asked - known))}.",
                where=self.result.indicator,
                now=f"Choose from: {', '.join(self.result.dimensions) or 'no split at all'}.",
            )
        if not self.cells.height:
            raise FigureError(
                f"{self.result.indicator} has nothing to draw here.",
                where=", ".join(f"{name} = {code}" for name, code in self.fixed.items()) or self.result.indicator,
                now="Hold every dimension that has no total at one of its codes, and choose a period that has figures.",
            )

    @cached_property
    def cells(self) -> pl.DataFrame:
        """The cells of the figure: those of its period, with every other dimension held."""
        held = {name: self.fixed.get(name, TOTAL) for name in self.result.dimensions if name != self.along}
        found = self._holding(held).with_columns(expected=pl.lit(value=False))
        for name, code in self.otherwise.items():
            added = self._holding(held | {name: code}).filter(~pl.col("period").is_in(found["period"].to_list()))
            found = pl.concat([found, added.with_columns(pl.lit(held[name]).alias(name), expected=pl.lit(value=True))])
        if self.until is not None:
            limit = days_of(self.until)[1]
            kept = [period for period in found["period"].unique().to_list() if days_of(period)[1] <= limit]
            found = found.filter(pl.col("period").is_in(kept))
        return found.sort("period")

    @cached_property
    def periods(self) -> list[str]:
        """All periods of the figure, in order of time."""
        return sorted(self.cells["period"].unique().to_list(), key=days_of)

    @property
    def unit(self) -> Unit:
        """The unit of the figures shown."""
        return self.measured_in or self.result.unit

    @property
    def now(self) -> str:
        """The latest period."""
        return self.periods[-1]

    @property
    def earlier(self) -> str | None:
        """The period a year before the latest, when the figure has it."""
        before = year_before(self.now)
        return before if before in self.periods else None

    def label(self, code: str, dimension: str | None = None) -> str:
        """Return the words for a code of a dimension (of `along` when none is named)."""
        name = dimension or self.along or ""
        words = self.result.labels.get(name, {}).get(code)
        if words is None:
            words = LAYER_NAMES.get(code) if name == "layer" else _TOTAL if code == TOTAL else None
        if name == "age" and (band := _BAND.fullmatch(code)):
            words = _years(band[1], band[2])
        return words(self.language) if words else code

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """One series per code, the total first and the unknown last."""
        if self.along is None:
            return (self._one(TOTAL, self.result.title(self.language), self.cells),)
        codes = sorted(self.cells[self.along].unique().to_list(), key=_rank)
        return tuple(self._one(code, self.label(code), self.cells.filter(pl.col(self.along) == code)) for code in codes)

    @property
    def total(self) -> Series | None:
        """The series of all together, when there is one."""
        return next((item for item in self.series if item.code == TOTAL), None)

    @property
    def parts(self) -> tuple[Series, ...]:
        """The series that are no total."""
        return tuple(item for item in self.series if item.code != TOTAL)

    @property
    def breaks(self) -> tuple[Break, ...]:
        """Breaks that fall within the figure and touch what it shows, in order of time."""
        first, last = days_of(self.periods[0])[0], days_of(self.periods[-1])[1]
        touching = {item for series in self.series for item in series.breaks}
        return tuple(sorted((item for item in touching if first < item.on <= last), key=lambda item: item.on))

    def rows(self, *, beside: tuple[str, str] | None = None) -> tuple[Row, ...]:
        """Return a row per code at the latest period, with the figure of a year earlier beside it.

        With `beside` (a dimension and another code of it) the figure under that code stands beside it instead.
        """
        if beside is None:
            before = self.earlier or ""
            return tuple(
                Row(item.code, item.label, item.by_period.get(self.now), item.by_period.get(before))
                for item in self.series
            )
        try:
            other = {item.code: item.by_period.get(self.now) for item in self.holding(*beside).series}
        except FigureError:
            other = {}
        return tuple(
            Row(item.code, item.label, item.by_period.get(self.now), other.get(item.code)) for item in self.series
        )

    def holding(self, dimension: str, code: str) -> View:
        """Return the same view with one more dimension held."""
        return replace(self, fixed={**self.fixed, dimension: code})

    def _holding(self, held: Mapping[str, str]) -> pl.DataFrame:
        return self.result.cells.filter(pl.lit(value=True), *(pl.col(name) == code for name, code in held.items()))

    def _one(self, code: str, label: str, cells: pl.DataFrame) -> Series:
        cell = {name: self.fixed.get(name, TOTAL) for name in self.result.dimensions}
        if self.along:
            cell[self.along] = code
        breaks = tuple(item for item in self.result.breaks if item.breaks(cell))
        compared = year_on_year(cells, self.result.dimensions, self.result.breaks)
        points = (self._point(row) for row in compared.iter_rows(named=True))
        return Series(code, label, tuple(sorted(points, key=lambda point: days_of(point.period))), breaks)

    def _point(self, row: Mapping[str, object]) -> Point:
        period, since = str(row["period"]), self.result.provisional_from
        provisional = since is not None and days_of(period)[1] >= days_of(since)[0]
        late = self.counted_until is not None and days_of(period)[0] > days_of(self.counted_until)[1]
        expected = late or bool(row["expected"])
        value, hidden = row["value"], row.get("hidden")
        assert value is None or isinstance(value, float)
        change, before = row["change"], row["before"]
        low, high = (float(str(row[name])) if row.get(name) is not None else None for name in BAND)
        return Point(
            period=period,
            value=value,
            hidden=None if hidden is None else str(hidden),
            provisional=provisional or expected,
            expected=expected,
            change=change if isinstance(change, float) else None,
            before=before if isinstance(before, float) else None,
            low=low,
            high=high,
            no_change=None if row["reason"] is None else str(row["reason"]),
        )


def by_size(rows: Iterable[Row]) -> list[Row]:
    """Return rows from large to small; those without a figure last, in their own order."""
    kept = list(rows)
    return sorted(kept, key=lambda row: (value_of(row.now) is None, -(value_of(row.now) or 0.0)))


def value_of(point: Point | None) -> float | None:
    """Return the value of a point that may not be there."""
    return None if point is None else point.value


def _years(first: str, last: str | None) -> Text:
    """Return the words for an age band: from its first year to its last, or without an end."""
    if last is None:
        return Text(f"{first} jaar en ouder", f"{first} years and over")
    return Text(f"{first} tot en met {last} jaar", f"{first} to {last} years")


def _rank(code: str) -> tuple[int, str]:
    return (0 if code == TOTAL else 2 if code in UNKNOWN else 1, code)


def _next_to(before: str, after: str) -> bool:
    """Return whether no period fits between two: a missing year is a gap in the line, as a hidden one is."""
    first, last = days_of(before)[1], days_of(after)[0]
    return (last - first).days <= (1 if len(before) < 10 else 366)


def values(series: Sequence[Series]) -> list[float]:
    """Return every value that is shown."""
    return [point.value for item in series for point in item.points if point.value is not None]
