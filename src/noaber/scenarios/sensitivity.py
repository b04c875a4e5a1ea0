"""Which assumption moves the answer most (a tornado), and how large an effect must be to earn back what it costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

import numpy as np

from noaber import plans

from ..flows import Floats, Parameter
from .answer import Prepared, payback
from .baseline import Baseline
from .compare import Executor, Task, blocks, count
from .levers import Numbers, name_of, parameters
from .variant import Variant

_GRID = 17
_ROUNDS = 3
"""Each round looks at a sixteenth of what the one before it left."""


@dataclass(frozen=True, kw_only=True)
class Swing:
    """What the saving of a variant becomes when one assumption lies at the ends of its range, and the others stay."""

    name: str
    """The assumption, such as "groep-wmo, effect 1"."""
    because: str
    low: float
    """Euros saved in the last year when the assumption is at its low end."""
    high: float

    @property
    def width(self) -> float:
        """How far it moves the answer, in euros."""
        return abs(self.high - self.low)


@dataclass(frozen=True, kw_only=True)
class BreakEven:
    """How large an effect must be to earn back its investment within the months that are costed."""

    factor: float | None
    """Times the best estimate of all its effects: 0.6 means that 60 percent of it is enough. None: no size will do."""
    paid_back: date | None
    """The month in which the best estimate has earned back the investment; None: not in these months."""


def tornado(prepared: Prepared, measures: Sequence[plans.Measure], *, executor: Executor | None = None) -> list[Swing]:
    """Return every assumption of measures and rates, the one that moves the saving of the last year most in front.

    Each goes to both its ends while the others stay at their best estimate. Raises the errors of `levers.resolve`.
    """
    base = _ground(prepared, measures)
    last = len(base.years) - 1
    found: list[Swing] = []
    for group in (parameters(measures), list(base.parameters)):
        moving = [item for item in group if item.shape != "fixed" and item.low < item.high]
        if not moving:
            continue
        numbers = _one_at_a_time(moving)
        before = _spent(base, (), numbers if group == list(base.parameters) else {}, executor)
        saved = (before - _spent(base, measures, numbers, executor))[:, last]
        found += [
            Swing(name=item.name, because=item.source, low=float(saved[2 * place]), high=float(saved[2 * place + 1]))
            for place, item in enumerate(moving)
        ]
    return sorted(found, key=lambda item: -item.width)


def break_even(prepared: Prepared, measures: plans.Measure | Sequence[plans.Measure]) -> BreakEven:
    """Return by what all effects must be multiplied for measures to earn back what they cost in these months.

    `measures` is one, or several together. Raises the errors of `levers.resolve`.
    """
    chosen = (measures,) if isinstance(measures, plans.Measure) else tuple(measures)
    base = _ground(prepared, chosen)
    before = count(Task(baseline=base, variant=_variant(()), numbers={})).monthly

    def left(factors: Floats) -> Floats:
        """Return what is left in every month, [D, T], with all effects so many times as large."""
        numbers = {
            name_of(item, number): effect.size.value * factors
            for item in chosen
            for number, effect in enumerate(item.effects, 1)
        }
        after = count(Task(baseline=base, variant=_variant(chosen), numbers=numbers)).monthly
        return np.broadcast_to(before - after, (len(factors), base.months))

    month = payback(np.cumsum(left(np.ones(1))[0]))
    return BreakEven(
        factor=_least(left, max(min((_most(item) for item in chosen), default=1.0), 1.0)),
        paid_back=None if month is None else base.month(month),
    )


def _least(left: Callable[[Floats], Floats], most: float) -> float | None:
    """Return the smallest factor, up to `most`, with which in the end nothing is short; None when none will do."""
    low, high = 0.0, most
    for _ in range(_ROUNDS):
        factors = np.linspace(low, high, _GRID)
        enough = np.flatnonzero(left(factors).sum(axis=1) >= 0)
        if len(enough) == 0:
            return None
        if enough[0] == 0:
            return float(low)
        low, high = float(factors[enough[0] - 1]), float(factors[enough[0]])
    return high


def _ground(prepared: Prepared, measures: Sequence[plans.Measure]) -> Baseline:
    """Return the town with its districts taken together, or as it is where a measure touches some districts only."""
    local = any(effect.areas for item in measures for effect in item.effects)
    return prepared.baseline if local else prepared.whole


def _one_at_a_time(moving: Sequence[Parameter]) -> Numbers:
    """Return draws in which each parameter in turn lies at its low and at its high end, [2 per parameter]."""
    values = np.repeat([[item.middle] for item in moving], 2 * len(moving), axis=1)
    for place, item in enumerate(moving):
        values[place, 2 * place : 2 * place + 2] = item.low, item.high
    return {item.name: row for item, row in zip(moving, values, strict=True)}


def _spent(base: Baseline, measures: Sequence[plans.Measure], numbers: Numbers, executor: Executor | None) -> Floats:
    """Return what the municipality spends on support, [D, Y]; one draw when there are no numbers."""
    size = max((len(values) for values in numbers.values()), default=1)
    tasks = [
        Task(baseline=base, variant=_variant(measures), numbers={key: row[part] for key, row in numbers.items()})
        for part in blocks(size)
    ]
    answers = executor.map(count, tasks) if executor is not None else map(count, tasks)
    municipal = base.town.forms.municipal
    return np.array(list(chain.from_iterable((answer.net * municipal).sum(axis=(2, 3)) for answer in answers)))


def _variant(measures: Sequence[plans.Measure]) -> Variant:
    return Variant(code="", name="", measures=tuple(measures))


def _most(measure: plans.Measure) -> float:
    """Return how many times larger all effects can be before one takes away more than there is."""
    room = [
        (0.999 if effect.size.value < 0 else 1.0) / abs(effect.size.value)
        for effect in measure.effects
        if effect.size.value < 0 or (effect.lever == "access" and effect.size.value > 0)
    ]
    return min(room, default=10.0)
