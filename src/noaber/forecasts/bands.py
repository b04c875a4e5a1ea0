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

from ..flows import Floats, Parameter, client_variance, draws, evaluate, overdispersed, quantiles
from .baseline import Baseline, by_age

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


def drawn(base: Baseline, *, count: int = DRAWS, seed: int = SEED) -> Drawn:
    """Return what the town may come to under `count` draws of everything that is estimated, through the engine."""
    town, doubt = by_age(base.town), base.doubt(draws(parameters(base), count, seed))
    outcome = evaluate(town, doubt=doubt)
    clients, staying = outcome.clients.sum(axis=2), (outcome.clients - outcome.ends).sum(axis=2)
    people = np.broadcast_to(town.residents.sum(), (town.months, 1))
    chance = client_variance(clients[:, :, None, :], people)[:, :, 0]
    euros = outcome.net.sum(axis=2)
    each = np.divide(euros, clients, out=np.zeros_like(euros), where=clients > 0)
    return Drawn(
        clients=staying,
        euros=euros,
        clients_variance=client_variance(staying[:, :, None, :], people)[:, :, 0],
        euros_deviation=np.sqrt(chance) * each,
    )


def parameters(base: Baseline) -> list[Parameter]:
    """Return all that is not known of a baseline: the range of the damping is that of the rules."""
    estimate = rules.value("estimates/trend_damping", date(base.opens.year, 1, 1))
    assert estimate.low is not None, "an estimate has a range"
    assert estimate.high is not None, "an estimate has a range"
    return base.parameters((estimate.low, estimate.high))


def limits(mean: Floats, variance: Floats, beyond: Floats) -> tuple[Floats, Floats]:
    """Return low and high, [...], of draws [D, ...]; `beyond` [...] is the relative spread that the past adds."""
    low, high = quantiles(mean, overdispersed(mean, variance, beyond), CHANCES)
    return np.maximum(low, 0.0), high
