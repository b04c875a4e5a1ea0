"""The projection closes: who was there, born, moved and died make who is there; districts make the town."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from noaber.forecasts import TooShortError, demography
from noaber.forecasts.ages import OLDEST
from noaber.forecasts.demography import Assumptions, Rates, estimate, project, step, varied

BANDS = (*((first, first + 4) for first in range(0, 95, 5)), (95, OLDEST))
MIDDLE = Assumptions(children=1.45, life=(80.0, 83.0))


def twin(people, rates):
    """One year of one area in plain loops over persons' ages: who is where a year later, without moves."""
    sexes, ages = people.shape
    after = np.zeros_like(people)
    for sex in range(sexes):
        for age in range(ages):
            target = min(age + 1, ages - 1)
            after[sex, target] += people[sex, age] * rates.survival[sex, age]
    births = 0.0
    for age in range(ages):
        came = people[1, age - 1] * rates.survival[1, age - 1] if age else people[1, 0]
        births += rates.births[age] * (people[1, age] + came) / 2
    for sex, share in enumerate((0.512, 0.488)):
        after[sex, 0] = births * share * np.sqrt(rates.survival[sex, 0])
    return after


@st.composite
def towns(draw):
    """Counts of a few years, areas and two sexes."""
    years, areas, seed = draw(st.integers(2, 7)), draw(st.integers(1, 4)), draw(st.integers(0, 10_000))
    random = np.random.default_rng(seed)
    first = random.integers(20, 400, (1, areas, 2, len(BANDS)))
    return np.concatenate([first + random.integers(-15, 16, first.shape) for _ in range(years)]).astype(float)


@given(towns(), st.integers(1, 12))
@settings(max_examples=30, deadline=None)
def test_births_deaths_and_moves_make_the_difference(counts, years):
    found = project(demography.spread(counts, BANDS)[-1], estimate(counts, BANDS, MIDDLE), years)
    total = found.persons.sum(axis=(2, 3))
    assert_allclose(np.diff(total, axis=0), found.entered - found.deaths - found.outgrown + found.moved, atol=1e-6)
    assert found.persons.min() >= 0


@given(towns())
@settings(max_examples=30, deadline=None)
def test_districts_add_up_to_the_town(counts):
    rates = estimate(counts, BANDS, MIDDLE)
    start = demography.spread(counts, BANDS)[-1]
    districts = project(start, rates, 8)
    whole = Rates(
        survival=rates.survival,
        births=rates.births,
        entrants=rates.entrants.sum(axis=0, keepdims=True),
        moves=rates.town_moves[None],
        town_moves=rates.town_moves,
        open_end=rates.open_end,
    )
    town = project(start.sum(axis=0, keepdims=True), whole, 8)
    assert_allclose(districts.persons.sum(axis=1), town.persons[:, 0], rtol=1e-9)


@given(towns())
@settings(max_examples=20, deadline=None)
def test_one_year_is_that_of_the_slow_twin(counts):
    rates = estimate(counts, BANDS, MIDDLE)
    people = demography.spread(counts, BANDS)[-1]
    after, *_ = step(people, rates)
    for area in range(len(people)):
        assert_allclose(after[area], twin(people[area], rates), rtol=1e-9)


def test_what_the_assumptions_miss_in_the_past_does_not_come_back():
    """A town that stays as it is goes on as it is, whatever is assumed of births and deaths."""
    counts = np.full((6, 2, 2, len(BANDS)), 100.0)
    for assumed in (MIDDLE, Assumptions(children=2.5, life=(60.0, 65.0))):
        found = project(demography.spread(counts, BANDS)[-1], estimate(counts, BANDS, assumed), 1)
        bands = found.persons @ demography.membership(BANDS).T
        assert_allclose(bands[1], 100.0, rtol=1e-6)


def test_the_high_variant_has_more_residents_and_the_low_one_fewer():
    counts = np.full((6, 2, 2, len(BANDS)), 100.0)
    start, rates = demography.spread(counts, BANDS)[-1], estimate(counts, BANDS, MIDDLE)
    low = varied(rates, BANDS, Assumptions(children=1.3, life=(79.0, 82.0), extra_moves=-0.003))
    high = varied(rates, BANDS, Assumptions(children=1.7, life=(82.0, 85.0), extra_moves=0.003))
    totals = [project(start, item, 10).persons[-1].sum() for item in (low, rates, high)]
    assert totals == sorted(totals)


def test_a_district_keeps_a_difference_that_is_more_than_chance():
    counts = np.full((6, 4, 1, len(BANDS)), 1000.0)
    counts[:, 0] *= 1.05 ** np.arange(6)[:, None, None]
    rates = estimate(counts, BANDS, Assumptions(children=1.45, life=(81.0,)))
    grown = project(demography.spread(counts, BANDS)[-1], rates, 3).persons.sum(axis=(2, 3))
    assert grown[-1, 0] / grown[0, 0] > 1.1
    assert_allclose(grown[-1, 1] / grown[0, 1], 1.0, atol=0.03)


def test_young_people_alone_are_entered_by_who_entered_before():
    bands = ((0, 4), (5, 9), (10, 14), (15, 19), (20, 24))
    counts = np.full((4, 1, 1, 5), 1000.0)
    found = project(
        demography.spread(counts, bands)[-1], estimate(counts, bands, Assumptions(children=1.4, life=(81.0,))), 5
    )
    assert_allclose(found.persons.sum(axis=(2, 3)), 5000.0, rtol=1e-3)
    assert (found.outgrown > 0).all()


def test_one_count_is_too_little():
    with pytest.raises(TooShortError, match="1 count of residents"):
        estimate(np.ones((1, 1, 1, len(BANDS))), BANDS, MIDDLE)
