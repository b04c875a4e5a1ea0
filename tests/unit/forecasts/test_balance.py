"""Growth that is a guess gives way to what the past shows, and growth that is sure stays."""

import numpy as np
import pytest

from noaber.flows import Forms, Rates, Town, evaluate, geometric
from noaber.forecasts.balance import balanced
from noaber.forecasts.trend import Trend

RESIDENTS, MONTHS = 10_000.0, 20.0


def town(clients=200.0, growing=1.3):
    """One form of which so many times as many start as would keep it level."""
    leave = geometric([MONTHS])
    inflow = growing * clients / MONTHS / (RESIDENTS - clients)
    ones = np.ones((1, 1))
    rates = Rates(
        inflow=np.full((1, 1, 1), inflow),
        exit=leave,
        intensity=ones,
        price=ones,
        contribution=0 * ones,
        fixed=0 * ones,
    )
    return Town(
        forms=Forms(names=("HO",), laws=("wmo",)),
        months=12,
        residents=np.array([RESIDENTS]),
        areas=np.zeros(1, dtype=np.int64),
        rates=rates,
        stock=np.full((1, 1, 1), clients * (1 - 1 / MONTHS)),
    )


def level(error, clients):
    trend = Trend(
        level=np.zeros(1),
        slope=np.zeros(1),
        level_error=np.array([error]),
        slope_error=np.zeros(1),
        noise=np.ones(1),
        years=np.array([5]),
    )
    return float(balanced(trend, town(), np.array(clients, dtype=float)[:, None], np.array([10**9])).level[0])


def test_clients_who_never_moved_stay_level_when_the_rate_is_unsure():
    assert level(0.2, [190, 190, 190, 190]) == pytest.approx(np.log(1 / 1.3), abs=0.03)


def test_growth_that_was_seen_before_stays():
    assert level(0.02, [100, 140, 190]) == pytest.approx(0, abs=0.01)


def test_a_sure_rate_stays_and_so_does_a_form_without_a_past():
    assert level(1e-6, [190, 190.1, 190]) == pytest.approx(0, abs=0.001)
    assert level(0.2, [np.nan, np.nan, 190]) == pytest.approx(0, abs=1e-9)


def test_the_town_of_these_tests_grows():
    found = evaluate(town())
    assert (found.clients - found.ends)[0, -1].sum() > 1.1 * town().stock.sum()
