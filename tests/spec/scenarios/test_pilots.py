"""A pilot shows an effect only beside something to compare with; too small to tell is an answer."""

import pytest

from noaber.plans import Counts, Pilot, PlanKeyError
from noaber.scenarios import PilotError, estimate, sentence
from scenario_town import plan


def pilot(**about):
    return Pilot(code="p", **about)


def test_an_evaluation_of_100_indications_after_three_months_is_too_small_to_tell():
    found = estimate(
        pilot(
            name="evaluation after three months",
            outcome="indication lowered or ended",
            after=Counts(yes=14, of=100),
            compared_after=Counts(yes=10, of=100),
        )
    )
    assert found.verdict == "too_small_to_tell"
    assert found.low < 0 < found.high
    assert found.needed > 500


def test_a_practice_supporter_who_helps_74_percent_without_referral_has_a_share_and_no_effect():
    found = estimate(
        pilot(name="practice supporter", outcome="helped without a referral", after=Counts(yes=222, of=300))
    )
    assert found.verdict == "no_comparison"
    assert found.effect is None
    assert found.share == pytest.approx(0.74)
    assert 0.69 < found.share_low < 0.74 < found.share_high < 0.79


def test_four_future_plans_cannot_be_measured():
    found = estimate(pilot(name="future plans", outcome="lives alone", after=Counts(yes=3, of=4)))
    assert found.verdict == "not_measurable"


def test_the_difference_in_differences_takes_off_what_happened_anyway():
    found = estimate(
        pilot(
            name="both rose",
            outcome="helped",
            before=Counts(yes=200, of=1000),
            after=Counts(yes=400, of=1000),
            compared_before=Counts(yes=200, of=1000),
            compared_after=Counts(yes=300, of=1000),
        )
    )
    assert found.effect == pytest.approx(0.1)
    assert found.verdict == "works"


def test_a_group_that_chose_itself_is_no_comparison():
    found = estimate(
        pilot(name="x", outcome="y", after=Counts(yes=80, of=100), compared_after=Counts(yes=20, of=100), matched=False)
    )
    assert found.verdict == "no_comparison"


def test_before_anything_is_counted_it_says_which_difference_could_show():
    found = estimate(pilot(name="evaluation after three months", outcome="indication lowered or ended", size=100))
    assert found.verdict == "not_counted"
    assert found.detectable == pytest.approx(0.176, abs=0.001)
    assert "18 percentage points" in sentence(found).en


def test_a_share_of_an_unknown_number_has_no_interval_and_no_effect():
    found = estimate(pilot(name="practice supporter", outcome="helped without a referral", share=0.74))
    assert (found.verdict, found.share, found.share_low) == ("no_comparison", 0.74, None)
    assert "Van hoeveel inwoners staat er niet bij" in sentence(found).nl


def test_every_verdict_is_a_sentence_in_two_languages():
    many, few = Counts(yes=700, of=1000), Counts(yes=300, of=1000)
    small, other = Counts(yes=14, of=100), Counts(yes=10, of=100)
    made = [
        pilot(name="n", outcome="helped", after=many, compared_after=few),
        pilot(name="n", outcome="helped", after=few, compared_after=many),
        pilot(name="n", outcome="helped", after=small, compared_after=other),
        pilot(name="n", outcome="helped", after=many),
        pilot(name="n", outcome="helped", size=50),
        pilot(name="n", outcome="helped", size=4),
    ]
    found = [estimate(item) for item in made]
    assert len({item.verdict for item in found}) == 6
    assert not [item for item in found for text in (sentence(item).nl, sentence(item).en) if "None" in text]
    assert "inwoners per groep nodig" in sentence(found[2]).nl


@pytest.mark.parametrize(
    "words",
    [
        "after = { yes = 5, of = 4 }",
        "after = { yes = 0, of = 0 }",
        "share = 1.2",
        "size = 4\nshare = 0.5",
        "",
    ],
)
def test_figures_that_contradict_each_other_are_refused_with_their_line(words):
    with pytest.raises(PlanKeyError) as caught:
        plan(f'[[pilots]]\ncode = "p"\nname = "P"\noutcome = "helped"\n{words}')
    assert caught.value.where.startswith("plan.toml:")


def test_half_a_comparison_is_refused():
    with pytest.raises(PilotError):
        estimate(pilot(name="x", outcome="y", after=Counts(yes=5, of=20), compared_before=Counts(yes=5, of=20)))
