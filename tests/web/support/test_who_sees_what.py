"""Who may see which case: a table of people and cases, walked along every page, list and search."""

import pytest

from noaber.web.access.models import Resident
from noaber.web.journal.models import Entry
from noaber.web.journal.queries import looks_at
from noaber.web.support import actions
from noaber.web.support.acts import CASE_ACTS
from noaber.web.support.models import Case, Discussion, Share
from noaber.web.support.viewer import named, parts_of, shown, visible_to

pytestmark = pytest.mark.django_db

NAME = "Familie Wolters"
EVERYONE = ("janna", "ruud", "liesbeth", "marijke", "nelis", "otto", "gerrit", "hilda")
TABLE = {
    "an ordinary case": {"janna", "ruud", "liesbeth"},
    "a restricted case": {"janna"},
    "a case that is shared": {"janna", "ruud", "liesbeth", "nelis"},
    "a share that is over": {"janna", "ruud", "liesbeth"},
    "a share taken back": {"janna", "ruud", "liesbeth"},
    "somebody who is attached no more": {"janna", "ruud", "liesbeth"},
    "an escalation with an owner who is attached": {"janna", "ruud", "liesbeth", "nelis"},
    "an escalation with an owner who is attached no more": {"janna", "ruud", "liesbeth"},
    "a stand-in for a restricted case": {"janna", "liesbeth"},
}


def set_the_scene(team, scene):
    case = team.case(NAME)
    team.member(case, "Timo Wolters")
    actions.write_note(
        case, None, words="Het diepste geheim", draft=False, author=team.janna, at=team.at(), by=team.by()
    )
    if "share" in scene or "attached" in scene:
        attached = actions.attach(
            team.noord,
            person=team.nelis,
            expertise="Wmo",
            moments="dinsdag",
            begins_on=team.ago(50),
            ends_on=team.ago(-50),
            by=team.by(),
        )
        over = "over" in scene
        shared = Share(
            case=case,
            person=team.nelis,
            parts=["plan"],
            purpose="meedenken",
            consent="mevrouw, mondeling",
            begins_on=team.ago(20),
            ends_on=team.ago(1 if over else -20),
            shared_by=team.janna,
        )
        if "owner" not in scene:
            actions.share(shared, by=team.by())
        if "back" in scene:
            actions.end_share(case, shared, by=team.by())
        if "no more" in scene:
            actions.detach(attached, on=team.ago(1), by=team.by())
    if "restricted" in scene:
        actions.shield(case, restricted=True, because="bekende van een collega", by=team.by())
    if "escalation" in scene:
        team.escalated(case, process_owner="nelis")
    if "stand-in" in scene:
        told = {"begins_on": team.ago(1), "ends_on": team.ago(-9)}
        actions.record_leave(team.janna, stand_in=team.liesbeth, **told, by=team.by())
    return Case.objects.get(pk=case.pk)


LISTS = ("", "dossiers/?welke=team", "dossiers/?zoek=Woltrs", "dossiers/?zoek=Tim", "opschaling/", "vragen/")
SHUT = {"gerrit", "hilda"}
"""Who does not come past the door at all."""


@pytest.mark.parametrize("scene", TABLE)
def test_the_table(team, scene):
    case = set_the_scene(team, scene)
    for name in EVERYONE:
        client, may = team.client(name), name in TABLE[scene]
        opened = client.get(f"/ondersteuning/dossiers/{case.key}/")
        assert opened.status_code == (200 if may else 403 if name in SHUT else 404), name
        assert visible_to(team.viewer(name)).filter(pk=case.pk).exists() == may, name
        body = opened.content.decode().replace(case.key, "")  # the address itself comes back in the page
        body += "".join(client.get(f"/ondersteuning/{page}").content.decode() for page in LISTS)
        assert any(word in body for word in (NAME, "Timo", "geheim", case.key)) == may, name


def test_who_is_shared_a_part_sees_no_more_than_that_part(team):
    case = set_the_scene(team, "a case that is shared")
    body = team.client("nelis").get(f"/ondersteuning/dossiers/{case.key}/").content.decode()
    assert parts_of(team.viewer("nelis"), case) == {"plan"}
    assert "Het diepste geheim" not in body
    assert "Notitie schrijven" not in body


def test_nobody_writes_in_a_case_that_they_cannot_see_or_that_is_only_shared(team):
    case = set_the_scene(team, "a case that is shared")
    before = Entry.objects.first().number
    for act in CASE_ACTS:
        for name in ("marijke", "nelis", "otto"):
            for row in ("", "1/"):
                answer = team.client(name).post(f"/ondersteuning/dossiers/{case.key}/{act}/{row}", {"because": "x"})
                assert answer.status_code in {403, 404}, (name, act)
    assert not Entry.objects.filter(number__gt=before, result="done").exclude(event__in={"looked"}).exists()


def test_rows_come_only_from_their_own_case(team):
    own, others = team.case(NAME), team.case("Mevrouw Kuipers", worker="marijke", team=team.zuid)
    goal = actions.set_goal(others, words="Een doel", on=team.on, by=team.by("marijke"))
    kept = {
        "name": "brief",
        "media_type": "application/pdf",
        "content": b"%PDF-",
        "person": team.marijke,
        "at": team.at(),
    }
    document = actions.add_document(others, **kept, by=team.by("marijke"))
    client = team.client("janna")
    for end in (f"doel-afronden/{goal.pk}/", f"stap/{goal.pk}/", f"documenten/{document.pk}/"):
        assert client.get(f"/ondersteuning/dossiers/{own.key}/{end}").status_code == 404, end


def test_a_restricted_case_is_masked_where_a_leader_must_see_that_it_is_there(team):
    case = set_the_scene(team, "a restricted case")
    assert shown(named(Case.objects.filter(pk=case.pk), team.viewer("liesbeth")).get()) == "afgeschermd"
    body = (
        team.client("liesbeth")
        .get(f"/ondersteuning/teams/{team.noord.pk}/overdracht/{team.janna.key}/")
        .content.decode()
    )
    assert "afgeschermd" in body
    assert NAME not in body


def test_the_journal_does_not_name_who_is_restricted(team):
    set_the_scene(team, "a restricted case")
    assert Entry.objects.filter(event="case_shielded").get().object_name == "een afgeschermd dossier"


def test_without_consent_nobody_reads_a_name_on_the_agenda(team):
    case = team.case(NAME)
    meeting = actions.plan_meeting(team.noord, on=team.on, place="", by=team.by())
    for consent, words, sees in (("anonymous", "", False), ("given", "mevrouw, aan tafel", True)):
        told = {"meeting": meeting, "question": "Wie weet raad?", "consent": consent, "consent_words": words}
        actions.ask_discussion(case, **told, person=team.janna, by=team.by())
        body = team.client("ruud").get(f"/ondersteuning/overleg/{meeting.pk}/").content.decode()
        assert (NAME in body) == sees
    assert Discussion.objects.count() == 1


def test_each_resident_of_a_case_can_see_who_looked(team):
    case = team.case(NAME)
    keys = []
    for number, member in zip(("999900006", "999900018"), (case.members.get(), team.member(case, "Timo")), strict=True):
        actions.link_member(case, member, number=number, at=team.at(), by=team.by())
        keys.append(Resident.objects.order_by("-pk").first().key)
    team.client("ruud").get(f"/ondersteuning/dossiers/{case.key}/")
    for key in keys:
        assert [(item.actor_name, item.event) for item in looks_at(key)] == [("Ruud", "looked")]
