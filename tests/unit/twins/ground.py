"""What the twins stand on: rows, cells, whole periods and quantiles, as one would find them by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from math import floor

from noaber.indicators import Question

Row = dict[str, object]
Tables = dict[str, list[Row]]
Key = tuple[str, ...]
FOREVER = date(9999, 12, 30)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Cell:
    value: float | None
    count: int | None
    numerator: float | None = None
    denominator: float | None = None


Cells = dict[Key, Cell]


# Time


@dataclass(frozen=True)
class Period:
    text: str
    first: date
    last: date


def month_period(year: int, month: int, months: int) -> Period:
    first = date(year, month, 1)
    after = year * 12 + month - 1 + months
    text = {1: f"{year}-{month:02}", 3: f"{year}-Q{(month + 2) // 3}", 12: f"{year}"}[months]
    return Period(text, first, date(after // 12, after % 12 + 1, 1) - DAY)


def whole_periods(ask: Question, since: date = date.min) -> list[Period]:
    """Return the periods that begin within the figures, end by the day of knowledge, and do not end before `since`."""
    months = {"month": 1, "quarter": 3, "year": 12}[ask.frequency]
    every = [
        month_period(year, month, months)
        for year in range(ask.town.figures_from.year, ask.known_on.year + 1)
        for month in range(1, 13, months)
    ]
    begun = [item for item in every if item.first >= ask.town.figures_from and item.last >= since]
    return [item for item in begun if item.last <= ask.known_on]


def period_of(ask: Question, day: date) -> Period | None:
    return next((item for item in whole_periods(ask) if item.first <= day <= item.last), None)


# Cells


def code(row: Row, name: str) -> str:
    return "_U" if row[name] is None else str(row[name])


def keys(row: Row, dimensions: Iterable[str]) -> list[Key]:
    """Return every cell a row belongs to: its own, and each total."""
    return list(product(*[(code(row, name), "_T") for name in dimensions]))


def gather(rows: Iterable[Row], dimensions: Iterable[str]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    names = tuple(dimensions)
    for row in rows:
        for key in keys(row, names):
            found[key].append(row)
    return found


def in_periods(ask: Question, rows: Iterable[Row], day: str) -> dict[Period, list[Row]]:
    found: dict[Period, list[Row]] = defaultdict(list)
    for row in rows:
        period = period_of(ask, row[day])
        if period is not None:
            found[period].append(row)
    return found


def quantile(values: list[int], share: float) -> float:
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])
