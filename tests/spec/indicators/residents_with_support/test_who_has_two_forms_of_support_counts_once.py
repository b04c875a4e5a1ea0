"""Residents with support: the people whose support runs on the last day of the period, each counted once."""

from people import figure, support

PEOPLE = [
    support("Ann", "2024-01-01"),
    support("Ann", "2024-02-01", care_form="OZL1"),
    support("Bob", "2024-03-01", "2024-12-31"),
    support("Cor", "2024-03-01", "2024-12-30"),
    support("Dia", None),
    support("Eef", "2025-01-01"),
]


def test_who_has_two_forms_of_support_counts_once():
    assert figure("residents_with_support", "2024", support=PEOPLE) == 2, "Ann once, and Bob, who ends on the day"


def test_an_allocation_that_has_not_started_does_not_count():
    assert figure("residents_with_support", "2025", support=PEOPLE) == 2, "Ann and Eef; Dia never started"


def test_a_spell_without_an_end_runs_to_the_end_of_its_allocation():
    people = [support("Ann", "2024-01-01", allocated_until=PEOPLE[2]["ended_on"])]
    assert figure("residents_with_support", "2024", support=people) == 1
    assert figure("residents_with_support", "2025", support=people) == 0
