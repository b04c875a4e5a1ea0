"""One question, one answer: what to expect of a town with these measures, over all draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np

from .capacity import Capacity
from .errors import ClaimError, FlowInputError
from .expect import States, expect
from .levers import Measure, Stated
from .pipeline import Weights, costing, draws_of, moving, resolve
from .resolved import Flows, by_period
from .tracks import Tracks
from .words import Doubt, Floats, Ints, Outcome, Town, fits, one_hot

Engine = Callable[[Flows, Capacity | None], States]
IN_MEMORY = 8_388_608
"""Draws × months × cells × forms whose rates are prepared at once: 64 MB, at most, per array."""

TOGETHER = 16
"""Draws that the compiled loops count at once."""


def evaluate(
    town: Town,
    measures: Sequence[Measure] = (),
    *,
    doubt: Doubt | None = None,
    capacity: Capacity | None = None,
    engine: Engine = expect,
    periods: Ints | None = None,
) -> Outcome:
    """Return what to expect: exact expected values per draw, month, area and form.

    With `periods`, the number of the year of each month for instance ([T], rising from 0), the outcome has sums over
    those in place of months: clients become client-months. It is the same, sooner where nobody needs the months.

    Draws come from `doubt` and from effects whose size is an array [D]; everything drawn has the same D. `engine` is
    `expect`, or its faster twin `fast.expect` with numba. Raises a FlowError when the measures contradict each other.
    """
    doubt = doubt or Doubt()
    _check_shapes(town, measures, doubt, capacity)
    _check_periods(town, periods)
    draws = draws_of(doubt, measures)
    # A stated amount is spread over the spending of its month, and only then added up.
    apart = periods is None or any(measure.stated is not None for measure in measures)
    whole: dict[str, Floats] = {}
    for part in blocks(town, draws):
        for name, values in _part(town, measures, doubt, part, capacity, engine, None if apart else periods).items():
            whole.setdefault(name, np.empty((draws, *values.shape[1:])))[part] = values
    found = account(town, measures, whole, None if apart else periods)
    return found if periods is None or not apart else _added_up(found, periods)


def net_of(
    town: Town,
    measures: Sequence[Measure],
    *,
    doubt: Doubt | None = None,
    capacity: Capacity | None = None,
    engine: Engine = expect,
) -> Callable[[frozenset[int]], Floats]:
    """Return a function from positions in `measures` to net euros [D, T, A, F], for `attribute`.

    Investments are left out: they belong to the measure that makes them. Clients are counted anew only when the
    measures that move people differ from those of the call before, so put measures on price last.
    """
    doubt = doubt or Doubt()
    _check_shapes(town, measures, doubt, capacity)
    parts = blocks(town, draws_of(doubt, measures))
    zone = resolve(town, measures, doubt, parts[0])[0].zone
    known: dict[frozenset[int], list[tuple[Flows, Tracks, Floats]]] = {}

    def counted(chosen: Sequence[Measure], part: slice) -> tuple[Flows, Tracks, Floats]:
        flows, made = moving(town, chosen, doubt, part)
        flows = replace(flows, zone=zone)
        return flows, made, engine(flows, capacity).clients

    def net(members: frozenset[int]) -> Floats:
        chosen = [measure for number, measure in enumerate(measures) if number in members]
        movers = frozenset(number for number in members if measures[number].moves_people)
        if movers not in known:
            known.clear()
            known[movers] = [counted(chosen, part) for part in parts]
        found = [
            _net(town, flows, costing(town, chosen, doubt, part, made), clients)
            for part, (flows, made, clients) in zip(parts, known[movers], strict=True)
        ]
        euros = found[0] if len(found) == 1 else np.concatenate(found)
        claims = [measure for measure in chosen if measure.stated is not None]
        return euros + _stated(euros, claims) if claims else euros

    return net


def _net(town: Town, flows: Flows, weights: Weights, clients: Floats) -> Floats:
    """Return net euros without stated amounts, [D, T, A, F]."""
    cost = weights.units * weights.price
    if weights.contribution.any():
        cost = cost - weights.contribution
    euros = by_area(town, flows, flows.by_form(clients * cost))
    euros += weights.fixed[:, :, None, :] * living(town)
    return euros


def living(town: Town) -> Floats:
    """Return the share of the residents per area at the start, [1, 1, A, 1]."""
    people = town.residents @ one_hot(town.areas, town.area_count)
    return np.asarray(people[None, None, :, None] / people.sum())


def blocks(town: Town, draws: int) -> list[slice]:
    """Return the draws in blocks that fit in memory; they depend on the town only, so that results never differ."""
    size = max(1, IN_MEMORY // (town.months * len(town.residents) * len(town.forms)))
    size -= size % TOGETHER if size > TOGETHER else 0
    return [slice(start, min(start + size, draws)) for start in range(0, draws, size)]


def _part(
    town: Town,
    measures: Sequence[Measure],
    doubt: Doubt,
    part: slice,
    capacity: Capacity | None,
    engine: Engine,
    periods: Ints | None,
) -> dict[str, Floats]:
    """Return what `money` does of some draws, per month or per period."""
    flows, weights = resolve(town, measures, doubt, part)
    if periods is None:
        return money(town, flows, engine(flows, capacity), weights)
    months = np.bincount(periods)[None, :, None, None]
    if all(values.shape[1] == 1 for values in vars(weights).values()):  # what a client costs is the same every month
        flows = replace(flows, period=periods)
        found = money(town, flows, engine(flows, capacity), weights)
        return found | {"fixed": found["fixed"] * months}
    found = money(town, flows, engine(flows, capacity), weights)
    return {
        name: by_period(values, periods, axis=1) if values.shape[1] > 1 else values * months
        for name, values in found.items()
    }


def _added_up(outcome: Outcome, periods: Ints) -> Outcome:
    """Return an outcome per period from one per month."""
    found: dict[str, Any] = {
        name: by_period(values, periods, axis=int(values.ndim == 4))
        for name, values in vars(outcome).items()
        if isinstance(values, np.ndarray)
    }
    return replace(outcome, **found)


def money(town: Town, flows: Flows, states: States, weights: Weights) -> dict[str, Floats]:
    """Return persons and euros by area and form, [D, T, A, F] each, under the names of `Outcome`.

    Waiting and fixed costs that are the same every month come once, [D, 1, A, F].
    """
    units, contribution = states.clients * weights.units, states.clients * weights.contribution
    by_track = {"clients": states.clients, "units": units, "gross": units * weights.price, "contribution": contribution}
    by_form = {name: flows.by_form(values) for name, values in by_track.items()}
    by_form |= {"starts": states.starts, "ends": states.ends, "waiting": states.waiting}
    found = {name: by_area(town, flows, values) for name, values in by_form.items()}
    fixed = weights.fixed[:, :, None, :] * living(town)
    return found | {"fixed": np.broadcast_to(fixed, (flows.draws, *fixed.shape[1:]))}


def by_area(town: Town, flows: Flows, values: Floats) -> Floats:
    """Return [D, T, A, X] from [D, T, Z, X]."""
    return values if np.array_equal(flows.zone, town.areas) else one_hot(town.areas, town.area_count).T @ values


def account(town: Town, measures: Sequence[Measure], whole: dict[str, Floats], periods: Ints | None = None) -> Outcome:
    """Return the outcome with stated amounts and investments; ClaimError when a claim exceeds its base."""
    shape = whole["clients"].shape
    nothing = np.broadcast_to(0.0, shape)
    whole |= {name: np.broadcast_to(whole[name], shape) for name in ("waiting", "fixed")}
    investment = np.zeros(town.months)
    for measure in measures:
        investment = investment + measure.investment
    claims = [measure for measure in measures if measure.stated is not None]
    return Outcome(
        forms=town.forms,
        investment=investment if periods is None else by_period(investment, periods, axis=0),
        stated=_stated(whole["gross"] - whole["contribution"] + whole["fixed"], claims) if claims else nothing,
        measures=tuple(measure.name for measure in measures),
        **whole,
    )


def _check_shapes(town: Town, measures: Sequence[Measure], doubt: Doubt, capacity: Capacity | None) -> None:
    """Raise FlowInputError when something does not cover the months and forms of the town."""
    forms, months = len(town.forms), town.months
    for name, factor in vars(doubt).items():
        fits(factor, (len(factor), months, forms) if factor.ndim == 3 else (len(factor), forms), f"doubt of {name}")
    for measure in measures:
        fits(measure.investment, (months,), f"investment of {measure.name}")
        if measure.stated is not None:
            fits(measure.stated.amount, (months,), f"stated amount of {measure.name}")
            fits(measure.stated.base, (forms,), f"base of {measure.name}")
    if capacity is not None:
        fits(capacity.places, (months, forms), "places")
        fits(capacity.admissions, (months, forms), "admissions")
        fits(capacity.gives_up, (forms,), "gives_up")


def _check_periods(town: Town, periods: Ints | None) -> None:
    """Raise FlowInputError unless each month has a period, numbered from 0 without gaps."""
    if periods is None:
        return
    if np.shape(periods) != (town.months,) or periods[0] != 0 or not np.isin(np.diff(periods), (0, 1)).all():
        raise FlowInputError(
            "The periods do not number the months from 0 on, rising without gaps.",
            where="periods",
            now="Give the number of the period of each month, such as 0, 0, … 1, 1, …",
        )


def payback(before: Outcome, after: Outcome, payer: Literal["municipality", "all"] = "municipality") -> Ints:
    """Return the first month, per draw [D], from which what was saved so far makes up for what was spent; else -1.

    It must stay so until the end of the forecast. Month 0 when nothing was ever lost.
    """
    balance = (before.paid_by(payer) - after.paid_by(payer)).cumsum(axis=1)
    lost = balance < -0.005
    last = lost.shape[1] - lost[:, ::-1].argmax(axis=1)
    month = np.where(lost.any(axis=1), last, 0)
    return np.where(month == lost.shape[1], -1, month)


def _stated(net: Floats, claims: Sequence[Measure]) -> Floats:
    """Spread stated amounts over their base in proportion to spending, and check that enough is left of it."""
    stated = np.zeros_like(net)
    for claim in claims:
        assert claim.stated is not None
        base = net * claim.stated.base
        whole = base.sum(axis=(2, 3), keepdims=True)
        share = np.divide(base, whole, out=np.zeros_like(base), where=whole > 0)
        stated += share * claim.stated.amount[None, :, None, None]
        _check_claim(claim.name, claim.stated, whole.mean(axis=0)[:, 0, 0], (net + stated).mean(axis=0).sum(axis=1))
    return stated


def _check_claim(name: str, stated: Stated, whole: Floats, left: Floats) -> None:
    """Raise ClaimError when a base [T] is empty, or when less than nothing is left of one of its forms [T, F]."""
    over = ((left < -0.005) & (stated.base > 0)).any(axis=1) | ((whole <= 0) & (stated.amount != 0))
    if over.any():
        month = int(np.flatnonzero(over)[0])
        raise ClaimError(
            f"{name} claims {-stated.amount[month]:,.0f} euros in month {month} and its base of "
            f"{whole[month]:,.0f} euros does not hold that beside the other claims.",
            where=name,
            now="Lower the amount, widen the base, or withdraw another claim on it.",
        )
