"""The linear programs behind the audit and the repair; the only file that knows the solver (HiGHS).

One program holds the numbers that hang together. Its answers are outer bounds: whatever an attacker can derive with
sums and differences lies within them. The solver is heavy and loads when the first program is made: the web, which only
reads what was published, never waits for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import accumulate
from typing import Any, Final

from .attacker import Number, Room, Row

_SLACK: Final = 1e-6
Way = tuple[float, list[int], list[float]]
"""What hiding costs, which numbers it hides, and a solution that it makes possible."""


class Program:
    """Numbers within their intervals, tied by relations; remembers how far apart each was in any solution."""

    def __init__(self, members: Sequence[int], numbers: Sequence[Number], rows: Sequence[Row]) -> None:
        self._place: Final = {member: place for place, member in enumerate(members)}
        self._numbers: Final = numbers
        self._lowest = [math.inf] * len(members)
        self._highest = [-math.inf] * len(members)
        self._solver = _solver()
        self._solver.passModel(self._model(rows))

    def __contains__(self, number: int) -> bool:
        return number in self._place

    def extremes(self, number: int) -> tuple[float, float] | None:
        """Return the least and the most a number can be; None when the relations cannot all hold."""
        place = self._place[number]
        ends = []
        for sign in (1.0, -1.0):
            self._solver.changeColCost(place, sign)
            status = self._run()
            self._solver.changeColCost(place, 0.0)
            if status == "Optimal":
                self.remember(self._values())
                ends.append(self._values()[place])
            elif status in {"Unbounded", "Primal infeasible or unbounded"} and self.feasible():
                ends.append(-sign * math.inf)
            else:
                return None
        return self._whole(number, *ends)

    def seen(self, number: int) -> tuple[float, float]:
        """Return how far apart a number was in the solutions so far; its real room is never less."""
        place = self._place[number]
        return self._whole(number, self._lowest[place], self._highest[place])

    def feasible(self) -> bool:
        """Return whether all relations can hold at once."""
        good = self._run() == "Optimal"
        if good:
            self.remember(self._values())
        return good

    def possible(self, number: int, target: float) -> bool:
        """Return whether a number can be `target`."""
        with self._held(number, target):
            return self.feasible()

    def free(self, number: int, room: Room) -> None:
        """Let a number range as widely as its room, because nothing shows it now."""
        self._solver.changeColBounds(self._place[number], room.low, room.high)

    def remember(self, values: Sequence[float]) -> None:
        """Count a solution as seen."""
        self._lowest = list(map(min, self._lowest, values))
        self._highest = list(map(max, self._highest, values))

    @contextmanager
    def _held(self, number: int, target: float) -> Iterator[None]:
        self._solver.changeColBounds(self._place[number], target, target)
        yield
        self._solver.changeColBounds(self._place[number], self._numbers[number].low, self._numbers[number].high)

    def _run(self) -> str:
        self._solver.run()
        return str(self._solver.modelStatusToString(self._solver.getModelStatus()))

    def _values(self) -> list[float]:
        return list(self._solver.getSolution().col_value)

    def _whole(self, number: int, low: float, high: float) -> tuple[float, float]:
        """Return the ends as whole numbers within them, for what is counted in whole numbers."""
        if not self._numbers[number].whole:
            return low, high
        return (
            math.ceil(low - _SLACK) if math.isfinite(low) else low,
            math.floor(high + _SLACK) if math.isfinite(high) else high,
        )

    def _model(self, rows: Sequence[Row]) -> Any:
        inside = [self._numbers[member] for member in self._place]
        low, high = [number.low for number in inside], [number.high for number in inside]
        return _program(self._columns(rows), rows, low, high, [0.0] * len(inside))

    def _columns(self, rows: Sequence[Row]) -> list[list[tuple[int, float]]]:
        columns: list[list[tuple[int, float]]] = [[] for _ in self._place]
        for place, row in enumerate(rows):
            for number, coefficient in row.terms:
                columns[self._place[number]].append((place, coefficient))
        return columns


class Repair(Program):
    """The same numbers, of which those with room may be hidden too at a cost: which hiding is cheapest?"""

    def __init__(
        self, members: Sequence[int], numbers: Sequence[Number], rows: Sequence[Row], rooms: Mapping[int, Room]
    ) -> None:
        self._rooms = {member: room for member, room in rooms.items() if member in set(members)}
        self._extra = {member: place for place, member in enumerate(self._rooms)}
        super().__init__(members, numbers, rows)

    def cheapest(self, number: int, target: float) -> Way | None:
        """Return cost, numbers to hide, and a solution in which `number` is `target`; None when no hiding helps."""
        with self._held(number, target):
            if self._run() != "Optimal":
                return None
            values = self._values()
        own, further = values[: len(self._place)], values[len(self._place) :]
        chosen = []
        for member, up, down in zip(self._extra, further[::2], further[1::2], strict=True):
            if max(up, down) > _SLACK:
                chosen.append(member)
                own[self._place[member]] += up - down
        return float(self._solver.getObjectiveValue()), chosen, own

    def free(self, number: int, room: Room) -> None:
        """Let a number range as widely as its room at no cost, because nothing shows it now."""
        super().free(number, room)
        if number in self._extra:
            first = len(self._place) + 2 * self._extra[number]
            for column in (first, first + 1):
                self._solver.changeColBounds(column, 0.0, 0.0)

    def _model(self, rows: Sequence[Row]) -> Any:
        """Return the program with two more columns per number that may be hidden: further up, and further down."""
        inside = [self._numbers[member] for member in self._place]
        columns = self._columns(rows)
        low, high = [number.low for number in inside], [number.high for number in inside]
        cost = [0.0] * len(inside)
        for number, room in self._rooms.items():
            own, now = columns[self._place[number]], self._numbers[number]
            columns += [own, [(place, -coefficient) for place, coefficient in own]]
            low += [0.0, 0.0]
            high += [room.high - now.high, now.low - room.low]
            cost += [room.cost, room.cost]
        return _program(columns, rows, low, high, cost)


def _program(
    columns: Sequence[Sequence[tuple[int, float]]],
    rows: Sequence[Row],
    low: Sequence[float],
    high: Sequence[float],
    cost: Sequence[float],
) -> Any:
    import highspy  # noqa: PLC0415 - heavy

    model: Any = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(columns), len(rows)
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, low, high
    model.row_lower_, model.row_upper_ = [row.low for row in rows], [row.high for row in rows]
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = list(accumulate(map(len, columns), initial=0))
    model.a_matrix_.index_ = [place for column in columns for place, _ in column]
    model.a_matrix_.value_ = [coefficient for column in columns for _, coefficient in column]
    return model


def _solver() -> Any:
    import highspy  # noqa: PLC0415 - heavy

    # The class below `Highs`, which itself writes a banner to the screen before it can be told to be silent.
    solver: Any = highspy._Highs()  # type: ignore[attr-defined]
    for name, value in (("output_flag", False), ("presolve", "off"), ("threads", 1), ("random_seed", 0)):
        solver.setOptionValue(name, value)
    return solver
