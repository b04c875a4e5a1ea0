"""Ages: single years add up to their bands, people live as long as was said, and have as many children."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noaber.forecasts import ages

BANDS = ((0, 4), (5, 9), (10, 19), (20, 64), (65, ages.OLDEST))
EVERYONE = (0, ages.OLDEST)


@given(st.lists(st.integers(0, 10_000), min_size=len(BANDS), max_size=len(BANDS)))
@settings(deadline=None)
def test_single_ages_add_up_to_their_bands_and_nobody_is_below_zero(persons):
    single = ages.spread(np.array(persons, dtype=float), BANDS)
    assert single.min() >= 0
    assert ages.membership(BANDS) @ single == pytest.approx(persons, abs=1e-6)


def test_equal_bands_become_equal_ages():
    single = ages.spread(np.array([50.0, 50.0, 50.0]), ((0, 4), (5, 9), (10, 14)))
    assert single == pytest.approx(np.full(15, 10.0))


def test_bands_may_begin_anywhere_and_hold_one_age():
    assert ages.spread(np.array([7.0, 3.0]), ((18, 18), (19, 19))) == pytest.approx([7.0, 3.0])


@pytest.mark.parametrize("years", [70.0, 80.3, 88.0])
def test_people_live_as_long_as_was_said(years):
    yearly = ages.survival(years, EVERYONE)
    alive = np.concatenate([[1.0], np.cumprod(yearly)])
    assert alive.sum() == pytest.approx(years, abs=0.7)
    assert (np.diff(yearly) < 0).all()


def test_women_have_as_many_children_as_was_said_and_none_before_15_or_after_49():
    rate = ages.fertility(1.45, EVERYONE)
    assert rate.sum() == pytest.approx(1.45)
    assert rate[:15].sum() + rate[50:].sum() == 0


def test_births_are_known_only_with_everyone_who_may_give_birth():
    assert ages.covers_births((0, 60))
    assert not ages.covers_births((0, 24))
    assert not ages.covers_births((15, 60))
