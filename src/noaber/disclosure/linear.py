"""The linear programs behind the audit and the repair; the only file that knows the solver (HiGHS).

One program holds the numbers that hang together. Its answers are outer bounds: whatever an attacker can derive with
sums and differences lies within them. The solver is heavy and loads only when a program is made.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from .attacker import Number, Row

_SLACK: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Room:
    """How far a number could reach if its cell were hidden too, and what hiding it would cost."""

    low: float
    high: float
    cost: float


class Program:
    """Numbers within their intervals, tied by relations."""

    def __init__(self, members: Sequence[int], numbers: Sequence[Number], rows: Sequence[Row]) -> None:
        self.at: Final = {member: place for place, member in enumerate(members)}
        self.numbers: Final = numbers
        self._rows = rows
        self._solver = _solver()
        inside = [numbers[member] for member in members]
        self._count = len(inside)
        self._pass([number.low for number in inside], [number.high for number in inside], [0.0] * len(inside))
        self.seen_low: list[float] = [math.inf] * len(inside)
        """The least that each number was in any solution so far; so far at least it can go down."""
        self.seen_high: list[float] = [-math.inf] * len(inside)

    def _columns(self) -> list[list[tuple[int, float]]]:
        columns: list[list[tuple[int, float]]] = [[] for _ in range(self._count)]
        for place, row in enumerate(self._rows):
            for number, coefficient in row.terms:
                columns[self.at[number]].append((place, coefficient))
        return columns

    def _pass(self, low: list[float], high: list[float], cost: list[float], extra: Sequence[int] = ()) -> None:
        """Give the model to the solver; `extra` are columns that repeat those of numbers, a sign in front."""
        import highspy  # noqa: PLC0415 - heavy, and the web never solves

        columns = self._columns()
        columns += [[(place, math.copysign(1, sign) * c) for place, c in columns[abs(sign) - 1]] for sign in extra]
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(columns), len(self._rows)
        model.col_cost_, model.col_lower_, model.col_upper_ = cost, low, high
        model.row_lower_ = [row.low for row in self._rows]
        model.row_upper_ = [row.high for row in self._rows]
        starts, places, values = [0], [], []
        for column in columns:
            places += [place for place, _ in column]
            values += [coefficient for _, coefficient in column]
            starts.append(len(places))
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = starts, places, values
        self._solver.passModel(model)

    def extremes(self, number: int) -> tuple[float, float] | None:
        """Return the least and the most a number can be; None when the relations cannot all hold."""
        place = self.at[number]
        found = []
        for sign in (1.0, -1.0):
            self._solver.changeColCost(place, sign)
            end = self._solve(place)
            self._solver.changeColCost(place, 0.0)
            if end is None:
                return None
            found.append(end if math.isfinite(end) else -sign * math.inf)
        low, high = found
        if self.numbers[number].whole:
            low = math.ceil(low - _SLACK) if math.isfinite(low) else low
            high = math.floor(high + _SLACK) if math.isfinite(high) else high
        return low, high

    def seen(self, number: int) -> tuple[float, float]:
        """Return how far apart a number was in the solutions so far; its real room is never less."""
        place = self.at[number]
        low, high = self.seen_low[place], self.seen_high[place]
        if self.numbers[number].whole and math.isfinite(low):
            return math.ceil(low - _SLACK), math.floor(high + _SLACK)
        return low, high

    def free(self, number: int, low: float, high: float) -> None:
        """Let a number range more widely, because its cell is hidden now."""
        self._solver.changeColBounds(self.at[number], low, high)

    def _solve(self, place: int) -> float | None:
        self._solver.run()
        status = self._status()
        if status in {"Unbounded", "Primal infeasible or unbounded"}:
            return math.inf if self._feasible() else None
        if status != "Optimal":
            return None
        values = self._solver.getSolution().col_value
        self.seen_low = [min(pair) for pair in zip(self.seen_low, values, strict=True)]
        self.seen_high = [max(pair) for pair in zip(self.seen_high, values, strict=True)]
        return float(values[place])

    def _status(self) -> str:
        return str(self._solver.modelStatusToString(self._solver.getModelStatus()))

    def _feasible(self) -> bool:
        costs = [self._solver.getLp().col_cost_[place] for place in range(self._count)]
        for place, cost in enumerate(costs):
            if cost:
                self._solver.changeColCost(place, 0.0)
        self._solver.run()
        good = self._status() == "Optimal"
        for place, cost in enumerate(costs):
            if cost:
                self._solver.changeColCost(place, cost)
        return good


class Repair(Program):
    """The same numbers, of which some may be hidden too at a cost: which hiding is cheapest?"""

    def __init__(
        self, members: Sequence[int], numbers: Sequence[Number], rows: Sequence[Row], rooms: dict[int, Room]
    ) -> None:
        super().__init__(members, numbers, rows)
        self._extra = [number for number in rooms if number in self.at]
        inside = [numbers[member] for member in members]
        low = [number.low for number in inside]
        high = [number.high for number in inside]
        cost = [0.0] * len(inside)
        signs = []
        for number in self._extra:
            room, now = rooms[number], numbers[number]
            low += [0.0, 0.0]
            high += [room.high - now.high, now.low - room.low]
            cost += [room.cost, room.cost]
            signs += [self.at[number] + 1, -(self.at[number] + 1)]
        self._pass(low, high, cost, signs)

    def cheapest(self, number: int, target: float) -> tuple[float, list[int]] | None:
        """Return the cost and the numbers to hide so that `number` could be `target`; None when nothing helps."""
        place = self.at[number]
        now = self.numbers[number]
        self._solver.changeColBounds(place, target, target)
        self._solver.run()
        good = self._status() == "Optimal"
        values = list(self._solver.getSolution().col_value) if good else []
        cost = self._solver.getObjectiveValue()
        self._solver.changeColBounds(place, now.low, now.high)
        if not good:
            return None
        moved = [
            extra
            for position, extra in enumerate(self._extra)
            if max(values[self._count + 2 * position : self._count + 2 * position + 2]) > _SLACK
        ]
        return cost, moved

    def free(self, number: int, low: float, high: float) -> None:
        """Let a number range more widely at no cost, because its cell is hidden now."""
        super().free(number, low, high)
        if number in self._extra:
            position = self._count + 2 * self._extra.index(number)
            for column in (position, position + 1):
                self._solver.changeColBounds(column, 0.0, 0.0)


def _solver() -> Any:
    import highspy  # noqa: PLC0415 - heavy, and the web never solves

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (("output_flag", False), ("presolve", "off"), ("threads", 1), ("random_seed", 0)):
        solver.setOptionValue(name, value)
    return solver
