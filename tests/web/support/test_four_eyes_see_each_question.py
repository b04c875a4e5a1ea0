"""Two people look at every new question; the second does not see the first answer; the outcome of both is kept."""

import pytest
from django.db import IntegrityError, transaction

from noaber.web.journal.models import Entry
from noaber.web.support import actions
from noaber.web.support.models import Case, Question

pytestmark = pytest.mark.django_db


def page(team, name, question):
    return team.client(name).get(f"/ondersteuning/vragen/{question.key}/").content.decode()


def test_two_who_agree_open_a_case_that_waits(team):
    question = team.question()
    team.judge(question, "janna")
    assert not Case.objects.exists()
    team.judge(question, "ruud")
    case = Case.objects.get()
    assert (case.name, case.waiting, case.members.get().name) == ("Familie Wolters", True, "Familie Wolters")


def test_the_first_answer_is_hidden_until_the_second_is_given(team):
    question = team.question()
    team.judge(question, "janna", outcome="indicated", words="Dit is te zwaar voor ons.")
    assert "te zwaar voor ons" not in page(team, "ruud", question)
    team.judge(question, "ruud")
    assert "te zwaar voor ons" in page(team, "ruud", question)


def test_two_who_differ_settle_it_together_and_both_answers_stay(team):
    question = team.question()
    team.judge(question, "janna", outcome="indicated")
    question = team.judge(question, "ruud", outcome="support")
    assert (question.differs, question.outcome, Case.objects.count()) == (True, "", 0)
    told = {"outcome": "support", "words": "Eerst dichtbij proberen.", "at": team.at()}
    actions.settle(question, **told, person=team.janna, by=team.by())
    question.refresh_from_db()
    assert (question.first_outcome, question.second_outcome, question.outcome) == ("indicated", "support", "support")
    assert Case.objects.count() == 1


def test_the_database_refuses_the_same_eyes_twice(team):
    question = team.judge(team.question(), "janna")
    question.second_by, question.second_at, question.second_outcome = team.janna, team.at(), "support"
    with pytest.raises(IntegrityError), transaction.atomic():
        question.save()


def test_an_outcome_needs_both(team):
    question = team.judge(team.question(), "janna")
    question.settled_by, question.settled_at, question.outcome = team.janna, team.at(), "support"
    with pytest.raises(IntegrityError), transaction.atomic():
        question.save()


def test_a_double_click_decides_once(team):
    question = team.question()
    client = team.client("janna")
    for outcome in ("support", "elsewhere"):
        client.post(f"/ondersteuning/vragen/{question.key}/", {"outcome": outcome, "words": "Dit past."})
    question.refresh_from_db()
    assert (question.first_outcome, question.second_by) == ("support", None)
    for _ in range(2):
        team.judge(question, "ruud")
    assert Case.objects.count() == 1
    assert Entry.objects.filter(event="question_judged").count() == 2


def test_a_contact_is_taken_up_once(team):
    first = team.question(source="contact:17")
    assert team.question(source="contact:17") == first
    assert Question.objects.count() == 1


def test_an_anonymous_question_leads_to_a_case_without_a_name(team):
    case = team.waiting(who="")
    assert not case.members.exists()
    assert case.name == case.question.key[:6]
