"""Chance: how far a real year may lie from what is expected, in closed form; and quantiles over draws and chance.

Residents are independent given the rates, so the spread follows from first and second moments, computed backwards in
time. Between pools (a start from another pool, a delayed return) only the expected consequence is carried over.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .block import Block, of_month, over, parts, turned
from .evaluate import blocks
from .levers import Measure
from .pipeline import draws_of, resolve
from .resolved import Flows, of_draws
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
    counts = months[:1] if (months == months[0]).all() else months
    found = []
    for part in blocks(town, draws_of(doubt, measures)):
        flows, weights = resolve(town, measures, doubt, part)
        cost = weights.units * weights.price - weights.contribution
        found.append((counting or moments)(flows, cost * counts[None, :, None, None] * forms[flows.track_form]))
    return _together(found)


def moments(flows: Flows, cost: Floats) -> Moments:
    """Return mean and variance [D] of what `cost` [D|1, T|1, C|1, G] per client-month adds up to.

    Exact when a resident's pools do not act on each other.
    """
    return _together([_moments(Block(flows, draws), turned(of_draws(cost, draws))) for draws in parts(flows)])


def _together(parts: Sequence[Moments]) -> Moments:
    return Moments(
        mean=np.concatenate([part.mean for part in parts]), variance=np.concatenate([part.variance for part in parts])
    )


def _moments(block: Block, cost: Floats) -> Moments:
    """Return the moments of a block, from `cost` [T|1, G, C|1, D|1]."""
    demography, entered = block.flows.demography, np.zeros(block.size)
    first, second = _Backward(block), _Backward(block)
    square = np.empty_like(first.client)
    for month in reversed(range(block.flows.months)):
        now = block.whole(of_month(cost, month))
        first.step(month, now)
        np.add(first.client, first.by_track(first.resident), out=square)  # spent from now on, by who is present
        square *= 2.0
        square -= now
        square *= now
        second.step(month, square)
        if demography is not None:
            worth = ((first.at_risk + first.resident) ** 2).sum(axis=0)
            entered = entered + demography.newcomers[month] @ worth
        first.to_start(month)
        second.to_start(month)
    return Moments(mean=first.value(), variance=np.maximum(second.value() - first.squared_entries() - entered, 0.0))


class _Backward:
    """What one more person is worth from this month on, by where that person is.

    `client` [K, G, C, D] is what a client is worth more than a resident without support in the same pool; `resident`
    [P, C, D] what a resident is worth per pool; `later_newcomers` [D] what those are who come later.
    """

    def __init__(self, block: Block) -> None:
        self.block, self.flows = block, block.flows
        self.track_pool = self.flows.pool[self.flows.track_form]
        self.client = np.zeros_like(block.stay)
        self.resident = np.zeros((block.pools, block.cells, block.size))
        self.at_risk = np.zeros_like(self.resident)
        self.arrival: dict[int, Floats] = {}
        self.later_newcomers = np.zeros(block.size)
        self.start = np.zeros((block.forms, block.cells, block.size))

    def by_track(self, by_pool: Floats) -> Floats:
        """Return [G, C, D] from a value per pool, [P, C, D]; as it is when there is one pool."""
        return by_pool if self.block.pools == 1 else by_pool[self.track_pool]

    def step(self, month: int, now: Floats) -> None:
        """Go from the start of the next month to the counting of this one, where clients cost `now`."""
        self.client[:-1] = self.block.stay[:-1] * self.client[1:]
        self.client[-1] *= self.block.stay[-1]
        if self.flows.returns or len(self.flows.follows):
            self._add_what_follows(month)
        self.client += now
        weight = self.block.weight
        starter = self.client[0] if weight is None else self.client[0] * of_month(weight, month)
        self.start = self.block.by_form(starter)
        self.at_risk = self._at_risk(month)

    def _add_what_follows(self, month: int) -> None:
        """Add what comes when support ends: another form, or a return, in a later month."""
        block, flows = self.block, self.flows
        following = self.arrival.get(month + 1)
        if len(flows.follows) and following is not None:
            source, target = flows.follows.T
            pairs = of_month(block.through, month) * following[target]
            by_form = one_hot(source, block.forms).T @ pairs.reshape(*pairs.shape[:2], -1)
            by_form = by_form.reshape(len(pairs), block.forms, *following.shape[1:])
            self.client += block.exit * by_form[:, flows.track_form]
        for back, extra in zip(flows.returns, block.extra, strict=True):
            following = self.arrival.get(month + 1 + back.delay)
            if following is not None:
                self.client += extra * over(back.to, following)

    def _at_risk(self, month: int) -> Floats:
        """Return what a month at risk is worth, per pool, through starts and diversions."""
        block, flows = self.block, self.flows
        start = self.start if block.to_form is None else self.start[flows.entrance_form]
        worth = block.hazard(month) * start
        for number, diversion in enumerate(flows.diversions):
            arrival = self.start if diversion.delay == 0 else self.arrival.get(month + diversion.delay)
            if arrival is not None:
                worth += block.diversion(number, month) * over(diversion.to, arrival)
        return over(flows.from_pool, worth)

    def to_start(self, month: int) -> None:
        """Go from the counting of this month to its start, before people age and move."""
        flows, demography = self.flows, self.flows.demography
        if demography is not None:
            worth = demography.newcomers[month] @ (self.at_risk + self.resident).sum(axis=0)
            self.later_newcomers = self.later_newcomers + worth
        if flows.diversions or flows.returns or len(flows.follows):
            self.arrival[month] = self.start - (self.at_risk if self.block.pools == 1 else self.at_risk[flows.pool])
        self.client -= self.by_track(self.at_risk)  # `start` may be a view of it, so this comes last
        self.resident = self.resident + self.at_risk
        for move, rate in reversed(list(zip(flows.moves, self.block.moves, strict=True))):
            step = self.client[:, move.target] - self.client[:, move.source]
            self.client[:, move.source] += of_month(rate, month) * step
        if demography is not None and demography.at[month] >= 0:
            back = demography.maps[demography.at[month]].T
            self.client, self.resident = back @ self.client, back @ self.resident
            self.arrival = {when: back @ worth for when, worth in self.arrival.items()}

    def value(self) -> Floats:
        """Return what everyone together is worth from the start of month 0, [D]."""
        living = self.flows.residents @ self.resident.sum(axis=0)
        stock = np.einsum("kfcd,kcf->d", self.client[:, self.flows.first_tracks], self.flows.stock)
        return np.asarray(living + stock + self.later_newcomers)

    def squared_entries(self) -> Floats:
        """Return the sum over residents and pools of their squared expected value at month 0, [D]."""
        flows = self.flows
        clients = self.client[:, self.flows.first_tracks] + self.resident[flows.pool]
        free = flows.residents[:, None] - flows.stock.sum(axis=0) @ flows.to_pool
        squares = np.einsum("kfcd,kfcd,kcf->d", clients, clients, flows.stock)
        return np.asarray(squares + np.einsum("pcd,pcd,cp->d", self.resident, self.resident, free))


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
