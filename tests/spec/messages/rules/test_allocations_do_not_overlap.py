"""The same product is not allocated twice to one client at one provider for the same days (TR302, OP259)."""

from __future__ import annotations

import pytest

from judged import DAY_CARE, GUIDANCE, OTHER_CLIENT, OTHER_PROVIDER, allocated, allocation, refused

FIRST = allocated(1, first="2026-01-01", last="2026-06-30")
OTHER_CODE, ANY_CODE = ("02", "02A99"), ("02", None)
TWO_AIDS = (("11", "11A01"), ("11", "11A01"))

BESIDE = {
    "after the last day": allocated(2, first="2026-07-01", last="2026-12-31"),
    "before the first day": allocated(2, first="2025-07-01", last="2025-12-31"),
    "another product": allocated(2, of=DAY_CARE),
    "another code of the category": allocated(2, of=OTHER_CODE),
    "removed": allocated(2, last="2026-01-01", reason="13"),
}
OVERLAPPING = {
    "the same days": allocated(2, first="2026-01-01", last="2026-06-30"),
    "one day": allocated(2, first="2026-06-30", last="2026-12-31"),
    "open-ended, from before": allocated(2, first="2025-01-01", last=None, per=("04", "4")),
    "the whole category": allocated(2, of=ANY_CODE),
    "a budget for anything": allocated(2, of=None, volume=None, budget=900_000),
}


@pytest.mark.parametrize("words", BESIDE)
def test_these_stand_side_by_side(words: str) -> None:
    assert refused(allocation(FIRST), allocation(BESIDE[words])) == []


@pytest.mark.parametrize("words", OVERLAPPING)
def test_these_overlap(words: str) -> None:
    assert refused(allocation(FIRST), allocation(OVERLAPPING[words])) == ["OP259"]


def test_within_one_message_the_second_is_refused() -> None:
    assert refused(allocation(FIRST, allocated(2))) == ["TR302"]


def test_another_client_or_another_provider_is_another_matter() -> None:
    assert refused(allocation(FIRST), allocation(allocated(2), client=OTHER_CLIENT)) == []
    assert refused(allocation(FIRST), allocation(allocated(2), to=OTHER_PROVIDER)) == []


def test_room_that_an_earlier_end_makes_may_be_filled() -> None:
    shorter = allocated(1, last="2026-03-31", on="2026-02-01", reason="05")
    assert refused(allocation(FIRST), allocation(shorter), allocation(allocated(2, first="2026-04-01"))) == []


def test_aids_of_the_wmo_may_stand_side_by_side_but_youth_has_no_such_rule() -> None:
    one, other = (allocated(number, of=of) for number, of in enumerate(TWO_AIDS))
    assert refused(allocation(one), allocation(other)) == []
    assert refused(allocation(one), allocation(other), standard="ijw") == ["OP259"]


def test_a_refused_allocation_does_not_exist_for_what_follows() -> None:
    assert refused(
        allocation(FIRST), allocation(allocated(2, of=GUIDANCE)), allocation(allocated(2, first="2026-07-01"))
    ) == ["OP259"]
