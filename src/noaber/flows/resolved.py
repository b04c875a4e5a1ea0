"""What decides how many clients there are: a town and its measures, resolved to arrays.

Letters in shapes are those of words.py, and G tracks (groups of clients of one form with the same duration; without
duration measures one per form), E entrances (pool × form: where starts come from), N diversions, Z zones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from .words import Demography, Floats, Ints, one_hot


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
    period: Ints | None = None
    """[T] numbers, rising from 0, of what is added up over months while counting; None when months stay apart."""

    @cached_property
    def plain(self) -> bool:
        """Whether every form has one track."""
        return len(self.track_form) == len(self.pool)

    @cached_property
    def first_tracks(self) -> Ints:
        """[F] the track of each form whose clients no measure has reached."""
        return np.searchsorted(self.track_form, np.arange(len(self.pool)))

    @cached_property
    def other_tracks(self) -> Ints:
        """[G-F]"""
        return np.setdiff1d(np.arange(len(self.track_form)), self.first_tracks)

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
        if self.plain:
            return persons
        by_form: Floats = persons[..., self.first_tracks]
        for track in self.other_tracks:
            by_form[..., self.track_form[track]] += persons[..., track]
        return by_form

    @property
    def periods(self) -> int:
        """The length of the axis of months in what is counted."""
        return self.months if self.period is None else int(self.period[-1]) + 1

    def by_zone(self, persons: Floats) -> Floats:
        """Return [..., Z, X] from [..., C, X]."""
        return persons if self.to_zone is None else self.to_zone @ persons


def of_draws(values: Floats, draws: slice) -> Floats:
    """Return these draws of an array whose first axis may have length 1."""
    return values[draws] if len(values) > 1 else values


def at(values: Floats, month: int) -> Floats:
    """Return the month of an array [D, T|1, ...]."""
    return values[:, month if values.shape[1] > 1 else 0]


def by_period(values: Floats, period: Ints, axis: int) -> Floats:
    """Return sums over the months of each period, from values with months on this axis."""
    return np.add.reduceat(values, np.searchsorted(period, np.arange(period[-1] + 1)), axis=axis)
