"""How many residents there are of the ages that use a law: what demography alone does to its volume."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from noaber import rules
from noaber.records import Law

from .ages import OLDEST, Band
from .population import Population

_WMO: Final[dict[Band, str]] = {
    (18, 64): "estimates/wmo_use_18_64",
    (65, 74): "estimates/wmo_use_65_74",
    (75, 84): "estimates/wmo_use_75_84",
    (85, OLDEST): "estimates/wmo_use_85",
}
_WORKING: Final[Band] = (18, 66)
_YOUNG: Final[Band] = (0, 17)
Published = Mapping[Band, Mapping[int, float]]


@dataclass(frozen=True, kw_only=True)
class Driver:
    """The residents of the ages that use a law, beside those of the base year, per year."""

    law: str
    index: Mapping[int, float]
    share: float
    """Share of the use that the ages with figures stand for; the rest is taken to stay as it is."""
    held: tuple[int, ...] = ()
    """Years without figures, that took those of the nearest year."""
    rules: tuple[str, ...] = ()


def profile(law: str, on: date) -> tuple[dict[Band, float], tuple[str, ...]]:
    """Return how much ages use a law, one beside the other, and the estimates that say so."""
    if law == Law.WMO:
        values = {band: rules.value(name, on) for band, name in _WMO.items()}
        return {band: item.number for band, item in values.items()}, tuple(map(str, values.values()))
    return {_YOUNG if law == Law.YOUTH else _WORKING: 1.0}, ()


def driver(law: str, years: range, base: int, *, own: Population | None, published: Published, on: date) -> Driver:
    """Return the driver of a law, from our own projection, or else from bands that others publish."""
    weights, used = profile(law, on)
    if own is not None and own.ages == (0, OLDEST) and own.first <= base <= own.last:
        series = np.stack([weight * own.within(band).sum(axis=1) for band, weight in weights.items()]).sum(axis=0)
        found = {own.first + place: float(value) for place, value in enumerate(series)}
        index, held = _indexed(found, years, base)
        return Driver(law=law, index=index, share=1.0, held=held, rules=used)
    return _published(law, years, base, weights, published, used)


def _published(
    law: str, years: range, base: int, weights: Mapping[Band, float], published: Published, used: tuple[str, ...]
) -> Driver:
    """Return the driver from the published bands that stand for most of the use and do not overlap."""
    worth = {band: _worth(band, weights) for band, series in published.items() if _reaches(series, base)}
    chosen: list[Band] = []
    for band in sorted(worth, key=lambda item: (-worth[item], item[1] - item[0])):
        if worth[band] > 0 and all(band[1] < other[0] or band[0] > other[1] for other in chosen):
            chosen.append(band)
    if not chosen:
        return Driver(law=law, index=dict.fromkeys(years, 1.0), share=0.0, rules=used)
    index = dict.fromkeys(years, 0.0)
    held: set[int] = set()
    whole = sum(worth[band] for band in chosen)
    for band in chosen:
        one, missing = _indexed(published[band], years, base)
        held |= set(missing)
        for year in years:
            index[year] += worth[band] / whole * one[year]
    share = min(whole, 1.0)
    index = {year: share * value + 1 - share for year, value in index.items()}
    return Driver(law=law, index=index, share=share, held=tuple(sorted(held)), rules=used)


def _worth(band: Band, weights: Mapping[Band, float]) -> float:
    """Return which share of the use the ages of a band stand for, with equal residents at every age but the oldest."""

    def size(first: int, last: int) -> float:
        ages = np.arange(first, last + 1)
        return float(np.where(ages < 80, 1.0, np.exp(-(ages - 80) / 7)).sum())

    whole = sum(weight * size(*ages) for ages, weight in weights.items())
    shared = ((max(band[0], ages[0]), min(band[1], ages[1]), weight) for ages, weight in weights.items())
    return sum(weight * size(first, last) for first, last, weight in shared if last >= first) / whole


def _reaches(series: Mapping[int, float], base: int) -> bool:
    """Return whether a series looks ahead: at least two years from the base year on."""
    return sum(year >= base for year in series) > 1


def _indexed(series: Mapping[int, float], years: range, base: int) -> tuple[dict[int, float], tuple[int, ...]]:
    """Return the index per year beside the base year, and the years that took the figure of the nearest one."""
    nearest = {year: min(sorted(series), key=lambda item: abs(item - year)) for year in {*years, base}}
    index = {year: series[nearest[year]] / series[nearest[base]] for year in years}
    return index, tuple(year for year in years if nearest[year] != year)
