"""Some draws of `Flows` with the axes turned: persons are [forms, cells, draws], and every sum runs over rows of draws.

A processor adds rows several numbers at a time; and the arrays of a block are small enough to stay in its cache.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .resolved import Flows, of_draws
from .words import Floats, one_hot

IN_CACHE = 32_768
"""Cells × forms × draws that are worked on at once."""


def parts(flows: Flows) -> Iterator[slice]:
    """Yield the draws in blocks that fit in the processor's cache; fixed by the town, so that results are too."""
    size = max(1, IN_CACHE // (len(flows.residents) * len(flows.pool)))
    for start in range(0, flows.draws, size):
        yield slice(start, min(start + size, flows.draws))


def turned(values: Floats) -> Floats:
    """Return [..., X, C|1, D|1] from [D|1, ..., C|1, X]."""
    return np.ascontiguousarray(np.moveaxis(np.swapaxes(values, -1, -2), 0, -1))


def over(matrix: Floats, values: Floats) -> Floats:
    """Return [X, ...] from a matrix [X, Y] and values [Y, ...]."""
    return np.asarray((matrix @ values.reshape(len(values), -1)).reshape(len(matrix), *values.shape[1:]))


class Block:
    """The rates of some draws, [..., forms, cells, draws]; as in `Flows`, an axis that does not vary has length 1."""

    def __init__(self, flows: Flows, draws: slice) -> None:
        self.flows, self.size = flows, draws.stop - draws.start
        self.cells, self.forms, self.tracks = len(flows.residents), len(flows.pool), len(flows.track_form)
        self.to_pool = np.ascontiguousarray(flows.to_pool.T)
        self.pools = len(self.to_pool)
        self.to_form = np.ascontiguousarray(flows.entering.T) if len(flows.entrance_form) > self.forms else None
        self.followers = one_hot(flows.follows[:, 1], self.forms).T
        self.doubt = of_draws(flows.doubt, draws).T[:, None, :]
        self.exit = turned(of_draws(flows.exit, draws))
        self.stay = self.whole(1.0 - self.exit)
        self.through = turned(of_draws(flows.through, draws))
        self.weight = None if flows.weight is None else turned(of_draws(flows.weight, draws))
        self._hazard = self._constant(turned(of_draws(flows.hazard, draws)))
        self._diversions = [self._constant(turned(of_draws(one.rate, draws))) for one in flows.diversions]
        self.extra = [turned(of_draws(one.extra, draws)) for one in flows.returns]
        self.moves = [np.moveaxis(of_draws(one.rate, draws), 0, -1) for one in flows.moves]

    def whole(self, values: Floats) -> Floats:
        """Return values [..., G, C|1, D|1] for every cell and draw: arrays of one shape are worked on in one go."""
        return np.broadcast_to(values, (*values.shape[:-3], self.tracks, self.cells, self.size)).copy()

    def _constant(self, rate: Floats) -> Floats:
        """Work doubt into a rate that is the same every month; one of every month would no longer fit in the cache."""
        return rate * self.doubt if len(rate) == 1 else rate

    def hazard(self, month: int) -> Floats:
        """Return the chance to start through each entrance, [E, C, D|1]."""
        return self._of_month(self._hazard, month)

    def diversion(self, number: int, month: int) -> Floats:
        """Return the chance to be diverted, [E, C, D|1]."""
        return self._of_month(self._diversions[number], month)

    def _of_month(self, rate: Floats, month: int) -> Floats:
        return np.asarray(rate[0] if len(rate) == 1 else rate[month] * self.doubt)

    def entrances(self, by_pool: Floats) -> Floats:
        """Return [E, C, D] from [P, C, D]; as it is when there is one pool."""
        return by_pool if self.pools == 1 else by_pool[self.flows.entrance_pool]

    def by_form(self, persons: Floats) -> Floats:
        """Return [..., F, C, D] from [..., G, C, D]."""
        if self.flows.plain:
            return persons
        by_form: Floats = persons[..., self.flows.first_tracks, :, :]
        for track in self.flows.other_tracks:
            by_form[..., self.flows.track_form[track], :, :] += persons[..., track, :, :]
        return by_form

    def by_zone(self, persons: Floats) -> Floats:
        """Return [X, Z, D] from [X, C, D]."""
        return persons if self.flows.to_zone is None else self.flows.to_zone @ persons


def of_month(values: Floats, month: int) -> Floats:
    """Return the month of an array [T|1, ...]."""
    return np.asarray(values[month if len(values) > 1 else 0])
