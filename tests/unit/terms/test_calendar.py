"""The calendar of the Algemene termijnenwet, held to days that everyone can look up and to a slow twin."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.rules import Unit
from noaber.terms import easter, end_of_term, extended, holidays, is_working_day, working_days_after

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (1818, 3, 22),
        (1943, 4, 25),
        (2000, 4, 23),
        (2008, 3, 23),
        (2011, 4, 24),
        (2024, 3, 31),
        (2026, 4, 5),
        (2038, 4, 25),
    ],
)
def test_easter_falls_where_the_tables_say(year, month, day):
    assert easter(year) == date(year, month, day)


@given(st.integers(1600, 4000))
def test_easter_is_a_sunday_between_the_earliest_and_the_latest(year):
    found = easter(year)
    assert found.weekday() == 6
    assert date(year, 3, 22) <= found <= date(year, 4, 25)


def test_the_holidays_of_2026():
    told = {day.isoformat(): words.nl for day, words in holidays(2026).items()}
    assert told == {
        "2026-01-01": "Nieuwjaarsdag",
        "2026-04-03": "Goede Vrijdag",
        "2026-04-06": "tweede paasdag",
        "2026-04-27": "Koningsdag",
        "2026-05-05": "Bevrijdingsdag",
        "2026-05-14": "Hemelvaartsdag",
        "2026-05-25": "tweede pinksterdag",
        "2026-12-25": "eerste kerstdag",
        "2026-12-26": "tweede kerstdag",
    }


@pytest.mark.parametrize(
    ("year", "day"), [(2013, "2013-04-30"), (2014, "2014-04-26"), (2025, "2025-04-26"), (2027, "2027-04-27")]
)
def test_the_birthday_is_never_celebrated_on_a_sunday(year, day):
    assert date.fromisoformat(day) in holidays(year)


@given(DAYS, st.integers(0, 60))
def test_counting_working_days_is_what_counting_on_ones_fingers_gives(day, count):
    found = working_days_after(day, count)
    between = [day + timedelta(days=step) for step in range(1, (found - day).days + 1)]
    assert is_working_day(found)
    if count:
        assert sum(map(is_working_day, between)) == count
    else:
        assert not any(map(is_working_day, [day, *between][:-1]))


@pytest.mark.parametrize(
    ("begins", "count", "unit", "ends"),
    [
        ("2026-01-31", 1, Unit.MONTHS, "2026-02-28"),
        ("2024-02-29", 1, Unit.YEARS, "2025-02-28"),
        ("2026-11-02", 6, Unit.WEEKS, "2026-12-14"),
        ("2026-12-23", 2, Unit.WORKING_DAYS, "2026-12-28"),
        ("2026-11-30", 3, Unit.MONTHS, "2027-02-28"),
    ],
)
def test_a_term_ends(begins, count, unit, ends):
    assert end_of_term(date.fromisoformat(begins), count, unit) == date.fromisoformat(ends)


@pytest.mark.parametrize(
    ("day", "count", "unit", "to"),
    [
        ("2026-12-25", 6, Unit.WEEKS, "2026-12-28"),  # Christmas on a Friday, then a weekend
        ("2026-04-03", 10, Unit.DAYS, "2026-04-07"),  # Good Friday up to and including Easter Monday
        ("2026-12-24", 6, Unit.WEEKS, "2026-12-24"),  # a working day stays
        ("2026-12-27", 13, Unit.WEEKS, "2026-12-27"),  # too long for this law
        ("2026-12-27", 1, Unit.YEARS, "2026-12-27"),
        ("2026-12-28", 3, Unit.DAYS, "2026-12-29"),  # 26, 27 and 28 December hold one working day
    ],
)
def test_the_law_extends_a_term(day, count, unit, to):
    assert extended(date.fromisoformat(day), count, unit) == date.fromisoformat(to)
