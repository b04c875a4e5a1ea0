"""One question, one answer, at once: what a few levers do to a baseline that was prepared before, for a slider.

No draws: the best estimate, and beside it the ends of the ranges of the effects. The full band comes from `compare`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np
from msgspec import structs

from noaber import plans
from noaber.plans import Estimate

from ..flows import Floats, Outcome, evaluate
from .baseline import Baseline, by_age
from .levers import name_of, resolve, touched

End = Literal["least", "most"]
_BOTH: Final[tuple[End, ...]] = ("least", "most")


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A baseline with its own answer, so that only the question is counted. It can be kept and sent."""

    baseline: Baseline
    net: Floats
    """[Y, A, F] euros of the municipality with unchanged policy."""
    clients: Floats
    """[Y, A, F]"""
    starts: Floats
    """[Y, A, F]"""
    society: Floats
    """[Y] euros of all payers, what clients pay included."""
    monthly: Floats
    """[T] euros of the municipality."""
    whole: Baseline
    """The town with its districts taken together, for the ends of the ranges."""
    whole_net: Floats
    """[Y] euros of the municipality with unchanged policy, from `whole`."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the levers do against unchanged policy: per year (Y), law (L), form (F) and district (A)."""

    years: tuple[int, ...]
    laws: tuple[str, ...]
    saving: Floats
    """[Y, L] euros for the municipality, investments not taken off; a loss is negative."""
    low: Floats
    """[Y] in all, when every effect is at the end of its range that saves least."""
    high: Floats
    investment: Floats
    """[Y]"""
    society: Floats
    """[Y] euros for all payers together, investments not taken off."""
    by_form: Floats
    """[Y, F]"""
    by_area: Floats
    """[Y, A]"""
    clients: Floats
    """[Y, F] change in the clients at one moment."""
    starts: Floats
    """[Y, F] change in who starts: where people go."""
    payback: int | None
    """The month, from 0, from which what was saved stays above what was invested; None when not in these years."""


def prepare_answers(baseline: Baseline) -> Prepared:
    """Return the baseline with its own answer counted."""
    whole = by_age(baseline)
    net, clients, starts, society, monthly = _counted(baseline, evaluate(baseline.town))
    return Prepared(
        baseline=baseline,
        net=net,
        clients=clients,
        starts=starts,
        society=society,
        monthly=monthly,
        whole=whole,
        whole_net=_counted(whole, evaluate(whole.town)).net.sum(axis=(1, 2)),
    )


def answer(prepared: Prepared, measures: Sequence[plans.Measure]) -> Answer:
    """Return what these measures do; raises the errors of `levers.resolve` and of the flow engine."""
    baseline, together = prepared.baseline, prepared.baseline.areas == prepared.whole.areas
    numbers = _three(measures, baseline) if together else {}
    outcome = evaluate(baseline.town, [resolve(item, baseline, numbers) for item in measures])
    after = _counted(baseline, outcome)
    saving = prepared.net - after.net
    laws = tuple(dict.fromkeys(baseline.laws))
    member = np.array([[float(law == one) for one in laws] for law in baseline.laws])
    ends = _drawn(prepared, outcome) if together else _ends(prepared, measures)
    within = np.stack([saving.sum(axis=(1, 2)), *ends])
    investment = np.broadcast_to(outcome.investment, (baseline.months,))
    return Answer(
        years=baseline.years,
        laws=laws,
        saving=saving.sum(axis=1) @ member,
        low=within.min(axis=0),
        high=within.max(axis=0),
        investment=baseline.of_years() @ investment,
        society=prepared.society - after.society,
        by_form=saving.sum(axis=1),
        by_area=saving.sum(axis=2),
        clients=(after.clients - prepared.clients).sum(axis=1),
        starts=(after.starts - prepared.starts).sum(axis=1),
        payback=payback(np.cumsum(prepared.monthly - after.monthly - investment)),
    )


def payback(cumulated: Floats) -> int | None:
    """Return from which month on what was saved up to then, [T], stays at or above what was invested; None if never."""
    below = np.flatnonzero(cumulated < -0.005)
    if len(below) == 0:
        return 0
    return int(below[-1]) + 1 if below[-1] + 1 < len(cumulated) else None


def at_end(measure: plans.Measure, end: End, baseline: Baseline) -> plans.Measure:
    """Return the measure with the size of every effect at the end of its range that saves least, or most."""
    effects = []
    for effect in measure.effects:
        saving = _saving_end(effect, baseline)
        value = effect.size.high if (saving == "high") == (end == "most") else effect.size.low
        effects.append(structs.replace(effect, size=fixed(effect.size, value)))
    return structs.replace(measure, effects=tuple(effects))


def _three(measures: Sequence[plans.Measure], baseline: Baseline) -> dict[str, Floats]:
    """Return the best estimate of every effect that is not certain, and where it saves least and most, [3] each."""
    found = {}
    for item in measures:
        least, most = (at_end(item, end, baseline) for end in _BOTH)
        for number, (effect, low, high) in enumerate(zip(item.effects, least.effects, most.effects, strict=True), 1):
            if effect.size.low < effect.size.high:
                found[name_of(item, number)] = np.array([effect.size.value, low.size.value, high.size.value])
    return found


def _saving_end(effect: plans.Effect, baseline: Baseline) -> Literal["low", "high"]:
    """Return at which end of its range an effect saves most.

    Fewer, shorter and cheaper saves, and so does a higher contribution; to send more people elsewhere saves when they
    cost less there, all their months together.
    """
    if effect.lever != "access":
        return "high" if effect.lever == "contribution" else "low"
    if not effect.to or effect.to not in baseline.forms:
        return "high"
    whole, coming = _cost_of_a_start(baseline), baseline.town.rates.inflow.sum(axis=(0, 1))
    weight = coming * touched(effect, baseline).sum(axis=0)
    here = float(weight @ whole / weight.sum()) if weight.sum() > 0 else 0.0
    return "high" if here >= whole[baseline.forms.index(effect.to)] else "low"


def _cost_of_a_start(baseline: Baseline) -> Floats:
    """Return the euros of the municipality that one start costs, all its months together, [F]."""
    rates, leaving = baseline.town.rates, baseline.town.rates.exit.mean(axis=1)
    month = (rates.intensity * rates.price - rates.contribution).mean(axis=0) * baseline.town.forms.municipal
    staying = np.cumprod(1 - leaving, axis=0)
    months = 1 + staying[:-1].sum(axis=0) + staying[-1] / np.maximum(leaving[-1], 1e-3)
    return np.asarray(month * months)


def fixed(estimate: Estimate, value: float) -> Estimate:
    """Return an estimate that is certain of a value."""
    return structs.replace(estimate, value=value, low=value, high=value)


def _ends(prepared: Prepared, measures: Sequence[plans.Measure]) -> list[Floats]:
    """Return what is saved per year with all effects where they save least, and where they save most, [Y] each."""
    if not any(effect.size.low < effect.size.high for item in measures for effect in item.effects):
        return []
    local = any(effect.areas for item in measures for effect in item.effects)
    base, before = prepared.whole, prepared.whole_net
    if local:
        base, before = prepared.baseline, prepared.net.sum(axis=(1, 2))
    found = []
    for end in _BOTH:
        chosen = [resolve(at_end(item, end, base), base) for item in measures]
        found.append(before - _counted(base, evaluate(base.town, chosen)).net.sum(axis=(1, 2)))
    return found


def _drawn(prepared: Prepared, outcome: Outcome) -> list[Floats]:
    """Return what is saved per year in the draws beyond the first, [Y] each."""
    before = prepared.net.sum(axis=(1, 2))
    later = range(1, len(outcome.clients))
    return [before - _counted(prepared.baseline, outcome, draw).net.sum(axis=(1, 2)) for draw in later]


class _Counted(NamedTuple):
    """An outcome of one draw, as in `Prepared`."""

    net: Floats
    clients: Floats
    starts: Floats
    society: Floats
    monthly: Floats


def _counted(baseline: Baseline, outcome: Outcome, draw: int = 0) -> _Counted:
    """Return one draw of an outcome, per year."""
    years, municipal = baseline.of_years(), outcome.forms.municipal

    def yearly(monthly: Floats, weight: Floats) -> Floats:
        return np.asarray(np.tensordot(weight, monthly[draw], axes=([1], [0])))

    own = outcome.net * municipal
    return _Counted(
        net=yearly(own, years),
        clients=yearly(outcome.clients, years / 12),
        starts=yearly(outcome.starts, years),
        society=yearly(outcome.net + outcome.contribution, years).sum(axis=(1, 2)),
        monthly=own[draw].sum(axis=(1, 2)),
    )
