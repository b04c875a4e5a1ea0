"""Support spells: who gets which care form from when until when, so that the known levels are met month by month.

Each care form is grown by itself. In every month its stock moves to the level the proportions give for that month:
what ends ends, part of it is renewed, newcomers fill the difference, and where a level falls some end early. The
change of 2025 is such a fall: light support closes for newcomers and runs out during the year.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from noaber.records import Law

from .population import Residents
from .proportions import CareFormShare, Proportions
from .streams import Floats, Ints, Mask, day, months, new_year, stream, year_of

BASIC_SUPPORT = date(2025, 1, 1)
"""From this day light support is freely accessible: no new indications for it."""

_EARLIEST = day(date(2015, 1, 1))
_EARLY_END = 0.12
_RETURNS = 0.45
MOVED_ON = ("38", "39")
"""Reasons of end when support passes to another provider or domain."""

_REASONS = {
    Law.WMO: {"planned": "19", "died": "02", "moved": "31", "early": ("21", "22", "23", "23", "36")},
    Law.YOUTH: {"planned": "31", "died": "02", "moved": "35", "early": ("32", "33", "34", "34", "36")},
    Law.PARTICIPATION: {"planned": "19", "died": "02", "moved": "31", "early": ("21", "23", "39")},
}


@dataclass(slots=True)
class Spells:
    """Support spells, one array element each; days count from 1970-01-01, `form` and `person` are positions."""

    form: Ints
    person: Ints
    began: Ints
    planned: Ints
    ended: Ints
    reason: npt.NDArray[np.str_]
    renewed: Ints
    """Position of the spell that this one continues, or -1."""

    def __len__(self) -> int:
        return len(self.person)

    def running(self, on: int) -> Mask:
        """Return which spells run on a day."""
        return (self.began <= on) & (self.ended >= on)


class Ground:
    """What all care forms share while they grow: residents, months, and who has support in which month."""

    def __init__(self, given: Proportions, town: Residents, *, seed: int, until: date, scale: float) -> None:
        self.given = given
        self.town = town
        self.seed = seed
        self.scale = scale
        ahead = date(until.year + (until.month + 2) // 12, (until.month + 2) % 12 + 1, 1)
        self.months = months(date(2016, 1, 1), ahead)
        incomes = np.array([district.income for district in given.districts])
        poorer = (incomes / given.residents.income_per_resident) ** given.use_by_age.income_elasticity
        self.need = poorer[town.district]
        self.active = {
            pool: np.zeros((len(self.months), len(town)), dtype=np.bool_) for pool in ("wmo", "jeugdwet", "group")
        }
        self.known: dict[str, Ints] = {law: np.zeros(0, dtype=np.int64) for law in Law}

    def weights(self, form: CareFormShare, year: int) -> Floats:
        """Return how likely each resident is to need a care form in a year."""
        ages = self.town.ages(new_year(year) + 182)
        weight = self.given.spending_by_age(form.law, ages.astype(np.float64)) * self.need
        old = 1 / (1 + np.exp(-(ages - 70) / 4.0))
        if form.law is Law.WMO:
            weight = weight * (0.08 + 0.92 * old if form.elderly else 1 - 0.8 * old)
        fits = (ages >= form.ages[0]) & (ages <= form.ages[1])
        return np.where(fits & self.town.present(new_year(year) + 182), weight, 0.0)

    def remember(self, form: CareFormShare, spells: Spells) -> None:
        """Note who has this support in which month, for care forms that go to people who have support already."""
        if form.law is Law.PARTICIPATION:
            return
        pools = [self.active[form.law.value]] + ([self.active["group"]] if form.unit == "16" else [])
        first = np.searchsorted(self.months, spells.began, side="left")
        last = np.searchsorted(self.months, spells.ended, side="right")
        for person, start, stop in zip(spells.person.tolist(), first.tolist(), last.tolist(), strict=True):
            for pool in pools:
                pool[start:stop, person] = True
        self.known[form.law] = np.union1d(self.known[form.law], spells.person)


def grow(given: Proportions, town: Residents, *, seed: int, until: date, scale: float) -> Spells:
    """Return all spells that began up to three months after `until` (what had been allocated by then)."""
    ground = Ground(given, town, seed=seed, until=until, scale=scale)
    grown: list[Spells] = []
    total = 0
    for place, form in enumerate(given.care_forms):
        spells = _CareForm(ground, form, place).grow()
        ground.remember(form, spells)
        spells.renewed = np.where(spells.renewed >= 0, spells.renewed + total, -1)
        total += len(spells)
        grown.append(spells)
    return Spells(*(np.concatenate([getattr(part, item.name) for part in grown]) for item in fields(Spells)))


class _CareForm:
    """One care form while it grows."""

    def __init__(self, ground: Ground, form: CareFormShare, place: int) -> None:
        self.ground = ground
        self.form = form
        self.random = stream(ground.seed, f"support {form.code}")
        self.slack = float(self.random.random())
        self.busy = np.full(len(ground.town), -1_000_000)
        self.sums: dict[int, Floats] = {}
        nothing = np.zeros(0, dtype=np.int64)
        self.spells = Spells(nothing, nothing, nothing, nothing, nothing, np.zeros(0, dtype="U2"), nothing)
        self.place = place

    @cached_property
    def birthday_18(self) -> Ints:
        """The last day before each resident turns eighteen."""
        eve: Ints = self.ground.town.born + 6574 - 1
        return eve

    def grow(self) -> Spells:
        """Return the spells of this care form over the whole history."""
        starts = self.ground.months
        self._inherit(int(starts[0]))
        for month in range(len(starts) - 1):
            self._month(month, int(starts[month]), int(starts[month + 1]) - 1)
        return self.spells

    def level(self, on: int) -> int:
        """Return the stock to reach on a day: straight between the ends of the years."""
        year = year_of(on)
        before, after = (self.ground.given.level(self.form, max(item, 2016)) for item in (year - 1, year))
        part = (on - new_year(year) + 1) / (new_year(year + 1) - new_year(year))
        return int((before + (after - before) * part) * self.ground.scale + self.slack)

    def _inherit(self, first: int) -> None:
        """Fill the stock of the first day with spells that began in 2015."""
        number = self.level(first)
        began = self.random.integers(_EARLIEST, first, number)
        rest = self.random.uniform(0.05, 1.0, number) * self.form.term * 30.4
        chosen = self._newcomers(0, np.full(number, first))
        began = np.maximum(began[: len(chosen)], self.ground.town.born[chosen])
        self._add(chosen, began, first + rest.astype(np.int64), -1)

    def _month(self, month: int, first: int, last: int) -> None:
        running = np.flatnonzero(self.spells.ended >= first)
        ending = running[self.spells.ended[running] <= last]
        staying = running[self.spells.ended[running] > last]
        target = self.level(last)
        renewed = newcomers = 0
        if not (self.form.light and first >= day(BASIC_SUPPORT)):
            least = int(0.35 * target * (1 - self.form.renew) / self.form.term + self.random.random())
            again = self._renewable(ending)[: max(0, target - len(staying))]
            renewed = self._renew(again)
            newcomers = max(target - len(staying) - renewed, least if target else 0)
            began = np.sort(self.random.integers(first, last + 1, newcomers))
            chosen = self._newcomers(month, began)
            term = np.clip(self.random.lognormal(np.log(self.form.term * 30.4), 0.3, len(chosen)), 20, 1826)
            self._add(chosen, began[: len(chosen)], began[: len(chosen)] + term.astype(np.int64), -1)
        self._end_early(staying, len(staying) + renewed + newcomers - target, first, last)

    def _renewable(self, ending: Ints) -> Ints:
        planned = ending[self.spells.ended[ending] == self.spells.planned[ending]]
        lucky = planned[self.random.random(len(planned)) < self.form.renew]
        person, then = self.spells.person[lucky], self.spells.ended[lucky] + 1
        town = self.ground.town
        stays = (town.left[person] > then + 14) & ((self.form.law is not Law.YOUTH) | (self.birthday_18[person] > then))
        if self.form.light:
            stays &= then < day(BASIC_SUPPORT)
        again: Ints = lucky[stays]
        return again

    def _renew(self, again: Ints) -> int:
        began = self.spells.ended[again] + 1
        term = self.form.term * 30.4 * self.random.uniform(0.7, 1.2, len(again))
        self._add(self.spells.person[again], began, began + np.clip(term, 20, 1826).astype(np.int64), again)
        return len(again)

    def _newcomers(self, month: int, began: Ints) -> Ints:
        """Return a different free resident for each begin day (fewer when the town runs out of them)."""
        found: list[Ints] = []
        wanted = len(began)
        for attempt in range(12):
            missing = wanted - sum(map(len, found))
            if not missing:
                break
            drawn = self._candidates(month, began, 2 * missing + 8, mixed=attempt < 4)
            found.append(self._free(drawn, int(began[0]))[:missing])
            self.busy[self._occupied(found[-1])] = 1_000_000  # taken; _add writes the real end
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)

    def _candidates(self, month: int, began: Ints, number: int, *, mixed: bool) -> Ints:
        drawn = self._by_weight(int(began[0]), number)
        if not mixed or self.form.law is Law.PARTICIPATION:
            return drawn
        pool = self.ground.active["group" if self.form.beside_group else self.form.law.value][month]
        for share, candidates in (
            (_RETURNS, self.ground.known[self.form.law]),
            (self.form.companion, np.flatnonzero(pool)),
        ):
            if len(candidates):
                swap = self.random.random(number) < share
                drawn[swap] = self.random.choice(candidates, int(swap.sum()))
        return drawn

    def _by_weight(self, on: int, number: int) -> Ints:
        year = year_of(on)
        if year not in self.sums:
            self.sums[year] = np.cumsum(self.ground.weights(self.form, year))
        sums = self.sums[year]
        found: Ints = np.searchsorted(sums, self.random.random(number) * sums[-1], side="right").astype(np.int64)
        return found

    def _occupied(self, persons: Ints) -> Ints:
        """Return where `busy` keeps these residents: benefits go to a household, all else to a person."""
        return self.ground.town.household[persons] if self.form.per_household else persons

    def _free(self, drawn: Ints, on: int) -> Ints:
        _, order = np.unique(self._occupied(drawn), return_index=True)
        drawn = drawn[np.sort(order)]
        town = self.ground.town
        ages = town.ages(on)[drawn]
        fits = (ages >= self.form.ages[0]) & (ages <= self.form.ages[1])
        here = (np.maximum(town.arrived, town.born)[drawn] <= on) & (town.left[drawn] > on + 45)
        return drawn[fits & here & (self.busy[self._occupied(drawn)] < on)]

    def _add(self, persons: Ints, began: Ints, planned: Ints, renewed: Ints | int) -> None:
        """Append spells and settle how they end: as planned, early, by death, a move, or growing up."""
        number = len(persons)
        town, words = self.ground.town, _REASONS[self.form.law]
        began, planned = began[:number], planned[:number]
        ended, reason = planned.copy(), np.full(number, words["planned"], dtype="U2")
        early = self.random.random(number) < _EARLY_END
        ended[early] = began[early] + (self.random.uniform(0.15, 0.95, number) * (planned - began))[early].astype(
            np.int64
        )
        reason[early] = self.random.choice(words["early"], number)[early]
        leaves = town.left[persons] - 1
        gone = leaves < ended
        ended[gone] = leaves[gone]
        reason[gone] = np.where(town.died[persons], words["died"], words["moved"])[gone]
        if self.form.law is Law.YOUTH:
            grown = self.birthday_18[persons] < ended
            ended[grown], reason[grown] = self.birthday_18[persons][grown], words["planned"]
            planned = np.where(grown, ended, planned)
        ended = np.maximum(ended, began)
        self.busy[self._occupied(persons)] = ended
        self.spells = Spells(
            form=np.full(len(self.spells) + number, self.place),
            person=np.concatenate([self.spells.person, persons]),
            began=np.concatenate([self.spells.began, began]),
            planned=np.concatenate([self.spells.planned, np.maximum(planned, ended)]),
            ended=np.concatenate([self.spells.ended, ended]),
            reason=np.concatenate([self.spells.reason, reason]),
            renewed=np.concatenate([self.spells.renewed, np.broadcast_to(renewed, number)]),
        )

    def _end_early(self, staying: Ints, number: int, first: int, last: int) -> None:
        if number <= 0:
            return
        chosen = np.sort(self.random.choice(staying, min(number, len(staying)), replace=False))
        ended = self.random.integers(first, last + 1, len(chosen))
        self.spells.ended[chosen] = np.maximum(ended, self.spells.began[chosen])
        moved_on = first >= day(BASIC_SUPPORT) and self.form.trend in _TO_BASIC_SUPPORT
        words = MOVED_ON if moved_on else _REASONS[self.form.law]["early"]
        self.spells.reason[chosen] = self.random.choice(words, len(chosen), p=_LEAN if moved_on else None)
        self.busy[self._occupied(self.spells.person[chosen])] = self.spells.ended[chosen]


_TO_BASIC_SUPPORT = ("wmo_light", "wmo_heavy", "wmo_other", "youth_light", "youth_heavy")
_LEAN = (0.35, 0.65)
