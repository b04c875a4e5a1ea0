"""Certified institutions: allocations per quarter beside the average quarter of 2018 and the agreed fifth less."""

from datetime import date

from people import figure, support

ALLOCATIONS = [
    *[
        support(f"Ann{number}", None, allocated_on=date(2018, 1 + number, 1), referrer="04", referrer_code="00000009")
        for number in range(10)
    ],
    support("Bob", None, allocated_on=date(2024, 2, 1), referrer="04", referrer_code="00000009"),
    support("Cor", None, allocated_on=date(2024, 3, 31), referrer="04", referrer_code="00000008"),
    support("Dia", None, allocated_on=date(2024, 3, 31), referrer="02"),
]


def quarter(line: str, institution: str) -> float:
    codes = {"line": line, "institution": institution}
    return figure("certified_institutions", "2024-Q1", codes=codes, support=ALLOCATIONS)


def test_allocations_after_a_referral_count_in_their_quarter():
    assert [quarter("allocated", name) for name in ("00000009", "00000008", "_T")] == [1, 1, 2]


def test_the_agreement_is_a_fifth_below_the_average_quarter():
    assert quarter("baseline", "00000009") == 2.5
    assert quarter("agreed", "00000009") == 2.0
