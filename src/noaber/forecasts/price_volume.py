"""Price × volume: each budget line with the residents who use its law, the trend of its care form, and prices.

amount(y) = amount(base) × residents of the ages that use the law × trend × price index + agreements beside the index
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from noaber.municipality import PriceStep
from noaber.rules import Value

from ..flows import Floats, Ints, Parameter, draws
from ..flows.draws import P90
from . import trend as trends
from .backtest import METHODS, Trial
from .bands import SEED
from .drivers import Driver
from .lines import Tables
from .prices import PricePath
from .trend import Trend

_DRAWS: Final = 256
_LEAST: Final = 3
"""Yearly figures before an origin of a trial."""
AHEAD: Final = 3


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """Euros per year from the base year on and per line, expected and under draws."""

    years: range
    euros: Floats
    """[Y, L]"""
    drawn: Floats
    """[D, Y, L]"""
    variance: Floats
    """[D, Y, L] by chance."""
    trial: Trial | None
    """How forecasts of the past did; None with too few years to try one."""
    trend: Trend
    damping: float


@dataclass(frozen=True, kw_only=True)
class Volumes:
    """The history of every line in arrays, years × lines; NaN where there is no figure."""

    seen: Floats
    expected: Floats
    group: Ints
    counts: Floats
    """[L] whether it counts indications."""


def volumes(
    tables: Tables, drivers: Mapping[str, Driver], prices: PricePath, changed: Mapping[str, date] | None = None
) -> Volumes:
    """Return the volume of each line per year up to the base year: indications, or euros at prices of the base year.

    Of a care form that is another since the day in `changed`, only what came since then counts.
    """
    first = min((year for line in tables.lines for year in line.volume), default=tables.base)
    years = range(first, tables.base + 1)
    laws = sorted({line.law for line in tables.lines})
    seen = np.full((len(years), len(tables.lines)), np.nan)
    expected = np.zeros_like(seen)
    for place, line in enumerate(tables.lines):
        # What has no care form has no client either: its euros say nothing about use.
        since = (changed or {}).get(line.care_form, date.min).year if line.care_form else tables.base + 1
        for year, value in line.volume.items():
            if year in years and year >= since and (line.counts or value > 0):
                level = 1.0 if line.counts else prices.at(tables.base) / prices.at(year)
                seen[year - first, place] = value * level
        grown = np.array([drivers[line.law].index.get(year, 1.0) for year in years])
        expected[:, place] = grown * np.nanmean(seen[:, place] / grown) if np.isfinite(seen[:, place]).any() else 0.0
    return Volumes(
        seen=seen,
        expected=expected,
        group=np.array([laws.index(line.law) for line in tables.lines], dtype=np.int64),
        counts=np.array([line.counts for line in tables.lines]),
    )


def outlook(
    tables: Tables,
    until: int,
    *,
    drivers: Mapping[str, Driver],
    prices: PricePath,
    damping: Value,
    steps: Sequence[PriceStep] = (),
    changed: Mapping[str, date] | None = None,
) -> Outlook:
    """Return the forecast of every line from the base year to `until`, at the prices of `prices`.

    A line without a care form stays at its volume, and so does one of which fewer than two years are known; a line of
    income keeps its amount.
    """
    years = range(tables.base, until + 1)
    ahead = np.arange(len(years), dtype=np.float64)
    past = volumes(tables, drivers, prices, changed)
    trend = _trend(past)
    base = np.array([line.cents / 100 for line in tables.lines])
    spends, follows = base > 0, np.array([bool(line.care_form) for line in tables.lines])
    moves = (follows & spends).astype(np.float64)
    grown = np.array([[drivers[line.law].index.get(year, 1.0) for line in tables.lines] for year in years])
    people = np.where(moves > 0, grown, 1.0)
    slope, slope_error = trend.slope * moves, trend.slope_error * moves
    added = agreed(tables, years, steps)

    def euros(slopes: Floats, fading: float, dearer: Floats) -> Floats:
        grows = np.exp(trends.path(ahead, fading)[:, None] * slopes)
        return base * people * grows * np.where(spends, dearer[:, None], 1.0) + added

    points = draws(_unknown(len(base)), _DRAWS, SEED)
    fading, dearer = _faded(damping, points["damping"]), _dearer(prices, len(years), points["prices"])
    own = np.stack([points[f"slope {line}"] for line in range(len(base))], axis=1)
    drawn = np.array(
        [euros(slope + own[d] * slope_error, fading[d], dearer[d]) for d in range(_DRAWS)], dtype=np.float64
    )
    return Outlook(
        years=years,
        euros=euros(slope, damping.number, prices_of(prices, years)),
        drawn=drawn,
        variance=_chance(trend, past, moves, drawn),
        trial=trial(past, damping.number),
        trend=trend,
        damping=damping.number,
    )


def growth(outlook_: Outlook, driver: Driver, place: int) -> Floats:
    """Return by how much, in logs, the volume of a line grows from the base year on, [Y]."""
    ahead = np.arange(len(outlook_.years), dtype=np.float64)
    people = np.log([driver.index.get(year, 1.0) for year in outlook_.years])
    return np.asarray(people + trends.path(ahead, outlook_.damping) * outlook_.trend.slope[place])


def agreed(tables: Tables, years: range, steps: Sequence[PriceStep]) -> Floats:
    """Return euros per year and line that agreements add, [Y, L]: nothing in the base year, which has them already.

    The amount is for a whole year; the year it begins in gets its part. Lines of its care forms share it by size.
    """
    found = np.zeros((len(years), len(tables.lines)))
    for step in steps:
        touched = np.array([float(max(line.cents, 0)) * (line.care_form in step.care_forms) for line in tables.lines])
        if not touched.any():
            continue
        for place, year in enumerate(years):
            if place and year >= step.on.year:
                part = 1 - (step.on.timetuple().tm_yday - 1) / 365 if year == step.on.year else 1.0
                found[place] += part * step.cents_per_year / 100 * touched / touched.sum()
    return found


def prices_of(prices: PricePath, years: range) -> Floats:
    """Return the prices of years beside those of the first, [Y]."""
    return np.array([prices.at(year) for year in years]) / prices.at(years[0])


def trial(past: Volumes, damping: float) -> Trial | None:
    """Return forecasts of past volumes beside what they became; None when no line has years enough."""
    count = len(past.seen)
    origins = range(_LEAST - 1, count - 1)
    if not origins:
        return None
    found: dict[str, list[Floats]] = {name: [] for name in ("seen", "drawn", "variance", *METHODS)}
    for now in origins:
        known = Volumes(
            seen=past.seen[: now + 1], expected=past.expected[: now + 1], group=past.group, counts=past.counts
        )
        trend = _trend(known)
        last = np.nan_to_num(past.seen[now])
        ageing = _part(past.expected, now) / np.maximum(past.expected[now], 1e-12)
        path = trends.path(np.arange(1.0, AHEAD + 1), damping)[:, None]
        enough = np.isfinite(past.seen[: now + 1]).sum(axis=0) >= _LEAST
        seen = np.where(enough & np.isfinite(past.seen[now]), _part(past.seen, now, np.nan), np.nan)
        middle = last * ageing * np.exp(path * trend.slope)
        spread = middle**2 * (path * trend.slope_error) ** 2
        noise = trend.noise * np.maximum(middle, 0.0)
        values = {"seen": seen, "noaber": middle, "naive": np.broadcast_to(last, middle.shape)}
        values |= {"constant_rates": last * ageing, "drawn": middle[None], "variance": (spread + 2 * noise)[None]}
        for name, value in values.items():
            found[name].append(value)
    arrays = {name: np.array(value) for name, value in found.items()}
    return Trial(
        seen=arrays["seen"],
        expected={method: arrays[method] for method in METHODS},
        drawn=arrays["drawn"],
        variance=arrays["variance"],
    )


def _part(values: Floats, now: int, otherwise: float = 1.0) -> Floats:
    """Return the years after `now`, [H, L], filled up where the series ends."""
    found = np.full((AHEAD, values.shape[1]), otherwise)
    kept = values[now + 1 : now + 1 + AHEAD]
    found[: len(kept)] = kept
    return found


def _trend(past: Volumes) -> Trend:
    """Return the trend of all lines: indications and euros are told apart, for their noise differs."""
    names = ("level", "slope", "level_error", "slope_error", "noise")
    size = len(past.counts)
    filled = {name: np.zeros(size) for name in names}
    years = np.zeros(size, dtype=np.int64)
    for counts in (True, False):
        chosen = past.counts == counts
        if chosen.any():
            one = trends.fit(past.seen[:, chosen], past.expected[:, chosen], past.group[chosen], counts=counts)
            years[chosen] = one.years
            for name in names:
                filled[name][chosen] = getattr(one, name)
    for name in ("slope", "slope_error"):
        filled[name] = np.where(years > 1, filled[name], 0.0)
    return Trend(years=years, **filled)


def _unknown(lines: int) -> list[Parameter]:
    """Return standard normals: the slope of each line, the damping and the prices."""
    names = [*(f"slope {line}" for line in range(lines)), "damping", "prices"]
    return [Parameter(name=name, middle=0.0, low=-P90, high=P90, shape="normal") for name in names]


def _faded(damping: Value, normal: Floats) -> Floats:
    """Return drawn dampings, [D], a half to each side as wide as the estimate says."""
    assert damping.low is not None, "an estimate has a range"
    assert damping.high is not None, "an estimate has a range"
    width = np.where(normal < 0, damping.number - damping.low, damping.high - damping.number)
    return np.clip(damping.number + normal / P90 * width, 0.0, 1.0)


def _dearer(prices: PricePath, years: int, normal: Floats) -> Floats:
    """Return drawn prices beside those of the base year, [D, Y]."""
    spread = np.log(prices.high / prices.low)[-years:] / (2 * P90)
    level = np.log(prices.middle[-years:] / prices.middle[-years])
    return np.asarray(np.exp(level + normal[:, None] * (spread - spread[0])))


def _chance(trend: Trend, past: Volumes, follows: Floats, drawn: Floats) -> Floats:
    """Return the variance by chance, [D, Y, L]: that of the year itself, and that of the base year it is built on."""
    filled = np.where(np.isfinite(past.seen), past.seen, 0.0)
    last = np.maximum(filled[-1], filled.mean(axis=0))
    relative = np.where((last > 0) & (follows > 0), 2 * trend.noise / np.maximum(last, 1e-12), 0.0)
    variance = np.maximum(drawn, 0.0) ** 2 * relative
    variance[:, 0] = 0.0
    return np.asarray(variance)
