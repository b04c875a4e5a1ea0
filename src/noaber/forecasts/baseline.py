"""Unchanged policy as a town for the flow engine: rates from the spells of a snapshot, residents from a projection.

Every care form is a pool of its own, because one resident may have several. Demography enters as residents at risk:
starts follow the residents of each age and area, and how long support lasts already holds that clients die and move.
Where the policy changed, only what was seen since counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from noaber.records import Text

from ..flows import Floats, Forms, Ints, Rates, Seen, Town, calibrate
from ..flows.calibrate import joined
from . import trend as trends
from .errors import HorizonError, NoBasisError
from .population import Population
from .prices import PricePath
from .spells import AGES, Register
from .trend import Trend

WINDOW: Final = 60
"""Months of the past that rates are estimated from, where nothing changed."""
_SINCE: Final = 6
"""Months that must have gone by since a change before what was seen since can stand alone."""
_CLASSES: Final = 60
FARTHEST: Final = 20
"""Years ahead that a forecast may reach."""

NEVER: Final = Text(
    "niemand had deze zorgvorm sinds het begin van de gebruikte periode",
    "nobody has had this care form since the start of the period used",
)
ONCE: Final = Text("één cliënt is geen basis voor een verwachting", "one client is no basis for an expectation")
ENDLESS: Final = Text(
    "er is nog geen einde van gezien, dus de duur is onbekend", "no end has been seen, so how long it lasts is unknown"
)
CEASED: Final = Text(
    "niemand heeft deze zorgvorm nog en er kwam niemand bij sinds het beleid veranderde",
    "nobody has this care form any more and nobody came since the policy changed",
)


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
    damping: float
    starts: Ints
    """[F] starts that were seen."""
    ends: Ints
    """[F] ends that were seen."""
    left_out: Mapping[str, Text]
    """Care forms that are not forecast, and why."""
    unpriced: tuple[str, ...]
    """Care forms of which nothing was claimed: clients, and no euros."""


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
    estimates, left_out = _estimates(register, population, opens, window, changed or {})
    if not estimates:
        raise NoBasisError(
            "No care form was seen often enough to go on with.",
            where=f"{window} months before {opens:%Y-%m}",
            now="Take in a longer period, or forecast from tables with: noaber forecast --way tables",
        )
    chosen = np.array([form for item in estimates for form in item.forms], dtype=np.int64)
    order = np.argsort(chosen)
    inflow, stock = (_side_by_side([getattr(item, name) for item in estimates], order) for name in ("inflow", "stock"))
    laws = [register.laws[form] for form in chosen[order]]
    group = np.array([sorted(set(laws)).index(law) for law in laws])
    seen, expected = (_blocks(estimates, order, name) for name in ("seen", "expected"))
    trend = trends.fit(seen, expected, group)
    residents = monthly(population, opens, months)
    price = _price(register, chosen[order], opens, months, prices)
    forms = tuple(register.forms[form] for form in chosen[order])
    ahead = (np.arange(months) + 0.5) / 12
    growth = np.exp(trend.level + trends.path(ahead, damping)[:, None] * trend.slope)
    start = np.maximum(residents[0], stock.sum(axis=0).max(axis=1))
    followed = np.divide(residents, start, out=np.zeros_like(residents), where=start > 0)
    zeros = np.zeros((1, len(forms)))
    town = Town(
        forms=Forms(names=forms, laws=tuple(laws), pools=forms),
        months=months,
        residents=start,
        areas=np.repeat(np.arange(len(population.areas)), len(AGES)),
        rates=Rates(
            inflow=np.minimum(inflow * followed[:, :, None] * growth[:, None, :], 1.0),
            exit=_side_by_side([item.exit for item in estimates], order)[:, None, :],
            intensity=zeros + 1.0,
            price=price,
            contribution=zeros,
            fixed=zeros,
        ),
        stock=stock,
    )
    return Baseline(
        town=town,
        opens=opens,
        chosen=chosen[order],
        trend=trend,
        damping=damping,
        starts=np.concatenate([item.starts for item in estimates])[order],
        ends=np.concatenate([item.ends for item in estimates])[order],
        left_out=left_out,
        unpriced=tuple(form for form, euros in zip(forms, price[0], strict=True) if euros == 0),
    )


def regrown(base: Baseline, slopes: Floats, damping: float) -> Town:
    """Return the town when the inflow grows by other slopes [F] per year, or damped otherwise."""
    ahead = ((np.arange(base.town.months) + 0.5) / 12)[:, None]
    was = trends.path(ahead, base.damping) * base.trend.slope
    factor = np.exp(trends.path(ahead, damping) * slopes - was)
    rates = base.town.rates
    return replace(base.town, rates=replace(rates, inflow=np.minimum(rates.inflow * factor[:, None, :], 1.0)))


def by_age(town: Town) -> Town:
    """Return the town without its areas: nearly the same clients, at a fraction of the work."""
    ages = len(AGES)
    rates, areas = town.rates, town.area_count
    split = rates.inflow.reshape(town.months, areas, ages, -1)
    residents = town.residents.reshape(areas, ages)
    whole = residents.sum(axis=0)
    inflow = (split * residents[None, :, :, None]).sum(axis=1) / np.maximum(whole, 1e-9)[None, :, None]
    return replace(
        town,
        residents=whole,
        areas=np.zeros(ages, dtype=np.int64),
        rates=replace(rates, inflow=inflow),
        stock=town.stock.reshape(len(town.stock), areas, ages, -1).sum(axis=1),
    )


def monthly(population: Population, first: date, months: int) -> Floats:
    """Return residents per month and cell, [T, C], between the counts of 1 January; beyond the last, the last."""
    bands = np.stack([population.within(band) for band in AGES], axis=2)
    yearly = bands.reshape(len(bands), -1)
    when = first.year + (first.month - 1) / 12 + np.arange(months) / 12 - population.first
    when = np.clip(when, 0, len(yearly) - 1)
    before = np.floor(when).astype(int)
    after = np.minimum(before + 1, len(yearly) - 1)
    share = (when - before)[:, None]
    return np.asarray(yearly[before] * (1 - share) + yearly[after] * share)


def moved(first: date, months: int) -> date:
    """Return the first of the month so many months later; earlier when negative."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def between(first: date, last: date) -> int:
    """Return the months from one first of a month to another."""
    return (last.year - first.year) * 12 + last.month - first.month


@dataclass(frozen=True, kw_only=True)
class _Estimate:
    """Rates of the forms that share one window."""

    forms: list[int]
    inflow: Floats
    exit: Floats
    stock: Floats
    starts: Ints
    ends: Ints
    seen: Floats
    """[Y, F] starts in blocks of twelve months, the last ending where the window closes."""
    expected: Floats


def _estimates(
    register: Register, population: Population, opens: date, window: int, changed: Mapping[str, date]
) -> tuple[list[_Estimate], dict[str, Text]]:
    """Return the estimates per window, and the forms that are left out with the reason."""
    windows: dict[date, list[int]] = {}
    usual = moved(opens, -window)
    for number, form in enumerate(register.forms):
        since = changed.get(form)
        late = since is not None and since > usual and between(since, opens) >= _SINCE
        windows.setdefault(since if late and since else usual, []).append(number)
    found, left_out = [], dict[str, Text]()
    for begins, forms in sorted(windows.items()):
        seen = register.seen(np.array(forms), begins, between(begins, opens))
        reasons = _reasons(None if seen is None else joined(seen), len(forms), changed=begins != usual)
        left_out |= {register.forms[forms[place]]: reason for place, reason in reasons.items()}
        kept = [form for place, form in enumerate(forms) if place not in reasons]
        if kept:
            found.append(_estimate(register, population, kept, begins, opens))
    return found, left_out


def _reasons(seen: Seen | None, size: int, *, changed: bool) -> dict[int, Text]:
    """Return why forms cannot be forecast, by their place: what the engine would refuse them for."""
    if seen is None:
        return dict.fromkeys(range(size), NEVER)
    spells = np.bincount(seen.form, minlength=size)
    fresh = np.bincount(seen.form[seen.start >= 0], minlength=size)
    present = np.bincount(seen.form[seen.end > seen.months], minlength=size)
    ended = np.bincount(seen.form[(seen.end > 0) & (seen.end <= seen.months)], minlength=size)
    found = {}
    for place in range(size):
        if spells[place] == 0:
            found[place] = NEVER
        elif changed and not fresh[place] and not present[place]:
            found[place] = CEASED
        elif spells[place] == 1:
            found[place] = ONCE
        elif not ended[place]:
            found[place] = ENDLESS
    return found


def _estimate(register: Register, population: Population, forms: list[int], begins: date, opens: date) -> _Estimate:
    months = between(begins, opens)
    seen = register.seen(np.array(forms), begins, months)
    assert seen is not None, "forms without spells were left out before"
    names = tuple(register.forms[form] for form in forms)
    residents = monthly(population, begins, months)
    groups = np.tile(np.arange(len(AGES)), len(population.areas))
    laws = tuple(register.laws[form] for form in forms)
    rates = calibrate(seen, residents, Forms(names=names, laws=laws, pools=names), groups=groups, classes=_CLASSES)
    whole = joined(seen)
    fresh = (whole.start >= 0) & (whole.start < months)
    per_month = np.zeros((months, len(forms)))
    np.add.at(per_month, (whole.start[fresh], whole.form[fresh]), 1.0)
    return _Estimate(
        forms=forms,
        inflow=rates.inflow[0],
        exit=rates.exit[:, 0],
        stock=rates.stock,
        starts=rates.starts,
        ends=rates.ends,
        seen=_years(per_month),
        expected=_years(np.einsum("tcf,cf->tf", _at_risk(whole, residents, len(forms)), rates.inflow[0])),
    )


def _at_risk(seen: Seen, residents: Floats, size: int) -> Floats:
    """Return residents without the form, per month, cell and form, [T, C, F]."""
    change = np.zeros((seen.months + 1, residents.shape[1], size))
    np.add.at(change, (np.clip(seen.start, 0, seen.months), seen.cell, seen.form), 1.0)
    np.add.at(change, (np.clip(seen.end, 0, seen.months), seen.cell, seen.form), -1.0)
    return np.asarray(np.maximum(residents[:, :, None] - change.cumsum(axis=0)[:-1], 0.0))


def _years(per_month: Floats) -> Floats:
    """Return sums over blocks of twelve months, [Y, F], the last block ending with the last month."""
    blocks = max(len(per_month) // 12, 1)
    kept = per_month[-12 * blocks :]
    return np.asarray(kept.reshape(blocks, -1, per_month.shape[1]).sum(axis=1))


def _side_by_side(parts: Sequence[Floats], order: Ints) -> Floats:
    """Return arrays [..., F] of several windows as one, in the order of the register."""
    return np.asarray(np.concatenate(parts, axis=-1)[..., order])


def _blocks(estimates: Sequence[_Estimate], order: Ints, name: str) -> Floats:
    """Return yearly blocks as one, [Y, F]; NaN in years before a window."""
    longest = max(len(item.seen) for item in estimates)
    filled = [
        np.vstack([np.full((longest - len(item.seen), item.seen.shape[1]), np.nan), getattr(item, name)])
        for item in estimates
    ]
    return np.nan_to_num(_side_by_side(filled, order)) if name == "expected" else _side_by_side(filled, order)


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
    level = prices.over(first, 12)
    ahead = np.array([prices.at(moved(opens, month).year) for month in range(months)]) / level
    return np.asarray(np.maximum(average, 0.0) * ahead[:, None])
