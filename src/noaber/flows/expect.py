"""Expected values, month by month: the renewal equation over cells, forms and elapsed months; no person is simulated.

Letters in shapes are those of words.py and resolved.py. While counting, draws come last (block.py).

The month t, in order: people age and move; who goes on or comes back arrives; residents at risk start; everyone present
counts once as client; ends fall at the end of the month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .block import Block, of_month, over, parts
from .capacity import Capacity, admit
from .resolved import Flows, Move, by_period
from .words import Demography, Floats


@dataclass(frozen=True, kw_only=True)
class States:
    """Expected persons per draw, month and zone; Z zones. Where `Flows` has periods, T counts those."""

    clients: Floats
    """[D, T, Z, G] everyone who has support in the month."""
    starts: Floats
    """[D, T, Z, F]"""
    ends: Floats
    """[D, T, Z, F] for whom the month was the last."""
    waiting: Floats
    """[D, T, Z, F] at the end of the month; zeros (of length 1 on T) without a capacity."""


class _Present:
    """Clients by elapsed months: the last class, [G, C, D], and the young ones in a ring by month of start, [K-1, ...].

    In a ring, growing older moves nothing: who started in month s lies in place s mod K-1.
    """

    def __init__(self, block: Block) -> None:
        stock, shape = np.swapaxes(block.flows.stock, 1, 2)[..., None], (block.tracks, block.cells, block.size)
        self.ring = len(block.exit) - 1
        self.tail, self.young = np.zeros(shape), np.zeros((self.ring, *shape))
        self.tail[block.flows.first_tracks] = stock[-1]
        for age in range(self.ring):
            self.young[-age % self.ring, block.flows.first_tracks] = stock[age]
        self._turning = -np.arange(2 * self.ring) % max(self.ring, 1)
        self._stay_young, self._stay_tail = self.by_age(block.stay)

    def by_age(self, values: Floats) -> tuple[Floats, Floats]:
        """Return values per class [K, ...] as twice around the ring, for `in_place`, and those of the last class."""
        return values[:-1][self._turning], values[-1]

    def in_place(self, around: Floats, month: int) -> Floats:
        """Return the values that lie beside the young ones in this month."""
        start = -month % self.ring if self.ring else 0
        return around[start : start + self.ring]

    def begin(self, month: int, starters: Floats) -> None:
        (self.young[month % self.ring] if self.ring else self.tail)[:] += starters

    def total(self) -> Floats:
        return self.young.sum(axis=0) + self.tail if self.ring else self.tail

    def weighted(self, month: int, values: Floats) -> Floats:
        """Return everyone times values per class [K, G, C|1, D|1], summed: [G, C, D]."""
        young, tail = self.by_age(values)
        persons: Floats = self.tail * tail
        return persons + (self.young * self.in_place(young, month)).sum(axis=0) if self.ring else persons

    def end(self, month: int) -> None:
        """Let go who ends; who stays has a month more behind them."""
        self.tail *= self._stay_tail
        if self.ring:
            self.young *= self.in_place(self._stay_young, month)
            oldest = self.young[(month + 1) % self.ring]
            self.tail += oldest
            oldest[:] = 0.0

    def apply(self, people: Floats) -> None:
        """Move everyone between cells by a map [C, C]."""
        self.tail, self.young = people @ self.tail, people @ self.young

    def move(self, move: Move, share: Floats) -> None:
        for part in (self.young, self.tail[None]):
            moved = part[:, move.source] * share
            part[:, move.source] -= moved
            part[:, move.target] += moved


class _Arrivals:
    """Who starts a form in a later month, from throughflow, diversions and returns: persons [F, C, D] per month."""

    def __init__(self) -> None:
        self.queue: dict[int, Floats] = {}

    def add(self, month: int, persons: Floats) -> None:
        self.queue[month] = self.queue[month] + persons if month in self.queue else persons

    def take(self, month: int) -> Floats | None:
        return self.queue.pop(month, None)

    def apply(self, people: Floats) -> None:
        self.queue = {month: people @ persons for month, persons in self.queue.items()}


class _Found:
    """What is written down of a block: [T, X, Z, D] each."""

    def __init__(self, block: Block, zones: int, *, waiting: bool) -> None:
        size, months = (zones, block.size), block.flows.months
        self.clients = np.empty((months, block.tracks, *size))
        self.starts, self.ends = (np.empty((months, block.forms, *size)) for _ in range(2))
        self.waiting = np.zeros((months if waiting else 1, block.forms, *size))


def expect(flows: Flows, capacity: Capacity | None = None) -> States:
    """Return what to expect from these flows, exact up to rounding; with a capacity, admitted = min(demand, capacity).

    Costs D × T × C × G × K multiplications. Source: the renewal equation, see docs/explanation/flow-engine.md.
    """
    zones = len(np.unique(flows.zone)) if flows.to_zone is None else len(flows.to_zone)
    size, forms = (flows.draws, flows.periods, zones), len(flows.pool)
    whole = States(
        clients=np.empty((*size, len(flows.track_form))),
        starts=np.empty((*size, forms)),
        ends=np.empty((*size, forms)),
        waiting=np.zeros((flows.draws, flows.periods if capacity else 1, zones, forms)),
    )
    for draws in parts(flows):
        block = Block(flows, draws)
        found = _Found(block, zones, waiting=capacity is not None)
        _walk(block, capacity, found)
        for name, values in vars(found).items():
            added = values
            if flows.period is not None and len(values) > 1:
                added = by_period(values, flows.period, axis=0)
            getattr(whole, name)[draws] = added.transpose(3, 0, 2, 1)
    return whole


def _walk(block: Block, capacity: Capacity | None, found: _Found) -> None:
    """Go through the months and write down what happens."""
    flows, present, arrivals = block.flows, _Present(block), _Arrivals()
    population, waiting = flows.residents[:, None], np.zeros((block.forms, block.cells, block.size))
    here, following = present.total(), len(flows.follows) > 0
    there = block.by_zone(here)
    by_elapsed = following and block.through.shape[1] > 1
    for month in range(flows.months):
        people = _people(flows.demography, month)
        if people is not None:
            population, waiting = people @ population, people @ waiting
            present.apply(people)
            arrivals.apply(people)
        if flows.demography is not None:
            population = population + flows.demography.newcomers[month][:, None]
        for move, rate in zip(flows.moves, block.moves, strict=True):
            present.move(move, of_month(rate, month))
        if people is not None or flows.moves:
            here = present.total()
            there = block.by_zone(here)
        arriving, in_care = arrivals.take(month), block.by_form(here)
        taken = in_care if arriving is None else in_care + arriving
        served = over(block.to_pool, taken if capacity is None else taken + waiting)
        demand = _demand(block, month, np.maximum(population - served, 0.0), arriving, arrivals)
        if capacity is not None:
            demand, waiting = admit(capacity, month, demand + waiting, in_care.sum(axis=1))
            found.waiting[month] = block.by_zone(waiting)
        starters = demand if block.weight is None else demand[flows.track_form] * of_month(block.weight, month)
        found.starts[month] = block.by_zone(demand)
        begun = found.starts[month] if block.weight is None else block.by_zone(starters)
        np.add(there, begun, out=found.clients[month])
        now = here + starters if following else here
        present.begin(month, starters)
        for back, extra in zip(flows.returns, block.extra, strict=True):
            arrivals.add(month + 1 + back.delay, over(back.to.T, present.weighted(month, extra)))
        going = _by_elapsed(block, present, month) if by_elapsed else None
        present.end(month)
        here = present.total()
        there = block.by_zone(here)
        found.ends[month] = block.by_form(found.clients[month] - there)
        if following:
            arrivals.add(month + 1, going if going is not None else _going_on(block, month, now - here))
    np.maximum(found.ends, 0.0, out=found.ends)  # where nobody ended, rounding may say a little less


def _people(demography: Demography | None, month: int) -> Floats | None:
    """Return the map that moves people at the start of the month, if any."""
    if demography is None or demography.at[month] < 0:
        return None
    people: Floats = demography.maps[demography.at[month]]
    return people


def _demand(block: Block, month: int, at_risk: Floats, arriving: Floats | None, arrivals: _Arrivals) -> Floats:
    """Return who would start now, [F, C, D], and queue who is diverted to later."""
    spread = block.entrances(at_risk)
    demand = spread * block.hazard(month)
    if block.to_form is not None:
        demand = over(block.to_form, demand)
    if arriving is not None:
        demand += arriving
    for number, diversion in enumerate(block.flows.diversions):
        persons = over(diversion.to.T, spread * block.diversion(number, month))
        if diversion.delay == 0:
            demand += persons
        else:
            arrivals.add(month + diversion.delay, persons)
    return demand


def _going_on(block: Block, month: int, ended: Floats) -> Floats:
    """Return who goes on to a next form, [F, C, D], of who ended, [G, C, D], when all that end do so alike."""
    share = of_month(block.through, month)[0]
    return over(block.followers, block.by_form(ended)[block.flows.follows[:, 0]] * share)


def _by_elapsed(block: Block, present: _Present, month: int) -> Floats:
    """Return the same by months behind who will end this month, where those decide who goes on."""
    source, share = block.flows.follows[:, 0], of_month(block.through, month)
    (young, tail), (young_share, tail_share) = present.by_age(block.exit), present.by_age(share)
    going = block.by_form(present.tail * tail)[source] * tail_share
    ended = block.by_form(present.young * present.in_place(young, month))[:, source]
    return over(block.followers, going + (ended * present.in_place(young_share, month)).sum(axis=0))
