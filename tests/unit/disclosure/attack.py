"""An attacker of our own making: no linear programs, nothing from the gate but what it published.

He writes down what each cell can be by the rule that is printed under the table, and then narrows: a total minus its
other parts, again and again, until nothing moves. What he gets within `close` of the truth, he has found.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from noaber.disclosure import SafeResult

Sum = tuple[Hashable, tuple[Hashable, ...]]
"""A whole and its parts."""


@dataclass
class Attacker:
    """What he knows: the least and the most of every cell, and which cells add up."""

    low: dict[Hashable, float] = field(default_factory=dict)
    high: dict[Hashable, float] = field(default_factory=dict)
    hidden: set[Hashable] = field(default_factory=set)

    def reads(self, result: SafeResult, column: str = "value", name: str | None = None) -> None:
        """Read a table; `name` is what he knows its numbers by."""
        for row in result.cells.iter_rows(named=True):
            cell = (name or result.indicator, row["period"], *(row[part] for part in result.dimensions))
            low, high = bounds(result, row[column], row["hidden"])
            self.low[cell] = max(low, self.low.get(cell, -math.inf))
            self.high[cell] = min(high, self.high.get(cell, math.inf))
            if row["hidden"] == "small":
                self.hidden.add(cell)

    def reckons(self, sums: Iterable[Sum], rounds: int = 50) -> None:
        """Narrow what he knows by sums until nothing moves."""
        known = list(sums)
        for _ in range(rounds):
            before = (dict(self.low), dict(self.high))
            for whole, parts in known:
                self._narrow([(whole, 1), *((part, -1) for part in parts)])
            if before == (self.low, self.high):
                return

    def _narrow(self, terms: list[tuple[Hashable, int]]) -> None:
        """Narrow each number of a sum that comes to zero by all the others."""
        for cell, sign in terms:
            others = [(other, s) for other, s in terms if other != cell]
            least = sum(min(s * self.low[other], s * self.high[other]) for other, s in others)
            most = sum(max(s * self.low[other], s * self.high[other]) for other, s in others)
            low, high = (-most, -least) if sign > 0 else (least, most)
            self.low[cell], self.high[cell] = max(self.low[cell], low), min(self.high[cell], high)

    def found(self, close: float = 3) -> dict[Hashable, tuple[float, float]]:
        """Return the hidden cells that he has brought within less than `close`."""
        return {
            cell: (self.low[cell], self.high[cell]) for cell in self.hidden if self.high[cell] - self.low[cell] < close
        }


def bounds(result: SafeResult, value: float | None, hidden: str | None) -> tuple[float, float]:
    """Return what a cell can be, by the sentence under the table alone."""
    at = result.rule
    if hidden is None:
        assert value is not None
        return (value, value) if at.rule == "exact" else (max(value - 2, 8), value + 2)
    return (0, at.hide_up_to) if hidden == "small" else (at.hide_up_to + 1, math.inf)


def sums(result: SafeResult) -> list[Sum]:
    """Return every total of a table with its parts, along each dimension."""
    cells = list(result.cells.select("period", *result.dimensions).iter_rows())
    lines: defaultdict[tuple[tuple[str, ...], int], list[tuple[str, ...]]] = defaultdict(list)
    for cell in cells:
        for at, code in enumerate(cell):
            if code != "_T":
                lines[(*cell[:at], "_T", *cell[at + 1 :]), at].append(cell)
    return [
        ((result.indicator, *cell), tuple((result.indicator, *part) for part in parts))
        for (cell, at), parts in lines.items()
        if at > 0 and cell in cells
    ]
