"""Draws: evenly spread, keyed by seed and number, and turned into the distribution that was asked."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noaber import flows
from noaber.flows.draws import sobol


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**31), st.integers(0, 39))
def test_every_slice_of_a_range_is_drawn_once(seed, dimension):
    points = sobol(256, dimension + 1, seed)[:, dimension]
    assert sorted((points * 256).astype(int)) == list(range(256))


def test_pairs_of_the_first_dimensions_fill_the_square_evenly():
    points = sobol(256, 20, seed=5)
    for one in range(4):
        for other in range(one):
            boxes = np.histogram2d(points[:, one], points[:, other], bins=8, range=[[0, 1], [0, 1]])[0]
            assert boxes.min() >= 2, (one, other)
            assert boxes.max() <= 6, (one, other)


def test_a_draw_keeps_its_numbers_when_more_are_made_or_parameters_are_added():
    assert np.array_equal(sobol(64, 5, seed=7), sobol(512, 9, seed=7)[:64, :5])
    assert not np.allclose(sobol(64, 5, seed=7), sobol(64, 5, seed=8))


def test_a_mean_over_draws_is_far_closer_than_over_as_many_random_numbers():
    def error(points):
        return np.mean([(np.exp(p).prod(axis=1).mean() - (np.e - 1) ** 6) ** 2 for p in points])

    spread = error([sobol(256, 6, seed) for seed in range(20)])
    random = error([np.random.default_rng(seed).random((256, 6)) for seed in range(20)])
    assert spread < random / 50


@pytest.mark.parametrize("shape", ["normal", "lognormal", "share"])
def test_one_in_ten_lies_below_low_and_one_in_ten_above_high(shape):
    parameter = flows.Parameter(name="effect", middle=0.2, low=0.1, high=0.4, shape=shape)
    drawn = flows.draws([parameter], 1024, seed=1)["effect"]
    assert np.mean(drawn < 0.1) == pytest.approx(0.1, abs=0.002)
    assert np.mean(drawn < 0.2) == pytest.approx(0.5, abs=0.002)
    assert np.mean(drawn > 0.4) == pytest.approx(0.1, abs=0.002)


def test_uniform_and_triangular_lie_wholly_between_low_and_high():
    uniform = flows.Parameter(name="u", middle=3, low=2, high=6, shape="uniform")
    triangular = flows.Parameter(name="t", middle=3, low=2, high=6, shape="triangular")
    drawn = flows.draws([uniform, triangular], 1024, seed=1)
    assert drawn["u"].mean() == pytest.approx(4, abs=0.01)
    assert drawn["t"].mean() == pytest.approx(11 / 3, abs=0.01)
    assert 2 <= drawn["t"].min() <= drawn["t"].max() <= 6


def test_a_fixed_parameter_is_the_same_in_every_draw():
    drawn = flows.draws([flows.Parameter(name="price", middle=12.0)], 8, seed=1)
    assert (drawn["price"] == 12).all()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: flows.Parameter(name="p", middle=5, low=6, high=7, shape="normal"),
        lambda: flows.Parameter(name="p", middle=5, low=-1, high=7, shape="lognormal"),
        lambda: flows.Parameter(name="p", middle=0.5, low=0.1, high=1, shape="share"),
        lambda: flows.draws([flows.Parameter(name="p", middle=5)], 100, seed=1),
        lambda: flows.draws([flows.Parameter(name="p", middle=5), flows.Parameter(name="p", middle=5)], 64, seed=1),
    ],
)
def test_a_parameter_that_cannot_be_is_refused(wrong):
    with pytest.raises(flows.FlowInputError):
        wrong()
