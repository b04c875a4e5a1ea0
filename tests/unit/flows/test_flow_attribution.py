"""Whose saving it is: shares add up, equal measures get equal shares, and the rare right answers are found."""

import itertools

import numpy as np
import pytest
from flow_towns import measures, towns
from hypothesis import given, settings
from hypothesis import strategies as st

from noaber import flows

WORTHS = st.integers(1, 5).flatmap(
    lambda count: st.lists(st.floats(-1000, 1000), min_size=2**count, max_size=2**count).map(
        lambda worth: (count, np.array(worth))
    )
)


def value_of(worth):
    return lambda members: np.array([worth[sum(1 << number for number in members)]])


def by_every_order(count, value):
    """Return the Shapley value by its definition: the mean over all orders."""
    found = np.zeros(count)
    orders = list(itertools.permutations(range(count)))
    for order in orders:
        for place, number in enumerate(order):
            found[number] += (value(frozenset(order[: place + 1])) - value(frozenset(order[:place])))[0]
    return found / len(orders)


@settings(max_examples=60, deadline=None)
@given(WORTHS)
def test_the_share_is_the_mean_over_every_order(game):
    count, worth = game
    names = [f"measure {number}" for number in range(count)]
    found = flows.attribute(names, value_of(worth))
    assert np.allclose(found.share[:, 0], by_every_order(count, value_of(worth)), atol=1e-7)
    assert found.share.sum() == pytest.approx(worth[-1] - worth[0], abs=1e-7)
    assert np.allclose(found.alone[:, 0], [worth[1 << n] - worth[0] for n in range(count)])
    assert np.allclose(found.last[:, 0], [worth[-1] - worth[len(worth) - 1 - (1 << n)] for n in range(count)])


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 6), st.floats(-1e7, 1e7))
def test_where_nothing_changes_every_share_and_pair_is_zero_to_the_bit(count, worth):
    found = flows.attribute([f"measure {n}" for n in range(count)], lambda _: np.array([[worth]]), pairs=True)
    assert not found.share.any()
    assert not found.pairs.any()


@settings(max_examples=40, deadline=None)
@given(WORTHS)
def test_pairs_are_the_mean_over_who_is_there_already(game):
    count, worth = game
    value = value_of(worth)
    found = flows.attribute([f"measure {n}" for n in range(count)], value, pairs=True)
    for one, other in itertools.combinations(range(count), 2):
        others = [n for n in range(count) if n not in (one, other)]
        by_size = []
        for size in range(len(others) + 1):
            sets = [frozenset(chosen) for chosen in itertools.combinations(others, size)]
            by_size.append(
                np.mean([(value(s | {one, other}) - value(s | {one}) - value(s | {other}) + value(s))[0] for s in sets])
            )
        assert found.pairs[one, other, 0] == pytest.approx(np.mean(by_size), abs=1e-7)
        assert found.pairs[other, one, 0] == found.pairs[one, other, 0]


@settings(max_examples=30, deadline=None)
@given(WORTHS)
def test_packages_of_one_measure_each_are_plain_shapley(game):
    count, worth = game
    names = [f"measure {number}" for number in range(count)]
    plain = flows.attribute(names, value_of(worth))
    assert np.allclose(flows.attribute_by_package(names, names, value_of(worth)).share, plain.share, atol=1e-7)
    assert np.allclose(
        flows.attribute_by_package(names, ["all"] * count, value_of(worth)).share, plain.share, atol=1e-7
    )


def test_a_package_gets_what_it_would_get_as_one_measure():
    worth = np.random.default_rng(1).normal(size=32)
    packages = ["youth", "youth", "wmo", "wmo", "wmo"]
    found = flows.attribute_by_package(list("abcde"), packages, value_of(worth))
    members = {0: {0, 1}, 1: {2, 3, 4}}
    joint = flows.attribute(
        ["youth", "wmo"], lambda chosen: value_of(worth)(frozenset(n for one in chosen for n in members[one]))
    )
    assert found.share[:2].sum() == pytest.approx(joint.share[0, 0])
    assert found.share[2:].sum() == pytest.approx(joint.share[1, 0])


def test_sampled_orders_are_as_far_off_as_their_error_says_and_still_add_up():
    worth = np.random.default_rng(2).normal(size=2**8).cumsum()
    names = list("abcdefgh")
    exact = flows.attribute(names, value_of(worth))
    off = []
    for seed in range(30):
        sampled = flows.attribute_by_orders(names, value_of(worth), orders=60, seed=seed)
        assert sampled.share.sum() == pytest.approx(exact.total[0])
        off.append((sampled.share - exact.share) / sampled.error)
    assert np.sqrt(np.mean(np.square(off))) == pytest.approx(1.0, abs=0.2)


def test_pairs_that_overlap_are_negative_and_strangers_are_zero():
    """Two measures of which the second adds nothing to the first, and one that has to do with neither."""

    def saved(members):
        return np.array([100.0 * bool(members & {0, 1}) + 30.0 * (2 in members)])

    found = flows.attribute(["a", "b", "c"], saved, pairs=True)
    assert found.share[:, 0] == pytest.approx([50, 50, 30])
    assert found.pairs[..., 0] == pytest.approx(np.array([[0, -100, 0], [-100, 0, 0], [0, 0, 0]]))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.floats(-1e5, 1e5), min_size=3, max_size=3), min_size=1, max_size=6))
def test_shares_in_cents_add_up_to_the_cent(parts):
    share = np.array(parts)
    cents = flows.to_cents(share, share.sum(axis=0))
    assert np.array_equal(cents.sum(axis=0), np.rint(share.sum(axis=0) * 100).astype(int))
    assert np.abs(cents - share * 100).max() <= 1.01


@settings(max_examples=25, deadline=None)
@given(towns(), measures(count=3))
def test_a_plan_is_divided_per_month_area_and_form_at_once(town, plan):
    if not plan:
        return
    found = flows.attribute([m.name for m in plan], flows.net_of(town, plan))
    whole = flows.evaluate(town, plan).net - flows.evaluate(town).net
    assert np.allclose(found.share.sum(axis=0), whole, atol=1e-6)
    for number, measure in enumerate(plan):
        assert np.allclose(
            found.alone[number], flows.evaluate(town, [measure]).net - flows.evaluate(town).net, atol=1e-6
        )
    assert found.share.shape == (len(plan), *whole.shape)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: flows.attribute([], lambda members: np.zeros(1)),
        lambda: flows.attribute(["a", "a"], lambda members: np.zeros(1)),
        lambda: flows.attribute([str(n) for n in range(13)], lambda members: np.zeros(1)),
        lambda: flows.attribute_by_package(["a", "b"], ["p"], lambda members: np.zeros(1)),
        lambda: flows.attribute_by_orders(["a", "b"], lambda members: np.zeros(1), orders=3, seed=1),
    ],
)
def test_what_cannot_be_divided_is_refused(wrong):
    with pytest.raises(flows.AttributionError):
        wrong()
