"""What is claimed must be what was allocated: to whom, by whom, what, when, and once."""

from __future__ import annotations

import pytest

from judged import (
    MINUTES_A_WEEK,
    NOBODY,
    OTHER_CLIENT,
    OTHER_PROVIDER,
    allocated,
    allocation,
    claim,
    line,
    refused,
    remarked,
)

FITS = line()
REFUSED = {
    "no such allocation": ("TR338", line(number=9)),
    "another category": ("TR339", line(of=("07", "02A15"))),
    "another code": ("TR340", line(of=("02", "02A16"))),
    "another unit": ("TR341", line(unit="16")),
    "more than a month": ("CS337", line("2026-01-01", "2026-02-28")),
    "backwards": ("CS003", line("2026-01-31", "2026-01-01")),
    "a later month than the claim": ("TR319", line("2026-02-01")),
    "not from the first day of the month": ("TR387", line("2026-01-02")),
    "not to the last day of the month": ("TR388", line("2026-01-01", "2026-01-30")),
    "an amount that is not volume times tariff": ("TR346", line(cents=71_999)),
    "no tariff": ("CD087", line(tariff=None, cents=72_000)),
    "no hour at all": ("IV079", line(volume=0)),
}


def test_a_line_that_fits_is_kept() -> None:
    assert remarked(allocation(), claim(FITS)) == []


@pytest.mark.parametrize("words", REFUSED)
def test_these_do_not_fit(words: str) -> None:
    rule, wrong = REFUSED[words]
    assert refused(allocation(), claim(wrong)) == [rule]


def test_it_must_be_the_allocation_of_this_client_at_this_provider() -> None:
    assert refused(allocation(), claim(FITS, client=OTHER_CLIENT)) == ["TR304"]
    assert refused(allocation(), claim(FITS, by=OTHER_PROVIDER)) == ["TR338"]
    assert refused(allocation(), claim(FITS, client=NOBODY)) == ["CS002"]


def test_the_period_is_the_month_cut_to_the_allocation() -> None:
    part = allocation(allocated(first="2026-01-12", last="2026-03-17"))
    assert refused(part, claim(line("2026-01-12", volume=9))) == []
    assert refused(part, claim(line("2026-01-01"))) == ["TR307"]
    assert refused(part, claim(line("2026-03-01", "2026-03-17", volume=9), month="2026-03-01")) == []
    assert refused(part, claim(line("2026-03-01", volume=9), month="2026-03-01")) == ["TR308"]


def test_an_earlier_month_may_be_claimed_late_but_not_after_five_years() -> None:
    old = allocation(allocated(first="2021-01-01", last="2021-12-31", on="2020-12-15"), on="2020-12-15")
    assert refused(old, claim(line("2021-03-01"), month="2026-02-01", on="2026-03-31")) == []
    assert refused(old, claim(line("2021-03-01"), month="2026-02-01", on="2026-04-01")) == ["TR335"]


def test_five_years_before_a_leap_day_is_28_february() -> None:
    old = allocation(allocated(first="2019-01-01", last="2019-12-31", on="2018-12-15"), on="2018-12-15")
    assert refused(old, claim(line("2019-02-01"), month="2024-01-01", on="2024-02-29")) == []
    assert refused(old, claim(line("2019-01-01"), month="2024-01-01", on="2024-02-29")) == ["TR335"]


def test_hours_may_be_claimed_in_minutes_and_never_the_other_way() -> None:
    minutes = line(unit="01", volume=600, tariff=100)
    assert refused(allocation(), claim(minutes)) == []
    assert refused(allocation(allocated(per=MINUTES_A_WEEK, volume=180)), claim(line(volume=10))) == ["TR341"]


def test_an_hourly_tariff_is_rounded_per_line_and_not_per_minute() -> None:
    """IV081: 55.30 an hour is 0.92 a minute, but 100 minutes are 92.17 and not 92.00."""
    assert refused(allocation(), claim(line(unit="01", volume=100, tariff=92, cents=9217))) == []
    assert refused(allocation(), claim(line(unit="01", volume=100, tariff=92, cents=9252))) == ["TR346"]


def test_euros_are_claimed_as_euros() -> None:
    paid = allocation(allocated(volume=50_000, per=("83", "4")))
    assert refused(paid, claim(line(unit="83", volume=50_000, tariff=None))) == []
    assert refused(paid, claim(line(unit="83", volume=50_000, tariff=None, cents=49_999))) == ["CS339"]


def test_a_period_is_claimed_once() -> None:
    assert refused(allocation(), claim(FITS), claim(line(), month="2026-02-01")) == ["TR389"]


def test_a_reference_is_used_once() -> None:
    again = claim(line("2026-02-01", reference="P"), month="2026-02-01")
    assert refused(allocation(), claim(line(reference="P")), again) == ["TR314"]
    assert refused(allocation(), claim(line(reference="P"), line(reference="P"))) == ["TR314"]
