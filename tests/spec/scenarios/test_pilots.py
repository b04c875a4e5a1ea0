"""A pilot shows an effect only beside something to compare with; too small to tell is an answer."""

import pytest

from noaber.scenarios import Group, Pilot, PilotError, estimate


def test_an_evaluation_of_100_indications_after_three_months_is_too_small_to_tell():
    found = estimate(
        Pilot(
            name="evaluation after three months",
            outcome="indication lowered or ended",
            after=Group(yes=14, of=100),
            compared_after=Group(yes=10, of=100),
        )
    )
    assert found.verdict == "too_small_to_tell"
    assert found.low < 0 < found.high
    assert found.needed > 500


def test_a_practice_supporter_who_helps_74_percent_without_referral_has_a_share_and_no_effect():
    found = estimate(
        Pilot(name="practice supporter", outcome="helped without a referral", after=Group(yes=222, of=300))
    )
    assert found.verdict == "no_comparison"
    assert found.effect is None
    assert found.share == pytest.approx(0.74)
    assert 0.69 < found.share_low < 0.74 < found.share_high < 0.79


def test_four_future_plans_cannot_be_measured():
    found = estimate(Pilot(name="future plans", outcome="lives alone", after=Group(yes=3, of=4)))
    assert found.verdict == "not_measurable"


def test_the_difference_in_differences_takes_off_what_happened_anyway():
    found = estimate(
        Pilot(
            name="both rose",
            outcome="helped",
            before=Group(yes=200, of=1000),
            after=Group(yes=400, of=1000),
            compared_before=Group(yes=200, of=1000),
            compared_after=Group(yes=300, of=1000),
        )
    )
    assert found.effect == pytest.approx(0.1)
    assert found.verdict == "works"


def test_a_group_that_chose_itself_is_no_comparison():
    found = estimate(
        Pilot(name="x", outcome="y", after=Group(yes=80, of=100), compared_after=Group(yes=20, of=100), matched=False)
    )
    assert found.verdict == "no_comparison"


@pytest.mark.parametrize(
    "make",
    [
        lambda: Group(yes=5, of=4),
        lambda: estimate(Pilot(name="x", outcome="y", after=Group(yes=0, of=0))),
        lambda: estimate(Pilot(name="x", outcome="y", after=Group(yes=5, of=20), compared_before=Group(yes=5, of=20))),
    ],
)
def test_figures_that_contradict_each_other_are_refused(make):
    with pytest.raises(PilotError):
        make()
