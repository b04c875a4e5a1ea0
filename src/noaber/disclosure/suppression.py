"""Secondary suppression: which further cells to hide so that nobody can work out the ones that had to be hidden.

For each hidden number that lacks room, a linear program asks what is cheapest to hide so that the number could be
something else; those cells are hidden, and the next one is looked at. Hiding more only ever gives an attacker less, so
one walk is enough, and the audit afterwards confirms it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import polars as pl

from noaber.records import TOTAL

from .attacker import Area, Need, Number, Picture, Room, Row, components, interval, named, picture
from .definitions import LAYERS, shown
from .errors import ContradictionError, RecoverableError
from .linear import Program, Repair, Way
from .safe import SafeResult

Place = tuple[int, int]
"""A cell: which draft, and which row of it."""


def suppress(
    drafts: Sequence[SafeResult], beside: Sequence[SafeResult] = (), areas: Sequence[Area] = ()
) -> list[SafeResult]:
    """Return `drafts` with the further cells hidden that would give hidden ones away, also together with `beside`.

    Raises `RecoverableError` (N-551) when what stands in `beside` already gives a hidden figure away, and
    `ContradictionError` (N-553) when it cannot be true together with the drafts.
    """
    for apart in (False, True):
        hiding = _Hiding(drafts, picture(drafts, beside, areas, apart=apart))
        if hiding.walk():
            return [hiding.result(place) for place in range(len(drafts))]
    raise ContradictionError(
        "What is to be protected cannot all be true at once, or not together with what it stands beside.",
        where=", ".join(sorted({draft.indicator for draft in drafts})),
        now="Make the results from one snapshot; if that is so, report this with the names of the indicators.",
    )


class _Hiding:
    """One walk over the hidden numbers of some drafts."""

    def __init__(self, drafts: Sequence[SafeResult], known: Picture) -> None:
        self._drafts = drafts
        self._known = known
        self._hidden: set[Place] = set()
        self._by_cell: defaultdict[Place, list[int]] = defaultdict(list)
        for at, number in enumerate(known.numbers):
            for cell in number.shown:
                self._by_cell[cell].append(at)
        self._siblings = _siblings(drafts)
        self._rooms = {at: room for at, number in enumerate(known.numbers) if (room := self._room(number))}

    def walk(self) -> bool:
        """Hide what is needed; return whether the numbers can be true together at all."""
        for place, draft in enumerate(self._drafts):
            for row, reason in enumerate(draft.cells["hidden"]):
                if reason not in {None, "empty"}:
                    self._hide_cells(self._layers((place, row)), ())
        return all(self._protect(members, rows) for members, rows in components(self._known))

    def result(self, place: int) -> SafeResult:
        """Return a draft with the chosen cells hidden."""
        draft = self._drafts[place]
        rows = sorted(row for at, row in self._hidden if at == place)
        if not rows:
            return draft
        chosen = pl.int_range(pl.len()).is_in(rows)
        cells = draft.cells.with_columns(
            *(pl.when(~chosen).then(pl.col(name)).alias(name) for name in draft.units),
            hidden=pl.when(chosen & pl.col("hidden").is_null()).then(pl.lit("secondary")).otherwise(pl.col("hidden")),
        )
        return replace(draft, cells=cells)

    def _room(self, number: Number) -> Room | None:
        """Return how far a number could reach if it were hidden and at which cost; None when that is not ours to do.

        Totals cost more than their parts, since a reader misses them most; what was hidden before costs nearly nothing.
        """
        if not number.shown or any(place >= len(self._drafts) for place, _ in number.shown):
            return None
        place, row = number.shown[0]
        draft = self._drafts[place]
        low, high = interval(draft, self._column(draft, row, number), None, "secondary")
        totals = len(draft.dimensions) - len(number.key.codes)
        size = math.log1p(max(number.low, 0.0)) / 10
        cost = 0.01 if number.hidden else len(number.shown) * (1.0 + 0.5 * totals + size)
        low, high = max(low, number.least), min(high, number.most)
        return Room(min(low, number.low), max(high, number.high), cost)

    def _column(self, draft: SafeResult, row: int, number: Number) -> str:
        cell = draft.cells.row(row, named=True)
        codes = frozenset((name, cell[name]) for name in draft.dimensions if cell[name] != TOTAL)
        return next(name for name in draft.relations if shown(draft.indicator, name, codes)[0] == number.key.figure)

    def _protect(self, members: list[int], rows: list[Row]) -> bool:
        sensitive = [at for at in members if self._known.numbers[at].need is not None]
        if not sensitive:
            return True
        program = Program(members, self._known.numbers, rows)
        if not program.feasible():
            return False
        repair: Repair | None = None
        for at in sensitive:
            if at in self._rooms:  # hidden in one table, shown by another
                self._hide([at], [program, repair] if repair else [program])
            while targets := self._lacking(program, at):
                repair = repair or Repair(members, self._known.numbers, rows, self._rooms)
                _, chosen, solution = self._cheapest(repair, at, targets)
                self._hide(chosen, [program, repair])
                program.remember(solution)
        return True

    def _lacking(self, program: Program, at: int) -> list[float]:
        """Return what a number would have to be able to be, and cannot; empty when it has room enough."""
        number = self._known.numbers[at]
        wanted = number.need
        assert wanted is not None
        if wanted.met(*program.seen(at)):
            return []
        targets = _targets(number, wanted, *program.seen(at))
        if any(program.possible(at, target) for target in targets) and wanted.met(*program.seen(at)):
            return []
        ends = program.extremes(at)
        assert ends is not None, "a program that was possible stays so"
        if wanted.met(*ends) or (wanted.rest_up_to is not None and ends[1] <= 0):
            return []  # A rest that is nothing for sure has nobody in it.
        return _targets(number, wanted, *ends)

    def _cheapest(self, repair: Repair, at: int, targets: list[float]) -> Way:
        ways = [way for target in targets if (way := repair.cheapest(at, target))]
        if not ways:
            raise RecoverableError(
                "A hidden figure is given away by what was published before or stands beside it.",
                where=named(self._known.numbers[at].key),
                now="Publish fewer dimensions, or leave out the table that gives it away.",
            )
        return min(ways, key=lambda way: way[:2])

    def _hide(self, chosen: list[int], programs: Iterable[Program]) -> None:
        """Hide the cells of the chosen numbers, and the other layers of those cells."""
        cells = {cell for at in chosen for cell in self._known.numbers[at].shown}
        self._hide_cells({other for cell in cells for other in (cell, *self._layers(cell))}, programs)

    def _hide_cells(self, cells: Iterable[Place], programs: Iterable[Program]) -> None:
        """Hide cells, and with them whatever else they show; numbers that stand elsewhere too stay known."""
        for cell in cells:
            self._hidden.add(cell)
            for at in self._by_cell[cell]:
                room = self._rooms.get(at)
                number = self._known.numbers[at]
                if room is None or not self._hidden.issuperset(number.shown):
                    continue
                del self._rooms[at]
                number.low, number.high = room.low, room.high
                for program in programs:
                    if at in program:
                        program.free(at, room)

    def _layers(self, cell: Place) -> list[Place]:
        """Return the cells that show the same number times a known factor, such as at the prices of another year."""
        return self._siblings.get(cell, [])


def _siblings(drafts: Sequence[SafeResult]) -> dict[Place, list[Place]]:
    """Return per cell the other layers of the same number."""
    found: dict[Place, list[Place]] = {}
    for place, draft in enumerate(drafts):
        if draft.indicator not in LAYERS:
            continue
        dimension, codes = LAYERS[draft.indicator]
        groups: defaultdict[tuple[str, ...], list[Place]] = defaultdict(list)
        for row, cell in enumerate(draft.cells.iter_rows(named=True)):
            if cell[dimension] in codes:
                rest = tuple(cell[name] for name in ("period", *draft.dimensions) if name != dimension)
                groups[rest].append((place, row))
        for group in groups.values():
            found |= {cell: [other for other in group if other != cell] for cell in group}
    return found


def _targets(number: Number, wanted: Need, low: float, high: float) -> list[float]:
    """Return what a number must be able to be to have room, when it can be `low` and `high`: one of these will do."""
    steps = [
        max(wanted.width, wanted.share / (1 - wanted.share) * abs(end) + (wanted.share > 0)) for end in (low, high)
    ]
    up, down = low + steps[0], high - steps[1]
    # Where neither lies within what the number can be, its least comes first, and then there is room above it.
    return [end for end in (up, down) if number.low <= end <= number.high] or [number.low]
