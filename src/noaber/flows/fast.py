"""The twin of `expect` and `moments` in compiled loops, with numba (extra `fast`): the same answers, sooner.

Pass `engine=fast.expect` to `evaluate` or `net_of`, and `counting=fast.moments` to `chance`. The first call of a
process compiles for some seconds. What the loops do not cover is handed to the twin in NumPy: what starts later because
of something now (throughflow, waterbeds), capacity, and the spread by chance where people move.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from . import variance
from .capacity import Capacity
from .errors import FlowError
from .expect import States
from .expect import expect as expect_in_numpy
from .resolved import Flows
from .words import Floats, Ints

try:
    import numba

    from .lanes import LANES, at_least_zero, load, same, store
except ImportError as error:  # pragma: no cover - depends on what is installed
    raise FlowError(
        "The fast engine needs numba, which is not installed.",
        where="noaber.flows.fast",
        now="Install noaber[fast], or leave the engine as it is.",
    ) from error

_loop = numba.njit(cache=True)
_step = numba.njit(cache=True, forceinline=True)
"""For what happens every month: handing it `given` would cost more than what it does."""

PARALLEL = 128
"""From how many draws on more threads than one pay: to wake them costs more than a town takes."""


class _Given(NamedTuple):
    """What the loops read of `Flows`: cells in order of zone, and draws last, in B bundles of L lanes.

    An axis B, T, C or L has length 1 where nothing varies along it, and what is not there at all has length 0.
    """

    residents: Floats
    zone_start: Ints
    """[Z+1]"""
    stock: Floats
    """[K, F, C]"""
    maps: Floats
    map_at: Ints
    newcomers: Floats
    pool: Ints
    entrance_pool: Ints
    sent: Ints
    """[E-F] entrances of who asked for another form, in order of the form where they start."""
    first_sent: Ints
    """[F+1]"""
    hazard: Floats
    """[B, T, E, C, L]"""
    doubt: Floats
    """[B, E, L], never 1 lane; nor has `exit`."""
    track_form: Ints
    first_track: Ints
    """[F+1] tracks are in order of form."""
    weight: Floats
    """[T, G, C]"""
    exit: Floats
    """[B, K, G, C, L]"""
    moves: Ints
    """[M, 2]"""
    move_rate: Floats
    """[M, T, C]"""
    period: Ints
    """[T]"""


class _Found(NamedTuple):
    """What the loops write, as in `States`."""

    clients: Floats
    starts: Floats
    ends: Floats


def expect(flows: Flows, capacity: Capacity | None = None) -> States:
    """Return what `expect.expect` returns, to nine digits."""
    if capacity is not None or len(flows.follows) or flows.diversions or flows.returns:
        return expect_in_numpy(flows, capacity)
    forms, size = len(flows.pool), (flows.draws, flows.periods, int(flows.zone.max()) + 1)
    found = _Found(np.empty((*size, len(flows.track_form))), np.empty((*size, forms)), np.empty((*size, forms)))
    walk = _expect if flows.draws >= PARALLEL else _expect_alone
    walk(_given(flows), found, _bundles(flows.draws))
    waiting = np.zeros((flows.draws, 1, size[2], forms))
    return States(clients=found.clients, starts=found.starts, ends=found.ends, waiting=waiting)


def moments(flows: Flows, cost: Floats) -> variance.Moments:
    """Return what `variance.moments` returns, to nine digits."""
    if flows.demography is not None or len(flows.follows) or flows.diversions or flows.returns or flows.moves:
        return variance.moments(flows, cost)
    bundles = _bundles(flows.draws)
    mean, spread = np.zeros((bundles, LANES)), np.zeros((bundles, LANES))
    walk = _moments if flows.draws >= PARALLEL else _moments_alone
    walk(_given(flows), _alike(_lanes(_cells_last(cost, _order(flows)))), flows.months, mean, spread)
    draws = slice(0, flows.draws)
    return variance.Moments(mean=mean.ravel()[draws], variance=np.maximum(spread.ravel()[draws], 0.0))


def _bundles(draws: int) -> int:
    return -(-draws // LANES)


def _order(flows: Flows) -> Ints:
    return np.asarray(np.argsort(flows.zone, kind="stable"))


def _cells_last(values: Floats, order: Ints) -> Floats:
    """Return [..., X, C|1] from [..., C|1, X]."""
    return np.swapaxes(values if values.shape[-2] == 1 else values[..., order, :], -1, -2)


def _lanes(values: Floats, single: int = LANES) -> Floats:
    """Return [B, ..., L] from [D, ...], the last bundle filled up with the last draw; one draw as `single` lanes."""
    if len(values) == 1:
        return np.broadcast_to(values[..., None], (*values.shape, single))
    bundles = _bundles(len(values))
    if bundles * LANES > len(values):
        values = np.concatenate([values, np.repeat(values[-1:], bundles * LANES - len(values), axis=0)])
    return np.moveaxis(values.reshape(bundles, LANES, *values.shape[1:]), 1, -1)


def _given(flows: Flows) -> _Given:
    order, moving, tracks = _order(flows), flows.demography, flows.track_form
    cells, forms, sent = len(order), len(flows.pool), flows.entrance_form[len(flows.pool) :]
    given = _Given(
        residents=flows.residents[order],
        zone_start=np.append(0, np.bincount(flows.zone).cumsum()),
        stock=_cells_last(flows.stock, order),
        maps=np.zeros((0, cells, cells)) if moving is None else moving.maps[:, order][:, :, order],
        map_at=np.full(flows.months, -1) if moving is None else moving.at,
        newcomers=np.zeros((0, cells)) if moving is None else moving.newcomers[:, order],
        pool=flows.pool,
        entrance_pool=flows.entrance_pool,
        sent=forms + np.argsort(sent, kind="stable"),
        first_sent=np.searchsorted(np.sort(sent), np.arange(forms + 1)),
        hazard=_lanes(_cells_last(flows.hazard, order), single=1),
        doubt=_lanes(np.broadcast_to(flows.doubt, (len(flows.doubt), len(flows.entrance_form)))),
        track_form=tracks,
        first_track=np.searchsorted(tracks, np.arange(forms + 1)),
        weight=np.zeros((0, len(tracks), cells)) if flows.weight is None else _cells_last(flows.weight[0], order),
        exit=_lanes(_cells_last(flows.exit, order)),
        moves=np.array([(one.source, one.target) for one in flows.moves], dtype=np.int64).reshape(-1, 2),
        move_rate=np.stack([one.rate[0][:, order] for one in flows.moves]) if flows.moves else np.zeros((0, 0, 0)),
        period=np.arange(flows.months) if flows.period is None else flows.period,
    )
    return _Given(*[_alike(array) for array in given])


def _alike(array: Any) -> Any:
    """Return the array as the loops were compiled for: another layout would compile them anew."""
    return np.require(array, np.float64 if array.dtype.kind == "f" else np.int64, ["C", "W"])


@_step
def _row(index: int, length: int) -> int:
    """Return the row of an axis that may have length 1."""
    return index if length > 1 else 0


@_loop
def _expect_alone(given: _Given, found: _Found, bundles: int) -> None:
    for b in range(bundles):
        _walk(given, found, b)


@numba.njit(parallel=True, cache=True)
def _expect(given: _Given, found: _Found, bundles: int) -> None:
    for b in numba.prange(bundles):
        # The counter is unsigned, and with a signed number makes a float of an index.
        _walk(given, found, np.int64(b))  # type: ignore[arg-type]


@_loop
def _walk(given: _Given, found: _Found, b: int) -> None:
    """Go through the months; `present` is [K, G, C, L] by months behind, in a ring for all but the last class."""
    forms, tracks, cells, zones = (
        len(given.pool),
        len(given.track_form),
        len(given.residents),
        len(given.zone_start) - 1,
    )
    people, pools = given.residents.copy(), given.pool.max() + 1
    present = np.zeros((given.exit.shape[1], tracks, cells, LANES))
    free, busy, demand = np.empty((pools, cells, LANES)), np.empty((pools, cells, LANES)), np.empty((cells, LANES))
    here = np.zeros((zones, tracks, LANES)), np.zeros((zones, forms, LANES)), np.zeros((zones, forms, LANES))
    now = _Found(here[0], here[1], here[2])  # [Z, X, L] of the month or period
    months, period = len(given.period), given.period
    _place_stock(given, present)
    _count_busy(given, present, busy)
    for t in range(months):
        if given.map_at[t] >= 0:
            people = _move_people(given.maps[given.map_at[t]], people, present)
            _count_busy(given, present, busy)
        if len(given.newcomers):
            people += given.newcomers[t]
        _reassess(given, present, t)
        _set_free(people, busy, free)
        for f in range(forms):
            _start(given, free, demand, now.starts, f, t, b)
            for g in range(given.first_track[f], given.first_track[f + 1]):
                _count(given, present, demand, busy, now, g, t, b)
        if t == months - 1 or period[t] != period[t + 1]:
            _write(now.clients, found.clients, b, period[t])
            _write(now.starts, found.starts, b, period[t])
            _write(now.ends, found.ends, b, period[t])


@_step
def _set_free(people: Floats, busy: Floats, free: Floats) -> None:
    """Fill `free` [P, C, L] with who has nothing of each pool, and begin to count anew who is busy."""
    for p in range(free.shape[0]):
        for c in range(free.shape[1]):
            store(free, (p, c), at_least_zero(same(people[c]) - load(busy, (p, c))))
            store(busy, (p, c), same(0.0))


@_step
def _start(given: _Given, free: Floats, demand: Floats, starts: Floats, form: int, t: int, b: int) -> None:
    """Fill `demand` [C, L] with who starts a form: through its own entrance, and through those of other forms."""
    zone_start, own = given.zone_start, load(given.doubt, (_row(b, given.doubt.shape[0]), form))
    for z in range(len(zone_start) - 1):
        persons = same(0.0)
        for c in range(zone_start[z], zone_start[z + 1]):
            coming = load(free, (given.pool[form], c)) * (own * _hazard(given.hazard, form, c, t, b))
            for place in range(given.first_sent[form], given.first_sent[form + 1]):
                e = given.sent[place]
                factor = load(given.doubt, (_row(b, given.doubt.shape[0]), e))
                coming = coming + load(free, (given.entrance_pool[e], c)) * (factor * _hazard(given.hazard, e, c, t, b))
            store(demand, (c,), coming)
            persons = persons + coming
        store(starts, (z, form), load(starts, (z, form)) + persons)


@_step
def _hazard(hazard: Floats, e: int, c: int, t: int, b: int) -> Any:
    """Return the lanes of a hazard [B, T, E, C, L]."""
    hb, ht, hc = _row(b, hazard.shape[0]), _row(t, hazard.shape[1]), _row(c, hazard.shape[3])
    return same(hazard[hb, ht, e, hc, 0]) if hazard.shape[4] == 1 else load(hazard, (hb, ht, e, hc))


@_step
def _count(given: _Given, present: Floats, demand: Floats, busy: Floats, now: _Found, g: int, t: int, b: int) -> None:
    """Let people start on a track, count who is there, let go who goes, and note in `busy` who stays."""
    zone_start, leave, weight, ring = given.zone_start, given.exit, given.weight, len(present) - 1
    form, lb, wt = given.track_form[g], _row(b, leave.shape[0]), _row(t, len(weight))
    pool, oldest = given.pool[form], (t + 1) % max(ring, 1)
    for z in range(len(zone_start) - 1):
        persons, gone = same(0.0), same(0.0)
        for c in range(zone_start[z], zone_start[z + 1]):
            lc, coming = _row(c, leave.shape[3]), load(demand, (c,))
            if len(weight):
                coming = coming * same(weight[wt, g, c])
            staying = load(busy, (pool, c))
            for k in range(ring + 1):
                place = k if k == ring else (t - k) % ring
                there = load(present, (place, g, c))
                if k == 0:
                    there = there + coming
                going = there * load(leave, (lb, k, g, lc))
                left = there - going
                persons, gone, staying = persons + there, gone + going, staying + left
                store(present, (place, g, c), left)
            store(busy, (pool, c), staying)
            if ring > 0:  # who has K-1 months behind from now on joins the last class
                store(present, (ring, g, c), load(present, (ring, g, c)) + load(present, (oldest, g, c)))
                store(present, (oldest, g, c), same(0.0))
        store(now.clients, (z, g), load(now.clients, (z, g)) + persons)
        store(now.ends, (z, form), load(now.ends, (z, form)) + gone)


@_loop
def _write(lanes: Floats, found: Floats, b: int, t: int) -> None:
    """Put a month or period [Z, X, L] in its place, [D, T, Z, X], and begin the next."""
    for lane in range(min(LANES, len(found) - b * LANES)):
        for z in range(lanes.shape[0]):
            for x in range(lanes.shape[1]):
                found[b * LANES + lane, t, z, x] = lanes[z, x, lane]
    lanes[:] = 0.0


@_loop
def _place_stock(given: _Given, present: Floats) -> None:
    ring = len(present) - 1
    for k in range(len(present)):
        place = ring if k == ring else (ring - k) % ring
        for f in range(len(given.pool)):
            for c in range(present.shape[2]):
                store(present, (place, given.first_track[f], c), same(given.stock[k, f, c]))


@_loop
def _count_busy(given: _Given, present: Floats, busy: Floats) -> None:
    """Fill `busy` [P, C, L] with who has something of each pool."""
    busy[:] = 0.0
    for k in range(len(present)):
        for g in range(present.shape[1]):
            p = given.pool[given.track_form[g]]
            for c in range(present.shape[2]):
                store(busy, (p, c), load(busy, (p, c)) + load(present, (k, g, c)))


@_loop
def _move_people(people_map: Floats, people: Floats, present: Floats) -> Floats:
    before, moved = present.copy(), np.zeros_like(people)
    present[:] = 0.0
    for to in range(len(people)):
        for source in range(len(people)):
            share = people_map[to, source]
            if share != 0.0:
                moved[to] += share * people[source]
                for k in range(present.shape[0]):
                    for g in range(present.shape[1]):
                        here = load(present, (k, g, to)) + same(share) * load(before, (k, g, source))
                        store(present, (k, g, to), here)
    return moved


@_loop
def _reassess(given: _Given, present: Floats, t: int) -> None:
    for m in range(len(given.moves)):
        source, target = given.moves[m]
        for k in range(present.shape[0]):
            for c in range(present.shape[2]):
                here = load(present, (k, source, c))
                moved = here * same(given.move_rate[m, t, c])
                store(present, (k, source, c), here - moved)
                store(present, (k, target, c), load(present, (k, target, c)) + moved)


@_loop
def _moments_alone(given: _Given, cost: Floats, months: int, mean: Floats, spread: Floats) -> None:
    for b in range(len(mean)):
        _moments_of_bundle(given, cost, months, mean, spread, b)


@numba.njit(parallel=True, cache=True)
def _moments(given: _Given, cost: Floats, months: int, mean: Floats, spread: Floats) -> None:
    for b in numba.prange(len(mean)):
        _moments_of_bundle(given, cost, months, mean, spread, np.int64(b))  # type: ignore[arg-type]


@_loop
def _moments_of_bundle(given: _Given, cost: Floats, months: int, mean: Floats, spread: Floats, b: int) -> None:
    """Go back through the months, one cell after the other: nobody moves between them, and one fits in the cache.

    Each array has first and second moments: of clients [2, K, G, L], and per pool [2, P, L] of residents without
    support, and of a month in which they may start.
    """
    forms, pools = len(given.pool), given.pool.max() + 1
    client, free = np.empty((2, *given.exit.shape[1:3], LANES)), np.empty((2, pools, LANES))
    start, before = np.empty((2, pools, LANES)), np.empty((2, pools, LANES))
    stay, rate = np.empty(client.shape[1:]), np.empty((len(given.entrance_pool), LANES))
    cost_of = cost[_row(b, cost.shape[0])]
    for c in range(len(given.residents)):
        client[:], free[:], start[:] = 0.0, 0.0, 0.0
        _stays(given, stay, c, b)
        for t in range(months - 1, -1, -1):
            if t == months - 1 or given.hazard.shape[1] > 1:
                _rates(given, rate, c, t, b)
            before[:] = 0.0
            for f in range(forms):
                worth = _spend(given, cost_of, stay, client, free, start, f, c, t)
                _risk(before, worth, load(rate, (f,)), given.pool[f])
                for place in range(given.first_sent[f], given.first_sent[f + 1]):
                    e = given.sent[place]
                    _risk(before, worth, load(rate, (e,)), given.entrance_pool[e])
            start[:] = before
            free += start
        _add_up(given, client, free, start, mean, spread, c, b)


@_step
def _risk(start: Floats, worth: tuple[Any, Any], chance: Any, p: int) -> None:
    """Add what comes of starting a form to what a month at risk is worth."""
    store(start, (0, p), load(start, (0, p)) + chance * worth[0])
    store(start, (1, p), load(start, (1, p)) + chance * worth[1])


@_step
def _stays(given: _Given, stay: Floats, c: int, b: int) -> None:
    leave = given.exit
    for k in range(stay.shape[0]):
        for g in range(stay.shape[1]):
            going = load(leave, (_row(b, leave.shape[0]), k, g, _row(c, leave.shape[3])))
            store(stay, (k, g), same(1.0) - going)


@_step
def _rates(given: _Given, rate: Floats, c: int, t: int, b: int) -> None:
    for e in range(len(rate)):
        factor = load(given.doubt, (_row(b, given.doubt.shape[0]), e))
        store(rate, (e,), factor * _hazard(given.hazard, e, c, t, b))


@_step
def _spend(  # noqa: PLR0913, PLR0917 - to gather them in one value costs more than the month itself
    given: _Given, cost: Floats, stay: Floats, client: Floats, free: Floats, start: Floats, form: int, c: int, t: int
) -> tuple[Any, Any]:
    """Go a month back for the clients of a form, and return what a start is worth, in both moments."""
    classes, weight, p = stay.shape[0], given.weight, given.pool[form]
    ct, cc, wt = _row(t, cost.shape[0]), _row(c, cost.shape[2]), _row(t, len(weight))
    start_first, start_second, without = load(start, (0, p)), load(start, (1, p)), load(free, (0, p))
    worth, worth_second = same(0.0), same(0.0)
    for g in range(given.first_track[form], given.first_track[form + 1]):
        now, share = load(cost, (ct, g, cc)), same(weight[wt, g, c] if len(weight) else 1.0)
        for k in range(classes):
            # What a start is worth next month is taken off only here, so that everything is read once.
            older, staying = min(k + 1, classes - 1), load(stay, (k, g))
            whole = now + staying * (load(client, (0, older, g)) - start_first)
            later = whole + without
            square = now * (later + later - now) + staying * (load(client, (1, older, g)) - start_second)
            store(client, (0, k, g), whole)
            store(client, (1, k, g), square)
            if k == 0:
                worth, worth_second = worth + share * whole, worth_second + share * square
    return worth, worth_second


@_loop
def _add_up(
    given: _Given, client: Floats, free: Floats, start: Floats, mean: Floats, spread: Floats, c: int, b: int
) -> None:
    """Add what everyone in a cell is worth from the start of month 0."""
    living, total, squares = same(given.residents[c]), load(mean, (b,)), load(spread, (b,))
    for p in range(free.shape[1]):
        without = load(free, (0, p))
        total = total + living * without
        squares = squares + living * (load(free, (1, p)) - without * without)
    for f in range(len(given.pool)):
        g, p = given.first_track[f], given.pool[f]
        without = load(free, (0, p))
        for k in range(client.shape[1]):
            persons = same(given.stock[k, f, c])
            more = load(client, (0, k, g)) - load(start, (0, p))
            both = more + without
            total = total + persons * more
            second = load(client, (1, k, g)) - load(start, (1, p)) - both * both + without * without
            squares = squares + persons * second
    store(mean, (b,), total)
    store(spread, (b,), squares)
