"""A provider asks under a reference of its own, once, and is answered by an allocation or a rejection."""

from __future__ import annotations

import msgspec

from judged import OTHER_CLIENT, allocated, allocation, answer, change, refused, remarked, request


def test_a_reference_is_used_once() -> None:
    assert refused(request("R1"), request("R1")) == ["TR347"]
    assert refused(request("R1", "R1")) == ["TR383"]
    assert refused(allocation(), change("W1"), change("W1")) == ["TR347"]


def test_a_request_does_not_run_backwards() -> None:
    asked = request("R1")
    (line,) = asked.client.requested
    wrong = msgspec.structs.replace(line, allocation_until=line.allocation_from.replace(year=2025))
    client = msgspec.structs.replace(asked.client, requested=(wrong,))
    assert refused(msgspec.structs.replace(asked, client=client)) == ["CS003"]


def test_a_second_request_while_one_is_pending_is_between_the_two() -> None:
    assert remarked(request("R1", "R2")) == [], "one message may ask for more than one product"
    assert remarked(request("R1"), request("R2")) == ["TR374"]
    assert remarked(request("R1"), answer("R1"), request("R2")) == []
    assert remarked(request("R1"), allocation(allocated(answers="R1")), request("R2")) == []
    assert remarked(request("R1"), answer("R1", "2"), request("R2")) == ["TR374"], "under inquiry is no answer yet"


def test_a_change_is_about_an_allocation_of_this_client() -> None:
    assert refused(allocation(), change("W1", new=True)) == []
    assert refused(change("W1")) == ["TR351"]
    assert refused(allocation(), change("W1", client=OTHER_CLIENT)) == ["TR304"]


def test_inquiry_comes_once_and_rejection_is_the_last_word() -> None:
    asked = request("R1")
    assert remarked(asked, answer("R1", "2"), answer("R1", "1")) == []
    assert refused(asked, answer("R1", "2"), answer("R1", "2")) == ["TR360"]
    assert refused(asked, answer("R1", "1"), answer("R1", "2")) == ["TR365"]
    assert refused(asked, answer("R1", "1"), answer("R1", "1")) == ["TR365"]


def test_an_answer_to_an_unknown_request_is_taken_in_with_a_remark() -> None:
    assert remarked(answer("R9")) == ["TR355"]
