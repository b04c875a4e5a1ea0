"""Forecasts of the past beside what happened: how far off, in which direction, how often inside the band.

Each moment of the past sees what was known on that day, late messages and all, and begins where a forecast of that day
would have begun. It is laid beside two simple ones: nothing changes (naive), and everyone's use stays as it is by age
(constant rates). Published price changes are taken as known, so that the errors are those of numbers and not of prices.
Where the policy changed between origin and target, a forecast of unchanged policy is no forecast of what happened, and
is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np

from ..flows import Floats, evaluate, frailty
from ..flows.calibrate import joined
from . import bands, contribution
from .baseline import Baseline, baseline, by_age
from .errors import ForecastError, TooShortError
from .estimates import WINDOW, changed_on, monthly
from .known import Known
from .months import between, moved
from .population import Population, forecast
from .prices import PricePath
from .spells import Register

METHODS: Final = ("noaber", "naive", "constant_rates")
AHEAD: Final = 3
"""Years ahead that are tried."""
_LEAST: Final = 36
"""Months before an origin that a forecast needs."""
_DRAWS: Final = 64


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One quantity (clients or euros) over all origins O, years ahead H and forms F; NaN where it cannot be judged."""

    seen: Floats
    """[O, H, F]"""
    expected: Mapping[str, Floats]
    """Per method, [O, H, F]."""
    drawn: Floats
    """[O, D, H, F]"""
    variance: Floats
    """[O, D, H, F] by chance."""

    def beyond(self, without: int | None = None) -> Floats:
        """Return the relative spread per year ahead that draws and chance do not explain, [H].

        All forms together; `without` leaves one origin out, so that a band is never judged by itself.
        """
        kept = np.array([origin != without for origin in range(len(self.seen))])
        found = []
        for year in range(self.seen.shape[1]):
            seen = self.seen[kept, year]
            there = np.isfinite(seen)
            mean = self.drawn[kept, :, year].mean(axis=1)
            spread = self.drawn[kept, :, year].var(axis=1) + self.variance[kept, :, year].mean(axis=1)
            found.append(frailty(seen[there], mean[there], spread[there]) if there.any() else 0.0)
        return np.maximum.accumulate(np.array(found))

    def inside(self) -> Floats:
        """Return whether what was seen lies in the band, [O, H, F]; NaN where it cannot be judged."""
        found = np.full(self.seen.shape, np.nan)
        for origin in range(len(self.seen)):
            beyond = self.beyond(origin)[:, None]
            low, high = bands.limits(self.drawn[origin], self.variance[origin], beyond)
            seen = self.seen[origin]
            found[origin] = np.where(np.isfinite(seen), (low <= seen) & (seen <= high), np.nan)
        return found

    def together(self, groups: Sequence[Sequence[int]]) -> Trial:
        """Return the same trial for groups of forms, each as one; what cannot be judged is in neither side."""
        there = np.isfinite(self.seen)

        def summed(values: Floats, kept: Floats) -> Floats:
            filled = np.where(kept, np.nan_to_num(values), 0.0)
            return np.stack([filled[..., list(group)].sum(axis=-1) for group in groups], axis=-1)

        seen = summed(self.seen, there)
        return Trial(
            seen=np.where(seen > 0, seen, np.nan),
            expected={method: summed(values, there) for method, values in self.expected.items()},
            drawn=summed(self.drawn, there[:, None]),
            variance=summed(self.variance, there[:, None]),
        )

    def errors(self, method: str) -> tuple[Floats, Floats]:
        """Return the weighted absolute percentage error and the bias of a method, [H + 1, F + 1] in percent each.

        The last row is all years ahead together and the last column all forms; NaN where nothing can be judged.
        """
        off = self.expected[method] - self.seen
        return _percent(np.abs(off), self.seen), _percent(off, self.seen)


def _percent(off: Floats, seen: Floats) -> Floats:
    above, below = _totals(np.nan_to_num(off)), _totals(np.where(np.isfinite(off), seen, 0.0))
    return np.asarray(np.divide(100 * above, below, out=np.full(above.shape, np.nan), where=below > 0))


def _totals(values: Floats) -> Floats:
    """Return sums over origins, with totals over years ahead and forms appended, [H + 1, F + 1]."""
    summed = values.sum(axis=0)
    wide = np.concatenate([summed, summed.sum(axis=1, keepdims=True)], axis=1)
    return np.concatenate([wide, wide.sum(axis=0, keepdims=True)])


def covered(inside: Floats) -> Floats:
    """Return the percentage of targets inside the band, [H + 1, F + 1]."""
    there = _totals(np.isfinite(inside).astype(np.float64))
    return np.asarray(
        np.divide(100 * _totals(np.nan_to_num(inside)), there, out=np.full(there.shape, np.nan), where=there > 0)
    )


@dataclass(frozen=True, kw_only=True)
class Backtest:
    """Both trials, and the origins they started from."""

    origins: tuple[date, ...]
    clients: Trial
    euros: Trial


def backtest(
    known: Known,
    *,
    first: date,
    prices: PricePath,
    damping: float,
    on: date,
    changed: Mapping[str, date] | None = None,
    earlier: Callable[[date], Known] | None = None,
) -> Backtest:
    """Return the backtest on moments whole years before the day `on`; registration reaches back to `first`.

    `earlier` gives what was known on a day; without it every message counts as if it came in at once. TooShortError
    (N-732) when there is not one origin with three years before it and one after.
    """
    moments = []
    for years in range(between(first, known.opens) // 12, 0, -1):
        moment = _known(known, moved(on.replace(day=1), -12 * years), moved(known.opens, -12 * years), earlier)
        if moment is not None and between(first, moment.opens) >= _LEAST:
            moments.append(moment)
    if not moments:
        raise TooShortError(
            "The past is too short to try the forecast on.",
            where=f"{first:%Y-%m} to {known.opens:%Y-%m}",
            now="A trial needs three years to estimate from and one to be judged by; until then bands rest on less.",
        )
    past = Past(known.register, first, between(first, known.opens))
    tried = [_try(past, moment, prices, damping, changed or {}, on) for moment in moments]
    judged = np.array(
        [_judged(past, moment.opens, base, changed or {}) for moment, (base, _) in zip(moments, tried, strict=True)]
    )
    return Backtest(
        origins=tuple(moment.opens for moment in moments),
        clients=_trial([found["clients"] for _, found in tried], judged),
        euros=_trial([found["euros"] for _, found in tried], judged),
    )


def _known(known: Known, day: date, opens: date, earlier: Callable[[date], Known] | None) -> Known | None:
    """Return what was known on a day, with forms taken together as they are now; None when it was too little."""
    try:
        found = earlier(day) if earlier else known.before(opens)
    except ForecastError:
        return None
    if len(found.counts.years) < 2 or moved(found.opens, 12) > known.opens:
        return None
    return replace(found, register=found.register.together(known.register.pooled)) if earlier else found


@dataclass(frozen=True)
class Past:
    """What happened: clients on the last day of each month and net euros in it, [M, F], from the month `first`."""

    register: Register
    first: date
    months: int

    @cached_property
    def clients(self) -> Floats:
        """Clients on the last day of each month."""
        return self._present(last_day=True)

    @cached_property
    def euros(self) -> Floats:
        """Euros claimed in each month less what clients paid themselves; zero where no claims reach."""
        shift = between(self.register.first, self.first)
        found = np.zeros((self.months, len(self.register.forms)))
        tariff, _ = contribution.tariff(self.first, self.months)
        paid = tariff[:, None] * self._present() * contribution.payers(self.register, moved(self.first, self.months))
        for month in range(self.months):
            if 0 <= month + shift < len(self.register.cents):
                found[month] = self.register.cents[month + shift] / 100 - paid[month]
        return found

    def _present(self, *, last_day: bool = False) -> Floats:
        """Return who was there in each month, or on its last day."""
        seen = self.register.seen(np.arange(len(self.register.forms)), self.first, self.months)
        change = np.zeros((self.months + 1, len(self.register.forms)))
        if seen is not None:
            whole = joined(seen)
            np.add.at(change, (np.clip(whole.start, 0, self.months), whole.form), 1.0)
            np.add.at(change, (np.clip(whole.end - last_day, 0, self.months), whole.form), -1.0)
        return np.asarray(change.cumsum(axis=0)[: self.months])


_Found = dict[str, dict[str, Floats]]


def _try(
    past: Past, moment: Known, prices: PricePath, damping: float, changed: Mapping[str, date], on: date
) -> tuple[Baseline, _Found]:
    """Return the baseline of a moment, and per quantity what was seen and expected, [H, F], and drawn."""
    register, origin = moment.register, moment.opens
    population = forecast(moment.counts, origin.year + AHEAD + 1, on=on)
    then, ahead = Past(register, past.first, between(past.first, origin)), 12 * AHEAD
    base = baseline(
        register,
        population,
        opens=origin,
        months=ahead,
        prices=prices,
        damping=damping,
        changed=changed,
        window=min(WINDOW, then.months),
    )
    outcome, made = evaluate(by_age(base.town)), bands.drawn(base, count=_DRAWS)
    ends = np.arange(11, ahead, 12)
    ageing = _ageing(base, population, origin)
    dearer = np.array([prices.over(moved(origin, 12 * year), 12) for year in range(AHEAD)])
    dearer = dearer / prices.over(moved(origin, -12), 12)
    clients = {
        "noaber": (outcome.clients - outcome.ends)[0].sum(axis=1)[ends],
        "naive": np.repeat(then.clients[-1:, base.chosen], AHEAD, axis=0),
        "drawn": made.clients[:, ends],
        "variance": made.clients_variance[:, ends],
    }
    last = then.euros[-12:, base.chosen].sum(axis=0)
    euros = {
        "noaber": outcome.net[0].sum(axis=1).reshape(AHEAD, 12, -1).sum(axis=1),
        "naive": last * dearer[:, None],
        "drawn": by_year(made.euros),
        "variance": by_year(made.euros_deviation) ** 2,
    }
    seen = {"clients": _blocks(past.clients, then.months, whole=False)}
    seen["euros"] = _blocks(past.euros, then.months, whole=True)
    for quantity in (clients, euros):
        quantity["constant_rates"] = quantity["naive"] * ageing
    return base, {
        name: {"seen": seen[name]} | {key: _wide(values, base, past.register) for key, values in quantity.items()}
        for name, quantity in (("clients", clients), ("euros", euros))
    }


def by_year(monthly_: Floats) -> Floats:
    """Return sums over twelve months, [D, Y, F] from [D, T, F]."""
    return np.asarray(monthly_.reshape(len(monthly_), -1, 12, monthly_.shape[2]).sum(axis=2))


def _blocks(values: Floats, now: int, *, whole: bool) -> Floats:
    """Return what was seen one, two, three years after month `now`, [H, F]: over the year, or at its end."""
    found = np.full((AHEAD, values.shape[1]), np.nan)
    for year in range(AHEAD):
        block = values[now + 12 * year : now + 12 * (year + 1)]
        if len(block) == 12:
            found[year] = block.sum(axis=0) if whole else block[-1]
    return found


def _ageing(base: Baseline, population: Population, origin: date) -> Floats:
    """Return how clients would grow with the residents of their age and area, [H, F]."""
    residents = monthly(population, origin, 12 * AHEAD)
    here = base.town.stock.sum(axis=0)
    then = np.array([(here * _ratio(residents[month], residents[0])[:, None]).sum(axis=0) for month in (11, 23, 35)])
    return _ratio(then, np.broadcast_to(here.sum(axis=0), then.shape), 1.0)


def _judged(past: Past, origin: date, base: Baseline, changed: Mapping[str, date]) -> Floats:
    """Return whether a form can be judged, [H, F]: it was forecast, and its policy did not change meanwhile."""
    found = np.zeros((AHEAD, len(past.register.forms)), dtype=bool)
    for year in range(AHEAD):
        target = moved(origin, 12 * (year + 1))
        for form in set(base.town.forms.names) & set(past.register.forms):
            since = changed_on(past.register, form, changed)
            broken = since is not None and moved(origin, -WINDOW) < since < target
            found[year, past.register.forms.index(form)] = not broken
    return found


def _wide(values: Floats, base: Baseline, register: Register) -> Floats:
    """Return [..., F] over all forms of the register of today; zero for those that were not forecast."""
    found = np.zeros((*values.shape[:-1], len(register.forms)))
    for place, form in enumerate(base.town.forms.names):
        if form in register.forms:
            found[..., register.forms.index(form)] = values[..., place]
    return found


def _trial(found: list[dict[str, Floats]], judged: Floats) -> Trial:
    seen = np.array([item["seen"] for item in found])
    return Trial(
        seen=np.where(judged, seen, np.nan),
        expected={method: np.array([item[method] for item in found]) for method in METHODS},
        drawn=np.array([item["drawn"] for item in found]),
        variance=np.array([item["variance"] for item in found]),
    )


def _ratio(above: Floats, below: Floats, otherwise: float = 0.0) -> Floats:
    return np.asarray(np.divide(above, below, out=np.full(np.shape(above), otherwise), where=below > 0))
