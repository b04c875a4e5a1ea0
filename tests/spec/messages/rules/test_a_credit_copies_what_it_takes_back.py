"""A claim line is corrected by taking it back whole, with a credit that copies it, and claiming anew (IV091, OP366)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from judged import allocated, allocation, claim, line, refused, remarked
from noaber.messages.model import Delivery

CLAIMED = (allocation(), claim(line(reference="P")))
NEXT = {"month": "2026-02-01"}


def test_credit_and_new_claim_may_come_together_in_any_order() -> None:
    assert refused(*CLAIMED, claim(line(volume=10), line(takes_back="P"), **NEXT)) == []


def test_without_its_credit_a_second_claim_is_refused() -> None:
    assert refused(*CLAIMED, claim(line(volume=10), **NEXT)) == ["TR389"]


@pytest.mark.parametrize(
    "differs",
    [
        {"volume": 11},
        {"volume": 24, "tariff": 3000},
        {"first": "2026-02-01"},
        {"of": ("02", "02A16")},
        {"number": 1002},
        {"takes_back": "unknown"},
    ],
    ids=str,
)
def test_a_credit_differs_in_nothing(differs: dict[str, Any]) -> None:
    assert refused(*CLAIMED, claim(line(**{"takes_back": "P"} | differs), **NEXT)) == ["TR323"]


def test_a_line_is_credited_once() -> None:
    credit = claim(line(takes_back="P"), **NEXT)
    assert refused(*CLAIMED, credit, claim(line(takes_back="P"), month="2026-03-01")) == ["TR390"]


def naming(said: Delivery, previous: str | None) -> Delivery:
    """Return a line that names `previous` as the line it takes back."""
    reference = msgspec.structs.replace(said.reference, previous_reference=previous)
    return msgspec.structs.replace(said, reference=reference)


def test_a_credit_names_what_it_takes_back() -> None:
    assert refused(*CLAIMED, claim(naming(line(takes_back="P"), None), **NEXT)) == ["CD060"]


def test_a_debit_that_names_another_line_is_only_remarked() -> None:
    assert remarked(allocation(), claim(naming(line(), "P"))) == ["CD060"]


def test_no_more_is_asked_of_a_credit() -> None:
    """IV085: it is a one-sided act. The allocation may have been cut since, and the credit still stands."""
    cut = allocation(allocated(last="2026-01-15", on="2026-02-20", reason="05"), on="2026-02-20")
    assert refused(*CLAIMED, cut, claim(line(takes_back="P"), **NEXT)) == []
