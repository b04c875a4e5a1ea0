"""How sure a forecast is: draws of what is not known of the rates, chance in closed form, and what the past adds.

Three things make a band. The draws hold how far inflow, duration, trend, its damping and the price index may be off.
Chance holds that people are not averages. What forecasts of the past missed beyond these two comes on top, per year
ahead. What no band holds: new policy, another law, behaviour that nobody has seen yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from noaber import rules

from ..flows import Doubt, Floats, Parameter, client_variance, draws, evaluate, overdispersed, quantiles
from ..flows.draws import P90
from .baseline import Baseline, by_age, regrown
from .prices import PricePath

DRAWS: Final = 128
SEED: Final = 1
CHANCES: Final = (0.1, 0.9)
"""A band leaves one in ten on either side."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Clients and euros under every draw, with the variance that chance adds."""

    clients: Floats
    """[D, T, F] on the last day of the month."""
    euros: Floats
    """[D, T, F] in the month."""
    clients_variance: Floats
    euros_deviation: Floats
    """[D, T, F] standard deviation of a month by chance; months of one client go together."""


def drawn(base: Baseline, prices: PricePath, *, count: int = DRAWS, seed: int = SEED) -> Drawn:
    """Return what the town may come to under `count` draws of everything that is estimated.

    Inflow and duration go through the engine; the trend and its damping, which grow with time, act on its outcome as
    far as the engine itself answers to them; the price index acts on euros alone.
    """
    town = by_age(base.town)
    names, months = town.forms.names, town.months
    points = draws([*_rates(base), *_normals(base)], count, seed)
    doubt = Doubt(
        inflow=np.stack([points[f"inflow of {name}"] for name in names], axis=1),
        duration=np.stack([points[f"duration of {name}"] for name in names], axis=1),
    )
    outcome = evaluate(town, doubt=doubt)
    present = outcome.clients.sum(axis=2)
    factor = np.exp(_answers(base, points, present.mean(axis=0)))
    clients = present * factor
    staying = clients - outcome.ends.sum(axis=2) * factor
    level = np.exp(points["prices"][:, None] * _price_spread(base, prices, months))[:, :, None]
    people = np.broadcast_to(town.residents.sum(), (months, 1))
    chance = client_variance(clients[:, :, None, :], people)[:, :, 0]
    return Drawn(
        clients=staying,
        euros=clients * town.rates.price * level,
        clients_variance=client_variance(staying[:, :, None, :], people)[:, :, 0],
        euros_deviation=np.sqrt(chance) * town.rates.price * level,
    )


def limits(mean: Floats, variance: Floats, beyond: Floats) -> tuple[Floats, Floats]:
    """Return low and high, [...], of draws [D, ...]; `beyond` [...] is the relative spread that the past adds."""
    low, high = quantiles(mean, overdispersed(mean, variance, beyond), CHANCES)
    return np.maximum(low, 0.0), high


def _rates(base: Baseline) -> list[Parameter]:
    """Return the factors on inflow and duration per form; the level of the inflow as far as its trend leaves it."""
    found = []
    for number, name in enumerate(base.town.forms.names):
        spreads = (base.trend.level_error[number], 1 / np.sqrt(max(int(base.ends[number]), 1)))
        for word, spread in zip(("inflow", "duration"), spreads, strict=True):
            wide = float(np.exp(P90 * spread))
            found.append(
                Parameter(name=f"{word} of {name}", middle=1.0, low=1 / wide, high=wide, shape="lognormal", source="")
            )
    return found


def _normals(base: Baseline) -> list[Parameter]:
    """Return standard normals: one per form for its slope, one for all damping and one for all prices."""
    names = [*(f"slope of {name}" for name in base.town.forms.names), "damping", "prices"]
    return [Parameter(name=name, middle=0.0, low=-P90, high=P90, shape="normal") for name in names]


def _answers(base: Baseline, points: dict[str, Floats], present: Floats) -> Floats:
    """Return by how much, in logs, clients answer to the drawn slopes and damping, [D, T, F]."""
    trend = base.trend
    steeper = _clients(base, trend.slope + trend.slope_error, base.damping)
    flatter = _clients(base, trend.slope - trend.slope_error, base.damping)
    slope = _half(steeper, flatter, present)
    on = date(base.opens.year, 1, 1)
    estimate = rules.value("estimates/trend_damping", on)
    assert estimate.low is not None, "an estimate has a range"
    assert estimate.high is not None, "an estimate has a range"
    lasting, fading = (_clients(base, trend.slope, end) for end in (estimate.high, estimate.low))
    damping = _half(lasting, fading, present) / P90
    own = np.stack([points[f"slope of {name}"] for name in base.town.forms.names], axis=1)
    return np.asarray(own[:, None, :] * slope + points["damping"][:, None, None] * damping)


def _clients(base: Baseline, slopes: Floats, damping: float) -> Floats:
    return np.asarray(evaluate(by_age(regrown(base, slopes, damping))).clients[0].sum(axis=1))


def _half(up: Floats, down: Floats, otherwise: Floats) -> Floats:
    """Return half the difference in logs, nothing where there is nobody."""
    there = (up > 0) & (down > 0) & (otherwise > 0)
    return np.where(there, np.log(np.where(there, up, 1.0) / np.where(there, down, 1.0)) / 2, 0.0)


def _price_spread(base: Baseline, prices: PricePath, months: int) -> Floats:
    """Return the standard deviation of the log of the price level per month, [T]."""
    year = base.opens.year + (base.opens.month - 1 + np.arange(months)) // 12
    place = np.clip(year - prices.base, 0, len(prices.middle) - 1)
    return np.asarray(np.log(prices.high / prices.low)[place] / (2 * P90))
