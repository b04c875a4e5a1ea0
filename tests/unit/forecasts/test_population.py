"""Residents by age as they are delivered: bands made to adjoin, years that fit each other, and what is published."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.forecasts import TooShortError, population
from noaber.forecasts.ages import OLDEST
from noaber.forecasts.residents import beside

ON = date(2026, 1, 1)


def row(year, area, first, last, persons, *, sex="0", kind="observed"):
    keys = ("on", "area", "age_from", "age_until", "persons", "sex", "kind")
    return dict(zip(keys, (date(year, 1, 1), area, first, last, persons, sex, kind), strict=True))


def young(years, area="GM0001"):
    return [row(year, area, first, first + 4, 1000) for year in years for first in (0, 5, 10, 15)]


def test_a_wider_band_gives_what_is_left_of_it():
    found = population.tiled({(0, 4): 10, (5, 9): 12, (0, 14): 30, (0, 9): 22})
    assert found == {(0, 4): 10, (5, 9): 12, (10, 14): 8}


@given(st.sets(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted).map(tuple), min_size=1, max_size=12))
def test_what_comes_out_adjoins(bands):
    found = list(population.tiled(dict.fromkeys(bands, 1)))
    assert all(before[1] + 1 == after[0] for before, after in pairwise(found))
    assert not found or found[0][0] == min(first for first, _ in bands)


def test_the_latest_years_in_a_row_with_the_same_bands_count():
    rows = [*young([2014, 2016, 2017, 2018]), row(2024, "GM0001", 0, None, 9000)]
    found = population.counted(rows, area="GM0001")
    assert found.years == (2016, 2017, 2018)
    assert found.bands == ((0, 4), (5, 9), (10, 14), (15, 19))
    assert found.persons.shape == (3, 1, 1, 4)


def test_districts_come_before_the_municipality():
    rows = young([2020, 2021]) + young([2020, 2021], "WK000101") + young([2020, 2021], "WK000102")
    assert population.counted(rows, area="GM0001").areas == ("WK000101", "WK000102")


def test_one_year_says_what_is_missing():
    with pytest.raises(TooShortError, match="no two years in a row") as caught:
        population.counted(young([2020]), area="GM0001")
    assert "two years" in caught.value.now


def test_what_was_known_then_forgets_what_came_after():
    found = population.counted(young(range(2014, 2020)), area="GM0001")
    assert found.until(2016).years == (2014, 2015, 2016)


def test_published_bands_are_counted_first_and_else_forecast():
    rows = [
        row(2018, "GM0001", 75, 84, 500),
        row(2018, "GM0001", 75, 84, 510, kind="forecast"),
        row(2019, "GM0001", 75, None, 700, kind="forecast"),
    ]
    assert population.published(rows, area="GM0001") == {(75, 84): {2018: 500.0}, (75, OLDEST): {2019: 700.0}}


def test_what_others_expect_stands_beside_ours():
    rows = [*young(range(2014, 2018)), row(2018, "GM0001", 0, 19, 3990, kind="forecast")]
    ours = population.forecast(population.counted(rows, area="GM0001"), 2019, on=ON)
    [(band, year, theirs, mine)] = beside(ours, population.published(rows, area="GM0001"))
    assert (band, year, theirs) == ((0, 19), 2018, 3990.0)
    assert mine == pytest.approx(4000, rel=0.01)


def test_the_assumptions_are_named():
    rows = young(range(2014, 2018))
    found = population.forecast(population.counted(rows, area="GM0001"), 2020, on=ON)
    assert any("children_per_woman" in text for text in found.rules)
    assert found.last == 2020
