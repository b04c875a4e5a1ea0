"""Demography by cohorts: everyone grows a year older, some die, some move, some are born; districts add up to the town.

Shapes: A areas, S sexes, X single ages, B age bands, Y years. Persons are counted on 1 January; what happens in year y
leads from count y to count y + 1. Deaths follow from a life table, births from a birth rate, and net moves are what the
town's own counts show beside those; so what the assumptions miss in the past does not come back as a surprise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ..flows import Floats
from .ages import OLDEST, Band, covers_births, fertility, membership, spread, survival
from .errors import TooShortError

_RECENT: Final = 5
"""Years of moves that are looked at."""


@dataclass(frozen=True, kw_only=True)
class Assumptions:
    """What is assumed of the country: children per woman, and years a newborn may expect to live, per sex."""

    children: float
    life: tuple[float, ...]
    """One for each sex, in the order of the counts; one in all when sexes are not told apart."""
    extra_moves: float = 0.0
    """Net moves per resident and year beside those of the past; what sets the variants apart."""


@dataclass(frozen=True, kw_only=True)
class Rates:
    """What happens to residents in a year."""

    survival: Floats
    """[S, X]"""
    births: Floats | None
    """[X] births per woman; None when those who give birth are not among the ages counted."""
    entrants: Floats
    """[A, S] who reach the youngest age in a year, where births are not known."""
    moves: Floats
    """[A, S, X] net moves as a share of who would be there without."""
    town_moves: Floats
    """[S, X] the same for the town as a whole; the districts are fitted to it."""
    open_end: bool
    """Whether the oldest age holds everyone older."""


@dataclass(frozen=True, kw_only=True)
class Projection:
    """Persons by area, sex and age for each year, and how one count leads to the next, per area."""

    persons: Floats
    """[Y + 1, A, S, X]"""
    entered: Floats
    """[Y, A] born, or grown into the youngest age."""
    deaths: Floats
    """[Y, A]"""
    outgrown: Floats
    """[Y, A] grown past the oldest age; zero when it is open."""
    moved: Floats
    """[Y, A] net: who came in less who left."""


def step(people: Floats, rates: Rates) -> tuple[Floats, Floats, Floats, Floats]:
    """Return people a year later without moves [A, S, X], and who entered, died and outgrew, [A] each."""
    alive = people * rates.survival
    deaths = (people - alive).sum(axis=(1, 2))
    after = np.empty_like(alive)
    after[..., 1:] = alive[..., :-1]
    last = alive[..., -1]
    outgrown = np.zeros(len(people)) if rates.open_end else last.sum(axis=1)
    if rates.open_end:
        after[..., -1] += last
    if rates.births is None:
        born = rates.entrants
    else:
        # Women are the last sex; half of everyone when sexes are not told apart.
        share = 1.0 if people.shape[1] > 1 else 0.5
        women = share * (people[:, -1] + np.concatenate([people[:, -1, :1], alive[:, -1, :-1]], axis=1)) / 2
        mix = np.array([0.512, 0.488]) if people.shape[1] > 1 else np.ones(1)
        born = (women @ rates.births)[:, None] * mix
    young = born * np.sqrt(rates.survival[:, 0])
    after[..., 0] = young
    return after, born.sum(axis=1), deaths + (born - young).sum(axis=1), outgrown


def project(people: Floats, rates: Rates, years: int) -> Projection:
    """Return the projection from `people` [A, S, X] over a number of years."""
    persons = [people]
    flows: list[tuple[Floats, ...]] = []
    for _ in range(years):
        closed, entered, deaths, outgrown = step(persons[-1], rates)
        after = np.maximum(closed * (1 + rates.moves), 0.0)
        town, added = closed.sum(axis=0) * (1 + rates.town_moves), after.sum(axis=0)
        after = after * np.divide(np.maximum(town, 0.0), added, out=np.ones_like(added), where=added > 0)
        flows.append((entered, deaths, outgrown, (after - closed).sum(axis=(1, 2))))
        persons.append(after)
    entered, deaths, outgrown, moved = (np.array(series) for series in zip(*flows, strict=True))
    return Projection(persons=np.array(persons), entered=entered, deaths=deaths, outgrown=outgrown, moved=moved)


def estimate(counts: Floats, bands: tuple[Band, ...], assumed: Assumptions) -> Rates:
    """Return the rates of a town from its own yearly counts, [Y, A, S, B].

    Net moves are what counts of the last five years show beside births and deaths, per age band: those of the town, and
    those of a district as far as they differ from it by more than chance. TooShortError (N-732) with fewer than two
    counts.
    """
    if len(counts) < 2:
        raise TooShortError(
            f"{len(counts) or 'No'} count of residents by age is too little to see who moves.",
            where="population",
            now="Take in the residents by age of at least two years.",
        )
    counts = counts[-_RECENT - 1 :]
    ages = (bands[0][0], bands[-1][1])
    single, member = spread(counts, bands), membership(bands)
    closed_rates = Rates(
        survival=np.array([survival(years, ages) for years in assumed.life]),
        births=fertility(assumed.children, ages) if covers_births(ages) else None,
        entrants=single[-3:, :, :, 0].mean(axis=0),
        moves=np.zeros(single.shape[1:]),
        town_moves=np.zeros(single.shape[2:]),
        open_end=ages[1] == OLDEST,
    )
    closed = np.array([step(people, closed_rates)[0] @ member.T for people in single[:-1]])
    town, own = _moves(counts[1:] - closed, closed)
    return replace(closed_rates, moves=own @ member, town_moves=town @ member)


def varied(rates: Rates, bands: tuple[Band, ...], assumed: Assumptions) -> Rates:
    """Return the same rates under other assumptions; the moves of the past stay, and the extra is added."""
    ages = (bands[0][0], bands[-1][1])
    return replace(
        rates,
        survival=np.array([survival(years, ages) for years in assumed.life]),
        births=None if rates.births is None else fertility(assumed.children, ages),
        moves=rates.moves + assumed.extra_moves,
        town_moves=rates.town_moves + assumed.extra_moves,
    )


def _moves(residual: Floats, closed: Floats) -> tuple[Floats, Floats]:
    """Return net moves per year as a share, of the town [S, B] and of the districts [A, S, B].

    A district keeps its difference from the town as far as it exceeds chance; the noise of a year is seen in how the
    years of one district differ.
    """
    town = _ratio(residual.sum(axis=(0, 1)), closed.sum(axis=(0, 1)))
    exposure = closed.sum(axis=0)
    raw = _ratio(residual.sum(axis=0), exposure)
    years, areas = closed.shape[:2]
    if areas == 1 or years < 2:
        return town, np.broadcast_to(town, raw.shape)
    noise = _ratio((residual - raw * closed) ** 2, closed).sum(axis=(0, 1)) / (areas * (years - 1))
    chance = _ratio(np.broadcast_to(noise, raw.shape), exposure)
    spread_ = np.maximum(((raw - town) ** 2 - chance).mean(axis=0), 0.0)
    return town, town + _ratio(spread_ * (raw - town), spread_ + chance)


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.asarray(np.divide(above, below, out=np.zeros(np.shape(above)), where=below > 0))
