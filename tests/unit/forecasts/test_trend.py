"""The trend: nothing where nothing moves, damped further ahead, shrunken where little was seen."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from noaber.forecasts import trend

ONE = np.zeros(1, dtype=np.int64)


def fit(seen, expected=None, group=None, **more):
    seen = np.atleast_2d(np.asarray(seen, dtype=float).T).T
    expected = np.full(seen.shape, 100.0) if expected is None else expected
    return trend.fit(seen, expected, np.zeros(seen.shape[1], dtype=np.int64) if group is None else group, **more)


@given(st.integers(2, 12), st.integers(1, 6))
def test_what_follows_the_residents_has_no_trend(years, forms):
    found = fit(np.full((years, forms), 100.0))
    assert_allclose(found.level, 0.0, atol=1e-12)
    assert_allclose(found.slope, 0.0, atol=1e-12)


@given(st.floats(0, 30), st.floats(0, 0.99))
def test_the_path_is_the_sum_of_its_damped_years(ahead, damping):
    years = int(ahead)
    assert trend.path(np.array([float(years)]), damping)[0] == pytest.approx(
        sum(damping**year for year in range(1, years + 1)), abs=1e-9
    )
    assert trend.path(np.array([ahead]), 1.0)[0] == ahead


@given(st.integers(0, 10_000))
@settings(max_examples=30)
def test_a_line_of_one_form_is_that_of_weighted_least_squares(seed):
    """The slow twin: numpy's own polynomial fit with the same weights."""
    seen = np.random.default_rng(seed).integers(40, 400, 7).astype(float)
    weight = (seen + 0.5) * 0.75 ** np.arange(6, -1, -1)
    slope, level = np.polyfit(np.arange(-6, 1), np.log((seen + 0.5) / 100.5), 1, w=np.sqrt(weight))
    found = fit(seen)
    assert found.slope[0] == pytest.approx(slope, abs=1e-9)
    assert found.level[0] == pytest.approx(level, abs=1e-9)


def test_a_small_form_follows_its_law_and_a_large_one_itself():
    years = np.arange(8.0)
    large, small = 10_000 * 1.10**years, np.array([3, 9, 2, 8, 3, 2, 9, 1.0])
    others = np.stack([1000 * 1.02**years] * 6, axis=1)
    seen = np.column_stack([large, small, others])
    found = fit(seen, np.broadcast_to(seen.mean(axis=0), seen.shape))
    assert found.slope[0] == pytest.approx(np.log(1.10), abs=0.01)
    assert abs(found.slope[1] - np.log(1.02)) < 0.06
    assert found.slope_error[0] < found.slope_error[1]


def test_laws_are_told_apart():
    years = np.arange(8.0)
    seen = np.stack([1000 * 1.10**years, 1000 * 0.95**years], axis=1)
    found = fit(seen, group=np.array([0, 1]))
    assert found.slope[0] > 0 > found.slope[1]


def test_years_without_a_figure_do_not_count():
    seen = np.array([np.nan, np.nan, 100.0, 100.0, 100.0])
    found = fit(seen)
    assert found.years[0] == 3
    assert found.slope[0] == pytest.approx(0.0, abs=1e-12)


def test_one_year_has_no_slope_and_a_wide_doubt():
    found = fit(np.array([80.0]))
    assert found.slope[0] == 0
    assert found.slope_error[0] == pytest.approx(0.15)


def test_counts_vary_by_chance_at_least_and_euros_as_they_do():
    smooth = 1000 * 1.03 ** np.arange(9.0)
    assert fit(smooth).noise[0] == 1.0
    assert fit(smooth, counts=False).noise[0] < 1e-6
