"""Light triage: as light as it can, safety first; the tree is data, whole, and says why it asks."""

import pytest

from noaber.web.entrance import triage
from noaber.web.entrance.tree_picture import picture
from noaber.web.entrance.triage import walk

TREE = triage.tree()


@pytest.mark.parametrize(
    ("answers", "end", "outcome"),
    [
        ("yes", "safety", "elsewhere"),
        ("no yes", "information", "information"),
        ("no no work", "work_income", "elsewhere"),
        ("no no debt", "debt_help", "elsewhere"),
        ("no no health", "health", "elsewhere"),
        ("no no no yes", "social_basis", "social_basis"),
        ("no no no no yes", "indicated_support", "indicated_support"),
        ("no no no no unsure", "four_eyes", "basic_support"),
        ("no no no no no", "basic_support", "basic_support"),
    ],
)
def test_every_path_ends_in_an_advice(answers, end, outcome):
    found = walk(TREE, answers.split())
    assert (found.end.key, found.end.outcome) == (end, outcome)


def test_the_tree_is_whole():
    assert triage.faults(TREE) == []


def test_a_tree_that_turns_in_circles_or_leads_nowhere_is_noticed():
    asks = TREE.questions[0]
    looped = type(TREE)("x", asks.key, TREE.description, (asks,), TREE.ends[:1])
    assert "enough leads nowhere" in triage.faults(looped)


def test_an_answer_that_does_not_exist_is_where_a_path_stops():
    found = walk(TREE, ["no", "perhaps", "yes"])
    assert found.steps == (("danger", "no"),)
    assert found.ask.key == "enough"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_picture_shows_every_question_and_end_and_tells_the_path(language):
    steps = walk(TREE, ["no", "yes"]).steps
    wide, slim = picture(TREE, language, steps).split("</svg>")[:2]
    for drawn in (wide, slim):
        _shows_all(drawn, language)


def _shows_all(drawn, language):
    assert drawn.count("<rect") == len(TREE.questions) + len(TREE.ends)
    assert drawn.count('class="end information walked"') == 1
    assert TREE.questions[1].words(language) in drawn
    assert "<title" in drawn
    assert "<desc" in drawn
