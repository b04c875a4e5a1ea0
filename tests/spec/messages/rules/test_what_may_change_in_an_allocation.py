"""Under one number an allocation may change its end, its budget, or a volume in total; anything else is a new one."""

from __future__ import annotations

from datetime import time

from judged import (
    IN_TOTAL,
    OTHER_CLIENT,
    OTHER_PROVIDER,
    allocated,
    allocation,
    claim,
    line,
    refused,
    remarked,
)

BUDGET = {"of": ("02", None), "volume": None}


def test_the_end_may_change_with_a_reason() -> None:
    shorter = allocated(last="2026-06-30", on="2026-03-01", reason="05")
    assert remarked(allocation(), allocation(shorter, on="2026-03-01")) == []


def test_the_same_version_may_be_repeated() -> None:
    """OP087: every message names all allocations that are valid, also those that did not change."""
    assert remarked(allocation(), allocation(on="2026-02-01")) == []


def test_the_same_moment_cannot_say_two_things() -> None:
    assert refused(allocation(), allocation(allocated(last="2026-06-30"))) == ["IV013"]


def test_a_number_belongs_to_one_client_and_one_provider() -> None:
    assert refused(allocation(), allocation(client=OTHER_CLIENT)) == ["TR332"]
    assert refused(allocation(), allocation(to=OTHER_PROVIDER)) == ["TR332"]


def test_another_product_or_another_beginning_asks_for_a_new_number() -> None:
    later = {"on": "2026-02-01", "reason": "14"}
    assert refused(allocation(), allocation(allocated(of=("07", "07A01"), **later))) == ["IV066"]
    assert refused(allocation(), allocation(allocated(first="2026-01-15", **later))) == ["IV066"]


def test_removal_makes_as_if_it_was_never_sent_unless_it_was_claimed() -> None:
    removed = allocation(allocated(last="2026-01-01", reason="13", on="2026-02-15"), on="2026-02-15")
    assert refused(allocation(), removed) == []
    assert refused(allocation(), removed, claim(line(last="2026-01-01"))) == ["TR384"]
    assert refused(allocation(), claim(line()), removed) == ["TR385"]


def test_a_claim_that_was_credited_does_not_stand_in_the_way_of_removal() -> None:
    removed = allocation(allocated(last="2026-01-01", reason="13", on="2026-04-15"), on="2026-04-15")
    credited = claim(line(takes_back="P"), month="2026-02-01")
    assert refused(allocation(), claim(line(reference="P")), credited, removed) == []


def test_what_is_between_sender_and_provider_is_remarked() -> None:
    later = {"on": "2026-03-01"}
    cases = {
        "IV099": (allocation(allocated(last="2026-06-30", **later), on="2026-03-01"),),
        "OP033x1": (allocation(allocated(volume=4, reason="08", **later), on="2026-03-01"),),
        "OP186": (allocation(allocated(last="2026-02-28", reason="05", **later), on="2026-03-01"),),
    }
    for rule, said in cases.items():
        assert remarked(allocation(), *said) == [rule]


def test_less_in_total_or_less_budget_asks_for_the_consent_of_the_provider() -> None:
    more, less = allocated(volume=100, per=IN_TOTAL), allocated(volume=80, per=IN_TOTAL, on="2026-03-01", reason="14")
    assert remarked(allocation(more), allocation(less, on="2026-03-01")) == ["OP298"]
    rich = allocated(budget=900_000, **BUDGET)
    poor = allocated(budget=800_000, on="2026-03-01", reason="14", **BUDGET)
    assert remarked(allocation(rich), allocation(poor, on="2026-03-01")) == ["OP299"]


def test_a_first_allocation_with_a_reason_of_change_had_a_version_before() -> None:
    assert remarked(allocation(allocated(reason="04"))) == ["IV099"]


def test_a_version_that_arrives_late_changes_nothing() -> None:
    """IV013: the moment of allocation decides, not the order in which messages arrive (OP080)."""
    newest = allocation(allocated(last="2026-06-30", on="2026-03-01", at=time(9), reason="05"))
    oldest = allocation(allocated())
    assert refused(newest, oldest, claim(line("2026-07-01"), month="2026-07-01")) == ["TR308"]
