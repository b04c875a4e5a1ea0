"""Waiting: days from the allocation to the first day of the support that it gives."""

from datetime import date

import pytest

from people import figure, support

GIVEN = date(2024, 3, 1)
PEOPLE = [
    support("Ann", "2024-03-11", allocated_on=GIVEN),
    support("Bob", "2024-04-12", "2025-03-10", allocated_on=GIVEN),
    support("Cor", "2024-05-30", allocated_on=GIVEN),
    support("Dia", "2024-02-01", allocated_on=GIVEN),
    support("Eef", None, allocated_on=GIVEN),
    support("Bob", "2025-03-11", allocated_on=date(2025, 1, 1)),
]


def waiting(statistic: str, period: str = "2024") -> float:
    return figure("waiting", period, codes={"statistic": statistic}, support=PEOPLE)


def test_waiting_counts_from_allocation_to_start():
    assert waiting("median") == 26, "10, 42 and 90 days, and 0 for Dia, who had begun; Eef still waits"


def test_the_norm_is_six_weeks():
    assert waiting("within_norm") == 75, "Bob waited 42 days, which is just in time"


def test_who_goes_on_with_the_same_support_does_not_wait():
    with pytest.raises(KeyError):
        waiting("median", "2025")
