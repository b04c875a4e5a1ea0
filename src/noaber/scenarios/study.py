"""A study of what was compared: whose saving it is, what moves it, when it is earned back, and what limits do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from noaber import plans
from noaber.records import TOTAL

from .answer import prepare_answers
from .attribution import Shares, attribute_variant
from .compare import Comparison, Executor, Tell
from .sensitivity import BreakEven, Swing, break_even, tornado
from .variant import Variant
from .waiting import Waiting, usual_limits, waiting


@dataclass(frozen=True, kw_only=True)
class Study:
    """What a report tells of each variant with measures, by its code, besides what it saves."""

    plan: plans.Plan
    comparison: Comparison
    shares: Mapping[str, Shares]
    """Of variants with two measures or more that have effects."""
    swings: Mapping[str, tuple[Swing, ...]]
    """What moves the answer most comes first."""
    returns: Mapping[str, Mapping[str, BreakEven]]
    """Per measure with an investment, by its code, and under `_T` for all measures together."""
    waits: tuple[Waiting, ...]
    """What limits do to unchanged policy."""

    @property
    def modelled(self) -> tuple[Variant, ...]:
        """The variants that were counted, and not only taken as stated."""
        return tuple(item for item in self.comparison.variants if item.code in self.swings)


def study(
    found: Comparison,
    plan: plans.Plan,
    *,
    limits: Mapping[str, float] | None = None,
    divide: bool = True,
    executor: Executor | None = None,
    tell: Tell | None = None,
) -> Study:
    """Return the study of a comparison; `limits` are places by care form, by default those of `usual_limits`.

    Without `divide` the saving is not divided over measures, which takes longest. Raises the errors of `compare`.
    """
    baseline = found.baseline
    prepared = prepare_answers(baseline)
    chosen = [item for item in found.variants if any(measure.effects for measure in item.measures)]
    shares, swings, returns = {}, {}, {}
    for number, item in enumerate(chosen):
        if tell is not None:
            tell(item.name, number / len(chosen))
        swings[item.code] = tuple(tornado(prepared, item.measures, executor=executor))
        invested = [measure for measure in item.measures if any(measure.investments.values())]
        returns[item.code] = {measure.code: break_even(prepared, measure) for measure in invested}
        returns[item.code][TOTAL] = break_even(prepared, item.measures)
        if divide and sum(bool(measure.effects) for measure in item.measures) > 1:
            shares[item.code] = as_compared(attribute_variant(baseline, plan, item.code, executor=executor), found)
    places = usual_limits(baseline) if limits is None else limits
    return Study(
        plan=plan,
        comparison=found,
        shares=shares,
        swings=swings,
        returns=returns,
        waits=tuple(waiting(baseline, form, room) for form, room in places.items()),
    )


def as_compared(divided: Shares, found: Comparison) -> Shares:
    """Return a division of what its variant saves by its effects in a comparison, what is only stated left out.

    A division takes fewer draws, and does not lie around the best estimate; so the comparison says how much there is.
    """
    number = [item.code for item in found.variants].index(divided.variant.code)
    saved = found.saving(number).sum(axis=2) + found.counted[number].stated.sum(axis=2)
    member = np.array([[float(law == one) for one in divided.laws] for law in found.baseline.laws])
    return divided.scaled(np.asarray(saved.mean(axis=0) @ member))
