"""A start belongs to an allocation, a stop to a start, and a correction takes back before it says anew."""

from __future__ import annotations

import msgspec

from judged import (
    DAY_CARE,
    NOBODY,
    OTHER_CLIENT,
    OTHER_PROVIDER,
    allocated,
    allocation,
    refused,
    remarked,
    start,
    stop,
)

BEGUN = (allocation(), start())


def test_support_begins_and_ends() -> None:
    assert remarked(*BEGUN, stop()) == []


def test_without_an_allocation_there_is_no_start_and_no_stop() -> None:
    assert refused(start()) == ["TR019"]
    assert refused(stop()) == ["TR019"]
    assert refused(allocation(), start(number=None)) == ["TR019"]


def test_a_removed_allocation_is_no_allocation() -> None:
    removed = allocation(allocated(last="2026-01-01", reason="13", on="2025-12-20"))
    assert refused(allocation(), removed, start()) == ["TR019"]


def test_the_allocation_must_be_that_of_the_client_the_provider_and_the_product() -> None:
    assert refused(allocation(), start(client=OTHER_CLIENT)) == ["OP363"]
    assert refused(allocation(), start(by=OTHER_PROVIDER)) == ["OP363"]
    assert refused(allocation(), start(of=DAY_CARE)) == ["OP363"]
    assert refused(allocation(), start(client=NOBODY)) == ["CS002"]


def test_a_start_is_said_when_it_has_happened_and_only_as_first_or_withdrawn() -> None:
    assert refused(allocation(), start("2026-01-07", on="2026-01-06")) == ["OP011"]
    assert refused(allocation(), start(status="2")) == ["CS058"]


def test_one_start_runs_at_a_time() -> None:
    assert refused(*BEGUN, start("2026-02-02", on="2026-02-02")) == ["TR326"]
    assert refused(*BEGUN, start()) == ["TR074"]


def test_a_wrong_start_is_withdrawn_and_said_anew_in_one_message() -> None:
    right, wrong = start("2026-01-12", on="2026-01-20"), start(status="3")
    both = (*right.client.started, *wrong.client.started)
    corrected = msgspec.structs.replace(right, client=msgspec.structs.replace(right.client, started=both))
    assert refused(*BEGUN, corrected) == [], "whatever comes first in the message"
    assert refused(*BEGUN, corrected, stop(begin="2026-01-05")) == ["TR382"], "the wrong start is gone"
    assert refused(*BEGUN, corrected, stop(begin="2026-01-12")) == []


def test_only_what_was_said_can_be_withdrawn() -> None:
    assert refused(allocation(), start(status="3")) == ["TR063"]
    assert refused(*BEGUN, stop(status="3")) == ["TR063"]


def test_a_start_is_not_withdrawn_under_a_stop_but_after_it_was_withdrawn() -> None:
    assert refused(*BEGUN, stop(), start(status="3")) == ["TR071"]
    assert refused(*BEGUN, stop(), stop(status="3"), start(status="3")) == []


def test_a_stop_names_its_start_and_does_not_run_backwards() -> None:
    assert refused(*BEGUN, stop(begin="2026-01-06")) == ["TR382"]
    assert refused(*BEGUN, stop("2026-01-04", on="2026-01-10")) == ["TR018"]


def test_what_ended_for_good_does_not_end_again() -> None:
    assert refused(*BEGUN, stop(), stop("2026-07-31")) == ["TR415"]


def test_after_a_stop_for_a_time_comes_a_stop_for_good_or_a_new_start() -> None:
    on_hold = stop("2026-03-31", reason="20")
    assert refused(*BEGUN, on_hold, stop("2026-05-31")) == []
    assert refused(*BEGUN, on_hold, start("2026-05-04", on="2026-05-05")) == []
    assert refused(*BEGUN, on_hold, stop("2026-04-30", reason="20")) == ["TR413"]
    assert refused(*BEGUN, on_hold, stop("2026-03-01", on="2026-04-02")) == ["TR414"]


def test_late_or_outside_the_allocation_is_between_provider_and_municipality() -> None:
    assert remarked(allocation(), start("2026-01-05", on="2026-01-12")) == [], "five working days"
    assert remarked(allocation(), start("2026-01-05", on="2026-01-13")) == ["OP271"]
    assert remarked(*BEGUN, stop("2026-06-30", on="2026-07-08")) == ["OP272"]
    assert remarked(allocation(), start("2025-12-31", on="2025-12-31")) == ["OP270"]


def test_support_allocated_in_hindsight_may_be_started_in_hindsight() -> None:
    late = allocated(on="2026-03-02")
    assert remarked(allocation(late, on="2026-03-02"), start("2026-01-05", on="2026-03-09")) == []
