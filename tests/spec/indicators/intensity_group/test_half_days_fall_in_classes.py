"""Intensity of group support, in classes of half-days a week."""

from people import figure, support


def test_half_days_fall_in_classes():
    people = [
        support("Ann", "2024-01-01", kind="group", volume=2, unit="16", frequency="2"),
        support("Bob", "2024-01-01", kind="group", volume=13, unit="16", frequency="4"),
        support("Cor", "2024-01-01", kind="group", volume=9, unit="16", frequency="2"),
        support("Dia", "2024-01-01", kind="individual", volume=2, unit="16", frequency="2"),
    ]
    classes = ("01_up_to_2", "02_3_to_4", "05_above_8")
    found = [figure("intensity_group", "2024", codes={"intensity": item}, support=people) for item in classes]
    assert found == [1, 1, 1], "Bob has 13 half-days a month, which is 3 a week"
