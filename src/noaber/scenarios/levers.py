"""From what a plan says of a measure to arrays: who is touched in which cell and form, how much, and from when.

Everything is resolved and checked before the first month is counted. What touches nobody or changes nothing is an
error, because its saving of nothing would look like an answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from noaber import plans
from noaber.plans import Estimate

from ..flows import Effect, Floats, Measure, Parameter, Stated, Waterbed, ramp
from .baseline import Baseline, covered
from .errors import NothingTouchedError, TooSmallError, UnclaimedAmountError, UnknownTargetError

Numbers = Mapping[str, Floats]
"""Drawn parameters by name, [D] each."""


def parameters(measures: Sequence[plans.Measure]) -> list[Parameter]:
    """Return what these measures are not sure of, as parameters named "MEASURE, effect N"; what is certain is none."""
    found = []
    for measure in measures:
        for number, effect in enumerate(measure.effects, 1):
            named = {name_of(measure, number): effect.size}
            if effect.waterbed is not None:
                named[name_of(measure, number, bed=True)] = effect.waterbed.share
            found += [_parameter(name, item) for name, item in named.items() if item.low < item.high]
    return found


def resolve(measure: plans.Measure, baseline: Baseline, numbers: Numbers | None = None) -> Measure:
    """Return the measure as arrays: its effects, its investments per month, and its amount where it has no effects.

    Sizes come from `numbers` where they were drawn, and are the best estimate elsewhere. Raises UnknownTargetError
    (N-711), NothingTouchedError (N-712), TooSmallError (N-714) and UnclaimedAmountError (N-715).
    """
    drawn = numbers or {}
    effects = tuple(
        _effect(measure, number, effect, baseline, drawn) for number, effect in enumerate(measure.effects, 1)
    )
    stated = None if effects else claim(measure, baseline)
    return Measure(
        name=measure.code,
        effects=effects,
        investment=monthly(measure.investments, baseline),
        stated=stated,
    )


def monthly(amounts: Mapping[int, int], baseline: Baseline) -> Floats:
    """Return euros per month, [T], from cents per year; a year that is there in part gets its part."""
    months = [(baseline.start.year * 12 + baseline.start.month - 1 + month) // 12 for month in range(baseline.months)]
    return np.array([amounts.get(year, 0) / 1200 for year in months])


def claim(row: plans.Row, baseline: Baseline) -> Stated | None:
    """Return the amount that a row states, as a claim on the forms of its law; None when it states nothing."""
    amount = -monthly(row.amounts, baseline)
    if not amount.any():
        return None
    if row.law is None:
        raise UnclaimedAmountError(
            f"'{row.name}' states an amount and does not say from which spending it must come.",
            where=_place(row),
            now="Give the measure a law, or give it effects so that it can be costed.",
        )
    base = np.array([law == row.law and form not in baseline.elsewhere for form, law in _forms(baseline)])
    if not base.any():
        raise UnclaimedAmountError(
            f"'{row.name}' claims on the {row.law}, and nothing is spent on that here.",
            where=_place(row),
            now="Take in the support under this law, or leave the amount out.",
        )
    return Stated(base=base.astype(np.float64), amount=amount)


def touched(effect: plans.Effect, baseline: Baseline, where: str = "") -> Floats:
    """Return which part of each cell and form an effect reaches, [C, F], before its ramp."""
    forms = _chosen_forms(effect, baseline, where)
    ages = np.array([covered(baseline.bands[band], effect.ages) for band in baseline.band])
    areas = _chosen_areas(effect, baseline, where)
    referred = _referred(effect, baseline, where)
    return np.asarray(ages[:, None] * areas[:, None] * forms * referred * effect.reach)


def _effect(measure: plans.Measure, number: int, effect: plans.Effect, baseline: Baseline, numbers: Numbers) -> Effect:
    where = f"{_place(measure)}, effect {number}" if _place(measure) else f"{measure.code}, effect {number}"
    touches = touched(effect, baseline, where)
    begin = baseline.month_of(effect.from_)
    _check_reach(effect, touches, begin, baseline, where)
    return Effect(
        lever=effect.lever,
        size=numbers.get(name_of(measure, number), effect.size.value),
        touches=touches,
        ramp=ramp(baseline.months, begin, begin + effect.months, effect.shape),
        to=_to(effect, touches, baseline, where),
        present=effect.clients == "all",
        people=effect.people,
        overlap=effect.overlap,
        waterbed=_waterbed(measure, number, effect, touches, baseline, numbers, where),
    )


def _check_reach(effect: plans.Effect, touches: Floats, begin: int, baseline: Baseline, where: str) -> None:
    town = baseline.town
    people = (town.rates.inflow[0] * town.residents[:, None] + town.stock.sum(axis=0)) * touches
    if people.sum() == 0:
        raise NothingTouchedError(
            "This effect touches nobody: no client has these forms, ages, districts and referrers together.",
            where=where,
            now="Widen the choice, or leave the effect out.",
        )
    if not 0 <= begin < baseline.months:
        raise NothingTouchedError(
            f"This effect begins on {effect.from_}, and what is costed runs from {baseline.start} through "
            f"{baseline.years[-1] if baseline.years else baseline.start.year}.",
            where=where,
            now="Cost the plan as known before it began (--known-on), cost more years (--until), or move its effects.",
        )
    rate = {"contribution": town.rates.contribution, "fixed": town.rates.fixed}.get(effect.lever)
    if rate is not None and not (rate[0] * touches.any(axis=0)).any():
        raise NothingTouchedError(
            f"There is no {effect.lever} to change here, so a change of it in percent is nothing.",
            where=where,
            now="Write it as an investment per year, or as a price.",
        )


def _chosen_forms(effect: plans.Effect, baseline: Baseline, where: str) -> Floats:
    """Return 1 for each form that is chosen, [F]."""
    if not effect.care_forms:
        mine = [form for form, law in _forms(baseline) if law == effect.law and form not in baseline.elsewhere]
        if not mine:
            raise UnknownTargetError(
                f"Nobody has support under the {effect.law} here.", where=where, now="Choose another law."
            )
        return np.array([float(form in mine) for form in baseline.forms])
    for code in effect.care_forms:
        if law_of(code, baseline, where) != effect.law:
            raise UnknownTargetError(
                f"The care form {code} does not fall under the {effect.law}.",
                where=where,
                now=f"Choose from: {', '.join(form for form, law in _forms(baseline) if law == effect.law)}.",
            )
    return np.array([float(form in effect.care_forms) for form in baseline.forms])


def law_of(code: str, baseline: Baseline, where: str) -> str:
    """Return the law of a form; raises UnknownTargetError (N-711), or TooSmallError (N-714) for who has too few."""
    if code in baseline.pooled or code in baseline.left_out:
        few = "too few clients here to cost it by itself" if code in baseline.pooled else "no clients any more"
        raise TooSmallError(
            f"The care form {code} has {few}.",
            where=where,
            now=f"Name {baseline.pooled.get(code, 'another form')} instead, or state an amount; a plan that tells care "
            "forms apart needs enough clients of each.",
        )
    if code not in baseline.forms:
        raise UnknownTargetError(
            f"There is no care form {code} here.", where=where, now=f"Choose from: {', '.join(baseline.forms)}."
        )
    return baseline.laws[baseline.forms.index(code)]


def _chosen_areas(effect: plans.Effect, baseline: Baseline, where: str) -> Floats:
    """Return 1 for each cell that lies in a chosen district, [C]."""
    unknown = [code for code in effect.areas if code not in baseline.areas]
    if unknown:
        raise UnknownTargetError(
            f"There is no district {', '.join(unknown)} here.",
            where=where,
            now=f"Choose from: {', '.join(baseline.areas)}.",
        )
    chosen = np.array([float(not effect.areas or code in effect.areas) for code in baseline.areas])
    return np.asarray(chosen[baseline.town.areas])


def _referred(effect: plans.Effect, baseline: Baseline, where: str) -> Floats:
    """Return the part of each form that comes from the chosen referrers, [F]."""
    unknown = [code for code in effect.referrers if code not in baseline.referrers]
    if unknown:
        raise UnknownTargetError(
            f"Nobody came through referrer {', '.join(unknown)} here.",
            where=where,
            now=f"Choose from: {', '.join(sorted(baseline.referrers)) or 'none: no referrer is known'}.",
        )
    if not effect.referrers:
        return np.ones(len(baseline.forms))
    return np.asarray(sum(baseline.referrers[code] for code in effect.referrers))


def _to(effect: plans.Effect, touches: Floats, baseline: Baseline, where: str) -> Floats | None:
    """Return the matrix [F, F] of where people go, or of which pairs are touched; None when nothing is said."""
    if effect.lever == "access":
        return _routes(effect.to, touches, baseline, where)
    if effect.lever != "throughflow" or not effect.to:
        return None
    pairs = _routes(effect.to, touches, baseline, where)
    source, target = baseline.town.rates.follows.T
    if not pairs[source, target].any():
        raise NothingTouchedError(
            f"Nobody goes on from these forms to {effect.to} within a month.",
            where=where,
            now="Choose another pair, or write it as an effect on access.",
        )
    return pairs


def _routes(to: str, touches: Floats, baseline: Baseline, where: str) -> Floats:
    """Return [F, F] with 1 from every form that is touched to one other; zeros when they go nowhere."""
    matrix = np.zeros((len(baseline.forms),) * 2)
    if to:
        law_of(to, baseline, where)
        matrix[touches.any(axis=0), baseline.forms.index(to)] = 1.0
    return matrix


def _waterbed(
    measure: plans.Measure,
    number: int,
    effect: plans.Effect,
    touches: Floats,
    baseline: Baseline,
    numbers: Numbers,
    where: str,
) -> Waterbed | None:
    bed = effect.waterbed
    if bed is None:
        return None
    return Waterbed(
        share=numbers.get(name_of(measure, number, bed=True), bed.share.value),
        to=_routes(bed.to, touches, baseline, where),
        delay=bed.delay,
    )


def _forms(baseline: Baseline) -> list[tuple[str, str]]:
    return list(zip(baseline.forms, baseline.laws, strict=True))


def name_of(measure: plans.Measure, number: int, *, bed: bool = False) -> str:
    """Return the name of the parameter that an effect of a measure, or its waterbed, is."""
    return f"{measure.code}, effect {number}{', waterbed' if bed else ''}"


def _parameter(name: str, item: Estimate) -> Parameter:
    return Parameter(
        name=name, middle=item.value, low=item.low, high=item.high, shape="triangular", source=item.because
    )


def _place(row: plans.Row) -> str:
    return f"{row.place.file}:{row.place.line}" if row.place.file else ""
