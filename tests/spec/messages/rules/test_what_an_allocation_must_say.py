"""A line of a 301 by itself: product, volume or budget, and an end where one is needed."""

from __future__ import annotations

import pytest

from judged import GUIDANCE, NOBODY, allocated, allocation, refused, remarked

PER_DAY, PER_MONTH = ("04", "1"), ("04", "4")

ALLOWED = {
    "specific: code and volume": allocated(),
    "aspecific: category and volume": allocated(of=("02", None)),
    "aspecific: category and budget": allocated(of=("02", None), volume=None, budget=500_000),
    "generic: only a budget": allocated(of=None, volume=None, budget=500_000),
    "aspecific: neither volume nor budget": allocated(of=("02", None), volume=None),
    "open-ended, per month": allocated(last=None, per=PER_MONTH),
    "open-ended, per day": allocated(last=None, per=PER_DAY),
}
REFUSED = {
    "no product and no budget": ("CD079", allocated(of=None)),
    "a product code without a volume": ("CD041", allocated(of=GUIDANCE, volume=None)),
    "a volume and a budget": ("CD077", allocated(of=("02", None), budget=500_000)),
    "a budget without an end": ("CD075", allocated(of=("02", None), volume=None, budget=500_000, last=None)),
    "a volume per week without an end": ("CD076", allocated(last=None)),
    "an end before the beginning": ("CS003", allocated(first="2026-05-01", last="2026-04-30")),
    "removed, but it lasts": ("CS335", allocated(reason="13")),
}


@pytest.mark.parametrize("words", ALLOWED)
def test_these_are_allowed(words: str) -> None:
    assert refused(allocation(ALLOWED[words])) == []


@pytest.mark.parametrize("words", REFUSED)
def test_these_are_refused(words: str) -> None:
    rule, line = REFUSED[words]
    assert refused(allocation(line)) == [rule]


def test_one_bad_line_leaves_the_others() -> None:
    assert refused(allocation(allocated(1), allocated(2, of=None), allocated(3, of=("07", "07A01")))) == ["CD079"]


def test_a_citizen_number_that_fails_the_eleven_test_refuses_all_lines_about_its_bearer() -> None:
    assert refused(allocation(allocated(1), allocated(2, of=("07", "07A01")), client=NOBODY)) == ["CS002", "CS002"]


def test_a_reason_that_is_no_longer_used_is_remarked() -> None:
    assert remarked(allocation(), allocation(allocated(reason="01", on="2026-01-02"))) == ["CS336"]
