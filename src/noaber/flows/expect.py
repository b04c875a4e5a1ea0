"""Expected values, month by month: the renewal equation over cells, forms and elapsed months; no person is simulated.

Letters in shapes are those of words.py, and G tracks (groups of clients of one form with the same duration; without
duration measures one per form), E entrances (pool × form: where starts come from), N diversions.

The month t, in order: people age and move; who goes on or comes back arrives; residents at risk start; everyone present
counts once as client; ends fall at the end of the month.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from .capacity import Capacity, admit
from .words import Demography, Floats, Ints, one_hot

IN_CACHE = 16_384
"""Cells × forms × draws that are worked on at once; their arrays then stay in the processor's cache."""


@dataclass(frozen=True, kw_only=True)
class Diversion:
    """Residents who were kept from a form, or sent elsewhere, and start a form `delay` months later."""

    rate: Floats
    """[D|1, T|1, C, E] part of the hazard that was taken away and comes back."""
    to: Floats
    """[E, F] over which forms they spread."""
    delay: int


@dataclass(frozen=True, kw_only=True)
class Return:
    """Clients who ended only because of a measure, and start a form `delay` months after the next."""

    extra: Floats
    """[D|1, K, C|1, G] part of the exit share that the measure caused and that comes back."""
    to: Floats
    """[G, F]"""
    delay: int


@dataclass(frozen=True, kw_only=True)
class Move:
    """Present clients who are reassessed and go from one track of a form to another, keeping their elapsed months."""

    source: int
    target: int
    rate: Floats
    """[D|1, T, C] share of those on the source track at the start of the month."""


@dataclass(frozen=True, kw_only=True)
class Flows:
    """Everything that decides how many clients there are: rates after all measures, resolved to arrays."""

    draws: int
    months: int
    residents: Floats
    """[C]"""
    zone: Ints
    """[C] what is added up while counting: areas, or every cell by itself where cells differ in what a client costs."""
    stock: Floats
    """[K, C, F]"""
    demography: Demography | None
    pool: Ints
    """[F] pool of each form."""
    entrance_pool: Ints
    """[E]"""
    entrance_form: Ints
    """[E]; the first F entrances are the forms themselves."""
    hazard: Floats
    """[D|1, T|1, C, E] chance per resident at risk and month, before doubt."""
    track_form: Ints
    """[G]"""
    weight: Floats | None
    """[D|1, T|1, C, G] share of a form's starters that goes on each of its tracks; None when every form has one."""
    exit: Floats
    """[D|1, K, C|1, G]"""
    follows: Ints
    """[R, 2]"""
    through: Floats
    """[D|1, T|1, K|1, C|1, R]"""
    diversions: tuple[Diversion, ...] = ()
    returns: tuple[Return, ...] = ()
    moves: tuple[Move, ...] = ()
    doubt: Floats = field(default_factory=lambda: np.ones((1, 1)))
    """[D|1, E|1] factor on the hazard and on the rates of diversions: apart, because with it they would be D times as
    large."""

    def parts(self) -> Iterator[tuple[slice, Flows]]:
        """Yield the draws in blocks that fit in the processor's cache, with doubt worked into the rates.

        Blocks depend on the town only, so that results never do.
        """
        size = max(1, IN_CACHE // (len(self.residents) * len(self.pool)))
        for start in range(0, self.draws, size):
            draws = slice(start, min(start + size, self.draws))
            yield draws, self._part(draws)

    def _part(self, draws: slice) -> Flows:
        doubt = of_draws(self.doubt, draws)[:, None, None, :]
        diversions = [replace(one, rate=of_draws(one.rate, draws) * doubt) for one in self.diversions]
        return replace(
            self,
            draws=draws.stop - draws.start,
            hazard=of_draws(self.hazard, draws) * doubt,
            exit=of_draws(self.exit, draws),
            through=of_draws(self.through, draws),
            diversions=tuple(diversions),
            returns=tuple(replace(one, extra=of_draws(one.extra, draws)) for one in self.returns),
            doubt=np.ones((1, 1)),
        )

    @cached_property
    def plain(self) -> bool:
        """Whether every form has one track."""
        return len(self.track_form) == len(self.pool)

    @cached_property
    def to_pool(self) -> Floats:
        """[F, P]"""
        return one_hot(self.pool, int(self.pool.max()) + 1)

    @cached_property
    def to_form(self) -> Floats:
        """[G, F]"""
        return one_hot(self.track_form, len(self.pool))

    @cached_property
    def entering(self) -> Floats:
        """[E, F]"""
        return one_hot(self.entrance_form, len(self.pool))

    @cached_property
    def from_pool(self) -> Floats:
        """[P, E]"""
        return np.ascontiguousarray(one_hot(self.entrance_pool, int(self.pool.max()) + 1).T)

    @cached_property
    def to_zone(self) -> Floats | None:
        """[Z, C]; None when every cell is a zone by itself."""
        if np.array_equal(self.zone, np.arange(len(self.zone))):
            return None
        return np.ascontiguousarray(one_hot(self.zone, int(self.zone.max()) + 1).T)

    def by_form(self, persons: Floats) -> Floats:
        """Return [..., F] from [..., G]."""
        return persons if self.plain else persons @ self.to_form

    def by_zone(self, persons: Floats) -> Floats:
        """Return [..., Z, X] from [..., C, X]."""
        return persons if self.to_zone is None else self.to_zone @ persons


@dataclass(frozen=True, kw_only=True)
class States:
    """Expected persons per draw, month and zone; Z zones."""

    clients: Floats
    """[D, T, Z, G] everyone who has support in the month."""
    starts: Floats
    """[D, T, Z, F]"""
    ends: Floats
    """[D, T, Z, F] for whom the month was the last."""
    waiting: Floats
    """[D, T, Z, F] at the end of the month; zeros (of length 1 on T) without a capacity."""


def of_draws(values: Floats, draws: slice) -> Floats:
    """Return these draws of an array whose first axis may have length 1."""
    return values[draws] if len(values) > 1 else values


def at(values: Floats, month: int, axis: int = 1) -> Floats:
    """Return the month of an array whose time axis may have length 1."""
    index = month if values.shape[axis] > 1 else 0
    return values[:, index] if axis == 1 else values[index]


class _Present:
    """Clients by elapsed months, [K, D, C, G], kept by month of start so that growing older moves nothing."""

    def __init__(self, flows: Flows) -> None:
        classes, cells = flows.exit.shape[1], len(flows.residents)
        shape = (flows.draws, cells, len(flows.track_form))
        self.youngest = classes - 2
        self.cohorts = np.zeros((max(flows.months + self.youngest, 0), *shape))
        self.tail = np.zeros(shape)
        first = np.array([int(np.flatnonzero(flows.track_form == form)[0]) for form in range(flows.stock.shape[2])])
        self.tail[..., first] = flows.stock[-1]
        for age in range(classes - 1):
            self.cohorts[self.youngest - age][..., first] = flows.stock[age]
        hazard = np.moveaxis(flows.exit, 1, 0)
        self.exit_young, self.exit_tail = hazard[:-1][::-1], hazard[-1]

    def young(self, month: int) -> Floats:
        """Return those with fewer than K-1 months behind them, oldest first."""
        return self.cohorts[month : month + self.youngest + 1]

    def begin(self, month: int, starters: Floats) -> None:
        if self.youngest < 0:
            self.tail += starters
        else:
            self.cohorts[month + self.youngest] += starters

    def total(self, month: int) -> Floats:
        return self.young(month).sum(axis=0) + self.tail if self.youngest >= 0 else self.tail

    def end(self, month: int) -> tuple[Floats, Floats]:
        """Take out who ends; return them by elapsed months (oldest of the young first) and of the tail."""
        young = self.young(month)
        ended_young, ended_tail = young * self.exit_young, self.tail * self.exit_tail
        young -= ended_young
        self.tail -= ended_tail
        if self.youngest >= 0:
            self.tail += young[0]
        return ended_young, ended_tail

    def apply(self, month: int, people: Floats) -> None:
        """Move everyone between cells by a map [C, C]."""
        self.tail[:] = people @ self.tail
        self.young(month)[:] = people @ self.young(month)

    def move(self, month: int, move: Move) -> None:
        share = at(move.rate, month)
        for part in (self.young(month), self.tail[None]):
            moved = part[..., move.source] * share
            part[..., move.source] -= moved
            part[..., move.target] += moved


class _Arrivals:
    """Who starts a form in a later month, from throughflow, diversions and returns: persons [D, C, F] per month."""

    def __init__(self, flows: Flows) -> None:
        self.shape = (flows.draws, len(flows.residents), len(flows.pool))
        self.queue: dict[int, Floats] = {}

    def add(self, month: int, persons: Floats) -> None:
        self.queue[month] = self.queue[month] + persons if month in self.queue else persons

    def take(self, month: int) -> Floats | None:
        return self.queue.pop(month, None)

    def apply(self, people: Floats) -> None:
        self.queue = {month: people @ persons for month, persons in self.queue.items()}


def expect(flows: Flows, capacity: Capacity | None = None) -> States:
    """Return what to expect from these flows, exact up to rounding; with a capacity, admitted = min(demand, capacity).

    Costs D × T × C × G × K multiplications. Source: the renewal equation, see docs/explanation/flow-engine.md.
    """
    zones, forms, tracks = (
        len(flows.by_zone(np.zeros((len(flows.residents), 1)))),
        len(flows.pool),
        len(flows.track_form),
    )
    size = (flows.draws, flows.months, zones)
    whole = States(
        clients=np.empty((*size, tracks)),
        starts=np.empty((*size, forms)),
        ends=np.empty((*size, forms)),
        waiting=np.zeros((flows.draws, flows.months if capacity else 1, zones, forms)),
    )
    for draws, part in flows.parts():
        _walk(part, capacity, States(**{name: values[draws] for name, values in vars(whole).items()}))
    return whole


def _walk(flows: Flows, capacity: Capacity | None, found: States) -> None:
    """Go through the months and write down what happens."""
    draws, cells, forms = flows.draws, len(flows.residents), len(flows.pool)
    present, arrivals = _Present(flows), _Arrivals(flows)
    population, waiting = flows.residents, np.zeros((draws, cells, forms))
    for month in range(flows.months):
        people = _people(flows.demography, month)
        if people is not None:
            population, waiting = people @ population, people @ waiting
            present.apply(month, people)
            arrivals.apply(people)
        if flows.demography is not None:
            population = population + flows.demography.newcomers[month]
        arriving = arrivals.take(month)
        for move in flows.moves:
            present.move(month, move)
        here = present.total(month)
        in_care = flows.by_form(here)
        taken = in_care if arriving is None else in_care + arriving
        served = (taken if capacity is None else taken + waiting) @ flows.to_pool
        at_risk = np.maximum(population[:, None] - served, 0.0)
        demand = _demand(flows, month, at_risk, arriving, arrivals)
        if capacity is not None:
            demand, waiting = admit(capacity, month, demand + waiting, in_care.sum(axis=1))
            found.waiting[:, month] = flows.by_zone(waiting)
        starters = demand if flows.weight is None else demand[..., flows.track_form] * at(flows.weight, month)
        found.starts[:, month] = flows.by_zone(demand)
        found.clients[:, month] = flows.by_zone(here + starters)
        present.begin(month, starters)
        for back in flows.returns:
            arrivals.add(month + 1 + back.delay, _returning(present, month, back))
        young, tail = present.end(month)
        ended = flows.by_form(young.sum(axis=0) + tail if len(young) else tail)
        found.ends[:, month] = flows.by_zone(ended)
        if len(flows.follows):
            arrivals.add(month + 1, _throughflow(flows, month, young, tail, ended))


def _people(demography: Demography | None, month: int) -> Floats | None:
    """Return the map that moves people at the start of the month, if any."""
    if demography is None or demography.at[month] < 0:
        return None
    people: Floats = demography.maps[demography.at[month]]
    return people


def _demand(flows: Flows, month: int, at_risk: Floats, arriving: Floats | None, arrivals: _Arrivals) -> Floats:
    """Return who would start now, [D, C, F], and queue who is diverted to later."""
    pools, forms = at_risk.shape[-1], len(flows.pool)
    spread = at_risk if pools == 1 else at_risk @ flows.from_pool
    inflow = spread * at(flows.hazard, month)
    demand = inflow if inflow.shape[-1] == forms else inflow @ flows.entering
    if arriving is not None:
        demand = demand + arriving
    for diversion in flows.diversions:
        persons = (spread * at(diversion.rate, month)) @ diversion.to
        if diversion.delay == 0:
            demand = demand + persons
        else:
            arrivals.add(month + diversion.delay, persons)
    return demand


def _returning(present: _Present, month: int, back: Return) -> Floats:
    """Return who will end this month only because of a measure and come back, [D, C, F]."""
    extra = np.moveaxis(back.extra, 1, 0)
    persons: Floats = present.tail * extra[-1]
    if present.youngest >= 0:
        persons = persons + (present.young(month) * extra[:-1][::-1]).sum(axis=0)
    return persons @ back.to


def _throughflow(flows: Flows, month: int, young: Floats, tail: Floats, ended: Floats) -> Floats:
    """Return who goes on to a next form in the next month, [D, C, F], of who ended: by elapsed months and in all."""
    share = np.moveaxis(at(flows.through, month), 1, 0)
    source, target = flows.follows.T
    if len(share) == 1:
        going = ended[..., source] * share[0]
    else:
        going = flows.by_form(tail)[..., source] * share[-1]
        going = going + (flows.by_form(young)[..., source] * share[:-1][::-1]).sum(axis=0)
    return np.asarray(going @ one_hot(target, len(flows.pool)))
