"""The causal pipeline: from a town and measures to flows, in one fixed order whatever the order of the list.

eligibility → inflow → access → throughflow → duration → intensity → price → contribution → fixed costs. Within a step
effects work at once: those on different people meet by chance, those on the same people as they declare.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace

import numpy as np

from .errors import FlowInputError
from .levers import BY_CLIENT, Effect, Lever, Measure, kept
from .resolved import Diversion, Flows
from .tracks import Tracks, tracks
from .words import Doubt, Floats, Ints, Town


@dataclass(frozen=True, kw_only=True)
class Weights:
    """What a client-month costs, per track: each [D|1, T|1, C|1, G]."""

    units: Floats
    price: Floats
    """euros per unit"""
    contribution: Floats
    """euros per client-month"""
    fixed: Floats
    """[D|1, T|1, F] euros a month"""


@dataclass(frozen=True, kw_only=True, eq=False)
class _Pull:
    """An effect with its axes: reach [1, T|1, C|1, F] and change [D|1, 1, 1, 1]."""

    effect: Effect
    reach: Floats
    change: Floats


def draws_of(doubt: Doubt, measures: Sequence[Measure]) -> int:
    """Return the number of draws; FlowInputError when two disagree."""
    sizes = [np.size(effect.size) for measure in measures for effect in measure.effects]
    beds = [np.size(e.waterbed.share) for measure in measures for e in measure.effects if e.waterbed is not None]
    lengths = {length for length in (doubt.draws, *sizes, *beds) if length > 1}
    lengths |= {len(values) for values in vars(doubt).values() if len(values) > 1}
    if len(lengths) > 1:
        raise FlowInputError(
            f"Draws of different number meet: {sorted(lengths)}.", where="draws", now="Give everything the same draws."
        )
    return max(lengths, default=1)


def resolve(town: Town, measures: Sequence[Measure], doubt: Doubt, draws: slice) -> tuple[Flows, Weights]:
    """Return the flows and weights of these draws, after all measures."""
    flows, made = moving(town, measures, doubt, draws)
    weights = costing(town, measures, doubt, draws, made)
    return replace(flows, zone=zones(town, weights)), weights


def zones(town: Town, weights: Weights) -> Ints:
    """Return what may be added up while counting, [C]: areas, unless cells differ in what a client costs."""
    alike = max(cost.shape[2] for cost in (weights.units, weights.price, weights.contribution)) == 1
    return town.areas if alike else np.arange(len(town.residents))


def moving(town: Town, measures: Sequence[Measure], doubt: Doubt, draws: slice) -> tuple[Flows, Tracks]:
    """Return what decides how many clients there are: the pipeline up to duration; every cell a zone by itself."""
    by, doubt = _Effects(town, measures, draws), doubt.part(draws)
    asking, unsure = town.rates.inflow[None], _monthly(doubt.inflow)
    if len(unsure) == 1 or unsure.shape[1] > 1:  # only what differs per draw, and not per month, is kept apart
        asking, unsure = asking * unsure[:, :, None, :], np.ones((1, 1, 1))
    unsure = np.broadcast_to(unsure[:, 0], (len(unsure), len(town.forms)))
    factor = np.ones((1, 1, 1, 1))
    beds: list[tuple[Effect, Floats]] = []
    for lever in ("eligibility", "inflow"):
        taken = _removed(by[lever]) if any(pull.effect.waterbed for pull in by[lever]) else []
        beds += [(effect, asking * (factor * part)) for effect, part in taken if effect.waterbed is not None]
        factor = factor * _factor(by[lever])
    hazard, source, form = _access(town, asking, factor, by["access"], beds)
    made = tracks(by.splitting, town.rates.exit, doubt.duration)
    flows = Flows(
        zone=np.arange(len(town.residents)),
        draws=draws.stop - draws.start,
        months=town.months,
        residents=town.residents,
        stock=town.stock,
        demography=town.demography,
        pool=town.forms.pool,
        entrance_pool=town.forms.pool[source],
        entrance_form=form,
        hazard=hazard,
        track_form=made.form,
        weight=made.weight,
        exit=made.exit,
        follows=town.rates.follows,
        through=_through(town, by["throughflow"]),
        diversions=tuple(_diversion(effect, removed, len(form)) for effect, removed in beds),
        returns=made.returns,
        moves=made.moves,
        doubt=unsure[:, source],
    )
    return flows, made


def costing(town: Town, measures: Sequence[Measure], doubt: Doubt, draws: slice, made: Tracks) -> Weights:
    """Return what a client-month costs: the pipeline from intensity on, for the tracks that `moving` made."""
    by, doubt = _Effects(town, measures, draws), doubt.part(draws)

    def weight(lever: Lever, rate: Floats, factor: Floats) -> Floats:
        own = (rate[None] * _monthly(factor))[:, :, None, made.form] * made.factors[lever][:, None, None, :]
        common = _factor(by[lever])  # of length 1 along what it does not vary with, so it comes last
        return np.asarray(own * (common if common.shape[-1] == 1 else common[..., made.form]))

    rates, one = town.rates, np.ones((1, 1))
    fixed = _factor(by["fixed"])
    if fixed.shape[2] > 1:
        raise FlowInputError(
            "Fixed costs belong to a form and not to residents.",
            where="fixed",
            now="Let the effect touch all cells alike.",
        )
    return Weights(
        units=weight("intensity", rates.intensity, doubt.intensity),
        price=weight("price", rates.price, doubt.price),
        contribution=weight("contribution", rates.contribution, one),
        fixed=rates.fixed[None] * fixed[:, :, 0, :],
    )


def _monthly(factor: Floats) -> Floats:
    """Return a factor of doubt with its months in place, [D|1, T|1, F|1]."""
    return factor if factor.ndim == 3 else factor[:, None]


class _Effects:
    """Effects by lever, for some draws, with their axes in place; those of size zero are no effects."""

    def __init__(self, town: Town, measures: Sequence[Measure], draws: slice) -> None:
        chosen = [effect for measure in measures for effect in measure.effects if np.any(effect.size)]
        for effect in chosen:
            if effect.touches.shape != (len(town.residents), len(town.forms)) or effect.ramp.shape != (town.months,):
                raise FlowInputError(
                    "A reach or ramp does not cover every cell, form and month.", where=effect.lever, now="Extend it."
                )
            for routes in (effect.to, None if effect.waterbed is None else effect.waterbed.to):
                if routes is not None and routes.shape != (len(town.forms), len(town.forms)):
                    raise FlowInputError(
                        "A route does not go from every form to every form.", where=effect.lever, now="Give [F, F]."
                    )
        self.effects = [_part(effect, draws) for effect in chosen]

    def __getitem__(self, lever: Lever) -> list[_Pull]:
        return [_pull(e) for e in self.effects if e.lever == lever and (e.present or lever not in BY_CLIENT)]

    @property
    def splitting(self) -> list[Effect]:
        """Effects that split the clients of a form into tracks: on duration, or on new clients only."""
        return [e for e in self.effects if e.lever == "duration" or (e.lever in BY_CLIENT and not e.present)]


def _part(effect: Effect, draws: slice) -> Effect:
    """Return the effect for these draws only."""
    if np.size(effect.size) == 1 and (effect.waterbed is None or np.size(effect.waterbed.share) == 1):
        return copy(effect)  # two measures may share one effect, and each has its own people
    size = np.atleast_1d(np.asarray(effect.size, dtype=np.float64))
    bed = effect.waterbed
    if bed is not None and np.size(bed.share) > 1:
        bed = replace(bed, share=np.asarray(bed.share)[draws])
    return replace(effect, size=size[draws] if len(size) > 1 else size, waterbed=bed)


def _pull(effect: Effect) -> _Pull:
    touches = effect.touches
    if (touches == touches[:1]).all():
        touches = touches[:1]
    pace = effect.ramp[:1] if (effect.ramp == effect.ramp[0]).all() else effect.ramp
    change = np.atleast_1d(np.asarray(effect.size, dtype=np.float64))[:, None, None, None]
    if effect.lever == "access":
        change = -change
    return _Pull(effect=effect, reach=pace[None, :, None, None] * touches[None, None], change=change)


def _factor(pulls: Sequence[_Pull]) -> Floats:
    """Return by what a flow is multiplied, [D|1, T|1, C|1, F|1]; groups of people meet by chance."""
    factor = np.ones((1, 1, 1, 1))
    groups: dict[str, list[_Pull]] = {}
    for number, pull in enumerate(pulls):
        groups.setdefault(pull.effect.people or str(number), []).append(pull)
    for group in groups.values():
        overlap = group[0].effect.overlap
        factor = factor * kept([pull.reach for pull in group], [pull.change for pull in group], overlap)
    return factor


def _removed(pulls: list[_Pull]) -> list[tuple[Effect, Floats]]:
    """Return the part of the flow that each effect takes away, so that together they take away what all take.

    Where two reach the same residents their common part is split in proportion to what each would take alone, so that
    the order of the measures does not matter.
    """
    less = [pull for pull in pulls if not (pull.change > 0).any()]
    if not less:
        return []
    gone = _factor([pull for pull in pulls if (pull.change > 0).any()]) * (1.0 - _factor(less))
    whole = np.asarray(sum(-pull.reach * pull.change for pull in less))
    part = np.divide(gone, whole, out=np.zeros(np.broadcast_shapes(gone.shape, whole.shape)), where=whole > 0)
    return [(pull.effect, -pull.reach * pull.change * part) for pull in less]


def _access(
    town: Town, asking: Floats, factor: Floats, pulls: list[_Pull], beds: list[tuple[Effect, Floats]]
) -> tuple[Floats, Ints, Ints]:
    """Return hazard [.., E], and from and to which form [E] each entrance leads, after starters were sent elsewhere.

    `asking` × `factor` is the hazard before. Each starter is sent elsewhere at most once, so the order of the measures
    does not matter. Who is sent elsewhere keeps an entrance apart: with the pool, and the doubt, of the form asked for.
    """
    sent: dict[tuple[int, int], Floats] = {}
    for effect, part in _removed(pulls):
        to, share = np.asarray(effect.to), np.broadcast_to(factor * part, np.broadcast_shapes(factor.shape, part.shape))
        for source in np.flatnonzero(effect.touches.any(axis=0)):
            gone = asking[..., source] * share[..., source]
            for target in np.flatnonzero(to[source]):
                key = (int(source), int(target))
                sent[key] = sent.get(key, np.zeros(1)) + gone * to[source, target]
        if effect.waterbed is not None:
            beds.append((effect, asking * share))
    stays = asking * (factor * _factor(pulls))
    shape = np.broadcast_shapes(stays.shape[:3], *[part.shape for part in sent.values()])
    columns = [np.broadcast_to(part, shape)[..., None] for part in sent.values()]
    own = range(stays.shape[3])
    asked = np.array([*own, *[key[0] for key in sent]], dtype=np.int64)
    form = np.array([*own, *[key[1] for key in sent]], dtype=np.int64)
    whole = np.concatenate([np.broadcast_to(stays, (*shape, len(own))), *columns], axis=-1) if sent else stays
    return whole, asked, form


def _diversion(effect: Effect, removed: Floats, entrances: int) -> Diversion:
    bed = effect.waterbed
    assert bed is not None
    share = np.atleast_1d(np.asarray(bed.share))[:, None, None, None]
    missing = entrances - removed.shape[-1]
    return Diversion(
        rate=np.pad(removed * share, [(0, 0), (0, 0), (0, 0), (0, missing)]),
        to=np.pad(bed.to, [(0, missing), (0, 0)]),
        delay=bed.delay,
    )


def _through(town: Town, pulls: list[_Pull]) -> Floats:
    """Return throughflow per pair, [D|1, T|1, K|1, C|1, R]."""
    share = town.rates.through[None, None, :, None, :]
    source, target = town.rates.follows.T
    for pull in pulls:
        pairs = np.ones(len(source)) if pull.effect.to is None else pull.effect.to[source, target]
        share = share * (1.0 + pull.reach[..., source] * pull.change * pairs)[:, :, None]
    return share
