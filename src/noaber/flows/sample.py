"""Samplers: whole clients by chance, to test the expected values, for waiting lists and for made-up case lists.

`count_samples` draws numbers of clients per cell, by the same rates and in the same order of the month as `expect`.
`event_samples` draws the spells of each resident from random numbers that are keyed by resident and event, so that two
scenarios differ only by what the measures take away or add.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .capacity import Capacity
from .draws import mixed
from .errors import FlowInputError
from .expect import States
from .resolved import Flows, at
from .words import Floats, Ints

Hashes = NDArray[np.uint64]


def count_samples(flows: Flows, *, replicates: int, seed: int, capacity: Capacity | None = None) -> States:
    """Return numbers of clients as `expect` does, by chance: whole persons, with replicates in the place of draws.

    Takes flows of one draw. Residents and stock are rounded to whole persons. People of different pools move between
    cells independently of each other.
    """
    if flows.draws != 1:
        raise FlowInputError("Counts are sampled for one draw at a time.", where="draws", now="Resolve one draw.")
    return _Counts(flows, replicates, np.random.default_rng([seed, replicates]), capacity).run()


class _Counts:
    """Whole persons, month by month: clients [K, R, C, G], at risk [R, C, P]; R replicates."""

    def __init__(self, flows: Flows, replicates: int, rng: np.random.Generator, capacity: Capacity | None) -> None:
        self.flows, self.rng, self.capacity = flows, rng, capacity
        self.shape = (replicates, len(flows.residents), len(flows.pool))
        first = [int(np.flatnonzero(flows.track_form == form)[0]) for form in range(len(flows.pool))]
        self.clients = np.zeros((flows.exit.shape[1], *self.shape[:2], len(flows.track_form)), dtype=np.int64)
        self.clients[..., first] = np.rint(flows.stock).astype(np.int64)[:, None]
        living = np.rint(flows.residents).astype(np.int64)[:, None]
        served = np.rint(flows.stock).sum(axis=0).astype(np.int64) @ flows.to_pool.astype(np.int64)
        self.free = np.broadcast_to(living - served, (*self.shape[:2], flows.to_pool.shape[1])).copy()
        self.queue: dict[int, Ints] = {}
        self.waiting = np.zeros(self.shape, dtype=np.int64)

    def run(self) -> States:
        """Walk through the months; `free` are residents who have nothing of the pool, waiting ones included."""
        flows = self.flows
        seen: list[list[Floats]] = [[], [], [], []]
        for month in range(flows.months):
            self._move_people(month)
            self._reassess(month)
            demand = self._demand(month)
            admitted = demand if self.capacity is None else self._admit(month, demand)
            self.free -= admitted @ flows.to_pool.astype(np.int64)
            self.clients[0] += self._split(month, admitted)
            now = self.clients.sum(axis=0)
            ended = self._end(month)
            for place, persons in enumerate((now, admitted, ended, self.waiting)):
                seen[place].append(flows.by_zone(persons.astype(np.float64)))
        clients, starts, ends, waiting = (np.stack(persons, axis=1) for persons in seen)
        return States(clients=clients, starts=starts, ends=ends, waiting=waiting)

    def _move_people(self, month: int) -> None:
        demography = self.flows.demography
        if demography is None:
            return
        if demography.at[month] >= 0:
            share = demography.maps[demography.at[month]].T
            self.clients, self.free = self._moved(self.clients, share), self._moved(self.free, share)
            self.waiting = self._moved(self.waiting, share)
            self.queue = {when: self._moved(persons, share) for when, persons in self.queue.items()}
        coming = self.rng.poisson(demography.newcomers[month], self.shape[:2])
        self.free += coming[..., None]

    def _moved(self, persons: Ints, share: Floats) -> Ints:
        """Send persons [..., C, X] to other cells by shares [from, to]; the rest leaves."""
        gone = self._multinomial(np.moveaxis(persons, -2, -1), share)
        return np.asarray(np.moveaxis(gone.sum(axis=-2), -1, -2))

    def _multinomial(self, persons: Ints, share: Floats) -> Ints:
        """Return [..., X] from persons [...] and shares [..., X] that add up to at most 1."""
        left = np.maximum(1.0 - share.sum(axis=-1, keepdims=True), 0.0)
        chances = np.concatenate([share, left], axis=-1)
        chances = chances / chances.sum(axis=-1, keepdims=True)
        wide = np.broadcast_to(chances, (*persons.shape, chances.shape[-1]))
        return np.asarray(self.rng.multinomial(persons, wide)[..., :-1])

    def _reassess(self, month: int) -> None:
        for move in self.flows.moves:
            moved = self.rng.binomial(self.clients[..., move.source], at(move.rate, month))
            self.clients[..., move.source] -= moved
            self.clients[..., move.target] += moved

    def _demand(self, month: int) -> Ints:
        """Return who asks now, [R, C, F]; who is diverted to later joins the queue."""
        flows = self.flows
        demand = self.queue.pop(month, np.zeros(self.shape, dtype=np.int64))
        taken = (demand + self.waiting) @ flows.to_pool.astype(np.int64)
        at_risk = np.maximum(self.free - taken, 0)
        for pool in range(flows.to_pool.shape[1]):
            own = np.flatnonzero(flows.entrance_pool == pool)
            parts = [at(flows.hazard, month)[0][..., own]]
            for diversion in flows.diversions:
                rate = at(diversion.rate, month)[0][..., own]
                parts.append(rate @ diversion.to[own])
            sizes = [part.shape[-1] for part in parts]
            cells = np.broadcast_shapes(*[part.shape[:-1] for part in parts])
            share = np.concatenate([np.broadcast_to(part, (*cells, part.shape[-1])) for part in parts], axis=-1)
            asked = np.split(self._multinomial(at_risk[..., pool], share), np.cumsum(sizes)[:-1], axis=-1)
            for place, entrance in enumerate(own):
                demand[..., flows.entrance_form[entrance]] += asked[0][..., place]
            for diversion, persons in zip(flows.diversions, asked[1:], strict=True):
                if diversion.delay == 0:
                    demand = demand + persons
                else:
                    self._later(month + diversion.delay, persons)
        return demand

    def _later(self, month: int, persons: Ints) -> None:
        self.queue[month] = self.queue.get(month, 0) + persons

    def _admit(self, month: int, demand: Ints) -> Ints:
        """Admit by lot as many as there is room for; the others wait, and some give up."""
        capacity = self.capacity
        assert capacity is not None
        asked = demand + self.waiting
        in_care = self.clients.sum(axis=(0, 2)) @ self.flows.to_form
        places = capacity.places[month if len(capacity.places) > 1 else 0]
        admissions = capacity.admissions[month if len(capacity.admissions) > 1 else 0]
        room = np.floor(np.minimum(np.maximum(places - in_care, 0.0), admissions))
        left = np.minimum(room, asked.sum(axis=1)).astype(np.int64)
        admitted, others = np.empty_like(asked), asked.sum(axis=1)
        for cell in range(asked.shape[1]):
            others = others - asked[:, cell]
            admitted[:, cell] = self.rng.hypergeometric(asked[:, cell], others, left)
            left = left - admitted[:, cell]
        self.waiting = self.rng.binomial(asked - admitted, 1.0 - capacity.gives_up)
        return admitted

    def _split(self, month: int, starters: Ints) -> Ints:
        """Put starters [R, C, F] on their tracks, [R, C, G]."""
        flows = self.flows
        if flows.weight is None:
            return starters
        weight = at(flows.weight, month)[0]
        split = np.empty((*self.shape[:2], len(flows.track_form)), dtype=np.int64)
        for form in range(len(flows.pool)):
            own = np.flatnonzero(flows.track_form == form)
            placed = self._multinomial(starters[..., form], weight[..., own[1:]])
            split[..., own[1:]] = placed
            split[..., own[0]] = starters[..., form] - placed.sum(axis=-1)
        return split

    def _end(self, month: int) -> Ints:
        """End support at the end of the month; return who ended, [R, C, F]."""
        flows = self.flows
        exit_share = flows.exit[0][:, None]
        ended = self.rng.binomial(self.clients, exit_share)
        self.clients = self.clients - ended
        if len(self.clients) > 1:
            older = np.concatenate([np.zeros_like(self.clients[:1]), self.clients[:-1]])
            older[-1] += self.clients[-1]
            self.clients = older
        by_form = ended @ flows.to_form.astype(np.int64)
        self.free += by_form.sum(axis=0) @ flows.to_pool.astype(np.int64)
        for back in flows.returns:
            extra = back.extra[0][:, None]
            caused = np.divide(extra, exit_share, out=np.zeros(extra.shape), where=exit_share > 0)
            persons = self.rng.binomial(ended, np.minimum(caused, 1.0)).sum(axis=0)
            self._later(month + 1 + back.delay, self._multinomial(persons, back.to).sum(axis=-2))
        self._go_on(month, by_form)
        return np.asarray(by_form.sum(axis=0))

    def _go_on(self, month: int, ended: Ints) -> None:
        flows = self.flows
        if not len(flows.follows):
            return
        share = np.broadcast_to(at(flows.through, month)[0], (*ended.shape[:1], ended.shape[2], len(flows.follows)))
        going = np.zeros(self.shape, dtype=np.int64)
        for form in np.unique(flows.follows[:, 0]):
            pairs = np.flatnonzero(flows.follows[:, 0] == form)
            gone = self._multinomial(ended[..., form], share[:, None][..., pairs]).sum(axis=0)
            for place, pair in enumerate(pairs):
                going[..., flows.follows[pair, 1]] += gone[..., place]
        self._later(month + 1, going)


@dataclass(frozen=True, kw_only=True)
class Spells:
    """Spells of support, one per row; months count from 0."""

    person: Ints
    """[S] number of the resident, the same for all pools and scenarios."""
    cell: Ints
    form: Ints
    start: Ints
    """First month; below 0 for who was present at the start."""
    end: Ints
    """First month without; may lie after the horizon."""


def event_samples(flows: Flows, *, seed: int, ceiling: Floats) -> Spells:
    """Return the spells of every resident, drawn by thinning.

    `ceiling` [C, E] is at least every hazard of every scenario that is compared: candidates for a start come at that
    pace, the same in each scenario, and are accepted when the hazard allows. A measure that lowers the inflow then only
    takes spells away. For one draw of a closed town: no demography, moves, diversions or returns.
    """
    if flows.draws != 1 or flows.demography or flows.moves or flows.diversions or flows.returns:
        raise FlowInputError(
            "Events are sampled for one draw of a closed town.", where="events", now="Use count_samples instead."
        )
    if (flows.hazard[0] > ceiling * (1 + 1e-12)).any() or (ceiling @ flows.from_pool.T > 1).any():
        raise FlowInputError("The ceiling lies below a hazard, or above 1.", where="ceiling", now="Take the largest.")
    cell = np.repeat(np.arange(len(flows.residents)), np.rint(flows.residents).astype(np.int64))
    parts = [_Events(flows, seed, ceiling, pool, cell).run() for pool in range(flows.to_pool.shape[1])]
    return Spells(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])})


class _Events:
    """The spells of one pool."""

    def __init__(self, flows: Flows, seed: int, ceiling: Floats, pool: int, cell: Ints) -> None:
        self.flows, self.pool, self.cell = flows, pool, cell
        self.entrances = np.flatnonzero(flows.entrance_pool == pool)
        self.ceiling = ceiling[:, self.entrances]
        self.key = mixed(seed, pool)
        self.person = np.arange(len(cell))
        self.found: list[tuple[Ints, ...]] = []

    def uniform(self, person: Ints, event: int, purpose: int) -> Floats:
        """Return the random number of a person, event and purpose, strictly between 0 and 1."""
        bits = person.astype(np.uint64) + np.uint64(mixed(self.key, event, purpose))
        for factor in (0xBF58476D1CE4E5B9, 0x94D049BB133111EB):
            bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(factor)
        return ((bits ^ (bits >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) / 2.0**53 + 2.0**-54

    def run(self) -> Spells:
        free_from = self._stock()
        pace = np.maximum(self.ceiling.sum(axis=1), 1e-300)[self.cell]
        month, person, event = np.full(len(self.person), -1), self.person, 0
        while len(person):
            event += 1
            gap = np.log(self.uniform(person, event, 0)) / np.log1p(-np.minimum(pace[person], 1 - 1e-16))
            month = month + np.ceil(np.minimum(gap, self.flows.months + 1.0)).astype(np.int64)
            due = month < self.flows.months
            person, month = person[due], month[due]
            free = month >= free_from[person]
            entrance, accepted = self._accept(person[free], month[free], event)
            who, when = person[free][accepted], month[free][accepted]
            form = self.flows.entrance_form[self.entrances[entrance[accepted]]]
            free_from[who] = self._serve(who, form, when, np.zeros_like(when), event)
        columns = [np.concatenate(column) for column in zip(*self.found, strict=True)] or [np.zeros(0, int)] * 4
        who, form, start, end = columns
        return Spells(person=who, cell=self.cell[who], form=form, start=start, end=end)

    def _accept(self, person: Ints, month: Ints, event: int) -> tuple[Ints, NDArray[np.bool_]]:
        """Mark each candidate with an entrance by the ceiling, and accept it by the hazard of its month."""
        marks = np.cumsum(self.ceiling, axis=1)
        cell = self.cell[person]
        point = self.uniform(person, event, 1) * marks[cell, -1]
        entrance = np.minimum((point[:, None] >= marks[cell]).sum(axis=1), len(self.entrances) - 1)
        hazard = self.flows.hazard[0]
        now = hazard[month if len(hazard) > 1 else np.zeros_like(month), cell, self.entrances[entrance]]
        return entrance, self.uniform(person, event, 2) * self.ceiling[cell, entrance] < now

    def _stock(self) -> Ints:
        """Give the first residents of each cell the support that is running; return from when each is free."""
        free_from = np.zeros(len(self.person), dtype=np.int64)
        first = np.searchsorted(self.cell, np.arange(len(self.flows.residents)))
        for age, cell, form in zip(*np.nonzero(np.rint(self.flows.stock)), strict=True):
            if self.flows.pool[form] != self.pool:
                continue
            count = int(np.rint(self.flows.stock[age, cell, form]))
            who = np.arange(first[cell], first[cell] + count)
            first[cell] += count
            forms, start = np.full(count, form), np.zeros(count, dtype=np.int64)
            free_from[who] = self._serve(who, forms, start, np.full(count, age), 0)
        return free_from

    def _serve(self, person: Ints, form: Ints, start: Ints, behind: Ints, event: int) -> Ints:
        """Add the spell that starts and what follows on it; return the first month without."""
        free_from, place = start.copy(), np.arange(len(person))
        link = 0
        while len(person):
            months = self._months(person, form, start, behind, mixed(event, link))
            self.found.append((person, form, start - behind, start + months))
            free_from[place] = start + months
            following = self._follows(person, form, start + months - 1, behind + months - 1, mixed(event, link))
            going = (following >= 0) & (start + months < self.flows.months)
            person, form, start, place = person[going], following[going], (start + months)[going], place[going]
            behind, link = np.zeros_like(start), link + 1
        return free_from

    def _months(self, person: Ints, form: Ints, start: Ints, behind: Ints, event: int) -> Ints:
        """Return how many months support still lasts, at least 1."""
        track = self._track(person, form, start, event)
        cell = self.cell[person]
        exit_share = self.flows.exit[0]
        left, months = self.uniform(person, event, 3), np.ones(len(person), dtype=np.int64)
        running = np.arange(len(person))
        for step in range(len(exit_share)):
            age = np.minimum(behind[running] + step, len(exit_share) - 1)
            stays = 1.0 - exit_share[age, cell[running] if exit_share.shape[1] > 1 else 0, track[running]]
            ends = left[running] >= stays
            left[running] = left[running] / np.where(stays > 0, stays, 1.0)
            running = running[~ends]
            months[running] += 1
        tail = exit_share[-1, cell[running] if exit_share.shape[1] > 1 else 0, track[running]]
        months[running] += np.where(
            tail >= 1,
            0,
            np.minimum(np.log(left[running]) / np.log1p(-np.clip(tail, 1e-300, 1 - 1e-16)), 1e6),
        ).astype(np.int64)
        return months

    def _track(self, person: Ints, form: Ints, start: Ints, event: int) -> Ints:
        flows = self.flows
        if flows.weight is None:
            return form
        share = flows.weight[0][start, self.cell[person]] * (flows.track_form == form[:, None])
        marks = np.cumsum(share, axis=1)
        track = (self.uniform(person, event, 4)[:, None] * marks[:, -1:] >= marks).sum(axis=1)
        return np.asarray(np.minimum(track, len(flows.track_form) - 1))

    def _follows(self, person: Ints, form: Ints, month: Ints, behind: Ints, event: int) -> Ints:
        """Return the form that follows, or -1."""
        flows, following = self.flows, np.full(len(person), -1)
        if not len(flows.follows):
            return following
        shape = (flows.months, len(flows.exit[0]), len(flows.residents), len(flows.follows))
        share = np.broadcast_to(flows.through[0], shape)
        point = self.uniform(person, event, 5)
        when, age = np.minimum(month, flows.months - 1), np.minimum(behind, shape[1] - 1)
        for pair, (source, target) in enumerate(flows.follows):
            chance = np.where(form == source, share[when, age, self.cell[person], pair], 0.0)
            following = np.where((following < 0) & (point < chance), target, following)
            point = np.where(point < chance, 2.0, point - chance)
        return following


def count(spells: Spells, flows: Flows) -> Ints:
    """Return the clients per month, cell and form, [T, C, F]."""
    change = np.zeros((flows.months + 1, len(flows.residents), len(flows.pool)), dtype=np.int64)
    np.add.at(change, (np.maximum(spells.start, 0), spells.cell, spells.form), 1)
    np.add.at(change, (np.minimum(spells.end, flows.months), spells.cell, spells.form), -1)
    return np.asarray(change.cumsum(axis=0)[:-1])
