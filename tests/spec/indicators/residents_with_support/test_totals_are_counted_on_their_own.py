"""Totals: who is in two laws or two districts at once counts in both, and once in the total."""

from people import EAST, WEST, figure, support

PEOPLE = [
    support("Ann", "2024-01-01"),
    support("Ann", "2024-06-01", law="jeugdwet", care_form="GGZ", district=EAST),
    support("Bob", "2024-01-01", law="participatiewet", care_form="BIJSTAND"),
    support("Cor", "2024-01-01", district=None),
]


def count(**codes: str) -> float:
    return figure("residents_with_support", "2024", codes=codes, support=PEOPLE)


def test_a_resident_counts_in_both_districts_and_once_in_the_town():
    assert [count(district=WEST), count(district=EAST), count(district="_T")] == [2, 1, 3]


def test_a_resident_without_a_known_district_counts_as_unknown():
    assert count(district="_U") == 1


def test_a_resident_counts_under_both_laws_and_once_in_all():
    assert [count(law="wmo"), count(law="jeugdwet"), count(law="_T")] == [2, 1, 3]


def test_wmo_and_youth_act_together_leave_benefits_out():
    assert [count(domain="care"), count(domain="income")] == [2, 1]
