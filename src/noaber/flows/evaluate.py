"""One question, one answer: what to expect of a town with these measures, over all draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .capacity import Capacity
from .errors import ClaimError
from .expect import Flows, States, expect
from .levers import Measure
from .pipeline import Weights, draws_of, resolve
from .words import Doubt, Floats, Outcome, Town, one_hot

Engine = Callable[[Flows, Capacity | None], States]
IN_CACHE = 16_384
"""Cells × forms × draws that are worked on at once; their arrays then stay in the processor's cache."""


def evaluate(
    town: Town,
    measures: Sequence[Measure] = (),
    *,
    doubt: Doubt | None = None,
    capacity: Capacity | None = None,
    engine: Engine = expect,
) -> Outcome:
    """Return what to expect: exact expected values per draw, month, area and form.

    Draws come from `doubt` and from effects whose size is an array [D]; everything drawn has the same D. `engine` is
    `expect`, or its faster twin `fast.expect` with numba. Raises a FlowError when the measures contradict each other.
    """
    doubt = doubt or Doubt()
    parts = [
        money(town, *_states(town, measures, doubt, part, capacity, engine))
        for part in blocks(town, draws_of(doubt, measures))
    ]
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return account(town, measures, whole)


def blocks(town: Town, draws: int) -> list[slice]:
    """Return the draws in blocks that fit in cache; they depend on the town only, so that results never differ."""
    size = max(1, IN_CACHE // (len(town.residents) * len(town.forms)))
    return [slice(start, min(start + size, draws)) for start in range(0, draws, size)]


def _states(
    town: Town, measures: Sequence[Measure], doubt: Doubt, part: slice, capacity: Capacity | None, engine: Engine
) -> tuple[Flows, States, Weights]:
    flows, weights = resolve(town, measures, doubt, part)
    return flows, engine(flows, capacity), weights


def money(town: Town, flows: Flows, states: States, weights: Weights) -> dict[str, Floats]:
    """Return persons and euros by area and form, [D, T, A, F] each, under the names of `Outcome`."""
    to_form = one_hot(flows.track_form, len(town.forms))
    clients = states.clients
    if max(values.shape[2] for values in (weights.units, weights.price, weights.contribution)) == 1:
        clients = by_area(town, clients)  # what a client costs does not depend on the cell, so the areas can go first
        areas = clients
    else:
        areas = by_area(town, clients)
    units, contribution = clients * weights.units, clients * weights.contribution
    euros = {"units": units, "gross": units * weights.price, "contribution": contribution}
    if clients is not areas:
        euros = {name: by_area(town, values) for name, values in euros.items()}
    if len(flows.track_form) > len(town.forms):
        areas = areas @ to_form
        euros = {name: values @ to_form for name, values in euros.items()}
    shape = areas.shape
    living = by_area(town, town.residents[None, None, :, None]) / town.residents.sum()
    return {
        "clients": areas,
        "starts": by_area(town, states.starts),
        "ends": by_area(town, states.ends),
        "waiting": np.broadcast_to(by_area(town, states.waiting), shape),
        **euros,
        "fixed": np.broadcast_to(weights.fixed[:, :, None, :] * living, shape),
    }


def by_area(town: Town, values: Floats) -> Floats:
    """Return [D, T, A, X] from [D, T, C, X]."""
    if town.area_count == 1:
        return np.asarray(values.sum(axis=2, keepdims=True))
    return one_hot(town.areas, town.area_count).T @ values


def account(town: Town, measures: Sequence[Measure], whole: dict[str, Floats]) -> Outcome:
    """Return the outcome with stated amounts and investments; ClaimError when a claim exceeds its base."""
    shape = whole["clients"].shape
    net = whole["gross"] - whole["contribution"] + whole["fixed"]
    investment = np.zeros(town.months)
    claims = []
    for measure in measures:
        investment = investment + measure.investment
        if measure.stated is not None:
            claims.append(_Claim(measure=measure.name, base=measure.stated.base, amount=measure.stated.amount))
    return Outcome(
        forms=town.forms,
        investment=investment,
        stated=_stated(net, claims) if claims else np.zeros(shape),
        measures=tuple(measure.name for measure in measures),
        **whole,
    )


@dataclass(frozen=True, kw_only=True)
class _Claim:
    measure: str
    base: Floats
    amount: Floats


def _stated(net: Floats, claims: Sequence[_Claim]) -> Floats:
    """Spread stated amounts over their base in proportion to spending, and check that enough is left of it."""
    stated = np.zeros_like(net)
    for claim in claims:
        base = net * claim.base
        whole = base.sum(axis=(2, 3), keepdims=True)
        share = np.divide(base, whole, out=np.zeros_like(base), where=whole > 0)
        stated += share * claim.amount[None, :, None, None]
        _check_claim(claim, whole.mean(axis=0)[:, 0, 0], (net + stated).mean(axis=0).sum(axis=1))
    return stated


def _check_claim(claim: _Claim, whole: Floats, left: Floats) -> None:
    """Raise ClaimError when a base [T] is empty, or when less than nothing is left of one of its forms [T, F]."""
    over = ((left < -0.005) & (claim.base > 0)).any(axis=1) | ((whole <= 0) & (claim.amount != 0))
    if over.any():
        month = int(np.flatnonzero(over)[0])
        raise ClaimError(
            f"{claim.measure} claims {-claim.amount[month]:,.0f} euros in month {month} and its base of "
            f"{whole[month]:,.0f} euros does not hold that beside the other claims.",
            where=claim.measure,
            now="Lower the amount, widen the base, or withdraw another claim on it.",
        )
