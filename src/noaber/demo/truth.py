"""The truth behind the deliveries: counts that no supplier sends, for tests and for whoever wants to check a figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from noaber.records import Law

from .claims import Claims
from .orders import Orders
from .population import Residents
from .proportions import Proportions
from .streams import Ints, Mask, day, new_year


@dataclass(frozen=True, slots=True)
class YearTruth:
    """What was true of one year; stocks are of 31 December (or of the town's last day), money is in eurocents."""

    residents: int
    """On 1 January."""
    households: int
    """On 1 January: addresses where someone lives."""
    stock: dict[str, int]
    """Running indications per care form."""
    persons: dict[str, int]
    """Residents with support per law, and under `care` with that of Wmo or Youth Act."""
    clients: dict[str, int]
    """Residents who had support at any moment of the year, per law."""
    began: dict[str, int]
    ended: dict[str, int]
    cents: dict[str, int]
    """Spending per care form over the months that were claimed."""
    certified: tuple[int, ...]
    """Allocations after referral by a certified institution, per quarter of the allocation."""
    median_wait: int
    """Days from allocation to start, of first allocations that began in the year."""


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth per year."""

    years: dict[int, YearTruth]


def tell(given: Proportions, town: Residents, orders: Orders, claims: Claims, *, until: date) -> Truth:
    """Return the truth of every year that has begun on `until`."""
    return Truth({year: _year(given, town, orders, claims, year, until) for year in range(2016, until.year + 1)})


def _year(given: Proportions, town: Residents, orders: Orders, claims: Claims, year: int, until: date) -> YearTruth:
    first, after = new_year(year), new_year(year + 1)
    last = min(after - 1, day(until))
    here = town.present(first)
    running = (orders.began <= last) & (orders.ended >= last)
    touched = (orders.began <= last) & (orders.ended >= first)
    began = (orders.began >= first) & (orders.began <= last)
    ended = (orders.ended >= first) & (orders.ended <= last)
    laws = {law: orders.law(given, law) for law in Law}
    care = ~laws[Law.PARTICIPATION]
    billed = (claims.month >= first) & (claims.month < after)
    spent = np.bincount(
        orders.form[claims.order[billed]], weights=claims.cents[billed], minlength=len(given.care_forms)
    )
    fresh = began & ~orders.renews & care
    waits = (orders.began - orders.allocated)[fresh]
    return YearTruth(
        residents=int(here.sum()),
        households=len(np.unique(town.household[here])),
        stock=_per_form(given, orders, running),
        persons={law.value: _persons(orders, running & mine) for law, mine in laws.items()}
        | {"care": _persons(orders, running & care)},
        clients={law.value: _persons(orders, touched & mine) for law, mine in laws.items()},
        began=_per_form(given, orders, began),
        ended=_per_form(given, orders, ended),
        cents={form.code: int(spent[place]) for place, form in enumerate(given.care_forms)},
        certified=_certified(orders, laws[Law.YOUTH], year),
        median_wait=int(np.median(waits)) if len(waits) else 0,
    )


def _per_form(given: Proportions, orders: Orders, which: Mask) -> dict[str, int]:
    counts = np.bincount(orders.form[which], minlength=len(given.care_forms))
    return {form.code: int(counts[place]) for place, form in enumerate(given.care_forms)}


def _persons(orders: Orders, which: Mask) -> int:
    return len(np.unique(orders.person[which]))


def _certified(orders: Orders, youth: Mask, year: int) -> tuple[int, ...]:
    quarter: Ints = orders.allocated.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) // 3
    by_institution = youth & (orders.referrer == "04")
    return tuple(int((by_institution & (quarter == (year - 1970) * 4 + item)).sum()) for item in range(4))
