"""Chance: how far a real year may lie from what is expected, in closed form; and quantiles over draws and chance.

Residents are independent given the rates, so the spread follows from first and second moments, computed backwards in
time. Between pools (a start from another pool, a delayed return) only the expected consequence is carried over.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .evaluate import blocks
from .expect import Flows, at, of_draws
from .levers import Measure
from .pipeline import draws_of, resolve
from .words import Doubt, Floats, Town, one_hot


@dataclass(frozen=True, kw_only=True)
class Moments:
    """Expected value and variance by chance alone, [D] each."""

    mean: Floats
    variance: Floats


def chance(
    town: Town,
    measures: Sequence[Measure] = (),
    *,
    months: Floats,
    forms: Floats,
    doubt: Doubt | None = None,
    counting: Callable[[Flows, Floats], Moments] | None = None,
) -> Moments:
    """Return mean and variance [D] of net euros over `months` [T] and `forms` [F], both weights of 0 or 1.

    Fixed costs and stated amounts are certain and left out; so is a capacity. `counting` is `moments`, or its faster
    twin `fast.moments`.
    """
    doubt = doubt or Doubt()
    parts = []
    for part in blocks(town, draws_of(doubt, measures)):
        flows, weights = resolve(town, measures, doubt, part)
        cost = weights.units * weights.price - weights.contribution
        parts.append((counting or moments)(flows, cost * months[None, :, None, None] * forms[flows.track_form]))
    return _together(parts)


def moments(flows: Flows, cost: Floats) -> Moments:
    """Return mean and variance [D] of what `cost` [D|1, T|1, C|1, G] per client-month adds up to.

    Exact when a resident's pools do not act on each other.
    """
    found = [_moments(part, of_draws(cost, draws)) for draws, part in flows.parts()]
    return _together(found)


def _together(parts: Sequence[Moments]) -> Moments:
    return Moments(
        mean=np.concatenate([part.mean for part in parts]), variance=np.concatenate([part.variance for part in parts])
    )


def _moments(flows: Flows, cost: Floats) -> Moments:
    first, second = _Backward(flows), _Backward(flows)
    entered = np.zeros(flows.draws)
    for month in reversed(range(flows.months)):
        now = at(cost, month)
        first.step(month, now)
        square = first.client + first.by_track(first.resident)  # what is spent now and later, by who is present
        square *= 2.0 * now
        square -= now**2
        second.step(month, square)
        if flows.demography is not None:
            entered = entered + _newcomers(flows.demography.newcomers[month], first)
        first.to_start(month)
        second.to_start(month)
    mean, squares = first.value(), second.value()
    return Moments(mean=mean, variance=np.maximum(squares - first.squared_entries() - entered, 0.0))


class _Backward:
    """What one more person is worth from this month on, by where that person is.

    `client` [K, D, C, G] is what a client is worth more than a resident without support in the same pool; `resident`
    [D, C, P] what a resident is worth per pool; `newcomer` the same, summed over months, for who comes later.
    """

    def __init__(self, flows: Flows) -> None:
        self.flows = flows
        self.forms, self.pools = len(flows.pool), int(flows.pool.max()) + 1
        cells, classes = len(flows.residents), flows.exit.shape[1]
        self.exit = np.moveaxis(flows.exit, 1, 0)
        self.stay = 1.0 - self.exit
        self.client = np.zeros((classes, flows.draws, cells, len(flows.track_form)))
        self.resident = np.zeros((flows.draws, cells, self.pools))
        self.at_risk = np.zeros((flows.draws, cells, self.pools))
        self.arrival: dict[int, Floats] = {}
        self.later_newcomers = np.zeros(flows.draws)
        self.start = np.zeros((flows.draws, cells, self.forms))

    def by_track(self, values: Floats) -> Floats:
        """Return [D, C, G] from a value per pool, [D, C, P]."""
        return values if self.pools == 1 else values @ self.flows.to_pool[self.flows.track_form].T

    def step(self, month: int, now: Floats) -> None:
        """Go from the start of the next month to the counting of this one, where clients cost `now`."""
        flows = self.flows
        older = self.client if len(self.client) == 1 else np.concatenate([self.client[1:], self.client[-1:]])
        future: Floats = self.stay * older
        if flows.returns or len(flows.follows):
            future = future + self._after_end(month)
        future += now
        self.client = future
        starter = self.client[0] if flows.weight is None else self.client[0] * at(flows.weight, month)
        self.start = flows.by_form(starter)
        self.at_risk = self._at_risk(month)

    def _after_end(self, month: int) -> Floats:
        """Return what follows when support ends: another form, or a return, in a later month."""
        flows, worth = self.flows, np.zeros((1, 1, 1, 1))
        following = self.arrival.get(month + 1)
        if len(flows.follows) and following is not None:
            share = np.moveaxis(at(flows.through, month), 1, 0)
            source, target = flows.follows.T
            by_form = (share * following[..., target]) @ one_hot(source, self.forms)
            worth = worth + self.exit * by_form[..., flows.track_form]
        for back in flows.returns:
            following = self.arrival.get(month + 1 + back.delay)
            if following is not None:
                worth = worth + np.moveaxis(back.extra, 1, 0) * (following @ back.to.T)
        return worth

    def _at_risk(self, month: int) -> Floats:
        """Return what a month at risk is worth, per pool, through starts and diversions."""
        flows = self.flows
        start = self.start if len(flows.entrance_form) == self.forms else self.start[..., flows.entrance_form]
        worth = at(flows.hazard, month) * start
        for diversion in flows.diversions:
            arrival = self.start if diversion.delay == 0 else self.arrival.get(month + diversion.delay)
            if arrival is not None:
                worth = worth + at(diversion.rate, month) * (arrival @ diversion.to.T)
        return np.asarray(worth @ flows.from_pool.T)

    def to_start(self, month: int) -> None:
        """Go from the counting of this month to its start, before people age and move."""
        flows = self.flows
        demography = flows.demography
        if demography is not None:
            worth = (self.at_risk + self.resident).sum(axis=-1) @ demography.newcomers[month]
            self.later_newcomers = self.later_newcomers + worth
        if flows.diversions or flows.returns or len(flows.follows):
            self.arrival[month] = self.start - self.at_risk @ flows.to_pool.T
        self.client -= self.by_track(self.at_risk)  # `start` may be a view of it, so this comes last
        self.resident = self.resident + self.at_risk
        for move in reversed(flows.moves):
            step = self.client[..., move.target] - self.client[..., move.source]
            self.client[..., move.source] += at(move.rate, month) * step
        if demography is not None and demography.at[month] >= 0:
            back = demography.maps[demography.at[month]].T
            self.client, self.resident = back @ self.client, back @ self.resident
            self.arrival = {when: back @ worth for when, worth in self.arrival.items()}

    def value(self) -> Floats:
        """Return what everyone together is worth from the start of month 0, [D]."""
        flows = self.flows
        living = self.resident.sum(axis=-1) @ flows.residents
        stock = (self._first_tracks() * flows.stock[:, None]).sum(axis=(0, 2, 3))
        return np.asarray(living + stock + self.later_newcomers)

    def squared_entries(self) -> Floats:
        """Return the sum over residents and pools of their squared expected value at month 0, [D]."""
        flows = self.flows
        clients = self._first_tracks() + self.resident[..., flows.pool]
        free = flows.residents[:, None] - flows.stock.sum(axis=0) @ one_hot(flows.pool, self.pools)
        squares = (clients**2 * flows.stock[:, None]).sum(axis=(0, 2, 3))
        return np.asarray(squares + (self.resident**2 * free).sum(axis=(1, 2)))

    def _first_tracks(self) -> Floats:
        tracks = [int(np.flatnonzero(self.flows.track_form == form)[0]) for form in range(self.forms)]
        return self.client[..., tracks]


def _newcomers(coming: Floats, first: _Backward) -> Floats:
    """Return the squared expected value of who comes in this month [C], summed, [D]."""
    return np.asarray(((first.at_risk + first.resident) ** 2).sum(axis=-1) @ coming)


def residents(town: Town) -> Floats:
    """Return the residents per month and cell, [T, C], by the town's demography."""
    people, found = town.residents, np.empty((town.months, len(town.residents)))
    for month in range(town.months):
        if town.demography is not None:
            if town.demography.at[month] >= 0:
                people = town.demography.maps[town.demography.at[month]] @ people
            people = people + town.demography.newcomers[month]
        found[month] = people
    return found


def client_variance(clients: Floats, people: Floats) -> Floats:
    """Return the variance by chance of numbers of clients [D, T, C, F], given residents [T, C]: n·A·(1-A)."""
    living = people[None, :, :, None]
    share = np.divide(clients, living, out=np.zeros_like(clients), where=living > 0)
    return np.asarray(clients * (1.0 - np.minimum(share, 1.0)))


def overdispersed(mean: Floats, variance: Floats, frailty: float | Floats) -> Floats:
    """Return the variance when areas also differ in ways nobody measured: chance + (frailty × mean)²."""
    return np.asarray(variance + (np.asarray(frailty) * mean) ** 2)


def frailty(seen: Floats, expected: Floats, variance: Floats) -> float:
    """Return the relative spread that chance does not explain, from backtest residuals; 0 when chance explains all.

    `seen`, `expected` and its `variance` by chance have one shape: forecasts of the past beside what happened.
    """
    excess = ((seen - expected) ** 2 - variance).sum()
    return math.sqrt(max(float(excess), 0.0) / float((expected**2).sum()))


_GRID = np.linspace(-8.0, 8.0, 16_385)
_BELOW = np.array([0.5 * math.erfc(-point / math.sqrt(2.0)) for point in _GRID])


def normal(points: Floats) -> Floats:
    """Return the chance that a standard normal lies below these points, to seven digits."""
    return np.asarray(np.interp(points, _GRID, _BELOW))


def quantiles(mean: Floats, variance: Floats, chances: Sequence[float]) -> Floats:
    """Return the values below which the truth lies with these chances: [len(chances), ...] from draws [D, ...].

    Each draw counts as a normal around its mean with its variance; the quantile solves the mixture, without replicates.
    """
    spread = np.sqrt(np.maximum(variance, 0.0))
    spread = np.maximum(spread, 1e-12 * np.maximum(np.abs(mean), 1.0))
    low, high = (mean - 9.0 * spread).min(axis=0), (mean + 9.0 * spread).max(axis=0)
    found = []
    for chance_below in chances:
        under, over = low, high
        for _ in range(60):
            middle = 0.5 * (under + over)
            below = normal((middle - mean) / spread).mean(axis=0) < chance_below
            under, over = np.where(below, middle, under), np.where(below, over, middle)
        found.append(0.5 * (under + over))
    return np.stack(found)
