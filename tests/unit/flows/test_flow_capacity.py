"""Waiting lists: who is admitted, who waits, what a limit costs and saves."""

from dataclasses import replace

import numpy as np
import pytest
from flow_towns import measures, towns
from hypothesis import given, settings
from hypothesis import strategies as st

from noaber import flows


def limit(places=np.inf, admissions=np.inf, gives_up=0.0):
    return flows.Capacity(
        places=np.full((1, 3), places), admissions=np.full((1, 3), admissions), gives_up=np.full(3, gives_up)
    )


@settings(max_examples=40, deadline=None)
@given(towns(), measures())
def test_a_limit_that_never_binds_changes_nothing(town, plan):
    free, limited = flows.evaluate(town, plan), flows.evaluate(town, plan, capacity=limit(places=1e9))
    assert np.array_equal(free.clients, limited.clients)
    assert limited.waiting.sum() == 0


@settings(max_examples=40, deadline=None)
@given(towns(), measures(), st.floats(0, 200), st.floats(0, 30))
def test_never_more_clients_than_places_nor_starts_than_admissions(town, plan, places, admissions):
    town = replace(town, stock=town.stock * 0)
    outcome = flows.evaluate(town, plan, capacity=limit(places, admissions))
    assert outcome.clients.sum(axis=2).max() <= places + 1e-6
    assert outcome.starts.sum(axis=2).max() <= admissions + 1e-6


@settings(max_examples=40, deadline=None)
@given(towns(demography=False), st.floats(0, 30))
def test_who_asks_is_admitted_or_waits(town, admissions):
    """Without giving up nobody is lost: clients in = out + present, and the list grows by who was not admitted."""
    town = replace(town, rates=replace(town.rates, follows=np.zeros((0, 2), dtype=int), through=np.zeros((1, 0))))
    outcome = flows.evaluate(town, capacity=limit(admissions=admissions))
    served = outcome.clients.sum(axis=(2, 3)) + outcome.waiting.sum(axis=(2, 3))
    assert (served <= town.residents.sum() * len(set(town.forms.pools)) + 1e-6).all()
    left = town.stock.sum() + outcome.starts.sum() - outcome.ends[:, :-1].sum()
    assert outcome.clients[:, -1].sum() == pytest.approx(left, abs=1e-6)


def test_nothing_is_admitted_when_there_is_no_room_and_everyone_waits():
    rates = flows.Rates(
        inflow=np.full((1, 1, 3), 0.01),
        exit=flows.geometric([10.0, 10.0, 10.0]),
        intensity=np.ones((1, 3)),
        price=np.ones((1, 3)),
        contribution=np.zeros((1, 3)),
        fixed=np.zeros((1, 3)),
    )
    town = flows.Town(
        forms=flows.Forms(names=("a", "b", "c"), laws=("wmo", "youth", "pw")),
        months=3,
        residents=np.array([1000.0]),
        areas=np.array([0]),
        rates=rates,
        stock=np.zeros((1, 1, 3)),
    )
    full = flows.evaluate(town, capacity=limit(places=0))
    assert full.clients.sum() == 0
    assert full.waiting[0, :, 0, 0] == pytest.approx([10, 10 + 9.9, 10 + 9.9 + 9.801])
    price = flows.price_of_waiting(flows.evaluate(town), full)
    assert price.saved[0] == pytest.approx(flows.evaluate(town).net.sum())
    assert price.longest_list[0] == pytest.approx(3 * 29.701)
    assert price.months_waited[0] == pytest.approx(3 * (10 + 19.9 + 29.701))
    tired = flows.evaluate(town, capacity=limit(places=0, gives_up=1.0))
    assert tired.waiting.sum() == 0


def test_whole_clients_wait_as_long_as_expected_ones():
    """The month loop with expected values against the counts sampler with the same limit."""
    rates = flows.Rates(
        inflow=np.array([[[0.01, 0.005, 0.01], [0.02, 0.01, 0.01]]]),
        exit=flows.geometric([10.0, 14.0, 20.0]),
        intensity=np.ones((1, 3)),
        price=np.ones((1, 3)),
        contribution=np.zeros((1, 3)),
        fixed=np.zeros((1, 3)),
    )
    town = flows.Town(
        forms=flows.Forms(names=("a", "b", "c"), laws=("wmo", "youth", "pw")),
        months=36,
        residents=np.array([20_000.0, 10_000.0]),
        areas=np.array([0, 0]),
        rates=rates,
        stock=np.zeros((1, 2, 3)),
    )
    capacity = flows.Capacity(
        places=np.array([[2000.0, np.inf, np.inf]]),
        admissions=np.array([[np.inf, 90.0, np.inf]]),
        gives_up=np.array([0.02, 0.0, 0.0]),
    )
    found, _ = flows.resolve(town, (), flows.Doubt(), slice(0, 1))
    expected = flows.expect(found, capacity)
    sampled = flows.count_samples(found, replicates=100, seed=2, capacity=capacity)
    assert expected.waiting[0, -1, 0, 0] > 500
    assert sampled.waiting[:, -1].mean(axis=0) == pytest.approx(expected.waiting[0, -1], rel=0.03, abs=0.5)
    assert sampled.clients[:, -1].mean(axis=0) == pytest.approx(expected.clients[0, -1], rel=0.03)


@pytest.mark.parametrize("wrong", [{"places": -1}, {"admissions": np.nan}, {"gives_up": 1.5}])
def test_a_limit_that_cannot_be_is_refused(wrong):
    with pytest.raises(flows.FlowError):
        limit(**wrong)
