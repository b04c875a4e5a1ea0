"""The council asks under a figure, somebody who knows answers, and only then does everyone read both."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from cast import somebody
from noaber.web.journal.models import Entry
from noaber.web.published import actions
from noaber.web.published.models import Question

pytestmark = pytest.mark.django_db
PAGE, ASK, INBOX = "/cijfers/cijfer/waiting/", "/cijfers/cijfer/waiting/vraag/", "/cijfers/vragen/"
TEXT = "Waarom wachten mensen in de Wmo langer?"


@pytest.fixture
def question(shown, cast):
    """Aaltje's question."""
    assert cast.client("aaltje").post(ASK, {"text": TEXT}).status_code == 302
    return Question.objects.get()


def seen_by(client):
    places = (PAGE, "/raad/", "/cijfers/thema/wachten/", "/raad/zoeken/?q=langer")
    return [TEXT in client.get(address).content.decode() for address in places]


def answer(cast, question, text="Er is te weinig plaats.", publish="yes", who="carolien"):
    return cast.client(who).post(f"{INBOX}{question.pk}/", {"text": text, "publish": publish})


def test_until_there_is_an_answer_only_the_asker_and_the_answerers_read_it(question, cast):
    assert seen_by(Client()) == [False] * 4
    assert seen_by(cast.client("derk")) == [False] * 4
    assert seen_by(cast.client("aaltje"))[:2] == [True, True]
    assert TEXT in cast.client("berend").get(INBOX).content.decode()


def test_with_an_answer_everyone_reads_both_and_nobody_reads_who_asked(question, cast):
    assert answer(cast, question).status_code == 302
    public = Client()
    assert all(seen_by(public))
    page = public.get(PAGE).content.decode()
    assert "Er is te weinig plaats." in page
    assert "Aaltje" not in page
    assert "Carolien" not in page
    assert [item.event for item in Entry.objects.all()][:2] == ["question_answered", "question_asked"]


def test_a_question_that_is_not_published_gives_its_reason_to_the_asker_alone(question, cast):
    answer(cast, question, text="Hier staat de naam van een inwoner in.", publish="no")
    assert seen_by(Client()) == [False] * 4
    mine = cast.client("aaltje").get(PAGE).content.decode()
    assert "Hier staat de naam van een inwoner in." in mine
    assert "Hier staat de naam" not in Client().get(PAGE).content.decode()


def test_a_second_click_asks_and_answers_nothing(question, cast):
    cast.client("aaltje").post(ASK, {"text": TEXT})
    assert Question.objects.count() == 1
    answer(cast, question)
    assert answer(cast, question, text="Iets anders.").status_code == 404
    question.refresh_from_db()
    assert question.answer == "Er is te weinig plaats."
    assert Entry.objects.filter(event="question_answered").count() == 1


def test_who_asked_does_not_answer(question, cast):
    with pytest.raises(DatabaseError, match="question_by_another"), transaction.atomic():
        actions.answer(question, text="Ja.", publish=True, answerer=cast.aaltje, at=timezone.now(), by=somebody())


def test_an_empty_question_and_an_empty_answer_are_refused_in_words(question, cast):
    asked = cast.client("aaltje").post(ASK, {"text": " "})
    assert (asked.status_code, "Schrijf uw vraag op." in asked.content.decode()) == (422, True)
    assert answer(cast, question, text="").status_code == 422


@pytest.mark.parametrize("name", ["berend", "carolien", "derk", "fenna", "hilda"])
def test_only_the_council_asks(shown, cast, name):
    assert cast.client(name).post(ASK, {"text": TEXT}).status_code == 403


def test_nobody_asks_about_what_is_not_public(house, cast):
    assert cast.client("aaltje").get(ASK).status_code == 404


def test_what_somebody_writes_is_shown_as_text(shown, cast):
    cast.client("aaltje").post(ASK, {"text": "<script>alert(1)</script>"})
    answer(cast, Question.objects.get(), text="<img src=x>")
    page = Client().get(PAGE).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "&lt;script&gt;" in page
