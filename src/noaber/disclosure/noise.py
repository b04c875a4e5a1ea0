"""The rule `noise`: each count moves a little, and the same people always by the same amount (the cell-key method).

The move follows from a keyed hash of the number itself: which figure, when, for whom, and how many. So asking again, or
asking through another table, gives the same answer, and averaging gives nothing. The records behind a count are not
here, so "the same people" is known in two ways only: the same codes at the same moment, and a part that is as large as
its total. Two cells that happen to hold the same people under strange codes do get two moves.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

import polars as pl

from noaber.municipality import Disclosure
from noaber.records import TOTAL
from noaber.results import Result, Unit, days_of

from .definitions import Codes, shown
from .small import COUNTS


def noisy(cells: pl.DataFrame, result: Result, kinds: Mapping[str, Unit], at: Disclosure, key: bytes) -> pl.DataFrame:
    """Return the cells with every count moved, amounts moved as their persons are, and small counts hidden.

    A count that is small before or after its move is hidden. Amounts are rounded besides.
    """
    moved = {
        name: pl.Series(name, _moved(cells, result, name, at, key), dtype=pl.Float64)
        for name, kind in (*kinds.items(), ("count", "persons"))
        if kind in COUNTS
    }
    persons = moved.pop("count") / cells["count"]
    for name, kind in kinds.items():
        if kind == "cents":
            amount = cells[name] * persons.fill_nan(1).fill_null(1)
            moved[name] = ((amount / at.round_cents_to + 0.5).floor() * at.round_cents_to).alias(name)
    looked_at = [moved[name] for name, kind in kinds.items() if kind in COUNTS and name != "denominator"]
    fresh = cells.with_columns(*moved.values())
    for numbers in looked_at:
        small = pl.col("hidden").is_null() & (numbers <= at.hide_up_to)
        fresh = fresh.with_columns(hidden=pl.when(small).then(pl.lit("small")).otherwise(pl.col("hidden")))
    return fresh


def _moved(cells: pl.DataFrame, result: Result, column: str, at: Disclosure, key: bytes) -> list[float | None]:
    """Return a column of counts with each number moved; nothing falls below zero."""
    numbers = {
        (row["period"], frozenset((name, row[name]) for name in result.dimensions if row[name] != TOTAL)): row[column]
        for row in cells.iter_rows(named=True)
    }
    same = _same_people(numbers)
    return [
        None if number is None else max(0.0, number + _move(result, column, *same[cell], number, at, key))
        for cell, number in numbers.items()
    ]


def _same_people(numbers: Mapping[tuple[str, Codes], float | None]) -> dict[tuple[str, Codes], tuple[str, Codes]]:
    """Return for each cell the one that stands for its people: a part as large as its total is its total."""
    parent = {cell: cell for cell in numbers}

    def root(cell: tuple[str, Codes]) -> tuple[str, Codes]:
        while parent[cell] != cell:
            cell = parent[cell]
        return cell

    for (period, codes), number in numbers.items():
        for code in codes:
            whole = (period, codes - {code})
            if number is not None and numbers.get(whole) == number:
                ends = sorted((root((period, codes)), root(whole)), key=lambda cell: (len(cell[1]), sorted(cell[1])))
                parent[ends[1]] = ends[0]
    return {cell: root(cell) for cell in numbers}


def _move(result: Result, column: str, period: str, codes: Codes, number: float, at: Disclosure, key: bytes) -> int:
    """Return a whole number between -`noise_up_to` and `noise_up_to`: near zero more often than far from it."""
    figure, of = shown(result.indicator, column, codes)
    when = days_of(period)[1].isoformat() if result.over_time == "last" else period
    message = repr((figure, when, sorted(of), number)).encode()
    digest = hmac.new(key, message, hashlib.sha256).digest()
    up, down = (int.from_bytes(part) % (at.noise_up_to + 1) for part in (digest[:16], digest[16:]))
    return up - down
