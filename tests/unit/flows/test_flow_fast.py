"""The compiled twin gives the same answers as the engine in NumPy, to nine digits, whatever it is asked."""

from dataclasses import replace

import numpy as np
import pytest
from flow_towns import measures, towns
from hypothesis import given, settings

from noaber import flows

pytest.importorskip("numba", reason="the extra `fast` is not installed")
from noaber.flows import fast


@settings(max_examples=60, deadline=None)
@given(towns(), measures())
def test_compiled_and_plain_expected_values_are_the_same(town, plan):
    plain, compiled = flows.evaluate(town, plan), flows.evaluate(town, plan, engine=fast.expect)
    for name in ("clients", "starts", "ends", "net"):
        assert np.allclose(getattr(plain, name), getattr(compiled, name), rtol=1e-9, atol=1e-7), name


@settings(max_examples=40, deadline=None)
@given(towns(), measures())
def test_compiled_and_plain_spread_are_the_same(town, plan):
    asked = {"months": np.ones(town.months), "forms": np.ones(3)}
    plain = flows.chance(town, plan, **asked)
    compiled = flows.chance(town, plan, **asked, counting=fast.moments)
    assert np.allclose(plain.mean, compiled.mean, rtol=1e-9)
    assert np.allclose(plain.variance, compiled.variance, rtol=1e-9, atol=1e-6)


def test_many_draws_are_the_same_too():
    town = flows.Town(
        forms=flows.Forms(names=("a", "b"), laws=("wmo", "youth")),
        months=24,
        residents=np.array([1000.0, 2000.0]),
        areas=np.array([0, 1]),
        rates=flows.Rates(
            inflow=np.full((1, 2, 2), 0.01),
            exit=np.array([[[0.02, 0.1]], [[0.1, 0.05]]]),
            intensity=np.ones((1, 2)),
            price=np.array([[100.0, 300.0]]),
            contribution=np.zeros((1, 2)),
            fixed=np.zeros((1, 2)),
        ),
        stock=np.full((2, 2, 2), 5.0),
    )
    drawn = np.random.default_rng(1).lognormal(0, 0.2, (2, 32, 2))
    doubt = flows.Doubt(inflow=drawn[0], duration=drawn[1])
    plain, compiled = flows.evaluate(town, doubt=doubt), flows.evaluate(town, doubt=doubt, engine=fast.expect)
    assert np.allclose(plain.net, compiled.net, rtol=1e-9)
    assert plain.net.shape == (32, 24, 2, 2)
    asked = {"months": np.ones(24), "forms": np.ones(2), "doubt": doubt}
    assert np.allclose(
        flows.chance(town, **asked).variance, flows.chance(town, **asked, counting=fast.moments).variance, rtol=1e-9
    )


def test_with_a_capacity_the_plain_engine_answers():
    town = flows.Town(
        forms=flows.Forms(names=("a",), laws=("wmo",)),
        months=6,
        residents=np.array([1000.0]),
        areas=np.array([0]),
        rates=flows.Rates(
            inflow=np.full((1, 1, 1), 0.01),
            exit=flows.geometric([10.0]),
            intensity=np.ones((1, 1)),
            price=np.ones((1, 1)),
            contribution=np.zeros((1, 1)),
            fixed=np.zeros((1, 1)),
        ),
        stock=np.zeros((1, 1, 1)),
    )
    limit = flows.Capacity(places=np.array([[5.0]]), admissions=np.array([[np.inf]]), gives_up=np.zeros(1))
    assert flows.evaluate(town, capacity=limit, engine=fast.expect).clients.max() == pytest.approx(5)


@settings(max_examples=25, deadline=None)
@given(towns(), measures())
def test_more_threads_change_no_bit(town, plan):
    doubt = flows.Doubt(inflow=np.linspace(0.8, 1.2, fast.PARALLEL)[:, None])
    together = flows.evaluate(town, plan, doubt=doubt, engine=fast.expect).clients
    for draw in range(0, fast.PARALLEL, 2):
        pair = flows.Doubt(inflow=doubt.inflow[draw : draw + 2])  # so few that one thread does them
        alone = flows.evaluate(town, plan, doubt=pair, engine=fast.expect).clients
        assert np.array_equal(together[draw : draw + 2], alone)


@settings(max_examples=40, deadline=None)
@given(towns(demography=False))
def test_the_short_way_of_a_plain_town_ends_where_the_long_way_does(town):
    rates = replace(town.rates, exit=town.rates.exit[-1:], follows=np.zeros((0, 2), int), through=np.zeros((1, 0)))
    plain = replace(town, rates=rates, stock=town.stock[:1])
    short, _ = flows.resolve(plain, (), flows.Doubt(), slice(0, 1))
    nobody_moves = flows.Demography(
        maps=np.eye(2)[None], at=np.full(town.months, -1), newcomers=np.zeros((town.months, 2))
    )
    long = replace(short, demography=nobody_moves)
    for name, values in vars(fast.expect(short)).items():
        assert np.allclose(values, getattr(fast.expect(long), name), rtol=1e-12, atol=1e-12), name


@settings(max_examples=25, deadline=None)
@given(towns(), measures())
def test_sums_per_period_are_those_of_the_months(town, plan):
    years = np.arange(town.months) // 3
    for engine in (flows.expect, fast.expect):
        monthly = flows.evaluate(town, plan, engine=engine)
        yearly = flows.evaluate(town, plan, engine=engine, periods=years)
        for name in ("clients", "starts", "ends", "gross", "contribution", "fixed", "net", "investment"):
            axis = int(getattr(monthly, name).ndim == 4)
            added = np.add.reduceat(getattr(monthly, name), np.arange(0, town.months, 3), axis=axis)
            assert np.allclose(getattr(yearly, name), added, rtol=1e-12, atol=1e-9), name
