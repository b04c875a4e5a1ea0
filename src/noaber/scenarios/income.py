"""Income limits: a small layer of households that says who falls within 100, 110 or 120 percent of the social minimum.

Households of a district have incomes around the social minimum of their kind, spread as a lognormal that passes through
two shares of the country; a richer district has its incomes that much higher. Shapes: A districts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist

import duckdb
import numpy as np
from msgspec import structs

from noaber import plans, rules

from ..flows import Floats
from .baseline import Baseline
from .errors import IncomeError


@dataclass(frozen=True, kw_only=True)
class Incomes:
    """The incomes of the households of each district, against the social minimum."""

    areas: tuple[str, ...]
    households: Floats
    """[A]"""
    middle: Floats
    """[A] logarithm of the middle income, in times the social minimum."""
    spread: float
    """Of the logarithm."""
    rules: tuple[str, ...] = ()

    def below(self, percent: float) -> Floats:
        """Return the share of households with at most this percentage of the social minimum, [A]."""
        if percent <= 0:
            raise IncomeError(
                f"An income limit of {percent:g} percent reaches nobody.", where="limit", now="Give 100, 110 or 120."
            )
        cut = (np.log(percent / 100) - self.middle) / self.spread
        return np.array([NormalDist().cdf(float(value)) for value in cut])

    def lost(self, before: float, after: float) -> Floats:
        """Return which part of those within the limit before falls outside it after, [A]; negative when it widens."""
        return 1 - self.below(after) / self.below(before)

    def lost_in_all(self, before: float, after: float) -> float:
        """Return the same for the whole town."""
        inside = (self.below(before) * self.households).sum()
        return float(1 - (self.below(after) * self.households).sum() / inside)


def incomes(areas: Sequence[str], households: Floats, income: Floats, on: date) -> Incomes:
    """Return the incomes of districts with these households [A] and average income per resident [A].

    Two shares of the country fix the lognormal of the whole town: households up to 100 and up to 120 percent.
    IncomeError (N-717) when a district has no income or no households.
    """
    if len(areas) == 0 or (income <= 0).any() or (households < 0).any() or households.sum() == 0:
        raise IncomeError(
            "A district has no households or no income.",
            where="households",
            now="Take in the households and the key figures per district.",
        )
    values = [rules.value(name, on) for name in ("estimates/households_to_100", "estimates/households_to_120")]
    low, high = (NormalDist().inv_cdf(value.number / 100) for value in values)
    if low >= high:
        raise IncomeError("Fewer households lie below 120 percent than below 100.", where="estimates", now="Mend them.")
    spread = (np.log(1.2) - np.log(1.0)) / (high - low)
    average = np.average(income, weights=households)
    return Incomes(
        areas=tuple(areas),
        households=households,
        middle=-low * spread + np.log(income / average),
        spread=float(spread),
        rules=tuple(str(value) for value in values),
    )


def read(connection: duckdb.DuckDBPyConnection, areas: Sequence[str], on: date) -> Incomes:
    """Return the incomes of districts from what a snapshot knows; IncomeError (N-717) when it knows too little."""
    found = dict(connection.execute('SELECT area, arg_max(households, "on") FROM households GROUP BY area').fetchall())
    earned = dict(
        connection.execute(
            "SELECT area, arg_max(value, year) FROM key_figure WHERE name = 'income_per_resident' GROUP BY area"
        ).fetchall()
    )
    missing = [area for area in areas if area not in found or area not in earned]
    if missing:
        raise IncomeError(
            f"Households or incomes of {', '.join(missing)} are not known.",
            where="key_figure, households",
            now="Take in the key figures of Statistics Netherlands and the households per district.",
        )
    count = np.array([float(found[area]) for area in areas])
    return incomes(areas, count, np.array([float(earned[area]) for area in areas]), on)


def limited(
    measure: plans.Measure, baseline: Baseline, found: Incomes, *, before: float, after: float
) -> plans.Measure:
    """Return a measure on eligibility with, for each district, the part that the households say it loses."""
    lost = dict(zip(found.areas, found.lost(before, after), strict=True))
    effects: list[plans.Effect] = []
    for effect in measure.effects:
        if effect.lever != "eligibility":
            effects.append(effect)
            continue
        for area in effect.areas or baseline.areas:
            share = -float(lost[area])
            because = f"of who lies within {before:g} percent here, this part lies above {after:g} percent"
            size = structs.replace(effect.size, value=share, low=share, high=share, because=because)
            effects.append(structs.replace(effect, areas=(area,), size=size))
    return structs.replace(measure, effects=tuple(effects))
