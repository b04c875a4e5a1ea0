"""Indications per resident: running indications divided by the residents who have them."""

from people import figure, support


def test_running_indications_over_residents():
    people = [
        support("Ann", "2024-01-01"),
        support("Ann", "2024-01-01", care_form="OZL1"),
        support("Bob", "2024-01-01"),
        support("Cor", "2024-01-01", "2024-06-30"),
    ]
    assert figure("indications_per_resident", "2024", support=people) == 3 / 2
