"""Sample registration: one in k contacts is asked more, and the answers speak for all of them, honestly.

Strata are districts by channel. A promise says within which margin a share is known, and the system sets k so that it
holds. The last tests keep the promise on the made-up town, where every contact is known.
"""

import csv
import random
from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.web.entrance import sampling
from noaber.web.entrance.sampling import Stratum


def stratum(contacts, answered, yes, name=("WK01", "desk")):
    return Stratum(name=name, contacts=contacts, answered=answered, yes=yes)


def test_each_stratum_counts_for_its_contacts_not_for_its_answers():
    busy = stratum(900, 30, 15)
    quiet = stratum(100, 30, 0, ("WK02", "web"))
    assert sampling.estimate([busy, quiet]).share == pytest.approx(0.9 * 0.5)


def test_the_variance_is_that_of_a_stratified_sample():
    """By hand: 0.5^2 * (1 - 50/500) * 0.2*0.8/49 for each of two equal strata gives a standard error of 0.0383."""
    found = sampling.estimate([stratum(500, 50, 10), stratum(500, 50, 10, ("WK02", "desk"))])
    assert found.share == pytest.approx(0.2)
    assert found.margin == pytest.approx(1.96 * 0.0383, rel=0.03)


def test_who_asks_everyone_knows_it_exactly():
    found = sampling.estimate([stratum(40, 40, 13)])
    assert (found.low, found.share, found.high) == (0.325, 0.325, 0.325)


def test_when_nobody_says_yes_the_interval_still_has_a_width():
    found = sampling.estimate([stratum(1000, 20, 0)])
    assert found.share == 0
    assert found.low == 0
    assert 0.1 < found.high < 0.2


def test_a_stratum_with_too_few_answers_is_joined_within_its_channel():
    lonely = stratum(50, 1, 1, ("WK01", "web"))
    other = stratum(50, 1, 0, ("WK02", "web"))
    joined = sampling.estimate([stratum(400, 40, 20), lonely, other])
    by_hand = sampling.estimate([stratum(400, 40, 20), stratum(100, 2, 1, ("", "web"))])
    assert joined == by_hand


def test_of_what_nobody_answered_the_estimate_says_how_much_it_is():
    found = sampling.estimate([stratum(90, 9, 3), stratum(0, 0, 0, ("WK03", "web"))])
    assert found.covered == 1
    nothing = sampling.estimate([stratum(90, 0, 0)])
    assert nothing.share is None
    assert (nothing.low, nothing.high) == (0, 1)


@pytest.mark.parametrize(
    ("contacts", "margin", "answers"),
    [(1_000_000, 0.05, 384), (1000, 0.05, 278), (1000, 0.10, 88), (20, 0.05, 20), (0, 0.05, 0)],
)
def test_how_many_answers_a_promise_needs(contacts, margin, answers):
    assert sampling.needed(contacts, margin) == answers


def test_one_in_k_gives_enough_answers_nine_times_in_ten():
    k = sampling.one_in(1000, 88)
    rng = random.Random(1)
    enough = sum(sum(rng.random() < 1 / k for _ in range(1000)) >= 88 for _ in range(400))
    assert k > 5
    assert enough / 400 > 0.86


def test_a_small_stratum_is_asked_more_often_so_that_it_can_speak():
    found = sampling.rates({("WK01", "desk"): 5000, ("WK01", "home"): 12}, margin=0.05)
    assert found["WK01", "desk"] > 5
    assert found["WK01", "home"] < found["WK01", "desk"]


def test_a_promise_per_district_asks_more_than_one_for_the_whole():
    contacts = {(f"WK0{number}", "desk"): 300 for number in range(9)}
    whole = sampling.expected_answers(contacts, sampling.rates(contacts, margin=0.05))
    each = sampling.expected_answers(contacts, sampling.rates(contacts, margin=0.05, per_district=True))
    assert each > 3 * whole


def test_the_planning_page_sets_minutes_beside_margin():
    contacts = {("WK01", "desk"): 2000}
    fine, coarse = (
        sampling.outlook(contacts, margin=margin, minutes_each=4, per_district=False) for margin in (0.03, 0.10)
    )
    assert fine.saved < coarse.saved
    assert fine.minutes + fine.saved == pytest.approx(2000 * 4)


def test_the_draw_is_one_in_k():
    assert sampling.chosen(5, lambda k: 0)
    assert not sampling.chosen(5, lambda k: 3)
    assert all(sampling.chosen(1) for _ in range(20))


@given(
    st.lists(
        st.integers(1, 60).flatmap(
            lambda contacts: st.integers(0, contacts).flatmap(
                lambda answered: st.tuples(st.just(contacts), st.just(answered), st.integers(0, answered))
            )
        ),
        min_size=1,
        max_size=8,
    )
)
def test_an_interval_is_always_within_bounds_and_around_its_share(rows):
    strata = [stratum(*row, name=(f"WK{place}", "desk")) for place, row in enumerate(rows)]
    found = sampling.estimate(strata)
    assert 0 <= found.low <= found.high <= 1
    if found.share is not None:
        assert found.low - 1e-9 <= found.share <= found.high + 1e-9
    assert found.contacts == sum(row[0] for row in rows)


SCALE_UP = 30
"""The small town has a fiftieth of the residents; each contact stands for so many."""


def contacts_of(town):
    """Every question of the made-up town as (stratum, theme)."""
    for file in sorted((town.folder / "deliveries" / "tables").glob("contact_*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield from [((row["district"], row["channel"]), row["theme"])] * int(row["contacts"]) * SCALE_UP


def ask(contacts, asked, theme, rng):
    """One year of sample registration: the system draws, and the strata are what came of it."""
    counts = defaultdict(lambda: [0, 0, 0])
    for name, about in contacts:
        row = counts[name]
        row[0] += 1
        if rng.random() < 1 / asked[name]:
            row[1] += 1
            row[2] += about == theme
    return [stratum(*row, name=name) for name, row in counts.items()]


@pytest.mark.parametrize("margin", [0.05, 0.1])
def test_on_the_made_up_town_the_promise_is_kept(small_town, margin):
    """A promise of 95 % within a margin, kept a thousand times over where the truth is known."""
    contacts = list(contacts_of(small_town))
    theme, count = Counter(about for _, about in contacts).most_common(1)[0]
    truth = count / len(contacts)
    volumes = Counter(name for name, _ in contacts)
    asked = sampling.rates(volumes, margin=margin)
    rng = random.Random(7)
    found = [sampling.estimate(ask(contacts, asked, theme, rng)) for _ in range(1000)]
    covered = sum(item.low <= truth <= item.high for item in found) / len(found)
    within = sum(abs(item.share - truth) <= margin for item in found) / len(found)
    mean = sum(item.share for item in found) / len(found)
    assert covered >= 0.93
    assert within >= 0.95
    assert abs(mean - truth) < 0.01
