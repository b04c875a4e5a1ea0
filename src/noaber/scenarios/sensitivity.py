"""Which assumption moves the answer most (a tornado), and how large an effect must be to earn back what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from msgspec import structs

from noaber import plans

from ..flows import Floats, Parameter, evaluate
from .answer import Prepared, answer, fixed
from .baseline import Baseline
from .levers import Numbers, parameters, resolve

_STEPS = 40


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
    """How large an effect must be to earn back its investment within the years that are costed."""

    factor: float | None
    """Times the best estimate of all its effects: 0.6 means that 60 percent of it is enough. None: no size will do."""
    paid_back: date | None
    """The month in which the best estimate has earned back the investment; None: not in these years."""


def tornado(prepared: Prepared, measures: Sequence[plans.Measure]) -> list[Swing]:
    """Return every assumption of measures and rates, the one that moves the saving of the last year most in front."""
    baseline = prepared.baseline
    last = baseline.of_years()[-1]
    found = []
    for parameter in (*parameters(measures), *baseline.parameters):
        if parameter.shape == "fixed":
            continue
        ends = [_saved(baseline, measures, {parameter.name: np.array([value])}, last) for value in _ends(parameter)]
        found.append(Swing(name=parameter.name, because=parameter.source, low=ends[0], high=ends[1]))
    return sorted(found, key=lambda item: -item.width)


def break_even(prepared: Prepared, measure: plans.Measure) -> BreakEven:
    """Return by what its effects must be multiplied for a measure to earn back what it costs within these years."""

    def left(factor: float) -> float:
        found = answer(prepared, [_scaled(measure, factor)])
        return float((found.saving.sum(axis=1) - found.investment).sum())

    month = answer(prepared, [_scaled(measure, 1.0)]).payback
    first = prepared.baseline.start
    day = (
        None
        if month is None
        else date(first.year + (first.month - 1 + month) // 12, (first.month - 1 + month) % 12 + 1, 1)
    )
    most = _most(measure)
    if left(most) < 0:
        return BreakEven(factor=None, paid_back=day)
    low, high = 0.0, most
    for _ in range(_STEPS if left(0.0) < 0 else 0):
        middle = (low + high) / 2
        low, high = (low, middle) if left(middle) >= 0 else (middle, high)
        if high - low < 1e-4:
            break
    return BreakEven(factor=high if left(0.0) < 0 else 0.0, paid_back=day)


def _saved(baseline: Baseline, measures: Sequence[plans.Measure], numbers: Numbers, last: Floats) -> float:
    """Return what is saved in the months that `last` [T] counts, when one parameter has another value."""
    doubt = baseline.doubt(numbers)
    before = evaluate(baseline.town, doubt=doubt)
    after = evaluate(baseline.town, [resolve(item, baseline, numbers) for item in measures], doubt=doubt)
    saving = (before.net - after.net) * after.forms.municipal
    return float(last @ saving[0].sum(axis=(1, 2)))


def _ends(parameter: Parameter) -> tuple[float, float]:
    return parameter.low, parameter.high


def _most(measure: plans.Measure) -> float:
    """Return how many times larger all effects can be before one takes away more than there is."""
    room = [
        (0.999 if effect.size.value < 0 else 1.0) / abs(effect.size.value)
        for effect in measure.effects
        if effect.size.value < 0 or (effect.lever == "access" and effect.size.value > 0)
    ]
    return max(min(room, default=10.0), 1.0)


def _scaled(measure: plans.Measure, factor: float) -> plans.Measure:
    return structs.replace(
        measure,
        effects=tuple(
            structs.replace(item, size=fixed(item.size, item.size.value * factor)) for item in measure.effects
        ),
    )
