"""What the entrance passes on arrives: named, in own words, once, seen by both sides, and never between two stools."""

from datetime import timedelta
from importlib.resources import files

import msgspec
import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from noaber.terms import working_days_after
from noaber.web.entrance import actions as entrance
from noaber.web.entrance import passing, passing_actions
from noaber.web.entrance import queries as entrance_queries
from noaber.web.entrance.heard import Heard, Who
from noaber.web.entrance.models import Contact, PassedOn
from noaber.web.journal.models import Entry
from noaber.web.support.arrivals import arrivals
from noaber.web.support.models import Case, Question
from noaber.web.support.today import today

pytestmark = pytest.mark.django_db
FATHER = Who(name="Wim Roelofs")
DAUGHTER = Who(name="Els Roelofs", phone="0611112222")
WORDS = "Mijn vader eet niet meer goed sinds mijn moeder er niet is."


@pytest.fixture
def partner_town(settings):
    """The districts of the made-up town."""
    town = str(files("noaber.demo") / "noaberstad.toml")
    settings.NOABER = msgspec.structs.replace(django_settings.NOABER, role="partner", municipality=town)


def call(team, days=0, outcome="basic_support", district="WK990100", **told):
    told = {"caller": DAUGHTER, "about": FATHER, "relation": "child", "words": WORDS} | told
    heard = Heard(channel="telephone", theme="meedoen en ontmoeten", outcome=outcome, district=district, **told)
    at = timezone.now() - timedelta(days=days)
    return entrance.register(heard, at=at, by=team.by("jolien"), worker=team.jolien)


def viewer(team, name):
    return team.viewer(name, timezone.localdate())


def test_a_daughter_calls_and_the_team_of_her_fathers_district_sees_it_in_her_words(team):
    call(team)
    (found,) = arrivals(viewer(team, "janna"))
    assert (found.whose.name, found.words, found.known) == ("Wim Roelofs", WORDS, None)
    assert found.reach == "Els Roelofs (zoon of dochter): 0611112222"
    assert arrivals(viewer(team, "marijke")) == [], "Zuid is another team"
    page = team.client("janna").get("/ondersteuning/vragen/van-de-entree/").content.decode()
    assert WORDS in page
    assert "Jolien" in page


def test_taking_up_makes_a_question_for_four_eyes_once_and_the_entrance_sees_by_whom(team):
    asked = call(team)
    client, passed = team.client("janna"), PassedOn.objects.get()
    for _ in range(2):  # a double click
        answer = client.post(f"/ondersteuning/vragen/van-de-entree/{passed.key}/")
    question = Question.objects.get()
    assert answer["Location"] == f"/ondersteuning/vragen/{question.key}/"
    assert (question.who, question.own_words, question.taken_by) == ("Wim Roelofs", WORDS, team.jolien)
    assert (question.first_by, question.client) == (None, asked.contact.about)
    passed.refresh_from_db()
    assert (passed.reference, passed.taken_by) == (question.key, team.janna)
    shown = team.client("jolien").get(f"/entree/contact/{asked.contact.key}/").content.decode()
    assert "Opgepakt door Janna van het wijkteam" in shown
    line = Entry.objects.filter(event="question_taken_up").get()
    assert line.subject == asked.contact.about.key


def test_who_comes_second_is_told_so(team):
    call(team)
    passed = PassedOn.objects.get()
    team.client("janna").post(f"/ondersteuning/vragen/van-de-entree/{passed.key}/")
    answer = team.client("ruud").post(f"/ondersteuning/vragen/van-de-entree/{passed.key}/", follow=True)
    assert "al opgenomen" in answer.content.decode()
    passed.refresh_from_db()
    assert passed.taken_by == team.janna


def test_it_can_be_laid_back_until_somebody_judged_it(team):
    asked = call(team)
    client, passed = team.client("janna"), PassedOn.objects.get()
    client.post(f"/ondersteuning/vragen/van-de-entree/{passed.key}/")
    key = Question.objects.get().key
    client.post(f"/ondersteuning/vragen/{key}/teruggeven/", {"because": "Hij woont in Zuid"})
    assert not Question.objects.exists()
    passed.refresh_from_db()
    assert (passed.waits, passed.returned) == (True, "Hij woont in Zuid")
    assert "Hij woont in Zuid" in team.client("jolien").get(f"/entree/contact/{asked.contact.key}/").content.decode()
    client.post(f"/ondersteuning/vragen/van-de-entree/{passed.key}/")
    question = Question.objects.get()
    team.judge(question, "janna")
    assert client.get(f"/ondersteuning/vragen/{question.key}/teruggeven/").status_code == 404


def test_without_a_name_it_goes_nowhere_and_the_name_is_asked_for(team, partner_town):
    client = team.client("jolien")
    heard = {"theme": "gezondheid", "outcome": "basic_support", "where": "WK990100", "channel": "desk"}
    desk = client.post("/entree/contact/", heard, follow=True).content.decode()
    asked = Contact.objects.get().questions.get()
    address = f"/entree/vraag/{asked.key}/doorgeven/"
    assert address in desk, "the cursor is back, and the page says what is still to do"
    assert not PassedOn.objects.exists()
    assert client.post(address, {"words": WORDS}).status_code == 422
    told = {"name": "Wim", "phone": "06 1", "words": WORDS}
    assert client.post(address, told)["Location"] == f"/entree/contact/{asked.contact.key}/"
    assert [item.whose.name for item in arrivals(viewer(team, "janna"))] == ["Wim"]


def test_who_gives_no_name_stays_at_the_entrance_with_the_reason(team, partner_town):
    asked = call(team, caller=Who(), about=Who(), relation="")
    assert [item.kind for item in _now(team)] == ["pass"]
    client = team.client("jolien")
    client.post(f"/entree/vraag/{asked.key}/doorgeven/", {"stays": "1", "because": "Komt dinsdag terug"})
    assert _now(team) == arrivals(viewer(team, "janna")) == []
    assert "Komt dinsdag terug" in client.get(f"/entree/contact/{asked.contact.key}/").content.decode()
    told = {"name": "Wim", "phone": "06 1"}
    client.post(f"/entree/vraag/{asked.key}/doorgeven/", told)
    assert len(arrivals(viewer(team, "janna"))) == 1, "and may change their mind"


def _now(team):
    on = timezone.now()
    mine = team.viewer("jolien", timezone.localdate(on))
    return entrance_queries.today(mine.rights, mine.person, on).now


def test_what_waits_too_long_stands_in_the_day_of_both(team):
    passed = passing.passed(call(team, days=14))
    assert passing.due_on(passed) == working_days_after(timezone.localdate(passed.at), 2)
    (line,) = [item for item in today(viewer(team, "ruud")).now if item.who == "Wim Roelofs"]
    assert line.what.startswith("Wacht te lang op een team")
    assert [(item.kind, item.late) for item in _now(team)] == [("slow", True)]


def test_a_district_without_a_team_is_seen_by_whoever_leads_one(team):
    call(team, district="WK990109")
    assert arrivals(viewer(team, "janna")) == []
    (found,) = arrivals(viewer(team, "liesbeth"))
    passing_actions.keep_here(
        found.passed.question, because="x", person=team.jolien, at=timezone.now(), by=team.by("jolien")
    )
    assert arrivals(viewer(team, "liesbeth")) == []


def test_four_eyes_may_find_other_help_and_then_it_goes_on_from_the_entrance(team):
    asked = call(team)
    team.client("janna").post(f"/ondersteuning/vragen/van-de-entree/{PassedOn.objects.get().key}/")
    question = Question.objects.get()
    team.judge(question, "janna", "indicated")
    team.judge(question, "ruud", "indicated")
    asked.refresh_from_db()
    assert asked.outcome == "indicated_support"
    assert passing.passed(asked).to == "municipality"
    assert passing.passed(asked).waits
    assert not Case.objects.exists()


def test_a_resident_whom_the_team_knows_already_is_shown_as_such(team):
    known = call(team)
    team.client("janna").post(f"/ondersteuning/vragen/van-de-entree/{PassedOn.objects.get().key}/")
    for name in ("janna", "ruud"):
        team.judge(Question.objects.get(), name)
    call(team, about=Who(known=known.contact.about))
    (found,) = arrivals(viewer(team, "ruud"))
    assert found.known == Case.objects.get()


def test_an_answer_that_changes_takes_it_back_before_anyone_took_it_up(team):
    asked = call(team)
    entrance.answer(asked, outcome="information", at=timezone.now(), by=team.by("jolien"), worker=team.jolien)
    assert arrivals(viewer(team, "janna")) == []
