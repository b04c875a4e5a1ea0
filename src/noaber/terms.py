"""The legal clock: working days and holidays, and the end of a term with its argument.

What lives here: the calendar of the Algemene termijnenwet, and terms that stand still or are given longer; pure: days
in, a day and its argument out. What does not: which term applies (rules) and what happens when it is over (each room).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from noaber.records import Text
from noaber.rules import UNIT_NAMES, Unit

__all__ = [
    "Deadline",
    "Extension",
    "Moment",
    "Pause",
    "deadline",
    "easter",
    "end_of_term",
    "extended",
    "holidays",
    "is_working_day",
    "working_days_after",
]

_SOURCE: Final = "Algemene termijnenwet art. 1 en 3"
_LONGEST: Final = {Unit.DAYS: 90, Unit.WEEKS: 12, Unit.MONTHS: 3}
"""Up to which length the law extends a term that ends on a free day (art. 4)."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of an argument: on which day the term then ended, what moved it there, and where that stands."""

    on: date
    words: Text
    source: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a term, and step by step how it came to be; None as long as the clock stands still."""

    on: date | None
    argument: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still from a day up to a day (not included), or until further notice."""

    begins_on: date
    ends_on: date | None
    because: Text


@dataclass(frozen=True, slots=True)
class Extension:
    """The term becomes longer, in its own unit, by what was decided on a day."""

    on: date
    count: int
    because: Text


@cache
def easter(year: int) -> date:
    """Return Easter Sunday of a year in the Gregorian calendar, by the rule of Gauss as Meeus completed it."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, odd = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * odd + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> dict[date, Text]:
    """Return the generally recognised holidays of a year, with Good Friday, which the law puts on a par with them."""
    sunday = easter(year)
    return {
        date(year, 1, 1): Text("Nieuwjaarsdag", "New Year's Day"),
        sunday - timedelta(days=2): Text("Goede Vrijdag", "Good Friday"),
        sunday + timedelta(days=1): Text("tweede paasdag", "Easter Monday"),
        _birthday(year): Text("Koningsdag", "King's Day") if year >= 2014 else Text("Koninginnedag", "Queen's Day"),
        date(year, 5, 5): Text("Bevrijdingsdag", "Liberation Day"),
        sunday + timedelta(days=39): Text("Hemelvaartsdag", "Ascension Day"),
        sunday + timedelta(days=50): Text("tweede pinksterdag", "Whit Monday"),
        date(year, 12, 25): Text("eerste kerstdag", "Christmas Day"),
        date(year, 12, 26): Text("tweede kerstdag", "Boxing Day"),
    }


def _birthday(year: int) -> date:
    """Return the day on which the birthday of the King (before 2014: the Queen) is celebrated; never a Sunday."""
    day = date(year, 4, 27) if year >= 2014 else date(year, 4, 30)
    return day - timedelta(days=1) if day.weekday() == 6 else day


def is_working_day(day: date) -> bool:
    """Return whether a day is no Saturday, no Sunday and no holiday."""
    return day.weekday() < 5 and day not in holidays(day.year)


def working_days_after(day: date, count: int) -> date:
    """Return the working day that comes `count` working days after `day`; the first one on or after it at zero."""
    assert count >= 0
    while not is_working_day(day) and not count:
        day += timedelta(days=1)
    for _ in range(count):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day


def end_of_term(begins_on: date, count: int, unit: Unit) -> date:
    """Return the last day of a term that begins the day after `begins_on`; the last of a month when it is shorter."""
    if unit is Unit.WORKING_DAYS:
        return working_days_after(begins_on, count)
    if unit in {Unit.DAYS, Unit.WEEKS}:
        return begins_on + timedelta(days=count * (7 if unit is Unit.WEEKS else 1))
    months = begins_on.month - 1 + {Unit.MONTHS: 1, Unit.YEARS: 12}[unit] * count
    year, month = begins_on.year + months // 12, months % 12 + 1
    return date(year, month, min(begins_on.day, monthrange(year, month)[1]))


def extended(day: date, count: int, unit: Unit) -> date:
    """Return the day to which the law extends a statutory term that would end on `day`.

    A term that ends on a free day runs on to the first working day (art. 1), and one of at least three days holds two
    working days (art. 2). Terms longer than 90 days, 12 weeks or 3 months, and terms in years, stay as they are
    (art. 4).
    """
    if unit not in _LONGEST or count > _LONGEST[unit]:
        return day
    begun = day - timedelta(days=count) if unit is Unit.DAYS else None
    least = working_days_after(begun, 2) if begun and count >= 3 else day
    return working_days_after(max(day, least), 0)


def deadline(
    begins_on: date,
    count: int,
    unit: Unit,
    *,
    because: Text,
    source: str = "",
    changes: Iterable[Pause | Extension] = (),
    statutory: bool = False,
) -> Deadline:
    """Return when a term ends that begins the day after `begins_on`, and each change that moved it, in order.

    A day on which the clock stands still is not counted. Changes from after the end, and pauses that lie wholly before
    the beginning, move nothing. With `statutory` the Algemene termijnenwet has the last word.
    """
    day = end_of_term(begins_on, count, unit)
    argument = [Moment(day, _named(because, count, unit), source)]
    for change in sorted(changes, key=_since):
        if _since(change) > day:
            continue
        if isinstance(change, Extension):
            count += change.count
            day = end_of_term(day, change.count, unit)
            argument.append(Moment(day, _named(change.because, change.count, unit)))
        elif change.ends_on is None:
            return Deadline(None, (*argument, Moment(change.begins_on, change.because)))
        elif lost := _stood_still(change, begins_on, change.ends_on, unit):
            day = end_of_term(day, lost, Unit.WORKING_DAYS if unit is Unit.WORKING_DAYS else Unit.DAYS)
            argument.append(Moment(day, change.because))
    if statutory and (later := extended(day, count, unit)) != day:
        day = later
        words = Text("De laatste dag was geen werkdag.", "The last day was not a working day.")
        argument.append(Moment(day, words, _SOURCE))
    return Deadline(day, tuple(argument))


def _since(change: Pause | Extension) -> date:
    return change.on if isinstance(change, Extension) else change.begins_on


def _stood_still(pause: Pause, begins_on: date, ends_on: date, unit: Unit) -> int:
    """Return how many countable days of a pause lie after the beginning of the term."""
    first = max(pause.begins_on, begins_on + timedelta(days=1))
    days = [first + timedelta(days=step) for step in range((ends_on - first).days)]
    return sum(is_working_day(day) for day in days) if unit is Unit.WORKING_DAYS else len(days)


def _named(because: Text, count: int, unit: Unit) -> Text:
    term = UNIT_NAMES[unit]
    return Text(f"{because.nl}: {count} {term.nl}", f"{because.en}: {count} {term.en}")
