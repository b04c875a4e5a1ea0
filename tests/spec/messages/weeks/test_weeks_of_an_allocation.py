"""How many weekly volumes a period holds (IV077): by calendar weeks for effort, by Sundays for results.

The examples are our own; two lines in each table were counted by hand on a calendar.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.messages import weeks

EFFORT = (
    # period                                  weeks, because
    ("2025-10-07", "2025-10-31", 4),  # Tuesday 7 October to Friday 31 October: weeks 41 to 44
    ("2025-11-01", "2025-11-30", 5),  # Saturday 1 to Sunday 30 November: week 44 counts again, to week 48
    ("2025-12-01", "2025-12-30", 5),  # weeks 49 to 52, and week 1 of the next year
    ("2025-10-07", "2025-12-30", 13),  # the whole allocation: the broken weeks between months count once
    ("2026-11-12", "2026-11-30", 4),  # Thursday 12 to Monday 30 November: weeks 46 to 49
    ("2026-03-01", "2026-03-31", 6),  # begins on a Sunday and has 31 days: six weeks, the most there can be
    ("2026-02-09", "2026-02-15", 1),  # one whole week
    ("2026-02-15", "2026-02-16", 2),  # Sunday and Monday: two days, two weeks
)

RESULTS = (
    # period within the allocation              allocation                    weeks, because
    ("2025-07-07", "2025-07-31", "2025-07-07", "2025-09-05", 3),  # Sundays 13, 20 and 27 July
    ("2025-08-01", "2025-08-31", "2025-07-07", "2025-09-05", 6),  # five Sundays, and the broken week of 1-5 September
    ("2025-09-01", "2025-09-05", "2025-07-07", "2025-09-05", 0),  # no Sunday: August has claimed this week
    ("2025-08-01", "2025-08-31", "2025-07-07", "2025-09-07", 5),  # ends on a Sunday: nothing is broken
    ("2025-09-01", "2025-09-07", "2025-07-07", "2025-09-07", 1),
    ("2025-09-01", "2025-09-03", "2025-09-01", "2025-09-03", 1),  # no Sunday at all: its only week, once
)


@pytest.mark.parametrize(("first", "last", "expected"), EFFORT)
def test_effort_counts_every_calendar_week_that_is_touched(first: str, last: str, expected: int) -> None:
    assert weeks.weeks_touched(date.fromisoformat(first), date.fromisoformat(last)) == expected


@pytest.mark.parametrize(("first", "last", "valid_from", "valid_until", "expected"), RESULTS)
def test_results_count_sundays_and_the_broken_last_week(
    first: str, last: str, valid_from: str, valid_until: str, expected: int
) -> None:
    got = weeks.weeks_of_output(
        date.fromisoformat(first),
        date.fromisoformat(last),
        valid_from=date.fromisoformat(valid_from),
        valid_until=date.fromisoformat(valid_until),
    )
    assert got == expected


DAYS = st.dates(date(2020, 1, 1), date(2029, 12, 31))
LENGTHS = st.integers(0, 800).map(timedelta)


def months(first: date, last: date) -> list[tuple[date, date]]:
    """Cut a period into calendar months, one day at a time."""
    days = [first + timedelta(step) for step in range((last - first).days + 1)]
    by_month = {
        (day.year, day.month): [other for other in days if other.month == day.month and other.year == day.year]
        for day in [*days[::15], last]
    }
    return [(min(found), max(found)) for _, found in sorted(by_month.items())]


@given(first=DAYS, length=LENGTHS)
def test_the_two_ways_agree_over_a_whole_allocation(first: date, length: timedelta) -> None:
    last = first + length
    parts = months(first, last)
    by_results = sum(weeks.weeks_of_output(*part, valid_from=first, valid_until=last) for part in parts)
    assert by_results == weeks.weeks_touched(first, last)
    assert weeks.months_touched(first, last) == len(parts)


@given(first=DAYS, length=LENGTHS)
def test_weeks_and_sundays_are_those_of_the_calendar(first: date, length: timedelta) -> None:
    days = [first + timedelta(step) for step in range(length.days + 1)]
    assert weeks.weeks_touched(first, days[-1]) == len({day.isocalendar()[:2] for day in days})
    assert weeks.sundays(first, days[-1]) == sum(day.isoweekday() == 7 for day in days)


@given(first=DAYS, length=st.integers(-20, 60).map(timedelta))
def test_working_days_are_mondays_to_fridays_after_the_day(first: date, length: timedelta) -> None:
    later = first + length
    after = [first + timedelta(step) for step in range(1, length.days + 1)]
    assert weeks.working_days_between(first, later) == sum(day.weekday() < 5 for day in after)


@given(day=DAYS)
def test_a_month_runs_from_its_first_to_its_last_day(day: date) -> None:
    first, last = weeks.month_of(day)
    assert first <= day <= last
    assert (first.day, (last + timedelta(1)).day) == (1, 1)
    assert last - first < timedelta(31)


def test_a_period_that_runs_backwards_is_an_error() -> None:
    with pytest.raises(weeks.PeriodError, match="ends before"):
        weeks.weeks_touched(date(2026, 2, 2), date(2026, 2, 1))
