"""Prices: published before the rules, the rules before the estimates, and none where a year has nothing."""

import pytest

from noaber.forecasts import prices

FLAT = {(index, year): 0.0 for index in ("OVA", "PPC") for year in range(2016, 2040)}


def test_labour_weighs_ninety_percent():
    found = prices.path({("OVA", 2025): 10.0, ("PPC", 2025): 0.0}, 2024, 2025)
    assert found.middle[-1] == pytest.approx(1.09)
    assert found.low[-1] == found.high[-1] == found.middle[-1]
    assert not found.rules


def test_a_year_without_figures_takes_the_estimate_with_its_range():
    found = prices.path({}, 2025, 2027)
    assert found.low[-1] < found.middle[-1] < found.high[-1]
    assert any("estimates/ova" in text for text in found.rules)


def test_without_an_index_prices_stay_and_it_says_so():
    found = prices.path({}, 2018, 2022)
    assert not found.known
    assert found.middle.tolist() == [1.0] * 5


def test_half_an_index_is_none():
    assert not prices.path({("OVA", 2019): 3.0}, 2018, 2019).known


def test_a_year_beyond_the_path_has_the_price_of_its_end():
    found = prices.path({**FLAT, ("OVA", 2017): 10.0}, 2016, 2018)
    assert found.at(2010) == 1.0
    assert found.at(2030) == found.middle[-1] == pytest.approx(1.09)
