"""The claims: what was delivered each month and what it cost, one line per allocation and month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .orders import Orders
from .proportions import CareFormShare, Proportions
from .streams import Floats, Ints, Mask, stream

USED = 0.9
"""Part of the ordered volume that is delivered, on average."""

_WEEKS = 365.2425 / 7
_MONDAY = 3
"""Days from a Monday to the Thursday from which days are counted."""
_WITHOUT_BUDGET = 6_000.0
"""Yearly euros of an indication whose budget line was nil in 2018."""


@dataclass(slots=True)
class Claims:
    """Claim lines, in order of month and allocation: `order` is the position of the allocation, days from 1970.

    The period (`first` to `last`) is the month, cut to the allocation: the standard wants it so, whatever the days on
    which support was given.
    """

    order: Ints
    month: Ints
    first: Ints
    last: Ints
    units: Ints
    tariff: Ints
    cents: Ints

    def __len__(self) -> int:
        return len(self.order)

    def take(self, which: Mask | Ints) -> Claims:
        """Return the chosen lines."""
        return Claims(*(getattr(self, name)[which] for name in self.__slots__))


def claim(given: Proportions, orders: Orders, *, seed: int, last_day: int) -> Claims:
    """Return the claims for all that was delivered up to the end of the last full month before or on `last_day`."""
    closed = np.datetime64(last_day + 1, "D").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) - 1
    begun = np.flatnonzero(orders.began <= closed)
    start = orders.began[begun]
    stop = np.minimum(orders.ended[begun], closed)
    first_month, last_month = _month(start), _month(stop)
    counts = last_month - first_month + 1
    who = np.repeat(begun, counts)
    steps = np.arange(len(who)) - np.repeat(np.cumsum(counts) - counts, counts)
    month = np.repeat(first_month, counts) + steps
    opens, closes = _first_day(month), _first_day(month + 1) - 1
    days = np.minimum(closes, np.repeat(stop, counts)) - np.maximum(opens, orders.began[who]) + 1
    units = _within_order(given, orders, who, _units(given, orders, who, days, closes - opens + 1, seed))
    tariff = _tariffs(given, orders, who, month)
    first = np.maximum(opens, orders.valid_from[who])
    last = np.minimum(closes, orders.last_day()[who])
    lines = Claims(who, opens, first, last, units, tariff, units * tariff)
    sort = np.lexsort((who, month))
    return lines.take(sort[units[sort] > 0])


def _month(days: Ints) -> Ints:
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _first_day(month: Ints) -> Ints:
    return month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def _units(given: Proportions, orders: Orders, who: Ints, days: Ints, length: Ints, seed: int) -> Ints:
    """Return delivered units: the part of the weekly volume that a person uses; monthly units are whole."""
    random = stream(seed, "delivered")
    person = np.clip(random.normal(USED, 0.06, len(orders)), 0.5, 1.0)
    shown = np.clip(person[who] * random.normal(1.0, 0.04, len(who)), 0.0, 1.0)
    weekly = orders.volume[who] * days / 7 * shown
    luck = random.random(len(who))
    monthly = np.array([form.frequency == "4" for form in given.care_forms])[orders.form[who]]
    whole = np.where(monthly, orders.volume[who] * (2 * days >= length), np.floor(weekly + luck * 0.999))
    return whole.astype(np.int64)


def _within_order(given: Proportions, orders: Orders, who: Ints, units: Ints) -> Ints:
    """Return units that never add up to more than the weeks of the allocation hold (TR322); `who` is in runs."""
    monthly = np.array([form.frequency == "4" for form in given.care_forms])[orders.form[who]]
    weeks = (orders.last_day() + _MONDAY) // 7 - (orders.valid_from + _MONDAY) // 7 + 1
    summed = np.cumsum(units)
    opens = np.flatnonzero(np.diff(who, prepend=-1))
    before = summed - units
    before -= np.repeat(before[opens], np.diff(opens, append=len(who)))
    room = np.maximum(0, (orders.volume * weeks)[who] - before)
    return np.where(monthly, units, np.minimum(units, room))


def _tariffs(given: Proportions, orders: Orders, who: Ints, month: Ints) -> Ints:
    """Return whole eurocents per unit at the prices of the year."""
    base = np.array([tariff_2018(given, form) for form in given.care_forms])
    years = month // 12 + 1970
    levels = np.array([given.price_level(int(year)) for year in range(2016, int(years.max()) + 1)])
    tariffs: Ints = np.maximum(1, np.rint(base[orders.form[who]] * levels[years - 2016])).astype(np.int64)
    return tariffs


def tariff_2018(given: Proportions, form: CareFormShare) -> float:
    """Return eurocents per unit in 2018: the budget over what would be delivered."""
    stock = (form.observed[1] + form.observed[2]) / 2
    yearly = form.budget_2018 / stock if form.budget_2018 else _WITHOUT_BUDGET
    if form.frequency == "4":
        return 100 * yearly / (12 * form.volume[0])
    weights: Floats = np.array(given.intensity.before)
    units = float((weights / weights.sum() * np.array(form.volume)).sum()) * _WEEKS * USED
    return 100 * yearly / units
