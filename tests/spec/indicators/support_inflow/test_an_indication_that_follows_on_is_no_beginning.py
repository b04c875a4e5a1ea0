"""Inflow: residents whose support begins while they had none the day before."""

from people import figure, support

PEOPLE = [
    support("Ann", "2024-01-01", "2024-06-30"),
    support("Ann", "2024-07-01"),
    support("Bob", "2024-02-01", "2024-03-31"),
    support("Bob", "2024-09-01"),
    support("Cor", "2023-05-01"),
    support("Cor", "2024-05-01", care_form="OZL1"),
]


def test_an_indication_that_follows_on_is_no_beginning():
    assert figure("support_inflow", "2024", support=PEOPLE) == 3, "Ann once and Bob twice; Cor had support already"


def test_within_a_care_form_only_that_form_matters():
    assert figure("support_inflow", "2024", codes={"care_form": "OZL1"}, support=PEOPLE) == 1, "Cor's guidance is new"
