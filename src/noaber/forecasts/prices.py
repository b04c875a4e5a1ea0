"""Prices from year to year: wages and materials as contracts weigh them, as published and else as estimated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import duckdb
import numpy as np

from noaber import rules
from noaber.rules import NoValueError, Value

from ..flows import Floats
from ..flows.draws import P90

_PARTS: Final = {"OVA": "ova", "PPC": "ppc"}
Changes = Mapping[tuple[str, int], float]
"""Percent by index and year."""


@dataclass(frozen=True, kw_only=True)
class PricePath:
    """How many times the prices of the base year apply, per year from that year on, with a low and a high."""

    base: int
    middle: Floats
    """[Y], 1 in the base year."""
    low: Floats
    high: Floats
    rules: tuple[str, ...] = ()
    known: bool = True
    """Whether every year has an index; without, prices stay those of the base year."""

    def at(self, year: int) -> float:
        """Return the prices of a year; those of the first or last year beyond the path."""
        return float(self.middle[min(max(year - self.base, 0), len(self.middle) - 1)])

    def at_months(self, first: date, months: int) -> Floats:
        """Return how many times the prices of the first month apply in each month, [T]."""
        years = [first.year + (first.month - 1 + month) // 12 for month in range(months)]
        return np.array([self.at(year) for year in years]) / self.at(first.year)

    def over(self, first: date, months: int) -> float:
        """Return the average of the prices of months."""
        return sum(self.at(first.year + (first.month - 1 + month) // 12) for month in range(months)) / months

    def spread(self, first: date, months: int) -> Floats:
        """Return the standard deviation of the log of the price level per month, [T]."""
        year = first.year + (first.month - 1 + np.arange(months)) // 12
        place = np.clip(year - self.base, 0, len(self.middle) - 1)
        return np.asarray(np.log(self.high / self.low)[place] / (2 * P90))


def read(connection: duckdb.DuckDBPyConnection) -> Changes:
    """Return the published changes of the indices for contracts."""
    rows = connection.execute("""SELECT "index", year, change FROM price_index WHERE "index" <> 'CPI'""").fetchall()
    return {(index, year): change for index, year, change in rows}


def path(changes: Changes, base: int, until: int) -> PricePath:
    """Return the prices of `base` to `until`: published changes first, then the rules, then the estimates.

    Where a year has none of these, all prices stay those of the base year: half an index says less than none.
    """
    share = rules.value("prices/labour_share", date(until, 7, 1)).number
    steps: list[list[float]] = []
    used: dict[str, None] = {}
    for year in range(base + 1, until + 1):
        labour, materials = (_change(changes, index, year) for index in _PARTS)
        if labour is None or materials is None:
            flat = np.ones(until - base + 1)
            return PricePath(base=base, middle=flat, low=flat, high=flat, known=False)
        steps.append([share * one + (1 - share) * other for one, other in zip(labour[0], materials[0], strict=True)])
        used |= dict.fromkeys(text for _, text in (labour, materials) if text)
    changes_ = np.array(steps, dtype=np.float64).reshape(-1, 3)
    grown = np.cumprod(np.vstack([np.ones(3), 1 + changes_ / 100]), axis=0, dtype=np.float64)
    return PricePath(base=base, middle=grown[:, 0], low=grown[:, 1], high=grown[:, 2], rules=tuple(used))


def _change(changes: Changes, index: str, year: int) -> tuple[tuple[float, float, float], str] | None:
    """Return the change in percent with its low and high, and the rule it stands in; None when nothing is known."""
    published = changes.get((index, year))
    if published is not None:
        return (published, published, published), ""
    for theme in ("prices", "estimates"):
        try:
            found: Value = rules.value(f"{theme}/{_PARTS[index]}", date(year, 7, 1))
        except NoValueError:
            continue
        low, high = (found.number if end is None else end for end in (found.low, found.high))
        return (found.number, low, high), str(found)
    return None
