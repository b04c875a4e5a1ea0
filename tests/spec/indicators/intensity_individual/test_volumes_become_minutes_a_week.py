"""Intensity of individual support: whatever the unit and frequency of the allocation, in classes of minutes a week."""

from datetime import date

import pytest

from people import figure, support

PEOPLE = [
    support("Ann", "2024-01-01", kind="individual", volume=60, unit="01", frequency="2"),
    support("Bob", "2024-01-01", kind="individual", volume=13, unit="04", frequency="4"),
    support("Cor", "2024-01-01", kind="individual", volume=100, unit="01", frequency="1"),
    support("Dia", "2024-01-01", kind="individual", volume=None, unit="04", frequency="2"),
    support("Eef", "2024-01-01", kind="group", volume=60, unit="01", frequency="2"),
    support(
        *("Fem", "2024-01-01"),
        kind="individual",
        volume=52,
        unit="04",
        frequency="6",
        allocated_until=date(2024, 12, 29),
    ),
]


@pytest.mark.parametrize(
    ("intensity", "indications", "who"),
    [
        ("01_up_to_60", 1, "Ann, 60 minutes a week"),
        ("03_121_to_240", 1, "Bob, 13 hours a month is 180 minutes a week"),
        ("05_above_480", 1, "Cor, 100 minutes a day is 700 a week"),
        ("_U", 1, "Dia, nobody knows how much"),
        ("_T", 4, "all of them; Eef is in a group, and the support of Fem ended two days before"),
    ],
)
def test_volumes_become_minutes_a_week(intensity, indications, who):
    found = figure("intensity_individual", "2024", codes={"intensity": intensity}, support=PEOPLE)
    assert found == indications, who


def test_a_total_for_the_whole_term_is_spread_over_its_weeks():
    found = figure(
        *("intensity_individual", "2024-Q3"),
        frequency="quarter",
        codes={"intensity": "01_up_to_60"},
        support=PEOPLE,
    )
    assert found == 2, "Ann, and Fem with 52 hours over 52 weeks"
