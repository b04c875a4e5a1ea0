"""The trend of each care form: shrunken toward that of its law, damped the further it looks, with how unsure it is.

A handful of yearly figures says little about one care form and a good deal about all of them together. So the log of
the rate (counted ÷ expected at constant rates) gets a line per care form; the slopes are pooled per law (empirical
Bayes, as far as they differ by no more than chance), and the further ahead, the flatter they go on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..flows import Floats, Ints

_FADING: Final = 0.75
"""What a year counts for beside the year after it."""
_APART: Final = 0.02
"""Care forms of one law grow this much per year apart, at least: however alike they look, they are not one form."""
_LOOSEST: Final = 1.0
"""A level nobody has seen is unsure by a factor of about three."""
_WIDEST: Final = 0.15
"""A slope of more than this per year is not believed without a wide band: the least spread when none can be seen."""


@dataclass(frozen=True, kw_only=True)
class Trend:
    """Log level at the last year and log slope per year, beside constant rates, [F] each, with standard errors."""

    level: Floats
    slope: Floats
    level_error: Floats
    slope_error: Floats
    noise: Floats
    """Variance of a yearly figure as a multiple of the figure; 1 is pure chance in counts."""
    years: Ints
    """[F] yearly figures that were there."""


def fit(seen: Floats, expected: Floats, group: Ints, *, counts: bool = True) -> Trend:
    """Return the trend of figures `seen` beside `expected`, [Y, F]; NaN where there is no figure.

    `group` [F] is the law of each form. With `counts` the figures are counts, and vary by chance at least.
    """
    there = np.isfinite(seen) & (expected > 0)
    half = 0.5 if counts else 0.0
    shown = np.where(there, seen, 0.0) + half
    there &= shown > 0
    log = np.log(np.where(there, shown, 1.0)) - np.log(np.where(there, expected + half, 1.0))
    when = np.arange(1 - len(seen), 1, dtype=np.float64)[:, None]
    weight = np.where(there, shown, 0.0) * _FADING ** (-when)
    whole = np.maximum(weight.sum(axis=0), 1e-12)
    middle, mean = (weight * when).sum(axis=0) / whole, (weight * log).sum(axis=0) / whole
    across = (weight * (when - middle) ** 2).sum(axis=0)
    own = _ratio((weight * (when - middle) * (log - mean)).sum(axis=0), across)
    years = there.sum(axis=0)
    noise = _noise(weight * (log - mean - own * (when - middle)) ** 2, years, counts=counts)
    slope, slope_error = _pooled(own, noise / np.maximum(across, 1e-12), group, usable=(years > 1) & (across > 0))
    level = np.where(years > 0, mean - slope * middle, 0.0)
    return Trend(
        level=level,
        slope=slope,
        level_error=np.minimum(np.sqrt(noise / whole + (middle * slope_error) ** 2), _LOOSEST),
        slope_error=slope_error,
        noise=np.full(len(group), noise),
        years=years,
    )


def path(ahead: Floats, damping: float) -> Floats:
    """Return how many slopes lie between now and `ahead` years from now: after whole years h, damping + … + damping^h.

    With a damping of 1 the trend goes on as it is; with 0 it stops at once.
    """
    if damping >= 1:
        return np.asarray(ahead)
    return np.asarray(damping * (1 - damping**ahead) / (1 - damping))


def _noise(squares: Floats, years: Ints, *, counts: bool) -> float:
    """Return the variance of one figure over its size, from what the lines leave; at least chance for counts."""
    free = int(np.maximum(years - 2, 0).sum())
    kept = squares[:, years > 2].sum()
    found = float(kept) / free if free else 1.0 if counts else 0.0
    return max(found, 1.0) if counts else max(found, 1e-12)


def _pooled(own: Floats, variance: Floats, group: Ints, *, usable: Floats) -> tuple[Floats, Floats]:
    """Return slopes pooled within each group and their standard errors (R. DerSimonian and N. Laird 1986)."""
    slope, error = np.zeros_like(own), np.full_like(own, _WIDEST)
    for number in np.unique(group):
        mine = (group == number) & usable
        if not mine.any():
            continue
        spread = _spread(own[mine], variance[mine])
        weight = 1 / (variance[mine] + spread)
        mean, mean_variance = float((weight * own[mine]).sum() / weight.sum()), 1 / weight.sum()
        kept = _ratio(np.full_like(own, spread), spread + variance)
        members = group == number
        slope[members] = np.where(usable, mean + kept * (own - mean), mean)[members]
        left = np.where(usable, kept * variance, spread) + (1 - np.where(usable, kept, 0.0)) ** 2 * mean_variance
        error[members] = np.minimum(np.sqrt(left), _WIDEST)[members]
    return slope, error


def _spread(own: Floats, variance: Floats) -> float:
    """Return the variance between slopes beyond chance."""
    if len(own) < 2:
        return _APART**2
    weight = 1 / variance
    mean = (weight * own).sum() / weight.sum()
    excess = (weight * (own - mean) ** 2).sum() - (len(own) - 1)
    return max(float(excess / (weight.sum() - (weight**2).sum() / weight.sum())), _APART**2)


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.asarray(np.divide(above, below, out=np.zeros(np.shape(above)), where=below > 0))
