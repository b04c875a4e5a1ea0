"""A person or family is helped: beginning, plan, more and less, ending, looking back, and going on as it was."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from noaber.web.support import actions, queries
from noaber.web.support.drawing import draw
from noaber.web.support.models import Note
from noaber.web.support.search import find
from noaber.web.support.timeline import story
from noaber.web.support.today import today
from noaber.web.support.viewer import EVERY_PART, visible_to

pytestmark = pytest.mark.django_db


def do(team, case, act, given=(), row="", name="janna"):
    end = f"{row}/" if row else ""
    return team.client(name).post(f"/ondersteuning/dossiers/{case.key}/{act}/{end}", dict(given))


def test_waiting_is_seen_and_counted_in_working_days(team):
    case = team.waiting(days=0)
    case.asked_on = date(2026, 11, 20)  # a Friday
    assert queries.waited(case, date(2026, 11, 24)) == 2
    assert queries.waited(case, date(2026, 11, 21)) == 0


def test_help_begins_changes_ends_is_looked_back_on_and_taken_up_again_in_one_case(team):
    case = team.case(days=30)
    actions.agree_plan(case, words="Rust in huis", agreed_on=team.on, by=team.by())
    do(team, case, "schalen", {"level": "intensive", "because": "het wordt zwaarder"})
    do(team, case, "afsluiten", {"reason": "met", "words": ""})
    case.refresh_from_db()
    assert (case.level, case.ended_on) == ("intensive", team.on)
    assert 89 <= (case.look_back_on - team.on).days <= 92
    do(team, case, "terugkijken", {"outcome": "again", "words": "Het lukt toch niet alleen."})
    do(team, case, "oppakken", {"because": "er is weer hulp nodig"})
    case.refresh_from_db()
    assert (case.running, case.plan_words, case.look_back_on) == (True, "Rust in huis", None)
    assert case.workers.filter(ends_on__isnull=True).get().person == team.janna


def test_a_plan_has_a_few_goals_with_steps(team):
    case = team.case()
    for number in range(5):
        assert do(team, case, "doel", {"words": f"doel {number}"}).status_code == 302
    assert do(team, case, "doel", {"words": "nog een"}).status_code == 422
    goal = case.goals.first()
    do(team, case, "stap", {"words": "post in een doos", "who": "Anja", "by_on": ""}, row=goal.pk)
    do(team, case, "stap-gedaan", row=goal.steps.get().pk)
    do(team, case, "doel-afronden", {"outcome": "met", "words": "gelukt"}, row=goal.pk)
    told = [line.words for line in story(case, EVERY_PART)]
    assert "Gedaan: post in een doos (Anja)" in told
    assert "Doel bereikt: doel 0" in told


def test_a_draft_is_its_authors_alone_and_a_deleted_note_leaves_a_trace(team):
    case = team.case()
    do(team, case, "notitie", {"words": "nog niet af", "draft": "on"})
    note = Note.objects.get()
    assert "nog niet af" not in team.client("ruud").get(f"/ondersteuning/dossiers/{case.key}/").content.decode()
    assert do(team, case, "notitie", {"words": "van een ander"}, row=note.pk, name="ruud").status_code == 404
    do(team, case, "notitie", {"words": "Een goed gesprek."}, row=note.pk)
    page = team.client("ruud").get(f"/ondersteuning/dossiers/{case.key}/").content.decode()
    assert "Een goed gesprek." in page
    assert do(team, case, "notitie", {"words": "anders"}, row=note.pk).status_code == 404
    do(team, case, "notitie-verwijderen", {"because": "in het verkeerde dossier"}, row=note.pk)
    page = team.client("ruud").get(f"/ondersteuning/dossiers/{case.key}/").content.decode()
    assert "Een goed gesprek." not in page
    assert "in het verkeerde dossier" in page


@pytest.mark.parametrize(
    ("content", "status"), [(b"%PDF-1.7 x", 302), (b"<script>", 422), (b"", 422), (b"x" * 6_000_000, 422)]
)
def test_a_document_is_what_it_says_and_is_only_taken_along(team, content, status):
    case = team.case()
    given = {"name": "brief", "file": SimpleUploadedFile("brief.pdf", content, "application/pdf")}
    assert do(team, case, "document", given).status_code == status
    if status == 302:
        answer = team.client("ruud").get(f"/ondersteuning/dossiers/{case.key}/documenten/{case.documents.get().pk}/")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer.content == content


def test_today_tells_what_needs_one_now_and_what_was_promised(team):
    case = team.case()
    told = {"owner": team.janna, "at": team.at(), "by": team.by()}
    actions.set_task(case, words="brief sturen", due_on=team.ago(1), promised=False, **told)
    actions.set_task(case, words="terugbellen", due_on=team.ago(-40), promised=True, **told)
    actions.set_task(None, words="folder halen", due_on=team.on, promised=False, **told)
    found = today(team.viewer("janna"))
    assert [(line.who, line.what) for line in found.now] == [
        ("Familie Wolters", "brief sturen"),
        ("anoniem", "folder halen"),
    ]
    assert [line.what for line in found.promised] == ["terugbellen"]
    team.client("janna").post(found.now[0].address)
    assert [line.what for line in today(team.viewer("janna")).now] == ["folder halen"]
    assert team.client("ruud").post(found.promised[0].address).status_code == 404
    assert today(team.viewer("marijke")).calm


def test_a_leader_sees_who_waits_and_a_colleague_is_stood_in_for(team):
    case = team.waiting()
    assert [line.action for line in today(team.viewer("liesbeth")).now] == ["Verdelen"]
    actions.start(case, worker=team.janna, on=team.on, by=team.by("liesbeth"))
    actions.set_task(case, owner=team.janna, words="bellen", due_on=team.on, promised=False, at=team.at(), by=team.by())
    actions.record_leave(team.janna, stand_in=team.ruud, begins_on=team.on, ends_on=team.on, by=team.by())
    assert [line.what for line in today(team.viewer("ruud")).now] == ["bellen (voor Janna)"]


@pytest.mark.parametrize("typed", ["wolters", "Woltres", "wolter", "  WÓLTERS "])
def test_a_name_is_found_despite_typing_errors(team, typed):
    case = team.case("Familie Wolters")
    team.case("Mevrouw Kuipers")
    assert find(typed, visible_to(team.viewer("ruud"))) == [case.pk]
    assert not find(typed, visible_to(team.viewer("marijke")))


def test_the_household_is_drawn_and_told(team):
    case = team.case("Anja")
    team.member(case, "Timo", birth_year=2011)
    team.member(case, "Oma Riet", relation="family", household=False, tie="strong")
    drawing = draw(case.members.all())
    assert drawing.sentence == "In huis: Anja (vraagt hulp), Timo (kind, 2011). Eromheen: Oma Riet (familie, steunend)."
    assert (len(drawing.household), len(drawing.around)) == (2, 1)
