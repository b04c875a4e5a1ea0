"""Forecasts of the past of a town: ours beside nothing-changes, constant use by age, and Theta of statsforecast.

Every method sees what was known at each origin and is judged on the same targets: clients per care form on the last day
of the month one, two and three years on. Theta gets the monthly series of each care form. Prints a Markdown table with
errors, and seconds per origin as ratios to ours. Without statsforecast (`pip install statsforecast`) its row says so.

    noaber demo --folder noaberstad
    python bench/forecasts.py --town noaberstad
    python bench/forecasts.py --chance 20
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from datetime import date
from pathlib import Path

import numpy as np

from noaber import municipality, rules
from noaber.forecasts import backtest, known, months, population, prices, shape, spells
from noaber.forecasts.ages import OLDEST
from noaber.snapshot import Store

LEAST = 24
"""Months of a series that Theta is given at least."""


def by_theta(past, first, origins, trial):
    """Return Theta's forecasts for the same targets, [O, H, F], and seconds in all; None without the library."""
    if importlib.util.find_spec("statsforecast") is None:
        return None
    from statsforecast.models import Theta  # noqa: PLC0415 - heavy and optional

    found = np.full(trial.seen.shape, np.nan)
    Theta(season_length=12).forecast(y=np.arange(36.0) + 1, h=12)  # compiled before the clock starts
    began = time.perf_counter()
    for place, origin in enumerate(origins):
        now = months.between(first, origin)
        for form in np.flatnonzero(np.isfinite(trial.seen[place]).any(axis=0)):
            series = past.clients[:now, form]
            if now >= LEAST and series.any():
                made = Theta(season_length=12).forecast(y=series.astype(np.float64), h=12 * backtest.AHEAD)["mean"]
                found[place, :, form] = made[11::12]
    return found, time.perf_counter() - began


def wape(expected, seen):
    """Return the weighted absolute percentage error per year ahead and in all."""
    there = np.isfinite(seen) & np.isfinite(expected)
    off, whole = np.where(there, np.abs(expected - seen), 0.0), np.where(there, seen, 0.0)
    per_year = 100 * off.sum(axis=(0, 2)) / whole.sum(axis=(0, 2))
    return [*per_year, 100 * off.sum() / whole.sum()]


def of_town(folder: Path):
    """Return (known, prices, day, first, changed, earlier) of a town with a snapshot."""
    town = municipality.read(folder / "municipality.toml")
    held = Store(town.store).current()

    def then(day):
        with held.connect(day) as connection:
            return known.read(connection, town, day)

    now = then(held.known_on)
    with held.connect() as connection:
        path = prices.path(prices.read(connection), town.figures_from.year, held.known_on.year + 1)
    return now, path, held.known_on, town.figures_from, shape.since(town, now.opens), then


def by_chance(seed: int, forms: int = 12):
    """Return the same for a town of pure chance: each form grows at its own pace, and clients come and go at random."""
    random = np.random.default_rng(seed)
    first, opens, whole = date(2016, 1, 1), date(2026, 1, 1), 12 * 12
    growth = random.normal(0.01, 0.04, forms)
    mean = random.uniform(4, 60, forms)[None] * np.exp(np.arange(-24, whole - 24)[:, None] / 12 * growth)
    month, form = np.nonzero(starts := random.poisson(mean))
    number = starts[month, form]
    month, form = np.repeat(month, number), np.repeat(form, number)
    lasts = random.geometric(1 / random.uniform(6, 30, forms)[form])
    begin = (np.datetime64("2014-01") + month).astype("datetime64[D]") + random.integers(0, 28, len(month))
    last = (np.datetime64("2014-01") + month + lasts).astype("datetime64[D]") - 1
    last = np.where(last > np.datetime64("2027-12-31"), np.datetime64("NaT"), last).astype("datetime64[D]")
    register = spells.Register(
        forms=tuple(f"F{number}" for number in range(forms)),
        laws=("wmo",) * forms,
        areas=("GM0000",),
        person=np.arange(len(form)),
        form=form,
        area=np.zeros(len(form), dtype=np.int64),
        referrer=np.full(len(form), ""),
        born=begin.astype("datetime64[Y]").astype(int) + 1970 - random.integers(20, 90, len(form)),
        begin=begin,
        last=last,
        cents=np.zeros((1, forms)),
        first=first,
    )
    bands = (*((age, age + 4) for age in range(0, 95, 5)), (95, OLDEST))
    years = tuple(range(2014, 2027))
    counts = population.Counted(
        years=years, areas=("GM0000",), sexes=("0",), bands=bands, persons=np.full((len(years), 1, 1, 20), 4000.0)
    )
    now = known.Known(register=register, counts=counts, opens=opens)
    return now, prices.path({}, 2025, 2027), opens, first, {}, None


def compare(towns: list) -> None:
    """Try every method on towns, and print the table."""
    rows: dict[str, list] = {}
    seen, took, inside = [], {"noaber": 0.0, "theta": 0.0}, []
    for now, path, day, first, changed, earlier in towns:
        began = time.perf_counter()
        found = backtest.backtest(
            now,
            first=first,
            prices=path,
            damping=rules.value("estimates/trend_damping", day).number,
            on=day,
            changed=changed,
            earlier=earlier,
        )
        took["noaber"] += time.perf_counter() - began
        past = backtest.Past(now.register, first, months.between(first, now.opens))
        seen.append(found.clients.seen)
        inside.append(found.clients.inside())
        for method, values in found.clients.expected.items():
            rows.setdefault(method, []).append(values)
        theta = by_theta(past, first, found.origins, found.clients)
        if theta is not None:
            rows.setdefault("theta", []).append(theta[0])
            took["theta"] += theta[1]
    whole = np.concatenate([part.swapaxes(0, 2) for part in seen])
    within = np.concatenate([part.ravel() for part in inside])
    print(f"{len(towns)} towns; {100 * np.nanmean(within):.0f} percent inside our band (meant: 80)\n")
    print("| method | 1 year | 2 years | 3 years | all | seconds ÷ ours |")
    print("| --- | --: | --: | --: | --: | --: |")
    for method, parts in rows.items():
        errors = wape(np.concatenate([part.swapaxes(0, 2) for part in parts]), whole)
        ratio = f"{took[method] / took['noaber']:.2f}" if method in took else ""
        print(f"| {method} | {' | '.join(f'{error:.1f}' for error in errors)} | {ratio} |")
    if "theta" not in rows:
        print("\nTheta was left out: statsforecast is not installed.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--town", type=Path, help="folder of a town with a snapshot")
    parser.add_argument("--chance", type=int, default=0, help="towns of pure chance instead")
    given = parser.parse_args()
    compare([by_chance(seed) for seed in range(given.chance)] if given.chance else [of_town(given.town)])
