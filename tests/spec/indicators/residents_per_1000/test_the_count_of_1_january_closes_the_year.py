"""Residents with support per 1,000 inhabitants: the count of 1 January belongs to the year that has just ended."""

import pytest

from people import WEST, figure, inhabitants, support

PEOPLE = [support("Ann", "2024-01-01"), support("Bob", "2024-01-01"), support("Cor", "2024-01-01", district=None)]
COUNTS = [
    inhabitants("2024-01-01", "GM9901", 900),
    inhabitants("2025-01-01", "GM9901", 1000),
    inhabitants("2025-01-01", WEST, 400),
]


def test_the_count_of_1_january_closes_the_year():
    assert figure("residents_per_1000", "2024", support=PEOPLE, population=COUNTS) == 3.0


def test_a_district_has_its_own_inhabitants():
    assert figure("residents_per_1000", "2024", codes={"district": WEST}, support=PEOPLE, population=COUNTS) == 5.0


def test_without_a_count_of_the_past_year_there_is_no_figure():
    with pytest.raises(KeyError):
        figure("residents_per_1000", "2024", support=PEOPLE, population=COUNTS[:0])


def test_bands_that_overlap_are_not_added():
    overlapping = [
        inhabitants("2025-01-01", "GM9901", 200, age_until=19),
        inhabitants("2025-01-01", "GM9901", 250, age_until=24),
        inhabitants("2025-01-01", "GM9901", 750, age_from=25),
    ]
    with pytest.raises(KeyError):
        figure("residents_per_1000", "2024", support=PEOPLE, population=overlapping)
    assert figure("residents_per_1000", "2024", support=PEOPLE, population=overlapping[1:]) == 3.0
