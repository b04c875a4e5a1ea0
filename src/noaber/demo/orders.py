"""The allocations: each spell as the municipality ordered it, with provider, volume, referrer and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from noaber.records import Law

from .population import Residents
from .proportions import Proportions
from .providers import Market
from .spells import MOVED_ON, Spells
from .streams import Floats, Ints, Mask, day, new_year, stream

NOT_YET = np.int64(1_000_000)
"""The day of a start or stop that has not happened on the town's last day."""

_FIRST_NUMBER = 100_001
_PRONE = {"48": 5.0, "47": 4.0, "43": 3.0, "44": 3.0, "46": 3.0}
"""How much likelier than elsewhere a certified institution refers to these categories of the Youth Act."""


@dataclass(slots=True)
class Orders:
    """Allocations, one array element each, in order of their number; days count from 1970-01-01.

    `form`, `person` and `provider` are positions in the care forms, residents and providers. `began` and `ended` are
    `NOT_YET` where that had not happened on the town's last day.
    """

    number: Ints
    form: Ints
    person: Ints
    provider: Ints
    allocated: Ints
    valid_from: Ints
    valid_until: Ints
    began: Ints
    ended: Ints
    reason: npt.NDArray[np.str_]
    volume: Ints
    referrer: npt.NDArray[np.str_]
    referrer_code: npt.NDArray[np.str_]
    renews: Mask

    def __len__(self) -> int:
        return len(self.number)

    def take(self, which: Mask | Ints) -> Orders:
        """Return the chosen allocations."""
        return Orders(*(getattr(self, name)[which] for name in self.__slots__))

    def last_day(self) -> Ints:
        """Return the last day of each allocation as it stands: support that passes on has its allocation cut."""
        passed_on = np.isin(self.reason, MOVED_ON) & (self.ended >= self.valid_from)
        return np.where(passed_on, np.minimum(self.ended, self.valid_until), self.valid_until)

    def law(self, given: Proportions, law: Law) -> Mask:
        """Return which allocations are under a law."""
        return np.array([form.law is law for form in given.care_forms])[self.form]


def order(given: Proportions, town: Residents, spells: Spells, market: Market, *, seed: int, until: date) -> Orders:
    """Return the allocations known on `until`: later ones are left out, later starts and stops are `NOT_YET`."""
    waits = _waits(given, spells, seed)
    renews = spells.renewed >= 0
    lead = stream(seed, "lead").integers(3, 29, len(spells))
    allocated = spells.began - np.where(renews, lead, waits)
    valid_from = np.where(renews, spells.began, allocated + np.minimum(waits, lead // 3))
    provider = _providers(spells, market, seed)
    valid_from, valid_until = _one_after_another(spells, provider, valid_from)
    sort = np.lexsort((np.arange(len(spells)), allocated))
    sort = sort[allocated[sort] <= day(until)]
    referrer, code = _referrers(given, spells, allocated, market, seed)
    last = day(until)
    orders = Orders(
        number=_FIRST_NUMBER + np.arange(len(sort)),
        form=spells.form[sort],
        person=spells.person[sort],
        provider=provider[sort],
        allocated=allocated[sort],
        valid_from=valid_from[sort],
        valid_until=valid_until[sort],
        began=np.where(spells.began <= last, spells.began, NOT_YET)[sort],
        ended=np.where(spells.ended <= last, spells.ended, NOT_YET)[sort],
        reason=np.where(spells.ended <= last, spells.reason, "")[sort],
        volume=_volumes(given, spells, seed)[sort],
        referrer=referrer[sort],
        referrer_code=code[sort],
        renews=renews[sort],
    )
    assert bool((orders.valid_until >= orders.valid_from).all()), "an allocation ends before it begins"
    return orders


def _one_after_another(spells: Spells, provider: Ints, valid_from: Ints) -> tuple[Ints, Ints]:
    """Return first and last days of allocations, such that no two of one product at one provider overlap (OP259).

    Who stops early and comes back finds the first allocation withdrawn, and the second begins after it.
    """
    sort = np.lexsort((spells.began, spells.form, provider, spells.person))
    before, after = sort[:-1], sort[1:]
    again = (spells.person[before] == spells.person[after]) & (provider[before] == provider[after])
    again &= spells.form[before] == spells.form[after]
    before, after = before[again], after[again]
    first, last = valid_from.copy(), spells.planned.copy()
    first[after] = np.maximum(first[after], spells.ended[before] + 1)
    last[before] = np.minimum(last[before], first[after] - 1)
    return first, last


def _waits(given: Proportions, spells: Spells, seed: int) -> Ints:
    random = stream(seed, "waiting")
    years = _years(spells.began)
    known = given.waiting.median_days
    median = np.array([known[min(max(int(year), 2016), max(known))] for year in range(2014, int(years.max()) + 1)])
    days = random.lognormal(np.log(median[years - 2014]), given.waiting.spread)
    urgent = np.array([form.category == "46" for form in given.care_forms])[spells.form]
    return np.where(urgent, random.integers(0, 3, len(spells)), np.clip(days, 1, 365)).astype(np.int64)


def _years(days: Ints) -> Ints:
    return days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970


def _chains(spells: Spells) -> Ints:
    """Return for each spell the first one it continues, directly or through others."""
    first = np.arange(len(spells))
    for place in np.flatnonzero(spells.renewed >= 0).tolist():
        first[place] = first[spells.renewed[place]]
    return first


def _providers(spells: Spells, market: Market, seed: int) -> Ints:
    random = stream(seed, "market")
    luck = random.random(len(spells))
    found = np.zeros(len(spells), dtype=np.int64)
    for place, (providers, shares) in enumerate(market.offered):
        mine = spells.form == place
        found[mine] = providers[np.searchsorted(np.cumsum(shares)[:-1], luck[mine], side="right")]
    return found[_chains(spells)]


def _volumes(given: Proportions, spells: Spells, seed: int) -> Ints:
    random = stream(seed, "volume")
    luck = random.random(len(spells))
    later = spells.began >= new_year(2022)
    classes = np.where(
        later,
        np.searchsorted(np.cumsum(given.intensity.since_2022)[:-1], luck, side="right"),
        np.searchsorted(np.cumsum(given.intensity.before)[:-1], luck, side="right"),
    )
    volumes = np.array([form.volume for form in given.care_forms])
    found: Ints = volumes[spells.form, classes]
    return found


def _referrers(
    given: Proportions, spells: Spells, allocated: Ints, market: Market, seed: int
) -> tuple[npt.NDArray[np.str_], npt.NDArray[np.str_]]:
    """Return type and AGB code of the referrer of each spell; only the Youth Act has others than the municipality."""
    random = stream(seed, "referrers")
    youth = np.array([form.law is Law.YOUTH for form in given.care_forms])[spells.form]
    kinds = np.full(len(spells), "01", dtype="U2")
    codes = np.full(len(spells), "", dtype="U8")
    words = list(given.referrers.shares)
    shares = np.array([given.referrers.shares[word] for word in words])
    kinds[youth] = random.choice(words, int(youth.sum()), p=shares / shares.sum())
    justice = np.array([form.category in ("47", "48") for form in given.care_forms])[spells.form] & youth
    kinds[justice] = "08"
    certified = _certified(given, spells, allocated, youth, random)
    kinds[certified] = "04"
    doctors, institutions = np.array(market.practitioners), np.array(market.certified)
    codes[certified] = random.choice(institutions, int(certified.sum()), p=_falling(len(institutions)))
    by_doctor = kinds == "02"
    codes[by_doctor] = random.choice(doctors, int(by_doctor.sum()), p=_falling(len(doctors)))
    return kinds, codes


def _falling(number: int) -> Floats:
    weights: Floats = 1 / np.arange(1, number + 1) ** 0.6
    shares: Floats = weights / weights.sum()
    return shares


def _certified(given: Proportions, spells: Spells, allocated: Ints, youth: Mask, random: np.random.Generator) -> Mask:
    """Choose per quarter as many youth allocations as the index of certified institutions says."""
    quarter = allocated.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) // 3
    base_quarters = (2018 - 1970) * 4 + np.arange(4)
    base = given.referrers.certified_share_2018 * np.isin(quarter[youth], base_quarters).sum() / 4
    weights = np.array([_PRONE.get(form.category, 1.0) for form in given.care_forms])[spells.form]
    found = np.zeros(len(spells), dtype=np.bool_)
    index = given.referrers.certified_index
    for item in np.unique(quarter[youth]).tolist():
        mine = np.flatnonzero(youth & (quarter == item))
        year = min(max(item // 4 + 1970, min(index)), max(index))
        wanted = min(len(mine), round(base * index[year] * random.normal(1.0, 0.035)))
        rank = np.argsort(random.exponential(size=len(mine)) / weights[mine], kind="stable")
        found[mine[rank[: max(0, wanted)]]] = True
    return found
