"""The residents: who lives where, since when and until when, so that every yearly count follows from one list.

The town is built as it stood on 1 January 2024, the day of the published figures, and then walked back and forth a
year at a time: births, deaths and moves make up the difference with the number of residents of the next year.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from .proportions import DistrictShare, Proportions
from .streams import Floats, Ints, Mask, new_year, share_out, stream

ANCHOR_YEAR = 2024
ALWAYS = np.int64(-1_000_000)
NEVER = np.int64(1_000_000)
_OLDEST = 105
_PER_POSTCODE = 40
_YEAR = 365.2425


@dataclass(slots=True)
class Residents:
    """Everyone who ever lived in the town, one array element each; days count from 1970-01-01.

    `arrived` is the first day in town and `left` the first day not in town any more (`died` says why).
    """

    district: Ints
    born: Ints
    sex: Ints
    household: Ints
    arrived: Ints
    left: Ints
    died: Mask
    households: int = 0
    """Number of addresses handed out."""

    def __len__(self) -> int:
        return len(self.born)

    def present(self, on: int) -> Mask:
        """Return who lives in town on a day."""
        return (np.maximum(self.arrived, self.born) <= on) & (on < self.left)

    def ages(self, on: int) -> Ints:
        """Return ages in whole years on a day (negative before birth)."""
        whole: Ints = np.floor((on - self.born + 0.5) / _YEAR).astype(np.int64)
        return whole

    def add(self, other: Residents) -> None:
        """Append residents; `other` numbers its households from those of this list."""
        for name in ("district", "born", "sex", "household", "arrived", "left", "died"):
            setattr(self, name, np.concatenate([getattr(self, name), getattr(other, name)]))
        self.households = other.households


@dataclass(frozen=True, slots=True)
class Addresses:
    """The address of each household: district (index), postcode and house number."""

    district: Ints
    postcode: list[str] = field(repr=False)
    number: Ints = field(repr=False)


def settle(given: Proportions, *, seed: int, until: date, scale: float) -> Residents:
    """Return all residents from 2016 to the end of the year after `until`, at `scale` of the real size."""
    town = _anchor(given, seed=seed, scale=scale)
    for year in range(ANCHOR_YEAR - 1, 2015, -1):
        _walk_back(town, given, year, seed=seed, scale=scale)
    for year in range(ANCHOR_YEAR, until.year + 2):
        _walk_on(town, given, year, seed=seed, scale=scale)
    return town


def size(given: Proportions, year: int, scale: float) -> int:
    """Return the number of residents on 1 January of a year."""
    known = given.growth.residents
    return round(given.residents.on_2024 * scale * known[min(year, max(known))])


def addresses(town: Residents, postcodes: list[tuple[str, ...]], *, seed: int) -> Addresses:
    """Give each household a postcode of its district (4 characters are completed to 6) and a house number.

    Up to forty households share one full postcode; no two share postcode and number.
    """
    _, first = np.unique(town.household, return_index=True)
    district = town.district[first]
    codes = [""] * len(first)
    numbers = np.zeros(len(first), dtype=np.int64)
    random = stream(seed, "addresses")
    for place, own in enumerate(postcodes):
        mine = random.permutation(np.flatnonzero(district == place))
        for rank, household in enumerate(mine.tolist()):
            codes[household] = _full(own, rank // _PER_POSTCODE)
            numbers[household] = 1 + rank % _PER_POSTCODE
    return Addresses(district, codes, numbers)


def _full(own: tuple[str, ...], rank: int) -> str:
    """Return the full postcode of a rank: every fixed 6-character code first, then letters after the 4 digits."""
    fixed = [code for code in own if len(code) == 6]
    if rank < len(fixed):
        return fixed[rank]
    letters = "ABCDEGHJKLMNPRTVW"  # F, I, O, Q, U and Y do not occur; X and Z stay free for fixed codes
    rank -= len(fixed)
    four = [code for code in own if len(code) == 4]
    digits = four[rank // len(letters) ** 2 % len(four)]
    return digits + letters[rank // len(letters) % len(letters)] + letters[rank % len(letters)]


def _anchor(given: Proportions, *, seed: int, scale: float) -> Residents:
    total = round(given.residents.on_2024 * scale)
    weights = [_column(given.districts, name) for name in ("residents", "aged_0_14", "aged_65_plus", "households")]
    residents = share_out(total, weights[0])
    young = share_out(round(given.residents.aged_0_14 * scale), weights[1])
    old = share_out(round(given.residents.aged_65_plus * scale), weights[2])
    households = share_out(round(given.residents.households_2024 * scale), weights[3])
    by_age = _age_weights(given)
    random = stream(seed, "anchor")
    town: Residents | None = None
    for place in range(len(given.districts)):
        ages = np.concatenate(
            [
                _draw(random, by_age, int(young[place]), 0, 15),
                _draw(random, by_age, int(residents[place] - young[place] - old[place]), 15, 65),
                _draw(random, by_age, int(old[place]), 65, _OLDEST),
            ]
        )
        part = _people(random, place, ages)
        part.household = _house(random, ages, int(households[place])) + (town.households if town else 0)
        part.households = int(households[place]) + (town.households if town else 0)
        if town is None:
            town = part
        else:
            town.add(part)
    assert town is not None
    return town


def _column(districts: tuple[DistrictShare, ...], name: str) -> Floats:
    return np.array([getattr(district, name) for district in districts], dtype=np.float64)


def _age_weights(given: Proportions) -> Floats:
    """Return weights per year of age whose sums per band are the published ones; the slope within a band is ours."""
    whole, ages = given.residents, given.ages
    years = np.arange(_OLDEST)
    adults = whole.on_2024 - ages.aged_0_24 - whole.aged_65_plus
    bands = (
        (0, 15, whole.aged_0_14, 0.9 + 0.013 * years),
        (15, 25, ages.aged_0_24 - whole.aged_0_14, np.ones(_OLDEST)),
        (25, 65, adults, 1 + 0.12 * np.cos((years - 57) / 27 * 2 * np.pi)),
        (65, 75, whole.aged_65_plus - ages.aged_75_84 - ages.aged_85_plus, 1.1 - 0.02 * (years - 65)),
        (75, 85, ages.aged_75_84, np.exp(-0.09 * (years - 75))),
        (85, _OLDEST, ages.aged_85_plus, np.exp(-0.22 * (years - 85))),
    )
    weights = np.zeros(_OLDEST)
    for start, stop, persons, slope in bands:
        weights[start:stop] = persons * slope[start:stop] / slope[start:stop].sum()
    return weights


def _draw(random: np.random.Generator, weights: Floats, number: int, start: int, stop: int) -> Ints:
    part = weights[start:stop]
    return start + random.choice(stop - start, size=number, p=part / part.sum())


def _people(random: np.random.Generator, place: int, ages: Ints) -> Residents:
    number = len(ages)
    women = np.where(ages < 60, 0.495, np.minimum(0.75, 0.495 + 0.007 * (ages - 60)))
    return Residents(
        district=np.full(number, place),
        born=new_year(ANCHOR_YEAR) - np.floor((ages + random.uniform(0.002, 0.997, number)) * _YEAR).astype(np.int64),
        sex=np.where(random.random(number) < women, 2, 1),
        household=np.zeros(number, dtype=np.int64),
        arrived=np.full(number, ALWAYS),
        left=np.full(number, NEVER),
        died=np.zeros(number, dtype=np.bool_),
    )


def _house(random: np.random.Generator, ages: Ints, households: int) -> Ints:
    """Return the household (0..households-1) of each person: heads first, then children, then partners."""
    home = np.full(len(ages), -1)
    adults = np.flatnonzero(ages >= 20)
    wish = random.exponential(size=len(adults)) / np.where(ages[adults] >= 70, 1.5, 1.0)
    heads = adults[np.argsort(wish, kind="stable")[:households]]
    home[heads] = np.arange(len(heads))
    parents = heads[(ages[heads] >= 25) & (ages[heads] < 60)]
    parents = parents if len(parents) else heads
    children = np.flatnonzero(ages < 20)
    families = random.permutation(parents)[: max(1, round(len(children) / 1.75))]
    home[children] = home[_match(random, ages, children, families)]
    partners = np.flatnonzero(home < 0)
    hosts = np.concatenate([families, np.setdiff1d(heads, families)])[: max(1, len(partners))]
    home[partners] = home[_match(random, ages, partners, hosts)]
    return home


def _match(random: np.random.Generator, ages: Ints, guests: Ints, hosts: Ints) -> Ints:
    """Return a host for each guest, so that the old go with the old and everyone finds one."""
    order = np.argsort(ages[guests] + random.normal(0, 2.0, len(guests)), kind="stable")
    ranked = hosts[np.argsort(ages[hosts], kind="stable")]
    found = np.empty(len(guests), dtype=np.int64)
    found[order] = ranked[np.arange(len(guests)) * len(ranked) // max(1, len(guests))]
    return found


def _mortality(ages: Ints) -> Floats:
    rate: Floats = np.exp(0.098 * (np.clip(ages, 0, 110) - 88)) * 0.16
    return rate


def _mobility(ages: Ints) -> Floats:
    rate: Floats = 0.35 + 1.6 * np.exp(-(((ages - 26) / 8.0) ** 2))
    return rate


def _walk_back(town: Residents, given: Proportions, year: int, *, seed: int, scale: float) -> None:
    """Add who died or moved away in `year`, and date the arrival of who moved in."""
    random = stream(seed, f"population {year}")
    first, after = new_year(year), new_year(year + 1)
    here = np.flatnonzero(town.present(after))
    ages = town.ages(after)[here]
    births = int((town.born[here] >= first).sum())
    settled = here[(town.born[here] < first) & (town.arrived[here] == ALWAYS)]
    arrivals = _yearly(given.growth.moves_in_per_1000, here)
    movers = _with_housemates(random, town, settled, _mobility(town.ages(after)[settled]), arrivals)
    deaths = _yearly(given.growth.deaths_per_1000, here)
    gone = max(0, size(given, year, scale) - (len(here) - births - len(movers)) - deaths)
    town.arrived[movers] = random.integers(first + 1, after, town.households)[town.household[movers]]
    dead = _like(random, town, _pick_again(random, here, _mortality(ages), deaths), alone=0.3)
    dead.left, dead.died = random.integers(first + 1, after, len(dead)), np.ones(len(dead), dtype=np.bool_)
    town.add(dead)
    away = _like(random, town, _pick_again(random, here, _mobility(ages), gone), alone=0.24)
    away.left = random.integers(first + 1, after, len(away))
    for late in (dead, away):
        late.born = np.minimum(late.born, first - 1)
    town.add(away)


def _walk_on(town: Residents, given: Proportions, year: int, *, seed: int, scale: float) -> None:
    """Let residents be born, die and move in `year`, so that the next year has its number of residents."""
    random = stream(seed, f"population {year}")
    first, after = new_year(year), new_year(year + 1)
    here = np.flatnonzero(town.present(first))
    ages = town.ages(first)[here]
    dead = _pick(random, here, _mortality(ages), _yearly(given.growth.deaths_per_1000, here))
    town.left[dead] = random.integers(first + 1, after, len(dead))
    town.died[dead] = True
    stay = np.setdiff1d(here, dead)
    births = _yearly(given.growth.births_per_1000, here)
    arrivals = _yearly(given.growth.moves_in_per_1000, here)
    away = max(0, len(stay) + births + arrivals - size(given, year + 1, scale))
    movers = _pick(random, stay, _mobility(town.ages(first)[stay]), away)
    town.left[movers] = random.integers(first + 1, after, len(movers))
    parents = stay[(town.sex[stay] == 2) & (town.ages(first)[stay] >= 23) & (town.ages(first)[stay] < 41)]
    babies = _like(random, town, random.choice(parents, births), alone=0.0)
    babies.born = random.integers(first + 1, after, births)
    babies.sex = random.integers(1, 3, births)
    town.add(babies)
    new = _like(random, town, random.choice(here, arrivals, p=_mobility(ages) / _mobility(ages).sum()), alone=0.55)
    new.arrived = random.integers(first + 1, after, arrivals)
    town.add(new)


def _yearly(per_1000: float, here: Ints) -> int:
    return round(per_1000 * len(here) / 1000)


def _pick(random: np.random.Generator, among: Ints, weights: Floats, number: int) -> Ints:
    """Return `number` different elements, the heavier the likelier."""
    order = np.argsort(random.exponential(size=len(among)) / weights, kind="stable")
    return among[np.sort(order[:number])]


def _with_housemates(random: np.random.Generator, town: Residents, among: Ints, weights: Floats, number: int) -> Ints:
    """Return about `number` elements who share whole households, the heavier the likelier."""
    chosen = np.zeros(town.households, dtype=np.bool_)
    chosen[town.household[_pick(random, among, weights, round(number / 2.1))]] = True
    return among[chosen[town.household[among]]]


def _pick_again(random: np.random.Generator, among: Ints, weights: Floats, number: int) -> Ints:
    return random.choice(among, number, p=weights / weights.sum())


def _like(random: np.random.Generator, town: Residents, models: Ints, *, alone: float) -> Residents:
    """Return new residents who look like `models`; a share `alone` opens a household, the others join one."""
    number = len(models)
    adult = town.ages(new_year(ANCHOR_YEAR))[models] >= 20
    opens = adult & (random.random(number) < alone)
    opened = town.households + np.cumsum(opens) - 1
    joins = town.household[models]
    return Residents(
        district=town.district[models].copy(),
        born=town.born[models] + random.integers(-150, 151, number),
        sex=town.sex[models].copy(),
        household=np.where(opens, opened, joins),
        arrived=np.full(number, ALWAYS),
        left=np.full(number, NEVER),
        died=np.zeros(number, dtype=np.bool_),
        households=town.households + int(opens.sum()),
    )
