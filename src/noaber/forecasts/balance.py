"""Between growth and no change: the first year of a forecast, drawn toward the clients of today as far as it is unsure.

Rates of starts and ends each have an error, and clients are what is left between the two. How much the clients of a
form moved from year to year says something more: where they hardly do, places, budgets or habit keep them level, and a
small error in a rate would break that. So the growth that the rates expect in a year is a guess with a variance, beside
growth of none with the variance that the past shows; the two are weighed (empirical Bayes). Where clients do move, or
rates are sure, nothing changes.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..flows import Floats, Ints, Town, evaluate
from .trend import Trend

YEAR = 12
"""Months of the town that is looked at."""
_MOST = 3.0
"""Times by which a rate of starts changes at most."""


def balanced(trend: Trend, town: Town, clients: Floats, ends: Ints) -> Trend:
    """Return the trend with its level so that the town grows in its first year as both guesses together say.

    `town` has the rates of the trend and twelve months; `clients` [Y, F] are those at the end of the years before, NaN
    where unknown. A form of which no two years are known stays as it is.
    """
    before = town.stock.sum(axis=(0, 1)) + 0.5
    after = _after_a_year(town) + 0.5
    staying = _after_a_year(replace(town, rates=replace(town.rates, inflow=0.0 * town.rates.inflow)))
    fresh = np.maximum(after - 0.5 - staying, 1e-6)
    share = fresh / after
    unsure = (trend.level_error * share) ** 2 + (1 - share) ** 2 / np.maximum(ends, 1)
    steps = np.diff(np.log(clients + 0.5), axis=0) ** 2
    known = np.isfinite(steps)
    seen = np.where(known, steps, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    weight = np.where(known.any(axis=0), seen / (seen + unsure), 1.0)
    target = before * (after / before) ** weight - 0.5
    factor = np.clip((target - staying) / fresh, 1 / _MOST, _MOST)
    return replace(trend, level=trend.level + np.log(factor))


def _after_a_year(town: Town) -> Floats:
    """Return the clients on the last day, [F]."""
    outcome = evaluate(town)
    return np.asarray((outcome.clients - outcome.ends)[0, YEAR - 1].sum(axis=0))
