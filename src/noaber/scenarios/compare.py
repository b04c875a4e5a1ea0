"""Unchanged policy and variants of it beside each other, with the same draws, counted in blocks on any executor.

Blocks of draws are the same whoever counts them, and come back in order; so one worker, many workers or a cluster give
the same bits. Shapes as in baseline.py, and Y calendar years, L laws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Final, Literal, Protocol, TypeVar

import numpy as np

from noaber import plans

from ..flows import Floats, Measure, chance, draws, evaluate, quantiles
from .baseline import Baseline, by_age
from .levers import Numbers, claim, parameters, resolve
from .variant import Variant, countable

DRAWS: Final = 256
BLOCK: Final = 16
"""Draws that are counted at once."""
BAND: Final = (0.1, 0.9)
"""Eight in ten outcomes lie between these chances."""
_PER_AREA: Final = ("net", "stated", "contribution", "clients", "starts")
Payer = Literal["municipality", "society"]
Tell = Callable[[str, float], None]
T = TypeVar("T")
R = TypeVar("R")


class Executor(Protocol):
    """Anything that applies a function to items and gives the answers back in order."""

    def map(self, function: Callable[[T], R], items: Iterable[T], /) -> Iterable[R]:
        """Return the answer for each item, in order."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """A variant and a block of draws: all that a worker needs."""

    baseline: Baseline
    variant: Variant
    numbers: Numbers


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What is expected of a variant, per draw."""

    net: Floats
    """[D, Y, A, F] euros for who pays the form, stated amounts included, investments not."""
    stated: Floats
    """[D, Y, A, F] the part of `net` that was stated and not counted; negative where it saves."""
    contribution: Floats
    """[D, Y, A, F] euros that clients pay themselves, and that are not in `net`."""
    clients: Floats
    """[D, Y, A, F] on average in the year."""
    starts: Floats
    """[D, Y, A, F] in the year."""
    monthly: Floats
    """[D, T] euros for the municipality, investments included."""
    investment: Floats
    """[T] euros to set up and run what is not support; the same in every draw."""


@dataclass(frozen=True, kw_only=True)
class Band:
    """The expected value, and the values below which one in ten and nine in ten outcomes lie."""

    middle: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Unchanged policy (`unchanged`) and variants (`counted`, one for each of `variants`)."""

    baseline: Baseline
    variants: tuple[Variant, ...]
    unchanged: Counted
    counted: tuple[Counted, ...]
    spread: Floats
    """[Y, F] by how many euros² chance moves each euro of unchanged policy."""
    draws: int
    seed: int

    @cached_property
    def municipal(self) -> Floats:
        """1 for the forms that the municipality pays, [F]."""
        return self.baseline.town.forms.municipal.astype(np.float64)

    def of_year(self, monthly: Floats) -> Floats:
        """Return euros per year [Y] from euros per month [T]."""
        return np.asarray(self.baseline.of_years() @ monthly)

    def saving(self, number: int, payer: Payer = "municipality") -> Floats:
        """Return what a variant saves against unchanged policy, [D, Y, A, F], before investments; a loss is negative.

        For society all payers count, and what clients pay themselves is no saving.
        """
        before, after = self.unchanged, self.counted[number]
        if payer == "municipality":
            return np.asarray((before.net - after.net) * self.municipal)
        return before.net + before.contribution - after.net - after.contribution

    def band_of_saving(self, number: int, parts: Floats, payer: Payer = "municipality") -> Band:
        """Return the saving with its band for groups of forms: [Y, G] from `parts` [F, G] of 0 and 1.

        In the band: the draws of all rates and effects, and chance. A variant touches only some clients, so chance
        moves its saving as it moves the part of spending that goes or comes.
        """
        saving = self.saving(number, payer).sum(axis=2)
        modelled = saving + self.counted[number].stated.sum(axis=2)  # chance moves no amount that is only stated
        return _band(saving @ parts, (np.abs(modelled) * self.spread) @ parts)

    def band_of_spending(self, counted: Counted, parts: Floats) -> Band:
        """Return the spending of the municipality with its band for groups of forms, [Y, G]."""
        net = counted.net.sum(axis=2) * self.municipal
        return _band(net @ parts, (np.abs(net) * self.spread) @ parts)

    def cumulated(self, number: int) -> Floats:
        """Return what a variant has saved the municipality up to each month, investments paid, [D, T]."""
        return np.asarray(np.cumsum(self.unchanged.monthly - self.counted[number].monthly, axis=1))


def compare(
    baseline: Baseline,
    plan: plans.Plan,
    names: Sequence[str] = (),
    *,
    draws: int = DRAWS,
    seed: int = 1,
    executor: Executor | None = None,
    tell: Tell | None = None,
) -> Comparison:
    """Return unchanged policy and the variants that `names` stand for (see `variant.py`), over common draws.

    Draws are counted for the town as a whole, and laid over the best estimate of every district; in full for every
    district where a measure touches some districts only. So when every number is sure, it is the best estimate. The
    mean of unchanged policy is what `noaber forecast` says. All variants are checked before anything is counted.
    Every number that a plan is not sure of has a place of its own among the draws, whatever else is compared. Raises
    a ScenarioError (N-71x) or FlowError (N-72x).
    """
    chosen = countable(plan, names)
    for variant in chosen:
        ready(variant, baseline)
    everything = (Variant(code="", name="Ongewijzigd beleid"), *chosen)
    local = any(effect.areas for item in chosen for measure in item.measures for effect in measure.effects)
    tasks = tasks_of(baseline if local else by_age(baseline), everything, plan, draws, seed)
    found = []
    answers = executor.map(count, tasks) if executor is not None else map(count, tasks)
    for number, answer in enumerate(answers, 1):
        found.append(answer)
        if tell is not None:
            tell(tasks[number - 1].variant.name, number / (len(tasks) + 1))
    size = len(blocks(draws))
    whole = [_joined(found[start : start + size]) for start in range(0, len(found), size)]
    unchanged = _best(baseline, everything[0])
    if not local:
        together = by_age(baseline)
        best = [unchanged, *(_best(baseline, item) for item in chosen)]
        whole = [
            _over_districts(one, detail, _best(together, item))
            for one, detail, item in zip(whole, best, everything, strict=True)
        ]
    whole = _around(whole, unchanged)
    return Comparison(
        baseline=baseline,
        variants=chosen,
        unchanged=whole[0],
        counted=tuple(whole[1:]),
        spread=spread(baseline),
        draws=draws,
        seed=seed,
    )


def tasks_of(baseline: Baseline, chosen: Sequence[Variant], plan: plans.Plan, draws: int, seed: int) -> list[Task]:
    """Return the work on variants in blocks of draws, variant by variant."""
    numbers = numbers_of(baseline, plan.measures, draws, seed)
    return [
        Task(baseline=baseline, variant=variant, numbers={name: values[part] for name, values in numbers.items()})
        for variant in chosen
        for part in blocks(draws)
    ]


def numbers_of(baseline: Baseline, measures: Sequence[plans.Measure], count: int, seed: int) -> Numbers:
    """Return the draws of all parameters of a baseline and the measures of a plan, by name."""
    return draws([*baseline.parameters, *parameters(measures)], count, seed)


def ready(variant: Variant, baseline: Baseline, numbers: Numbers | None = None) -> list[Measure]:
    """Return the measures of a variant as arrays, and its stated amounts as claims."""
    measures = [resolve(measure, baseline, numbers) for measure in variant.measures]
    stated = [Measure(name=row.name, stated=claim(row, baseline)) for row in variant.claims]
    return [*measures, *(item for item in stated if item.stated is not None)]


def blocks(count: int) -> list[slice]:
    """Return the draws in the blocks in which they are counted."""
    return [slice(start, min(start + BLOCK, count)) for start in range(0, count, BLOCK)]


def count(task: Task) -> Counted:
    """Return what is expected in one block of draws; this is what a worker does."""
    baseline = task.baseline
    outcome = evaluate(baseline.town, ready(task.variant, baseline, task.numbers), doubt=baseline.doubt(task.numbers))
    years = baseline.of_years()
    municipal = outcome.net[..., outcome.forms.municipal].sum(axis=(2, 3)) + outcome.investment
    return Counted(
        net=_yearly(years, outcome.net),
        stated=_yearly(years, outcome.stated),
        contribution=_yearly(years, outcome.contribution),
        clients=_yearly(years / 12, outcome.clients),
        starts=_yearly(years, outcome.starts),
        monthly=municipal,
        investment=np.broadcast_to(outcome.investment, (baseline.months,)),
    )


def spread(baseline: Baseline) -> Floats:
    """Return by how many euros² chance alone moves each euro of a year, [Y, F]; the same for the forms of one law.

    Chance in the number and length of spells makes the variance of a sum proportional to it, so the ratio holds for
    parts and for differences as well.
    """
    town, years = by_age(baseline).town, baseline.of_years()
    found = np.zeros((len(years), len(baseline.forms)))
    for law in dict.fromkeys(baseline.laws):
        mine = np.array([float(one == law and form not in baseline.elsewhere) for form, one in _forms(baseline)])
        if not mine.any():
            continue
        for place, year in enumerate(years):
            made = chance(town, months=year, forms=mine)
            ratio = float(made.variance[0] / made.mean[0]) if made.mean[0] > 0 else 0.0
            found[place, [one == law for one in baseline.laws]] = ratio
    return found


def _forms(baseline: Baseline) -> list[tuple[str, str]]:
    return list(zip(baseline.forms, baseline.laws, strict=True))


def _yearly(years: Floats, monthly: Floats) -> Floats:
    """Return [D, Y, A, F] from [D, T, A, F]."""
    return np.ascontiguousarray(np.moveaxis(np.tensordot(monthly, years, axes=([1], [1])), 3, 1))


def _joined(parts: Sequence[Counted]) -> Counted:
    """Return blocks of draws as one."""
    names = [item.name for item in fields(Counted) if item.name != "investment"]
    whole = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    return Counted(investment=parts[0].investment, **whole)


def _best(baseline: Baseline, variant: Variant) -> Counted:
    """Return the best estimate of a variant: one draw, with every number as it is thought most likely."""
    return count(Task(baseline=baseline, variant=variant, numbers={}))


def _over_districts(drawn: Counted, detail: Counted, together: Counted) -> Counted:
    """Return draws of the town as a whole laid over its districts.

    A draw differs from the best estimate of the whole town (`together`) by a factor, and so does each district from
    its own (`detail`): in the whole town somewhat other people are at risk than in its districts.
    """
    found = {}
    for name in _PER_AREA:
        part = getattr(detail, name)
        whole, one = (getattr(item, name).sum(axis=2, keepdims=True) for item in (drawn, together))
        sure = np.abs(one) > 1e-9
        factor = np.divide(whole, one, out=np.zeros_like(whole), where=sure)
        found[name] = part * factor + np.where(sure, 0.0, whole / part.shape[2])
    return replace(drawn, monthly=drawn.monthly + detail.monthly - together.monthly, **found)


def _around(whole: Sequence[Counted], best: Counted) -> list[Counted]:
    """Return draws of unchanged policy and its variants at the level of the best estimate of unchanged policy.

    The mean of what is drawn lies a little above what comes of the mean rates; all variants move along with it.
    """
    unchanged, factors = whole[0], {}
    for name in _PER_AREA:
        drawn, middle = getattr(unchanged, name).mean(axis=0), getattr(best, name)[0]
        factors[name] = np.divide(middle, drawn, out=np.ones_like(drawn), where=np.abs(drawn) > 1e-9)
    shift = best.monthly - unchanged.monthly.mean(axis=0)

    def moved(one: Counted) -> Counted:
        found = {name: getattr(one, name) * factor for name, factor in factors.items() if name not in {"net", "stated"}}
        net = (one.net - one.stated) * factors["net"] + one.stated
        return replace(one, net=net, monthly=one.monthly + shift, **found)

    return [moved(one) for one in whole]


def _band(mean: Floats, variance: Floats) -> Band:
    low, high = quantiles(mean, variance, BAND)
    return Band(middle=mean.mean(axis=0), low=low, high=high)
