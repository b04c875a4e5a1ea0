"""What must hold whatever the rates are: nothing appears, nothing vanishes, and nothing happens before it begins."""

from dataclasses import replace

import numpy as np
import pytest
from flow_towns import effects, measures, towns
from hypothesis import given, settings
from hypothesis import strategies as st

from noaber import flows

BASIC = {"max_examples": 40, "deadline": None}


@settings(**BASIC)
@given(towns(), measures())
def test_until_a_measure_starts_every_figure_is_the_same_to_the_bit(town, plan):
    start = 4
    silent = np.where(np.arange(town.months) < start, 0.0, 1.0)
    plan = [
        replace(m, effects=tuple(replace(e, ramp=e.ramp * silent) for e in m.effects if e.lever != "duration"))
        for m in plan
    ]
    without, with_plan = flows.evaluate(town), flows.evaluate(town, plan)
    for name in ("clients", "starts", "units", "gross", "contribution", "fixed"):
        assert np.array_equal(getattr(without, name)[:, :start], getattr(with_plan, name)[:, :start]), name


@settings(**BASIC)
@given(towns(), effects(levers=("duration",)))
def test_until_a_duration_measure_starts_every_figure_is_the_same_to_the_bit(town, effect):
    start = 4
    late = replace(effect, ramp=flows.ramp(town.months, start - 1, start + 2))
    without, with_plan = flows.evaluate(town), flows.evaluate(town, [flows.Measure(name="late", effects=(late,))])
    for name in ("clients", "starts", "ends", "gross"):
        assert np.array_equal(getattr(without, name)[:, :start], getattr(with_plan, name)[:, :start]), name


@settings(**BASIC)
@given(towns(), effects())
def test_a_measure_of_size_zero_changes_nothing(town, effect):
    nothing = flows.Measure(name="nothing", effects=(replace(effect, size=0.0),))
    without, with_nothing = flows.evaluate(town), flows.evaluate(town, [nothing])
    for name in ("clients", "starts", "ends", "gross", "contribution", "fixed"):
        assert np.array_equal(getattr(without, name), getattr(with_nothing, name)), name


@settings(**BASIC)
@given(towns(demography=False), measures())
def test_clients_in_are_clients_out_and_clients_present(town, plan):
    outcome = flows.evaluate(town, plan)
    before = town.stock.sum(axis=0)
    into = before + outcome.starts[0].cumsum(axis=0)
    out = np.concatenate([np.zeros((1, *before.shape)), outcome.ends[0].cumsum(axis=0)[:-1]])
    assert np.allclose(into, out + outcome.clients[0], atol=1e-8)


@settings(**BASIC)
@given(towns(), measures())
def test_areas_add_up_to_the_whole(town, plan):
    parts, whole = flows.evaluate(town, plan), flows.evaluate(replace(town, areas=town.areas * 0), plan)
    for name in ("clients", "starts", "net"):
        assert np.allclose(getattr(parts, name).sum(axis=2), getattr(whole, name).sum(axis=2), atol=1e-7), name


@settings(**BASIC)
@given(towns(), measures())
def test_the_number_of_an_area_does_not_matter(town, plan):
    one, two = flows.evaluate(town, plan), flows.evaluate(replace(town, areas=np.array([2, 0])), plan)
    for name in ("clients", "starts", "net"):
        assert np.allclose(getattr(one, name), getattr(two, name)[:, :, [2, 0]], atol=1e-7), name
    other = flows.evaluate(replace(town, areas=np.array([1, 0])), plan)
    assert np.allclose(one.net, other.net[:, :, [1, 0]], atol=1e-7)


@settings(**BASIC)
@given(towns(), measures(), st.permutations(range(4)))
def test_the_order_of_the_list_does_not_matter(town, plan, order):
    other = [plan[place] for place in order if place < len(plan)]
    one, two = flows.evaluate(town, plan), flows.evaluate(town, other)
    assert np.allclose(one.clients, two.clients, atol=1e-8)
    assert np.allclose(one.net, two.net, atol=1e-6)


@settings(**BASIC)
@given(towns(demography=False), st.floats(0.1, 1))
def test_a_full_waterbed_without_delay_at_equal_price_saves_nothing(town, size):
    """Who is kept from a form starts another of the same pool at once, as long, for the same money."""
    rates = replace(
        town.rates, exit=town.rates.exit[..., :1] + np.zeros(3), price=town.rates.price[:, :1] + np.zeros(3)
    )
    rates = replace(
        rates, intensity=np.ones((1, 3)), contribution=np.zeros((1, 3)), follows=np.zeros((0, 2), dtype=int)
    )
    rates = replace(rates, through=np.zeros((1, 0)))
    town = replace(town, rates=rates, forms=flows.Forms(names=("a", "b", "c"), laws=("wmo",) * 3))
    bed = flows.Waterbed(share=1.0, to=flows.route(3, {0: {1: 1.0}}))
    touches = np.zeros((2, 3))
    touches[:, 0] = 1
    effect = flows.Effect(lever="inflow", size=-size, touches=touches, ramp=np.ones(town.months), waterbed=bed)
    without, with_bed = flows.evaluate(town), flows.evaluate(town, [flows.Measure(name="stop", effects=(effect,))])
    assert with_bed.net.sum() == pytest.approx(without.net.sum(), rel=1e-9, abs=1e-6)


@settings(**BASIC)
@given(towns(), measures())
def test_doubled_prices_double_the_euros(town, plan):
    dearer = replace(town, rates=replace(town.rates, price=town.rates.price * 2))
    assert np.allclose(flows.evaluate(dearer, plan).gross, 2 * flows.evaluate(town, plan).gross)


def test_a_measure_may_lose_money_and_the_engine_says_so():
    """From individual to group support, where the group is priced higher."""
    town = flows.Town(
        forms=flows.Forms(names=("individual", "group"), laws=("wmo", "wmo")),
        months=24,
        residents=np.array([1000.0]),
        areas=np.array([0]),
        rates=flows.Rates(
            inflow=np.array([[[0.01, 0.002]]]),
            exit=flows.geometric([12.0, 12.0]),
            intensity=np.array([[10.0, 10.0]]),
            price=np.array([[50.0, 60.0]]),
            contribution=np.zeros((1, 2)),
            fixed=np.zeros((1, 2)),
        ),
        stock=np.zeros((1, 1, 2)),
    )
    group = flows.Effect(
        lever="access",
        size=0.5,
        touches=np.array([[1.0, 0.0]]),
        ramp=flows.ramp(24, 6, 6),
        to=flows.route(2, {0: {1: 1.0}}),
    )
    without, with_group = flows.evaluate(town), flows.evaluate(town, [flows.Measure(name="group", effects=(group,))])
    assert with_group.net.sum() > without.net.sum()
    assert with_group.clients.sum() == pytest.approx(without.clients.sum())


@settings(max_examples=40, deadline=None)
@given(towns(), measures())
def test_many_draws_at_once_are_the_same_as_each_draw_alone(town, plan):
    drawn = np.random.default_rng(1).lognormal(0, 0.2, (2, 4, 3))
    together = flows.evaluate(town, plan, doubt=flows.Doubt(inflow=drawn[0], price=drawn[1]))
    asked = {"months": np.ones(town.months), "forms": np.ones(3)}
    spread = flows.chance(town, plan, **asked, doubt=flows.Doubt(inflow=drawn[0], price=drawn[1]))
    for draw in range(4):
        doubt = flows.Doubt(inflow=drawn[0, draw : draw + 1], price=drawn[1, draw : draw + 1])
        assert np.allclose(together.net[draw], flows.evaluate(town, plan, doubt=doubt).net[0], rtol=1e-9, atol=1e-7)
        alone = flows.chance(town, plan, **asked, doubt=doubt)
        assert np.allclose(spread.variance[draw], alone.variance[0], rtol=1e-9, atol=1e-6)


@settings(max_examples=20, deadline=None)
@given(towns(), measures())
def test_a_sum_per_period_is_the_sum_of_its_months(town, plan):
    months, years = flows.evaluate(town, plan), flows.evaluate(town, plan, periods=np.arange(town.months) // 3)
    for name in ("clients", "starts", "ends", "gross", "contribution", "fixed", "net"):
        added = np.add.reduceat(getattr(months, name), np.arange(0, town.months, 3), axis=1)
        assert np.allclose(getattr(years, name), added, rtol=1e-12, atol=1e-9), name


@settings(max_examples=5, deadline=None)
@given(towns())
def test_periods_that_leave_a_gap_are_refused(town):
    with pytest.raises(flows.FlowInputError, match="number the months"):
        flows.evaluate(town, periods=2 * np.arange(town.months))
