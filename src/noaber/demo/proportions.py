"""The proportions of the made-up town: published figures with their source, and estimates that say so.

They stand in proportions.toml beside this file; here they are read once and frozen. A key that nothing reads is an
error, so that no figure can be stated without being used.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
import numpy.typing as npt

from noaber.records import Law

Floats = npt.NDArray[np.float64]


class _Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of proportions.toml."""


class Residents(_Frozen, frozen=True):
    """Residents and households of the whole town on 1 January 2024."""

    on_2024: int
    households_2024: int
    aged_0_14: int
    aged_65_plus: int
    income_per_resident: float
    source: str


class Ages(_Frozen, frozen=True):
    """Age groups of the whole town that refine those of the districts."""

    aged_0_24: int
    aged_75_84: int
    aged_85_plus: int
    source: str


class Growth(_Frozen, frozen=True):
    """How the number of residents moves, and the yearly events behind it."""

    residents: dict[int, float]
    births_per_1000: float
    deaths_per_1000: float
    moves_in_per_1000: float
    source: str


class DistrictShare(_Frozen, frozen=True):
    """One district: counts rounded to 5, income in thousand euros per resident."""

    code: str
    residents: int
    aged_0_14: int
    aged_65_plus: int
    households: int
    income: float


class UseByAge(_Frozen, frozen=True):
    """Spending per inhabitant by age, and how use rises where income falls."""

    ages: tuple[int, ...]
    wmo: tuple[int, ...]
    jeugdwet: tuple[int, ...]
    income_elasticity: float
    source: str


class Trend(_Frozen, frozen=True):
    """Indications at the end of a year as a share of those expected for the end of 2018, per group of care forms."""

    wmo_help: dict[int, float]
    wmo_light: dict[int, float]
    wmo_heavy: dict[int, float]
    wmo_other: dict[int, float]
    youth_light: dict[int, float]
    youth_heavy: dict[int, float]
    youth_other: dict[int, float]
    benefit: dict[int, float]
    wage: dict[int, float]
    source: str


class Intensity(_Frozen, frozen=True):
    """Weights of the five classes of volume."""

    before: tuple[float, ...]
    since_2022: tuple[float, ...]
    source: str


class Waiting(_Frozen, frozen=True):
    """Days from allocation to start: median per year, spread of its logarithm."""

    median_days: dict[int, float]
    spread: float
    source: str


class Referrers(_Frozen, frozen=True):
    """Who refers young people, by type; certified institutions follow an index with 2018 as its baseline."""

    shares: dict[str, float]
    certified_share_2018: float
    certified_index: dict[int, float]
    source: str


class Providers(_Frozen, frozen=True):
    """How many organisations there are and how unequal they are."""

    number: int
    certified_institutions: int
    general_practitioners: int
    tail: float
    source: str


class Partner(_Frozen, frozen=True):
    """Freely accessible basic support from 2025."""

    start_share: float
    full_share: float
    months_to_full: int
    persons_per_household: float
    mean_months: float
    contacts_per_1000_a_month: float
    social_basis_per_1000: float
    social_basis_in_groups: float
    social_basis_mean_months: float
    lump_sum_2025: int
    source: str


class Prices(_Frozen, frozen=True):
    """Yearly changes in percent, each with f (final), p (provisional) or e (estimate)."""

    OVA: dict[int, tuple[float, str]]
    PPC: dict[int, tuple[float, str]]
    CPI: dict[int, tuple[float, str]]
    labour_share: float
    source_contract: str
    source_consumer: str


class CareFormShare(_Frozen, frozen=True):
    """One care form: observed levels, budget, and how its indications run."""

    code: str
    law: Law
    observed: tuple[int, int, int]
    budget_2018: int
    trend: str
    category: str
    unit: str
    volume: tuple[int, ...]
    term: int
    renew: float
    companion: float
    ages: tuple[int, int]
    providers: int
    frequency: str = "2"
    elderly: bool = False
    light: bool = False
    beside_group: bool = False
    per_household: bool = False


class OtherLine(_Frozen, frozen=True):
    """A budget line of 2018 without a care form, in euros."""

    law: Law
    name: str
    budget_2018: int


class Grant(_Frozen, frozen=True):
    """Income per law in 2018, in euros."""

    law: Law
    state_grant_2018: int
    own_contribution_2018: int


class Proportions(_Frozen, frozen=True):
    """Everything the town is measured by."""

    residents: Residents
    ages: Ages
    growth: Growth
    districts: tuple[DistrictShare, ...]
    use_by_age: UseByAge
    trend: Trend
    intensity: Intensity
    waiting: Waiting
    referrers: Referrers
    providers: Providers
    partner: Partner
    prices: Prices
    care_forms: tuple[CareFormShare, ...]
    other_lines: tuple[OtherLine, ...]
    funding: tuple[Grant, ...]

    def level(self, form: CareFormShare, year: int) -> float:
        """Return the indications of a care form on 31 December of a year, at the size of the real town."""
        if year <= 2018:
            return float(form.observed[max(year, 2016) - 2016])
        return form.observed[2] * float(getattr(self.trend, form.trend)[year])

    def spending_by_age(self, law: Law, ages: Floats) -> Floats:
        """Return spending per inhabitant (euros a year) at each of `ages` under a law; 1 for working ages else."""
        if law is Law.PARTICIPATION:
            return np.where((ages >= 18) & (ages < 67), 1.0, 0.0)
        profile = self.use_by_age.wmo if law is Law.WMO else self.use_by_age.jeugdwet
        found: Floats = np.interp(ages, self.use_by_age.ages, profile)
        return found

    def price_level(self, year: int) -> float:
        """Return contract prices of a year as a share of those of 2018 (OVA and PPC, 90/10)."""
        level = 1.0
        for step in range(min(year, 2018) + 1, max(year, 2018) + 1):
            labour = self.prices.labour_share * self.prices.OVA[step][0]
            level *= 1 + (labour + (1 - self.prices.labour_share) * self.prices.PPC[step][0]) / 100
        return level if year >= 2018 else 1 / level


@cache
def proportions() -> Proportions:
    """Return the proportions that ship with the package."""
    return msgspec.toml.decode(files("noaber.demo").joinpath("proportions.toml").read_bytes(), type=Proportions)


FIRST_DAY = date(2016, 1, 1)
"""The town's history starts here."""
