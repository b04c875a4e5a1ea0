"""Residents by age: what was counted, what is published as a forecast, and our own projection from the counts.

A municipality delivers bands as it has them; here they become one set of adjoining bands, the same in every year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import duckdb
import numpy as np

from noaber import rules

from ..flows import Floats
from .ages import OLDEST, Band, spread
from .demography import Assumptions, Projection, estimate, project, varied
from .errors import TooShortError

VARIANTS: Final = ("forecast", "low", "high")
"""The projection and its two variants, which are told apart and never averaged."""
Bands = Mapping[Band, int]
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Counts on 1 January of adjoining years."""

    years: tuple[int, ...]
    areas: tuple[str, ...]
    sexes: tuple[str, ...]
    bands: tuple[Band, ...]
    persons: Floats
    """[Y, A, S, B]"""

    def until(self, year: int) -> Counted:
        """Return the counts up to and including a year: what was known then."""
        kept = sum(item <= year for item in self.years)
        return Counted(
            years=self.years[:kept],
            areas=self.areas,
            sexes=self.sexes,
            bands=self.bands,
            persons=self.persons[:kept],
        )


@dataclass(frozen=True, kw_only=True)
class Population:
    """Residents per year, by district and single age: counted as long as there are counts, and projected from there."""

    areas: tuple[str, ...]
    ages: Band
    first: int
    """The first year."""
    counted: int
    """The last year that was counted."""
    persons: Mapping[str, Floats]
    """Per variant [Y, A, X]; the counted years are the same in each."""
    rules: tuple[str, ...] = ()

    @property
    def last(self) -> int:
        """The last year."""
        return self.first + len(self.persons["forecast"]) - 1

    def within(self, band: Band, variant: str = "forecast") -> Floats:
        """Return the residents of an age band, [Y, A]."""
        first = max(band[0], self.ages[0]) - self.ages[0]
        return np.asarray(self.persons[variant][..., first : min(band[1], self.ages[1]) - self.ages[0] + 1].sum(axis=2))


def read(connection: duckdb.DuckDBPyConnection) -> Rows:
    """Return the rows of the table of residents."""
    names = ("on", "area", "age_from", "age_until", "sex", "persons", "kind")
    found = connection.execute("""
        SELECT "on", area, age_from, age_until, sex, persons, kind FROM population ORDER BY ALL""")
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def counted(rows: Rows, *, area: str) -> Counted:
    """Return the counts of 1 January by district, or of the municipality `area` where districts have too little.

    TooShortError (N-732) when no two adjoining years have the same age bands.
    """
    tilings = _tilings(row for row in rows if row["kind"] == "observed" and _new_year(row["on"]))
    districts = {name for name, _, _ in tilings if name.startswith("WK")}
    for chosen in (districts, {area}):
        found = _longest(tilings, chosen)
        if found is not None:
            return found
    raise TooShortError(
        "There are no two years in a row with residents by the same ages.",
        where="population",
        now="Take in the residents by age on 1 January of at least two years, per district or for the municipality.",
    )


def forecast(found: Counted, until: int, *, on: date) -> Population:
    """Return the projection of counts up to 1 January of `until`, with its low and high variant.

    The assumptions are the estimates that hold `on` that day. Districts add up to the town in every year.
    """
    middle = _assumed(found.sexes, on, "value")
    rates = estimate(found.persons, found.bands, middle)
    single = spread(found.persons, found.bands)
    years = max(until - found.years[-1], 1)
    persons = {}
    for variant, end in zip(VARIANTS, ("value", "low", "high"), strict=True):
        chosen = rates if end == "value" else varied(rates, found.bands, _assumed(found.sexes, on, end))
        made: Projection = project(single[-1], chosen, years)
        whole = np.concatenate([single[:-1], made.persons]).sum(axis=2)
        persons[variant] = whole[: until - found.years[0] + 1]
    return Population(
        areas=found.areas,
        ages=(found.bands[0][0], found.bands[-1][1]),
        first=found.years[0],
        counted=found.years[-1],
        persons=persons,
        rules=tuple(str(rules.value(name, on)) for name in _RULES),
    )


def published(rows: Rows, *, area: str) -> dict[Band, dict[int, float]]:
    """Return what is published of the municipality: residents per band and year, counted first and else forecast."""
    found: defaultdict[Band, dict[int, float]] = defaultdict(dict)
    for kind in ("forecast", "observed"):
        for row in rows:
            if row["kind"] == kind and row["area"] == area and _new_year(row["on"]) and row["sex"] == "0":
                found[_band(row)][row["on"].year] = float(row["persons"])
    return dict(found)


_RULES: Final = (
    "estimates/children_per_woman",
    "estimates/life_expectancy_men",
    "estimates/life_expectancy_women",
    "estimates/extra_moves",
)


def _assumed(sexes: Sequence[str], on: date, end: str) -> Assumptions:
    children, men, women, moves = (float(getattr(rules.value(name, on), end)) for name in _RULES)
    life = (men, women) if len(sexes) > 1 else ((men + women) / 2,)
    return Assumptions(children=children, life=life, extra_moves=moves / 100)


def _new_year(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def _band(row: Mapping[str, Any]) -> Band:
    return row["age_from"], OLDEST if row["age_until"] is None else row["age_until"]


_Tilings = dict[tuple[str, int, str], dict[Band, int]]


def _tilings(rows: Iterable[Mapping[str, Any]]) -> _Tilings:
    """Return per area, year and sex the finest adjoining bands."""
    given: defaultdict[tuple[str, int, str], dict[Band, int]] = defaultdict(dict)
    for row in rows:
        given[row["area"], row["on"].year, row["sex"]][_band(row)] = row["persons"]
    return {key: tiled(bands) for key, bands in given.items()}


def tiled(bands: Bands) -> dict[Band, int]:
    """Return the finest adjoining bands, from the youngest age on; a wider band gives what is left of it.

    Bands 0-4, 5-9 and 0-14 become 0-4, 5-9 and 10-14. What does not adjoin is left out.
    """
    found: dict[Band, int] = {}
    start = min((first for first, _ in bands), default=0)
    reached = start - 1
    while True:
        own = [band for band in bands if band[0] == reached + 1]
        wider = [band for band in bands if band[0] == start and band[1] > reached]
        if own:
            band = min(own, key=lambda item: item[1])
            found[band] = bands[band]
        elif wider and reached >= start:
            whole = min(wider, key=lambda item: item[1])
            band = (reached + 1, whole[1])
            found[band] = bands[whole] - sum(found.values())
        else:
            return found
        reached = band[1]


def _longest(tilings: _Tilings, areas: set[str]) -> Counted | None:
    """Return the latest run of years in which all areas have the same bands, at least two and three years' worth."""
    years = sorted({year for name, year, _ in tilings if name in areas}, reverse=True)
    best: list[int] = []
    for last in years:
        run = [last]
        bands = _common(tilings, areas, last)
        while bands is not None and len(bands[1]) > 2 and _common(tilings, areas, run[-1] - 1) == bands:
            run.append(run[-1] - 1)
        if len(run) > 1:
            best = run[::-1]
            break
    if not best:
        return None
    shared = _common(tilings, areas, best[-1])
    assert shared is not None
    sexes, bands_ = shared
    names = tuple(sorted(areas))
    persons = [
        [[[tilings[name, year, sex][band] for band in bands_] for sex in sexes] for name in names] for year in best
    ]
    return Counted(
        years=tuple(best), areas=names, sexes=sexes, bands=bands_, persons=np.array(persons, dtype=np.float64)
    )


def _common(tilings: _Tilings, areas: set[str], year: int) -> tuple[tuple[str, ...], tuple[Band, ...]] | None:
    """Return the sexes and bands that every area has in a year; None when they differ."""
    for sexes in (("1", "2"), ("0",)):
        shapes = {tuple(tilings.get((name, year, sex), ())) for name in areas for sex in sexes}
        if areas and len(shapes) == 1 and (bands := next(iter(shapes))):
            return sexes, bands
    return None
