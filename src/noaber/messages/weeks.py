"""Weeks, Sundays and working days: how much of an allocation a period can hold.

An allocation may be given per week while claims go per calendar month. Rule IV077 of iWmo and iJw says how the one
becomes the other, in two ways. *Inspanningsgericht* (units of effort): every calendar week that the period touches
counts. *Outputgericht* (units of result): every Sunday in the period counts, and the broken last week of an
allocation counts in the period with its last Sunday. Both give the same total over the whole allocation.

The examples that go with rules IV076 to IV078 hold slips of the pen; the method leads here, and our own examples
stand in tests/spec/messages/weeks.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from noaber.records import NoaberError

_SATURDAY = 5


class PeriodError(NoaberError):
    """A period ends before it begins."""

    code = "N-231"
    exit_code = 3


def weeks_touched(first: date, last: date) -> int:
    """Return how many calendar weeks (Monday to Sunday) hold at least one day of `first` to `last`."""
    _check(first, last)
    return (last.toordinal() - 1) // 7 - (first.toordinal() - 1) // 7 + 1


def sundays(first: date, last: date) -> int:
    """Return the number of Sundays from `first` to `last`."""
    _check(first, last)
    return last.toordinal() // 7 - (first.toordinal() - 1) // 7


def weeks_of_output(first: date, last: date, *, valid_from: date, valid_until: date) -> int:
    """Return how many weekly volumes of an allocation for results may be claimed over `first` to `last`.

    The Sundays, and one more where the broken last week of the allocation belongs: in the period with its last
    Sunday. An allocation too short to have a Sunday has its one week in the period with its last day.
    """
    closing = valid_until - timedelta(valid_until.isoweekday() % 7)
    broken = closing != valid_until
    settled = closing if closing >= valid_from else valid_until
    return sundays(first, last) + (broken and first <= settled <= last)


def months_touched(first: date, last: date) -> int:
    """Return how many calendar months hold at least one day of `first` to `last`."""
    _check(first, last)
    return 12 * (last.year - first.year) + last.month - first.month + 1


@lru_cache(maxsize=4096)
def month_of(day: date) -> tuple[date, date]:
    """Return the first and last day of the calendar month that holds `day`."""
    first = day.replace(day=1)
    return first, (first + timedelta(31)).replace(day=1) - timedelta(1)


def working_days_between(day: date, later: date) -> int:
    """Return how many working days come after `day` up to and including `later`; 0 when `later` comes first.

    Monday to Friday; public holidays count as working days, so that no one is called late who was not.
    """
    weeks, rest = divmod(max(0, (later - day).days), 7)
    return 5 * weeks + sum((day + timedelta(step)).weekday() < _SATURDAY for step in range(1, rest + 1))


def _check(first: date, last: date) -> None:
    if last < first:
        raise PeriodError("A period ends before it begins.", where=f"{first} - {last}", now="Give the first day first.")
