"""Ours beside other municipalities: as large, around us, all, or one's own choice, which stands in the address."""

from dataclasses import replace

import pytest
from django.test import Client

from noaber.records import Text
from noaber.web.published import comparison
from protected import safe
from shelves import approve_all, take_in

pytestmark = pytest.mark.django_db
NAMES = {"GM9901": "Ons", "GM9902": "Buur", "GM9903": "Groot", "GM9904": "Gelijk"}
LABELS = {"municipality": {code: Text(name, name) for code, name in NAMES.items()}}


@pytest.fixture
def beside(house, cast):
    clients = zip(NAMES, (48, 61, 70, 40), strict=True)
    living = zip(NAMES, (84_000, 21_000, 160_000, 60_000), strict=True)
    for indicator, cells in (("municipalities_wmo", clients), ("municipalities_residents", living)):
        made = safe([("2025", code, value) for code, value in cells], ("municipality",))
        house.publish(replace(made, indicator=indicator, labels=LABELS))
    take_in(house, cast)
    approve_all(cast)


def page(address):
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_figures_it_says_what_will_come(house):
    assert "zodra cijfers van het CBS over alle gemeenten zijn opgehaald" in page("/cijfers/andere-gemeenten/")


def test_those_about_as_large_come_first(beside):
    shown = page("/cijfers/andere-gemeenten/")
    assert "hoger dan in Gelijk" in shown
    assert "Buur: " not in shown, "much smaller"


def test_ones_own_choice_stands_in_the_address(beside):
    shown = page("/cijfers/andere-gemeenten/?groep=eigen&met=GM9902&met=GM9903&met=GM0000")
    assert "lager dan in alle 2 gekozen gemeenten" in shown
    assert 'value="GM9902" checked' in shown


def test_a_choice_of_nobody_says_what_to_do(beside):
    assert "Kies een of meer gemeenten die een cijfer hebben." in page("/cijfers/andere-gemeenten/?groep=eigen")


def test_an_unknown_group_is_the_first(beside):
    assert "hoger dan in Gelijk" in page("/cijfers/andere-gemeenten/?groep=zomaar")


def test_the_theme_and_its_downloads_are_there(beside):
    assert "lager dan in 2 van de 3 gemeenten" in page("/cijfers/thema/andere-gemeenten/")
    assert "municipalities-wmo-beside-municipality.svg" in page("/cijfers/cijfer/municipalities_wmo/")


@pytest.mark.parametrize(
    ("residents", "between"),
    [(4_999, (0, 5_000)), (5_000, (5_000, 10_000)), (99_999, (50_000, 100_000)), (900_000, (250_000, 10_000_000))],
)
def test_size_classes_are_those_of_cbs(residents, between):
    assert comparison.size_class(residents) == between
