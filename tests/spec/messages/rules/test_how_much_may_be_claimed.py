"""A period holds the weekly volume times its weeks, an allocation that of all its weeks, a budget its euros."""

from __future__ import annotations

import pytest

from judged import GUIDANCE, HOUSEHOLD_HELP, IN_TOTAL, allocated, allocation, claim, line, refused

# January 2026 runs from a Thursday to a Saturday: it touches five calendar weeks and has four Sundays.
# volume, per, most that January may hold, product
MOST = {
    "3 hours a week, in five weeks": (3, ("04", "2"), 15, GUIDANCE),
    "2 hours a day, in 31 days": (2, ("04", "1"), 62, GUIDANCE),
    "20 hours a month": (20, ("04", "4"), 20, GUIDANCE),
    "100 hours in total": (100, IN_TOTAL, 100, GUIDANCE),
    "2 results a week, on four Sundays": (2, ("82", "2"), 8, GUIDANCE),
    "household help, six weeks whatever the month": (3, ("04", "2"), 18, HOUSEHOLD_HELP),
}


@pytest.mark.parametrize("words", MOST)
def test_a_month_holds_so_much(words: str) -> None:
    volume, per, most, of = MOST[words]
    order = allocation(allocated(volume=volume, per=per, of=of))
    assert refused(order, claim(line(volume=most, unit=per[0], of=of))) == []
    assert refused(order, claim(line(volume=most + 1, unit=per[0], of=of))) == ["TR321"]


def test_six_weeks_of_household_help_are_a_rule_of_the_wmo_alone() -> None:
    order = allocation(allocated(of=HOUSEHOLD_HELP))
    much = claim(line(volume=18, of=HOUSEHOLD_HELP))
    assert refused(order, much) == []
    assert refused(order, much, standard="ijw") == ["TR321"]


def test_minutes_and_hours_are_added_up_together() -> None:
    assert refused(allocation(), claim(line(unit="01", volume=900, tariff=100))) == []
    assert refused(allocation(), claim(line(unit="01", volume=901, tariff=100))) == ["TR321"]


def test_broken_weeks_between_two_months_do_not_give_more_than_the_whole() -> None:
    """1 January to 28 February 2026 touches nine weeks; the two months alone touch five and five."""
    order = allocation(allocated(last="2026-02-28"))
    full = claim(line(volume=15))
    rest = {"month": "2026-02-01"}
    assert refused(order, full, claim(line("2026-02-01", volume=12), **rest)) == []
    assert refused(order, full, claim(line("2026-02-01", volume=13), **rest)) == ["TR322"]


def test_what_is_credited_makes_room_again() -> None:
    order = allocation(allocated(volume=20, per=IN_TOTAL))
    first = claim(line(volume=20, reference="P"))
    credit = line(volume=20, takes_back="P")
    assert refused(order, first, claim(line("2026-02-01", volume=1), month="2026-02-01")) == ["TR322"]
    assert refused(order, first, claim(credit, line("2026-02-01", volume=20), month="2026-02-01")) == []


def test_an_allocation_per_month_without_end_has_no_total() -> None:
    order = allocation(allocated(last=None, per=("04", "4")))
    months = [f"2026-{month:02d}-01" for month in range(1, 13)]
    assert refused(order, *[claim(line(month, volume=3), month=month) for month in months]) == []


def test_a_budget_is_not_exceeded() -> None:
    order = allocation(allocated(of=("02", None), volume=None, budget=100_000))
    first = claim(line(volume=10, tariff=6_000))
    assert refused(order, first, claim(line("2026-02-01", volume=5, tariff=8_000), month="2026-02-01")) == []
    assert refused(order, first, claim(line("2026-02-01", volume=5, tariff=8_001), month="2026-02-01")) == ["TR369"]
