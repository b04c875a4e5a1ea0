"""What stands before the analyst: a starting point, the form with everything on it, and the answer to it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from noaber import scenarios
from noaber.records import NoaberError
from noaber.web.access.presence import language

from . import levers, results, starting_point
from .cards import Rack, racks
from .forms import BenchForm, filled, when
from .levers import SCENARIO, Chosen
from .position import Position
from .results import Case
from .starting_point import Ground, StartingPoint
from .told import Told, told


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer at a position: what is told, what could not be counted and why, and how long it took."""

    told: Told | None
    refused: Mapping[str, str]
    trouble: str
    milliseconds: int


@dataclass(frozen=True)
class Desk:
    """A starting point and where everything stands."""

    here: Ground
    point: StartingPoint
    form: BenchForm

    @cached_property
    def position(self) -> Position:
        """Where everything stands."""
        return self.form.position

    @property
    def racks(self) -> list[Rack]:
        """The levers with their cards."""
        return racks(self.point, self.form, self.position)

    @property
    def limit_known(self) -> bool:
        """Whether an income limit can be counted: incomes are known, and the plan has a scheme that has one."""
        return self.point.incomes is not None and bool(levers.limits(self.point))

    def starts(self) -> list[tuple[str, str]]:
        """Return the scenarios of the plan by name, each with the address at which its measures are on."""
        found = []
        for scenario in self.point.plan.scenarios:
            (variant,) = scenarios.variants(self.point.plan, [scenario.code])
            codes = tuple(item.code for item in variant.measures)
            position = Position(
                known_on=self.position.known_on, ahead=self.position.ahead, later=self.position.later, measures=codes
            )
            found.append((scenario.name, position.address))
        return found


def desk(here: Ground, asked: Any, *, patience: float | None = None) -> Desk | str:
    """Return what stands at an address, or in words what is being done when that takes longer than `patience`.

    Raises the errors of plans (N-70x), snapshots (N-40x) and scenarios (N-71x).
    """
    known_on, ahead = when(here, asked)
    point = starting_point.ready(here, known_on, known_on.year + ahead, patience=patience)
    if not isinstance(point, StartingPoint):
        return point
    form = BenchForm(here, point, filled(point, asked, known_on, ahead))
    form.is_valid()
    return Desk(here, point, form)


def answered(point: StartingPoint, position: Position, name: str = "") -> Answered:
    """Return the answer at a position, after the gate, in words and pictures."""
    begin = time.perf_counter()
    found = levers.chosen(point, position)
    prepared = point.full if found.local else point.quick
    trouble, said = "", None
    try:
        answer = scenarios.answer(prepared, found.measures)
        shown = results.shown(point, prepared, Case(SCENARIO, name or _("Dit scenario"), answer))
        said = told(prepared.baseline, answer, shown, language(), untouched=not found.measures)
    except NoaberError as error:
        trouble = str(error)
    return Answered(said, _named(point, found), trouble, round(1000 * (time.perf_counter() - begin)))


def _named(point: StartingPoint, found: Chosen) -> dict[str, str]:
    """Return why something could not be counted, by what the reader calls it."""
    names = {item.code: item.name for item in point.plan.measures}
    names |= {key: str(slider.name) for key, slider in levers.BY_KEY.items()}
    return {names.get(key, key): reason for key, reason in found.refused.items()}
