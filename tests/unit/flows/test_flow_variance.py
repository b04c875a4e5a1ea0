"""Chance in closed form: against a plain recursion over one resident's states, and against the forward engine."""

import itertools

import numpy as np
import pytest
from flow_towns import measures, towns
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from noaber import flows
from noaber.flows import variance


@settings(max_examples=60, deadline=None)
@given(towns(), measures())
def test_counted_backwards_the_expected_euros_are_the_same(town, plan):
    outcome = flows.evaluate(town, plan)
    clients = town.in_pools(outcome.clients[0])
    assume((clients < 0.99 * variance.residents(town)[..., None]).all())  # else the last resident is already served
    months = np.where(np.arange(town.months) > 2, 1.0, 0.0)
    found = flows.chance(town, plan, months=months, forms=np.array([1.0, 0.0, 1.0]))
    forward = (outcome.gross - outcome.contribution)[0, 3:, :, [0, 2]].sum()
    assert found.mean[0] == pytest.approx(forward, rel=1e-9, abs=1e-6)


def one_resident(inflow, stop, cost, months):
    """Return mean and variance of what one resident costs, by walking through every possible life."""
    mean = square = 0.0
    for path in itertools.product(range(len(inflow) + 1), repeat=months):  # 0 none, else the form of each month
        chance, before = 1.0, 0
        ways = [1.0]
        for form in path:
            ways = [0.0]
            if before == 0:
                ways[0] = inflow[form - 1] if form else 1 - sum(inflow)
            else:
                ended = stop[before - 1] * (inflow[form - 1] if form else 1 - sum(inflow))
                ways[0] = ended + (1 - stop[before - 1] if form == before else 0.0)
            chance *= ways[0]
            before = form
        total = sum(cost[form - 1] for form in path if form)
        mean += chance * total
        square += chance * total**2
    return mean, square - mean**2


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.floats(0, 0.4), min_size=2, max_size=2),
    st.lists(st.floats(0.1, 1), min_size=2, max_size=2),
    st.lists(st.floats(0, 50), min_size=2, max_size=2),
)
def test_the_spread_is_that_of_all_possible_lives_of_a_resident(inflow, stop, price):
    rates = flows.Rates(
        inflow=np.array([[inflow]]),
        exit=np.array([[stop]]),
        intensity=np.ones((1, 2)),
        price=np.array([price]),
        contribution=np.zeros((1, 2)),
        fixed=np.zeros((1, 2)),
    )
    town = flows.Town(
        forms=flows.Forms(names=("a", "b"), laws=("wmo", "wmo")),
        months=5,
        residents=np.array([100.0]),
        areas=np.array([0]),
        rates=rates,
        stock=np.zeros((1, 1, 2)),
    )
    found = flows.chance(town, months=np.ones(5), forms=np.ones(2))
    mean, spread = one_resident(inflow, stop, price, 5)
    assert found.mean[0] == pytest.approx(100 * mean)
    assert found.variance[0] == pytest.approx(100 * spread, rel=1e-9, abs=1e-6)


def test_quantiles_of_draws_without_chance_are_those_of_the_draws():
    mean = np.linspace(0, 100, 101)
    low, middle, high = flows.quantiles(mean, np.zeros(101), [0.1, 0.5, 0.9])
    assert (low, middle, high) == pytest.approx((10, 50, 90), abs=1)


def test_quantiles_of_chance_alone_are_those_of_a_normal():
    low, middle, high = flows.quantiles(np.array([50.0]), np.array([100.0]), [0.1, 0.5, 0.9])
    assert (low, middle, high) == pytest.approx((50 - 12.8155, 50, 50 + 12.8155), abs=1e-3)


def test_frailty_is_found_where_chance_does_not_explain_the_residuals():
    rng = np.random.default_rng(3)
    expected = np.full(20_000, 100.0)
    lucky = rng.poisson(expected)
    frail = rng.poisson(expected * rng.normal(1, 0.2, expected.shape))
    assert flows.frailty(lucky, expected, expected) < 0.02
    assert flows.frailty(frail, expected, expected) == pytest.approx(0.2, abs=0.01)
    assert flows.overdispersed(expected, expected, 0.2)[0] == pytest.approx(100 + 400)
