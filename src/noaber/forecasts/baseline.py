"""Unchanged policy as a town for the flow engine: rates from the spells of a snapshot, residents from a projection.

It is the one calibration: the forecast by flows is what it comes to, and scenarios change it. Residents at risk follow
the projection; how long support lasts already holds that clients die and move. Shapes as in flows/words.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from noaber.records import Text

from ..flows import Demography, Doubt, Floats, Forms, Ints, Parameter, Rates, Town
from ..flows.calibrate import joined
from ..flows.draws import P90
from ..flows.words import one_hot
from . import contribution
from . import trend as trends
from .balance import YEAR, balanced
from .errors import HorizonError, NoBasisError
from .estimates import WINDOW, Estimates, estimate, monthly
from .growth import Growth
from .months import between, moved
from .population import Population
from .prices import PricePath
from .spells import AGES, Register
from .trend import Trend

FARTHEST: Final = 20
"""Years ahead that a forecast may reach."""


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """A town with unchanged policy, its first month, and what is not known of its rates."""

    town: Town
    """Cells are area × age band (`spells.AGES`), in that order; forms are those that can be forecast."""
    opens: date
    """The first month that is forecast."""
    chosen: Ints
    """[F] the number of each form in the register."""
    trend: Trend
    """Of the inflow, beside constant rates."""
    growth: Growth
    """What the trend makes of the inflow, and what prices may do."""
    starts: Ints
    """[F] starts that were seen."""
    ends: Ints
    """[F] ends that were seen."""
    left_out: Mapping[str, Text]
    """Care forms that are not forecast, and why."""
    unpriced: tuple[str, ...]
    """Care forms of which nothing was claimed: clients, and no euros."""
    since: date
    """The first month of the longest window that rates rest on."""
    rules: tuple[str, ...]
    """Of the own contribution."""

    @property
    def priced(self) -> str:
        """The months whose claims are the prices."""
        return f"{moved(self.opens, -12):%Y-%m}/{moved(self.opens, -1):%Y-%m}"

    def parameters(self, damping: tuple[float, float]) -> list[Parameter]:
        """Return all that is not known of the rates, with the low and high of the damping.

        "inflow of FORM" and "duration of FORM" are factors on a level, "slope of FORM" how its inflow grows a year.
        """
        forms, found = self.town.forms.names, []
        for number, form in enumerate(forms):
            seen = {"inflow": (self.trend.level_error[number], self.starts[number], "starts")}
            seen["duration"] = (1 / np.sqrt(max(int(self.ends[number]), 1)), self.ends[number], "ends")
            for word, (error, count, what) in seen.items():
                wide, source = float(np.exp(P90 * error)), f"{count} {what} seen"
                found.append(
                    Parameter(
                        name=f"{word} of {form}", middle=1.0, low=1 / wide, high=wide, shape="lognormal", source=source
                    )
                )
        years = self.trend.years.tolist()
        return [*found, *self.growth.parameters(forms, self.trend.slope_error, years, damping)]

    def doubt(self, numbers: Mapping[str, Floats]) -> Doubt:
        """Return drawn parameters by name as factors on the rates; 1 for what was not drawn."""
        return doubt(self.town.forms.names, self.growth, numbers)


def doubt(forms: tuple[str, ...], growth: Growth | None, numbers: Mapping[str, Floats]) -> Doubt:
    """Return the factors on the rates of forms, [D, F], and per month [D, T, F] where something grows with time."""
    one = np.ones(max((len(values) for values in numbers.values()), default=1))
    inflow, duration, price = (
        np.stack([numbers.get(f"{word} of {form}", one) for form in forms], axis=1)
        for word in ("inflow", "duration", "price")
    )
    if growth is not None and growth.drawn(numbers):
        inflow = inflow[:, None] * growth.inflow(forms, numbers)
        price = price[:, None] * growth.price(numbers)
    return Doubt(inflow=inflow, duration=duration, price=price)


def baseline(
    register: Register,
    population: Population,
    *,
    opens: date,
    months: int,
    prices: PricePath,
    damping: float,
    changed: Mapping[str, date] | None = None,
    window: int = WINDOW,
) -> Baseline:
    """Return unchanged policy from the month `opens` on, estimated from what was seen before.

    `changed` is the day since when a care form is another than before. Raises `HorizonError` (N-733) for less than a
    month or more than twenty years, and `NoBasisError` (N-731) when no care form was seen often enough.
    """
    if not 1 <= months <= 12 * FARTHEST:
        raise HorizonError(
            f"A forecast of {months} months from {opens:%Y-%m} cannot be made.",
            where="until",
            now=f"Ask for a year after {opens.year - 1} and before {opens.year + FARTHEST}.",
        )
    found, left_out = estimate(register, population, opens=opens, window=window, changed=changed or {})
    if found is None:
        raise NoBasisError(
            "No care form was seen often enough to go on with.",
            where=f"{window} months before {opens:%Y-%m}",
            now="Take in a longer period, or forecast from tables with: noaber forecast --way tables",
        )
    forms = Forms(
        names=tuple(register.forms[form] for form in found.forms), laws=tuple(register.laws[f] for f in found.forms)
    )
    trend = trends.fit(found.seen, found.expected, forms.pool)

    def made(trend: Trend, months: int, euros: Floats) -> tuple[Town, Growth]:
        growth = Growth(
            level=trend.level,
            slope=trend.slope,
            damping=damping,
            ahead=(np.arange(months) + 0.5) / 12,
            prices=prices.spread(opens, months),
        )
        return _town(found, forms, monthly(population, opens, months), growth, euros), growth

    first, _ = made(trend, YEAR, np.zeros((2, 1, len(forms))))
    trend = balanced(trend, by_age(first), found.clients, found.ends)
    price = _price(register, found.forms, opens, months, prices)
    tariff, rules = contribution.tariff(opens, months)
    own = tariff[:, None] * contribution.payers(register, opens)[found.forms]
    town, growth = made(trend, months, np.stack([price, own]))
    return Baseline(
        town=town,
        opens=opens,
        chosen=found.forms,
        trend=trend,
        growth=growth,
        starts=found.starts,
        ends=found.ends,
        left_out=left_out,
        unpriced=tuple(form for form, euros in zip(forms.names, price[0], strict=True) if euros == 0),
        since=moved(opens, -window),
        rules=rules if own.any() else (),
    )


def _town(found: Estimates, forms: Forms, residents: Floats, growth: Growth, euros: Floats) -> Town:
    """Return the town; `residents` [T, C] by the projection, `euros` [2, T, F] price and own contribution."""
    months, cells = residents.shape
    ones = np.ones((1, len(forms)))
    served = found.stock.sum(axis=0) @ one_hot(forms.pool, len(forms.pool_names))
    return Town(
        forms=forms,
        months=months,
        residents=np.maximum(residents[0], served.max(axis=1)),
        areas=np.repeat(np.arange(cells // len(AGES)), len(AGES)),
        rates=Rates(
            inflow=np.minimum(found.inflow * growth.expected[:, None, :], 1.0),
            exit=found.exit[:, None, :],
            intensity=ones,
            price=euros[0],
            contribution=euros[1],
            fixed=0.0 * ones,
            follows=found.follows,
            through=found.through,
        ),
        stock=found.stock,
        demography=Demography(
            maps=np.zeros((0, cells, cells)),
            at=np.full(months, -1),
            newcomers=np.diff(residents, axis=0, prepend=residents[:1]),
        ),
    )


def merged(town: Town, group: Ints) -> Town:
    """Return the town with the cells of each `group` [C] as one, which is an area by itself: a fraction of the work.

    What it expects differs only by who is not at risk because of support already: less than a thousandth.
    """
    member = one_hot(group, int(group.max()) + 1).T
    residents = member @ town.residents
    share = member * town.residents / np.maximum(residents, 1e-9)[:, None]
    leave, people = town.rates.exit, town.demography
    return replace(
        town,
        residents=residents,
        areas=np.arange(len(member)),
        rates=replace(
            town.rates, inflow=share @ town.rates.inflow, exit=leave if leave.shape[1] == 1 else share @ leave
        ),
        stock=member @ town.stock,
        demography=people
        and Demography(maps=member @ people.maps @ share.T, at=people.at, newcomers=people.newcomers @ member.T),
    )


def by_age(town: Town) -> Town:
    """Return the town without its areas, each age band in the place of one."""
    return merged(town, np.tile(np.arange(len(AGES)), len(town.residents) // len(AGES)))


def _price(register: Register, chosen: Ints, opens: date, months: int, prices: PricePath) -> Floats:
    """Return euros per client-month, [T, F]: all that was claimed over a year ÷ all months of clients, then indexed.

    Zero where nothing was claimed.
    """
    first = moved(opens, -12)
    rows = [between(register.first, moved(first, month)) for month in range(12)]
    kept = [row for row in rows if 0 <= row < len(register.cents)]
    seen = register.seen(chosen, first, 12)
    if not kept or seen is None:
        return np.zeros((months, len(chosen)))
    whole = joined(seen)
    served = np.maximum(np.minimum(whole.end, 12) - np.maximum(whole.start, 0), 0)
    client_months = np.bincount(whole.form, weights=served, minlength=len(chosen)) * len(kept) / 12
    euros = register.cents[kept][:, chosen].sum(axis=0) / 100
    average = np.divide(euros, client_months, out=np.zeros_like(euros), where=client_months > 0)
    ahead = prices.at_months(opens, months) * prices.at(opens.year) / prices.over(first, 12)
    return np.asarray(np.maximum(average, 0.0) * ahead[:, None])
