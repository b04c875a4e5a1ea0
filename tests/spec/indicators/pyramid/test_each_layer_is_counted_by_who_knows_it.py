"""The pyramid: the municipality counts indicated support, the partner counts the other layers, and nobody adds them."""

from datetime import date

import pytest

from people import EAST, WEST, figure, support

PEOPLE = [
    support("Ann", "2024-01-01"),
    support("Ann", "2024-01-01", care_form="OZL1"),
    support("Bob", "2024-01-01", district=EAST),
    support("Cor", "2024-01-01", layer="basic_support"),
    support("Dia", "2024-01-01", law="participatiewet", care_form="BIJSTAND"),
]
PARTNER = [
    {"month": date(2024, month, 1), "district": where, "layer": "basic_support", "kind": "group", "persons": persons}
    for month, where, persons in [(11, WEST, 90), (12, WEST, 30), (12, EAST, 12)]
]


def persons(layer: str, **codes: str) -> float:
    return figure("pyramid", "2024", codes={"layer": layer, **codes}, support=PEOPLE, partner_count=PARTNER)


def test_the_municipality_counts_indicated_support():
    assert persons("indicated_support") == 2, "Ann once, and Bob; a benefit is no support in this sense"
    assert persons("indicated_support", district=EAST) == 1


def test_the_partner_counts_basic_support_in_the_last_month_of_the_period():
    assert persons("basic_support") == 42
    assert persons("basic_support", district=EAST) == 12


def test_layers_have_no_total():
    with pytest.raises(KeyError):
        persons("_T")
