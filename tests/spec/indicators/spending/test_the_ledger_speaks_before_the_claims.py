"""Spending: the ledger where it speaks of a law and year, else the claims; never both."""

import pytest

from people import cost, figure, figures

CLAIMS = [
    cost("Ann", "2023-02", 100),
    cost("Bob", "2023-07", 50),
    cost("Bob", "2023-07", -10),
    cost("Cor", "2024-03", 70),
    cost("Dia", "2024-03", 30, law="jeugdwet", care_form="GGZ"),
]
LEDGER = [
    {
        "year": 2024,
        "law": "wmo",
        "budget_line": "HO",
        "care_form": "HO",
        "amount_cents": 75_00,
        "status": "provisional",
    },
    {
        "year": 2024,
        "law": "wmo",
        "budget_line": "Partner",
        "care_form": None,
        "amount_cents": 500_00,
        "status": "final",
    },
]


def euros(period: str, **codes: str) -> float:
    return figure("spending", period, codes=codes, cost=CLAIMS, realisation=LEDGER) / 100


def test_without_a_ledger_the_claims_count_and_credits_are_subtracted():
    assert euros("2023") == 140


def test_the_ledger_speaks_before_the_claims():
    assert euros("2024", law="wmo") == 575, "the claim of Cor is in the ledger already"
    assert euros("2024") == 605, "the Youth Act is not in the ledger yet"


def test_a_line_without_a_care_form_stands_apart():
    assert [euros("2024", care_form="HO"), euros("2024", care_form="_Z")] == [75, 500]


def test_a_provisional_ledger_makes_the_year_provisional():
    result = figures("spending", known_on="2026-12-31", cost=CLAIMS, realisation=LEDGER)
    assert result.provisional_from == "2024"


def test_a_year_that_has_not_ended_is_left_out():
    with pytest.raises(KeyError):
        figure("spending", "2024", known_on="2024-12-30", cost=CLAIMS)
