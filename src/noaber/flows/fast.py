"""The twin of `expect` and `moments` in compiled loops, with numba (extra `fast`): the same answers, sooner.

Pass `engine=fast.expect` to `evaluate` or `net_of`, and `counting=fast.moments` to `chance`. The first call of a
process compiles for some seconds. What the loops do not cover is handed to the twin in NumPy.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import variance
from .capacity import Capacity
from .errors import FlowError
from .expect import States
from .expect import expect as expect_in_numpy
from .resolved import Flows
from .words import Floats, Ints

try:
    import numba
except ImportError as error:  # pragma: no cover - depends on what is installed
    raise FlowError(
        "The fast engine needs numba, which is not installed.",
        where="noaber.flows.fast",
        now="Install noaber[fast], or leave the engine as it is.",
    ) from error

# Cells lie next to each other in every array, so that the inner loops run over cells, several at once. Handing `given`
# to a function costs a microsecond, as much as a month of one draw: what every town needs is one loop over local names,
# and only what few towns have (throughflow, waterbeds, reassessment) is called apart.
_loop = numba.njit(fastmath=True, cache=True)

PARALLEL = 8
"""From how many draws on more threads than one pay: to wake them costs more than a town takes."""


class _Given(NamedTuple):
    """What the loops read of `Flows`, with cells last and in order of zone; what is not there has length 0."""

    residents: Floats
    zone_start: NDArray[np.uint64]
    """[Z+1] unsigned, or the compiler minds indices that count from the end and does one cell at a time."""
    stock: Floats
    maps: Floats
    map_at: Ints
    newcomers: Floats
    pool: Ints
    entrance_pool: Ints
    entrance_form: Ints
    hazard: Floats
    doubt: Floats
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
    walk = _expect if flows.draws >= PARALLEL else _expect_alone
    walk(_given(flows), found, max([1, *delays]) + 1)
    waiting = np.zeros((flows.draws, 1, size[2], forms))
    return States(clients=found.clients, starts=found.starts, ends=found.ends, waiting=waiting)


def moments(flows: Flows, cost: Floats) -> variance.Moments:
    """Return what `variance.moments` returns; with throughflow, waterbeds or demography it is NumPy that answers."""
    if flows.demography is not None or len(flows.follows) or flows.diversions or flows.returns or flows.moves:
        return variance.moments(flows, cost)
    mean, spread = np.zeros(flows.draws), np.zeros(flows.draws)
    walk = _moments if flows.draws >= PARALLEL else _moments_alone
    walk(_given(flows), _alike(_cells_last(cost, _order(flows))), flows.months, mean, spread)
    return variance.Moments(mean=mean, variance=np.maximum(spread, 0.0))


def _order(flows: Flows) -> Ints:
    return np.asarray(np.argsort(flows.zone, kind="stable"))


def _cells_last(values: Floats, order: Ints) -> Floats:
    """Return [..., X, C|1] from [..., C|1, X]."""
    return np.swapaxes(values if values.shape[-2] == 1 else values[..., order, :], -1, -2)


def _given(flows: Flows) -> _Given:
    order, moving = _order(flows), flows.demography
    cells = len(order)

    def turned(values: Floats) -> Floats:
        return _cells_last(values, order)

    def at_once(parts: list[Floats]) -> Floats:
        if not parts:
            return np.zeros((0, 0, 0, 0, 0))
        shape = np.broadcast_shapes(*[part.shape for part in parts], (1, 1, cells, 1))
        return turned(np.stack([np.broadcast_to(part, shape) for part in parts]))

    given = _Given(
        residents=flows.residents[order],
        zone_start=np.append(0, np.bincount(flows.zone).cumsum()).astype(np.uint64),
        stock=turned(flows.stock),
        maps=np.zeros((0, cells, cells)) if moving is None else moving.maps[:, order][:, :, order],
        map_at=np.full(flows.months, -1) if moving is None else moving.at,
        newcomers=np.zeros((0, cells)) if moving is None else moving.newcomers[:, order],
        pool=flows.pool,
        entrance_pool=flows.entrance_pool,
        entrance_form=flows.entrance_form,
        hazard=turned(flows.hazard),
        doubt=np.broadcast_to(flows.doubt, (len(flows.doubt), len(flows.entrance_form))),
        track_form=flows.track_form,
        weight=np.zeros((0, 0, 0)) if flows.weight is None else turned(flows.weight[0]),
        exit=turned(flows.exit),
        follows=flows.follows,
        through=turned(flows.through),
        divert=at_once([one.rate for one in flows.diversions]),
        divert_to=np.stack([one.to for one in flows.diversions]) if flows.diversions else np.zeros((0, 0, 0)),
        divert_delay=np.array([one.delay for one in flows.diversions], dtype=np.int64),
        back=at_once([one.extra for one in flows.returns]),
        back_to=np.stack([one.to for one in flows.returns]) if flows.returns else np.zeros((0, 0, 0)),
        back_delay=np.array([one.delay + 1 for one in flows.returns], dtype=np.int64),
        moves=np.array([(one.source, one.target) for one in flows.moves], dtype=np.int64).reshape(-1, 2),
        move_rate=np.stack([one.rate[0][:, order] for one in flows.moves]) if flows.moves else np.zeros((0, 0, 0)),
    )
    return _Given(*[_alike(array) for array in given])


def _alike(array: Any) -> Any:
    """Return the array as the loops were compiled for: another layout would compile them anew."""
    return np.require(array, {"f": np.float64, "u": np.uint64}.get(array.dtype.kind, np.int64), ["C", "W"])


@_loop
def _row(index: int, length: int) -> int:
    """Return the row of an axis that may have length 1."""
    return index if length > 1 else 0


@_loop
def _plain(given: _Given) -> bool:
    """Return whether each form has one track, one entrance and one exit share, and nobody moves or comes back."""
    alike = len(given.weight) == 0 and given.exit.shape[1] == 1 and len(given.entrance_form) == len(given.pool)
    return alike and not (
        len(given.newcomers) or len(given.follows) or len(given.divert_delay) or len(given.back_delay)
    )


@_loop
def _expect_alone(given: _Given, found: _Found, memory: int) -> None:
    plain = _plain(given)
    for d in range(len(found.clients)):
        if plain:
            _one_plain_draw(given, found, d)
        else:
            _one_draw(given, found, memory, d)


@numba.njit(parallel=True, fastmath=True, cache=True)
def _expect(given: _Given, found: _Found, memory: int) -> None:
    plain = _plain(given)
    for d in numba.prange(len(found.clients)):
        # The counter is unsigned, and with a signed number makes a float of an index.
        if plain:
            _one_plain_draw(given, found, np.int64(d))  # type: ignore[arg-type]
        else:
            _one_draw(given, found, memory, np.int64(d))  # type: ignore[arg-type]


@_loop
def _count_and_leave(
    given: _Given, found: _Found, present: Floats, leave: Floats, busy: Floats, d: int, t: int
) -> None:
    """Count who is there in month `t`, let go who goes, and note in `busy` who stays."""
    form, pool, zone_start, ring = given.track_form, given.pool, given.zone_start, len(present) - 1
    for k in range(ring + 1):
        place = k if k == ring else (t - k) % ring
        for g in range(len(form)):
            p = pool[form[g]]
            for z in range(len(zone_start) - 1):
                persons, gone = 0.0, 0.0
                for c in range(zone_start[z], zone_start[z + 1]):
                    there = present[place, g, c]
                    going = there * leave[k, g, c]
                    persons += there
                    gone += going
                    present[place, g, c] = there - going
                    busy[p, c] += there - going
                found.clients[d, t, z, g] += persons
                found.ends[d, t, z, form[g]] += gone


@_loop
def _one_draw(given: _Given, found: _Found, memory: int, d: int) -> None:  # noqa: C901, PLR0912, PLR0915 - see the top
    """Walk through the months; `present` is [K, G, C] by months behind, in a ring for all but the last class."""
    forms, tracks, ring = len(given.pool), len(given.track_form), given.exit.shape[1] - 1
    people, cells, pool, form = given.residents.copy(), len(given.residents), given.pool, given.track_form
    present, queue = np.zeros((ring + 1, tracks, cells)), np.zeros((memory, forms, cells))
    demand, free, track_pool = np.zeros((forms, cells)), np.zeros((pool.max() + 1, cells)), pool[form]
    busy = np.zeros_like(free)
    hazard, weight, newcomers, zone_start = given.hazard, given.weight, given.newcomers, given.zone_start
    entrance_pool, entrance_form, map_at = given.entrance_pool, given.entrance_form, given.map_at
    starts = found.starts
    hd, doubt = _row(d, hazard.shape[0]), given.doubt[_row(d, given.doubt.shape[0])]
    leave = _at_full_size(given.exit[_row(d, given.exit.shape[0])], cells)
    diverting, returning, following = len(given.divert_delay), len(given.back_delay), len(given.follows)
    queueing, moving, alike = diverting or returning or following, len(given.moves), len(weight) == 0
    _place_stock(given, present)
    _count_busy(present, track_pool, busy)
    for t in range(starts.shape[1]):
        ht, wt, newest, oldest = (
            _row(t, hazard.shape[1]),
            _row(t, len(weight)),
            t % max(ring, 1),
            (t + 1) % max(ring, 1),
        )
        if map_at[t] >= 0:
            people = _move_people(given.maps, map_at[t], people, present, queue)
            _count_busy(present, track_pool, busy)
        if moving:
            _reassess(given, present, t)
        if len(newcomers):
            people += newcomers[t]
        for p in range(len(free)):
            for c in range(cells):
                free[p, c] = people[c] - busy[p, c]
                busy[p, c] = 0.0
        demand[:] = 0.0
        if queueing:
            _arrive(queue, t % memory, pool, demand, free)
        for p in range(len(free)):
            for c in range(cells):
                free[p, c] = max(free[p, c], 0.0)
        for e in range(len(entrance_form)):
            f, p, factor = entrance_form[e], entrance_pool[e], doubt[e]
            for c in range(cells):
                demand[f, c] += free[p, c] * (factor * hazard[hd, ht, e, c])
        if diverting:
            _divert(given, doubt, d, t, free, demand, queue)
        for f in range(forms):
            for z in range(len(zone_start) - 1):
                persons = 0.0
                for c in range(zone_start[z], zone_start[z + 1]):
                    persons += demand[f, c]
                starts[d, t, z, f] = persons
        for g in range(tracks):
            f = form[g]
            for c in range(cells):
                present[newest, g, c] += demand[f, c] if alike else demand[f, c] * weight[wt, g, c]
        if returning:
            _come_back(given, present, queue, d, t)
        if following:
            _go_on(given, present, leave, queue, d, t)
        _count_and_leave(given, found, present, leave, busy, d, t)
        if ring > 0:  # who has K-1 months behind from now on joins the last class
            present[ring] += present[oldest]
            present[oldest] = 0.0


@_loop
def _one_plain_draw(given: _Given, found: _Found, d: int) -> None:
    """Do what `_one_draw` does, in one pass over forms and cells, for a town that is `_plain`; `present` is [F, C]."""
    pool, cells, zone_start, hazard = given.pool, len(given.residents), given.zone_start, given.hazard
    present, leave = given.stock[0].copy(), _at_full_size(given.exit[_row(d, given.exit.shape[0])], cells)[0]
    free, busy = np.zeros((pool.max() + 1, cells)), np.zeros((pool.max() + 1, cells))
    hd, doubt, residents = _row(d, hazard.shape[0]), given.doubt[_row(d, given.doubt.shape[0])], given.residents
    clients, starts, ends = found.clients, found.starts, found.ends
    _count_busy(given.stock, pool, busy)
    for t in range(clients.shape[1]):
        ht = _row(t, hazard.shape[1])
        for p in range(len(free)):
            for c in range(cells):
                free[p, c] = max(residents[c] - busy[p, c], 0.0)
                busy[p, c] = 0.0
        for f in range(len(pool)):
            p, factor = pool[f], doubt[f]
            for z in range(len(zone_start) - 1):
                persons, coming, gone = 0.0, 0.0, 0.0
                for c in range(zone_start[z], zone_start[z + 1]):
                    starting = free[p, c] * (factor * hazard[hd, ht, f, c])
                    there = present[f, c] + starting
                    going = there * leave[f, c]
                    coming += starting
                    persons += there
                    gone += going
                    present[f, c] = there - going
                    busy[p, c] += there - going
                starts[d, t, z, f], clients[d, t, z, f], ends[d, t, z, f] = coming, persons, gone


@_loop
def _count_busy(present: Floats, track_pool: Ints, busy: Floats) -> None:
    """Fill `busy` [P, C] with who has something of each pool."""
    busy[:] = 0.0
    for k in range(len(present)):
        for g in range(len(track_pool)):
            for c in range(present.shape[2]):
                busy[track_pool[g], c] += present[k, g, c]


@_loop
def _at_full_size(values: Floats, cells: int) -> Floats:
    """Return [K, G, C] from [K, G, C|1]."""
    whole = np.empty((values.shape[0], values.shape[1], cells))
    whole[:] = values
    return whole


@_loop
def _place_stock(given: _Given, present: Floats) -> None:
    ring = len(present) - 1
    first = _first_tracks(given)
    for k in range(len(present)):
        place = ring if k == ring else (ring - k) % ring
        for f in range(len(first)):
            present[place, first[f]] += given.stock[k, f]


@_loop
def _first_tracks(given: _Given) -> Ints:
    """Return the first track of each form, [F]: on it are those whom no measure has reached."""
    first = np.zeros(len(given.pool), dtype=np.int64)
    for g in range(len(given.track_form) - 1, -1, -1):
        first[given.track_form[g]] = g
    return first


@_loop
def _move_people(maps: Floats, number: int, people: Floats, present: Floats, queue: Floats) -> Floats:
    before, waiting, moved = present.copy(), queue.copy(), np.zeros_like(people)
    present[:], queue[:] = 0.0, 0.0
    for to in range(len(people)):
        for source in range(len(people)):
            share = maps[number, to, source]
            if share != 0.0:
                moved[to] += share * people[source]
                present[:, :, to] += share * before[:, :, source]
                queue[:, :, to] += share * waiting[:, :, source]
    return moved


@_loop
def _reassess(given: _Given, present: Floats, t: int) -> None:
    rate = given.move_rate
    for m in range(len(given.moves)):
        source, target = given.moves[m]
        for k in range(len(present)):
            for c in range(present.shape[2]):
                moved = present[k, source, c] * rate[m, t, c]
                present[k, source, c] -= moved
                present[k, target, c] += moved


@_loop
def _arrive(queue: Floats, now: int, pool: Ints, demand: Floats, free: Floats) -> None:
    for f in range(len(demand)):
        demand[f] = queue[now, f]
        queue[now, f] = 0.0
        free[pool[f]] -= demand[f]


@_loop
def _divert(given: _Given, doubt: Floats, d: int, t: int, free: Floats, demand: Floats, queue: Floats) -> None:
    rate = given.divert
    rd, rt = _row(d, rate.shape[1]), _row(t, rate.shape[2])
    for n in range(len(given.divert_delay)):
        delay = given.divert_delay[n]
        arriving = demand if delay == 0 else queue[(t + delay) % len(queue)]
        for e in range(len(given.entrance_pool)):
            persons = free[given.entrance_pool[e]] * (doubt[e] * rate[n, rd, rt, e])
            for f in range(len(demand)):
                share = given.divert_to[n, e, f]
                if share != 0.0:
                    arriving[f] += persons * share


@_loop
def _come_back(given: _Given, present: Floats, queue: Floats, d: int, t: int) -> None:
    ring, bd = len(present) - 1, _row(d, given.back.shape[1])
    for n in range(len(given.back_delay)):
        later = (t + given.back_delay[n]) % len(queue)
        for k in range(ring + 1):
            place = k if k == ring else (t - k) % ring
            for g in range(present.shape[1]):
                persons = present[place, g] * given.back[n, bd, k, g]
                for f in range(queue.shape[1]):
                    share = given.back_to[n, g, f]
                    if share != 0.0:
                        queue[later, f] += persons * share


@_loop
def _go_on(given: _Given, present: Floats, leave: Floats, queue: Floats, d: int, t: int) -> None:
    share, later, ring = given.through, (t + 1) % len(queue), len(present) - 1
    sd, st = _row(d, share.shape[0]), _row(t, share.shape[1])
    for k in range(ring + 1):
        sk, place = _row(k, share.shape[2]), k if k == ring else (t - k) % ring
        for r in range(len(given.follows)):
            source, target = given.follows[r]
            for g in range(present.shape[1]):
                if given.track_form[g] == source:
                    queue[later, target] += present[place, g] * leave[k, g] * share[sd, st, sk, r]


@_loop
def _moments_alone(given: _Given, cost: Floats, months: int, mean: Floats, spread: Floats) -> None:
    for d in range(len(mean)):
        _moments_of_draw(given, cost, months, mean, spread, d)


@numba.njit(parallel=True, fastmath=True, cache=True)
def _moments(given: _Given, cost: Floats, months: int, mean: Floats, spread: Floats) -> None:
    for d in numba.prange(len(mean)):
        _moments_of_draw(given, cost, months, mean, spread, np.int64(d))  # type: ignore[arg-type]


@_loop
def _moments_of_draw(  # noqa: C901 - see the top
    given: _Given, cost: Floats, months: int, mean: Floats, spread: Floats, d: int
) -> None:
    """Go back through the months: first and second moments of clients [2, K, G, C] and residents without [P, C]."""
    hazard, weight, form, pool, cells = given.hazard, given.weight, given.track_form, given.pool, len(given.residents)
    entrance_pool, entrance_form, alike = given.entrance_pool, given.entrance_form, len(weight) == 0
    leave = _at_full_size(given.exit[_row(d, given.exit.shape[0])], cells)
    classes, tracks, pools = leave.shape[0], leave.shape[1], pool.max() + 1
    first, second = np.zeros((2, classes, tracks, cells)), np.zeros((2, classes, tracks, cells))
    this, later = 0, 1  # this month and the next; to swap the arrays themselves makes the inner loop five times slower
    free, free_second = np.zeros((pools, cells)), np.zeros((pools, cells))
    start, start_second = np.zeros((pools, cells)), np.zeros((pools, cells))
    worth, worth_second, spent = np.zeros((len(pool), cells)), np.zeros((len(pool), cells)), np.zeros(cells)
    hd, cd, doubt = _row(d, hazard.shape[0]), _row(d, cost.shape[0]), given.doubt[_row(d, given.doubt.shape[0])]
    for t in range(months - 1, -1, -1):
        ht, wt, ct = _row(t, hazard.shape[1]), _row(t, len(weight)), _row(t, cost.shape[1])
        this, later = later, this
        worth[:], worth_second[:] = 0.0, 0.0
        for g in range(tracks):
            f, p = form[g], pool[form[g]]
            for c in range(cells):
                spent[c] = cost[cd, ct, g, c if cost.shape[3] > 1 else 0]
            for k in range(classes):
                older = min(k + 1, classes - 1)
                for c in range(cells):
                    # What a start is worth next month is taken off only here, so that everything is read once.
                    now, stay = spent[c], 1.0 - leave[k, g, c]
                    whole = now + stay * (first[later, older, g, c] - start[p, c])
                    square = now * (2.0 * (whole + free[p, c]) - now)
                    second[this, k, g, c] = square + stay * (second[later, older, g, c] - start_second[p, c])
                    first[this, k, g, c] = whole
            for c in range(cells):
                share = 1.0 if alike else weight[wt, g, c]
                worth[f, c] += share * first[this, 0, g, c]
                worth_second[f, c] += share * second[this, 0, g, c]
        start[:], start_second[:] = 0.0, 0.0
        for e in range(len(entrance_form)):
            f, p, factor = entrance_form[e], entrance_pool[e], doubt[e]
            for c in range(cells):
                chance = factor * hazard[hd, ht, e, c]
                start[p, c] += chance * worth[f, c]
                start_second[p, c] += chance * worth_second[f, c]
        free += start
        free_second += start_second
    mean[d] = (given.residents * free).sum()
    spread[d] = (given.residents * (free_second - free**2)).sum()
    track = _first_tracks(given)
    for f in range(len(pool)):
        g, p = track[f], pool[f]
        for k in range(classes):
            more = first[this, k, g] - start[p]
            mean[d] += (given.stock[k, f] * more).sum()
            squares = second[this, k, g] - start_second[p] - (more + free[p]) ** 2 + free[p] ** 2
            spread[d] += (given.stock[k, f] * squares).sum()
