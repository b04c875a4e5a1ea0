"""The twin of `expect` and `moments` in compiled loops, with numba (extra `fast`): the same answers, sooner.

Pass `engine=fast.expect` to `evaluate` or `net_of`, and `counting=fast.moments` to `chance`. The first call of a
process compiles for some seconds. What the loops do not cover is handed to the twin in NumPy.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from . import variance
from .capacity import Capacity
from .errors import FlowError
from .expect import Flows, States
from .expect import expect as expect_in_numpy
from .words import Floats, Ints

try:
    import numba
except ImportError as error:  # pragma: no cover - depends on what is installed
    raise FlowError(
        "The fast engine needs numba, which is not installed.",
        where="noaber.flows.fast",
        now="Install noaber[fast], or leave the engine as it is.",
    ) from error

# Handing `given` to a function costs a microsecond, which is more than the work on a cell. So what every cell needs is
# one loop over local names, and only what few towns have (throughflow, waterbeds, reassessment) is called apart.
_loop = numba.njit(fastmath=True, cache=True)


class _Given(NamedTuple):
    """The arrays of `Flows` that the loops read; what is not there has length 0."""

    residents: Floats
    zone: Ints
    stock: Floats
    maps: Floats
    map_at: Ints
    newcomers: Floats
    pool: Ints
    entrance_pool: Ints
    entrance_form: Ints
    hazard: Floats
    track_form: Ints
    weight: Floats
    exit: Floats
    follows: Ints
    through: Floats
    divert: Floats
    divert_to: Floats
    divert_delay: Ints
    back: Floats
    back_to: Floats
    back_delay: Ints
    moves: Ints
    move_rate: Floats


class _Found(NamedTuple):
    """What the loops write, as in `States`."""

    clients: Floats
    starts: Floats
    ends: Floats


def expect(flows: Flows, capacity: Capacity | None = None) -> States:
    """Return what `expect.expect` returns, to nine digits; with a capacity it is the NumPy engine that answers."""
    if capacity is not None:
        return expect_in_numpy(flows, capacity)
    forms, size = len(flows.pool), (flows.draws, flows.months, int(flows.zone.max()) + 1)
    found = _Found(np.zeros((*size, len(flows.track_form))), np.zeros((*size, forms)), np.zeros((*size, forms)))
    delays = [one.delay for one in flows.diversions] + [one.delay + 1 for one in flows.returns]
    _expect(_given(flows), found, max([1, *delays]) + 1)
    waiting = np.zeros((flows.draws, 1, size[2], forms))
    return States(clients=found.clients, starts=found.starts, ends=found.ends, waiting=waiting)


def moments(flows: Flows, cost: Floats) -> variance.Moments:
    """Return what `variance.moments` returns; with throughflow, waterbeds or demography it is NumPy that answers."""
    apart = len(flows.entrance_form) > len(flows.pool) or flows.demography is not None or len(flows.follows)
    if apart or flows.diversions or flows.returns or flows.moves:
        return variance.moments(flows, cost)
    mean, spread = np.zeros(flows.draws), np.zeros(flows.draws)
    _moments(_given(flows), _alike(cost), flows.months, mean, spread)
    return variance.Moments(mean=mean, variance=np.maximum(spread, 0.0))


def _given(flows: Flows) -> _Given:
    cells, moving = len(flows.residents), flows.demography
    entrances = (flows.draws, flows.months, cells, len(flows.entrance_pool))
    tracks = (flows.draws, flows.exit.shape[1], cells, len(flows.track_form))
    given = _Given(
        residents=flows.residents,
        zone=flows.zone,
        stock=flows.stock,
        maps=np.zeros((0, cells, cells)) if moving is None else moving.maps,
        map_at=np.full(flows.months, -1) if moving is None else moving.at,
        newcomers=np.zeros((0, cells)) if moving is None else moving.newcomers,
        pool=flows.pool,
        entrance_pool=flows.entrance_pool,
        entrance_form=flows.entrance_form,
        hazard=flows.hazard,
        track_form=flows.track_form,
        weight=np.zeros((0, 0, 0, 0)) if flows.weight is None else flows.weight,
        exit=flows.exit,
        follows=flows.follows,
        through=flows.through,
        divert=_stacked([one.rate for one in flows.diversions], entrances),
        divert_to=np.stack([one.to for one in flows.diversions]) if flows.diversions else np.zeros((0, 0, 0)),
        divert_delay=np.array([one.delay for one in flows.diversions], dtype=np.int64),
        back=_stacked([one.extra for one in flows.returns], tracks),
        back_to=np.stack([one.to for one in flows.returns]) if flows.returns else np.zeros((0, 0, 0)),
        back_delay=np.array([one.delay + 1 for one in flows.returns], dtype=np.int64),
        moves=np.array([(one.source, one.target) for one in flows.moves], dtype=np.int64).reshape(-1, 2),
        move_rate=np.stack([one.rate[0] for one in flows.moves]) if flows.moves else np.zeros((0, 0, 0)),
    )
    return _Given(*[_alike(array) for array in given])


def _alike(array: Any) -> Any:
    """Return the array as the loops were compiled for: another layout would compile them anew."""
    return np.require(array, np.float64 if array.dtype.kind == "f" else np.int64, ["C", "W"])


def _stacked(parts: list[Floats], shape: tuple[int, ...]) -> Floats:
    """Return parts at full size on top of each other; they are few, so that is cheaper than keeping them small."""
    if not parts:
        return np.zeros((0, 0, 0, 0, 0))
    return np.stack([np.broadcast_to(part, shape) for part in parts])


@_loop
def _row(index: int, length: int) -> int:
    """Return the row of an axis that may have length 1."""
    return index if length > 1 else 0


@numba.njit(parallel=True, fastmath=True, cache=True)
def _expect(given: _Given, found: _Found, memory: int) -> None:
    for d in numba.prange(len(found.clients)):
        # The counter is unsigned, and with a signed number makes a float of an index.
        _one_draw(given, found, memory, np.int64(d))  # type: ignore[arg-type]


@_loop
def _one_draw(given: _Given, found: _Found, memory: int, d: int) -> None:  # noqa: C901, PLR0912, PLR0915 - see the top
    """Walk through the months; `present` is [K, C, G] by months behind, in a ring for all but the last class."""
    forms, ring, alike = len(given.pool), given.exit.shape[1] - 1, len(given.weight) == 0
    people, pool, track_pool = given.residents.copy(), given.pool, given.pool[given.track_form]
    present = np.zeros((ring + 1, len(people), len(given.track_form)))
    queue = np.zeros((memory, len(people), forms))
    at_risk, demand, gone = np.zeros(pool.max() + 1), np.zeros(forms), np.zeros((ring + 1, len(given.track_form)))
    hazard, leave, newcomers = given.hazard, given.exit, given.newcomers
    hd, ed = _row(d, hazard.shape[0]), _row(d, leave.shape[0])
    diverting, returning, following = len(given.divert_delay), len(given.back_delay), len(given.follows)
    simple = not (diverting or returning or following)
    _place_stock(given, present)
    for t in range(found.clients.shape[1]):
        ht, now, newest, oldest = _row(t, hazard.shape[1]), t % memory, t % max(ring, 1), (t + 1) % max(ring, 1)
        if given.map_at[t] >= 0:
            people = _move_people(given.maps, given.map_at[t], people, present, queue)
        if len(given.moves):
            _reassess(given, present, t)
        if len(newcomers):
            people += newcomers[t]
        for c in range(len(people)):
            z, ec = given.zone[c], _row(c, leave.shape[2])
            _find_at_risk(present, people[c], c, track_pool, at_risk)
            for f in range(forms):
                demand[f] = 0.0
            if not simple:
                for f in range(forms):
                    demand[f] = queue[now, c, f]
                    queue[now, c, f] = 0.0
                    at_risk[pool[f]] -= demand[f]
            for p in range(len(at_risk)):
                at_risk[p] = max(at_risk[p], 0.0)
            for f in range(forms):
                demand[f] += at_risk[0 if len(at_risk) == 1 else pool[f]] * hazard[hd, ht, c, f]
            for e in range(forms, hazard.shape[3]):
                demand[given.entrance_form[e]] += at_risk[given.entrance_pool[e]] * hazard[hd, ht, c, e]
            if diverting:
                _divert(given, d, t, c, at_risk, demand, queue)
            for f in range(forms):
                found.starts[d, t, z, f] += demand[f]
            for g in range(len(track_pool)):
                starters = demand[g] if alike else demand[given.track_form[g]] * given.weight[0, t, c, g]
                present[newest, c, g] += starters
            if returning:
                _come_back(given, present, queue, d, t, c)
            for k in range(ring + 1):
                place = k if k == ring else (t - k) % ring
                for g in range(len(track_pool)):
                    there = present[place, c, g]
                    gone[k, g] = there * leave[ed, k, ec, g]
                    found.clients[d, t, z, g] += there
                    present[place, c, g] = there - gone[k, g]
                for g in range(len(track_pool)):
                    found.ends[d, t, z, g if alike else given.track_form[g]] += gone[k, g]
            if following:
                _go_on(given, gone, queue, d, t, c)
            if ring > 0:  # who has K-1 months behind from now on joins the last class
                for g in range(len(track_pool)):
                    present[ring, c, g] += present[oldest, c, g]
                    present[oldest, c, g] = 0.0


@_loop
def _place_stock(given: _Given, present: Floats) -> None:
    ring = len(present) - 1
    first = np.zeros(len(given.pool), dtype=np.int64)
    for g in range(len(given.track_form) - 1, -1, -1):
        first[given.track_form[g]] = g
    for k in range(len(present)):
        place = ring if k == ring else (ring - k) % ring
        for c in range(present.shape[1]):
            for f in range(len(first)):
                present[place, c, first[f]] += given.stock[k, c, f]


@_loop
def _move_people(maps: Floats, number: int, people: Floats, present: Floats, queue: Floats) -> Floats:
    before, waiting, moved = present.copy(), queue.copy(), np.zeros_like(people)
    present[:], queue[:] = 0.0, 0.0
    for to in range(len(people)):
        for source in range(len(people)):
            share = maps[number, to, source]
            if share != 0.0:
                moved[to] += share * people[source]
                present[:, to] += share * before[:, source]
                queue[:, to] += share * waiting[:, source]
    return moved


@_loop
def _reassess(given: _Given, present: Floats, t: int) -> None:
    for m in range(len(given.moves)):
        source, target = given.moves[m, 0], given.moves[m, 1]
        for c in range(present.shape[1]):
            for k in range(len(present)):
                moved = present[k, c, source] * given.move_rate[m, t, c]
                present[k, c, source] -= moved
                present[k, c, target] += moved


@_loop
def _find_at_risk(present: Floats, people: float, c: int, track_pool: Ints, at_risk: Floats) -> None:
    """Fill `at_risk` [P] with the residents of the cell who have nothing of the pool."""
    for p in range(len(at_risk)):
        at_risk[p] = people
    for k in range(len(present)):
        if len(at_risk) == 1:
            busy = 0.0
            for g in range(len(track_pool)):
                busy += present[k, c, g]
            at_risk[0] -= busy
        else:
            for g in range(len(track_pool)):
                at_risk[track_pool[g]] -= present[k, c, g]


@_loop
def _divert(given: _Given, d: int, t: int, c: int, at_risk: Floats, demand: Floats, queue: Floats) -> None:
    for n in range(len(given.divert_delay)):
        later = (t + given.divert_delay[n]) % len(queue)
        for e in range(len(given.entrance_pool)):
            persons = at_risk[given.entrance_pool[e]] * given.divert[n, d, t, c, e]
            if persons == 0.0:
                continue
            for f in range(len(demand)):
                if given.divert_delay[n] == 0:
                    demand[f] += persons * given.divert_to[n, e, f]
                else:
                    queue[later, c, f] += persons * given.divert_to[n, e, f]


@_loop
def _come_back(given: _Given, present: Floats, queue: Floats, d: int, t: int, c: int) -> None:
    ring = len(present) - 1
    for n in range(len(given.back_delay)):
        later = (t + given.back_delay[n]) % len(queue)
        for k in range(ring + 1):
            place = k if k == ring else (t - k) % ring
            for g in range(present.shape[2]):
                persons = present[place, c, g] * given.back[n, d, k, c, g]
                if persons != 0.0:
                    for f in range(queue.shape[2]):
                        queue[later, c, f] += persons * given.back_to[n, g, f]


@_loop
def _go_on(given: _Given, gone: Floats, queue: Floats, d: int, t: int, c: int) -> None:
    share, later = given.through, (t + 1) % len(queue)
    sd, st, sc = _row(d, share.shape[0]), _row(t, share.shape[1]), _row(c, share.shape[3])
    for k in range(len(gone)):
        sk = _row(k, share.shape[2])
        for r in range(len(given.follows)):
            for g in range(gone.shape[1]):
                if given.track_form[g] == given.follows[r, 0]:
                    queue[later, c, given.follows[r, 1]] += gone[k, g] * share[sd, st, sk, sc, r]


@numba.njit(parallel=True, fastmath=True, cache=True)
def _moments(given: _Given, cost: Floats, months: int, mean: Floats, spread: Floats) -> None:
    for d in numba.prange(len(mean)):
        _moments_of_draw(given, cost, months, mean, spread, np.int64(d))  # type: ignore[arg-type]


@_loop
def _moments_of_draw(given: _Given, cost: Floats, months: int, mean: Floats, spread: Floats, d: int) -> None:
    """Go back through the months: first [0] and second [1] moments of clients [2, K, G] and residents [2, P]."""
    hazard, leave, pool, track_form, weight = given.hazard, given.exit, given.pool, given.track_form, given.weight
    classes, tracks, pools = leave.shape[1], len(track_form), pool.max() + 1
    client, free, start = np.zeros((2, classes, tracks)), np.zeros((2, pools)), np.zeros((2, pools))
    track_pool = pool[track_form]
    hd, ed, cd = _row(d, hazard.shape[0]), _row(d, leave.shape[0]), _row(d, cost.shape[0])
    for c in range(len(given.residents)):
        client[:], free[:] = 0.0, 0.0
        ec, cc = _row(c, leave.shape[2]), _row(c, cost.shape[2])
        for back in range(months):
            t = months - 1 - back
            ct, ht = _row(t, cost.shape[1]), _row(t, hazard.shape[1])
            for k in range(classes):
                older = min(k + 1, classes - 1)
                for g in range(tracks):
                    now, stay = cost[cd, ct, cc, g], 1.0 - leave[ed, k, ec, g]
                    whole = now + stay * client[0, older, g]
                    resident = free[0, 0 if pools == 1 else track_pool[g]]
                    client[0, k, g] = whole
                    client[1, k, g] = now * (2.0 * (whole + resident) - now) + stay * client[1, older, g]
            start[:] = 0.0
            for g in range(tracks):
                part = hazard[hd, ht, c, track_form[g]] * (1.0 if len(weight) == 0 else weight[0, t, c, g])
                start[0, track_pool[g]] += part * client[0, 0, g]
                start[1, track_pool[g]] += part * client[1, 0, g]
            for k in range(classes):
                for g in range(tracks):
                    client[0, k, g] -= start[0, 0 if pools == 1 else track_pool[g]]
                    client[1, k, g] -= start[1, 0 if pools == 1 else track_pool[g]]
            free += start
        _add_people(given, c, client, free, mean, spread, d)


@_loop
def _add_people(given: _Given, c: int, client: Floats, free: Floats, mean: Floats, spread: Floats, d: int) -> None:
    for p in range(free.shape[1]):
        mean[d] += given.residents[c] * free[0, p]
        spread[d] += given.residents[c] * (free[1, p] - free[0, p] ** 2)
    for f in range(len(given.pool)):
        g, resident = 0, free[0, given.pool[f]]
        while given.track_form[g] != f:
            g += 1
        for k in range(client.shape[1]):
            more = client[0, k, g]
            mean[d] += given.stock[k, c, f] * more
            spread[d] += given.stock[k, c, f] * (client[1, k, g] - (more + resident) ** 2 + resident**2)
