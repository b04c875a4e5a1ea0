"""An insider of the partner tries merged cases, the second shell, groups and what the entrance passed on."""

import csv
from datetime import timedelta
from importlib.resources import files

import msgspec
import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from cast import somebody
from noaber.web.entrance import actions as entrance
from noaber.web.entrance import passing_actions
from noaber.web.entrance.heard import Heard, Who
from noaber.web.entrance.models import PassedOn
from noaber.web.journal.models import Entry
from noaber.web.oversight.actions import destroy_due, system
from noaber.web.support import actions, counts, queries
from noaber.web.support.models import Case, Group, Member, Participant, Question, Share

pytestmark = pytest.mark.django_db
ROOM = "/ondersteuning/"


@pytest.fixture
def partner_town(settings):
    """The districts of the made-up town."""
    town = str(files("noaber.demo") / "noaberstad.toml")
    settings.NOABER = msgspec.structs.replace(django_settings.NOABER, role="partner", municipality=town)


def merge(team, twin, into, name="janna"):
    actions.merge_cases(twin, into=into, person=team.cast.people[name], at=team.at(), by=team.by(name))


def merge_members(team, twin, into):
    actions.merge_members(twin, into=into, person=team.janna, at=team.at(), by=team.by())


def note(team, case, words):
    actions.write_note(case, None, words=words, draft=False, author=team.janna, at=team.at(), by=team.by())


def attach(team, until=9):
    actions.attach(
        team.noord,
        person=team.nelis,
        expertise="Wmo",
        moments="dinsdag",
        begins_on=team.ago(9),
        ends_on=team.on + timedelta(days=until),
        by=team.by("liesbeth"),
    )


def share(team, case, *parts):
    told = {"purpose": "Schuldhulp", "consent": "Rob, aan tafel", "begins_on": team.ago(3), "shared_by": team.janna}
    shared = Share(case=case, person=team.nelis, parts=list(parts), ends_on=team.on + timedelta(days=9), **told)
    return actions.share(shared, by=team.by())


def lines():
    return Entry.objects.count()


# Merging


def test_two_who_merge_each_their_own_way_make_no_circle(team):
    one, other = team.case("Familie Wolters"), team.case("Fam. Wolters")
    seen_by_second = Case.objects.get(pk=other.pk), Case.objects.get(pk=one.pk)
    merge(team, one, other)
    before = lines()
    merge(team, seen_by_second[0], seen_by_second[1], "ruud")
    assert Case.objects.get(pk=other.pk).merged_into is None
    assert Case.objects.get(pk=one.pk).itself == other
    assert lines() == before, "who was second changed nothing, and left no line"


def test_two_members_make_no_circle(team):
    case = team.case()
    one, other = team.member(case, "Timo"), team.member(case, "Timo W.")
    late = Member.objects.get(pk=other.pk), Member.objects.get(pk=one.pk)
    merge_members(team, one, other)
    merge_members(team, *late)
    assert Member.objects.get(pk=other.pk).merged_into is None


def test_two_clients_of_the_entrance_make_no_circle(team, partner_town):
    for name in ("Wim", "Willem"):
        entrance.register(
            Heard(channel="desk", theme="gezondheid", outcome="information", caller=Who(name=name, phone="0611112222")),
            at=team.at(),
            by=somebody(),
            worker=team.cast.jolien,
        )
    model = entrance.Client
    one, other = model.objects.order_by("pk")
    late = model.objects.get(pk=other.pk), model.objects.get(pk=one.pk)
    told = {"person": team.janna, "at": team.at(), "by": somebody()}
    entrance.merge(one, into=other, **told)
    entrance.merge(late[0], into=late[1], **told)
    assert model.objects.get(pk=other.pk).merged_into is None


def test_merging_twice_decides_once(team):
    one, other = team.case("Familie Wolters"), team.case("Fam. Wolters")
    client, address = team.client("janna"), f"{ROOM}dubbel/dossiers/{other.key}/{one.key}/"
    assert [client.post(address).status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.filter(event="case_merged").count() == 1


def test_what_was_shared_of_a_case_is_not_shared_of_its_twin(team):
    attach(team)
    kept, twin = team.case("Familie Wolters"), team.case("Fam. Wolters")
    note(team, kept, "Rob wil naar schuldhulp.")
    note(team, twin, "Vader is opgenomen geweest.")
    share(team, kept, "story", "plan")
    merge(team, twin, kept)
    page = team.client("nelis").get(f"{ROOM}dossiers/{kept.key}/").content.decode()
    assert "Rob wil naar schuldhulp." in page
    assert "Vader is opgenomen" not in page
    assert "Fam. Wolters" not in page
    assert team.client("nelis").get(f"{ROOM}dossiers/{twin.key}/").status_code == 404
    assert "Vader is opgenomen" in team.client("ruud").get(f"{ROOM}dossiers/{kept.key}/").content.decode()


def test_a_share_of_each_shows_of_each_what_was_shared_of_it(team):
    attach(team)
    kept, twin = team.case("Familie Wolters"), team.case("Fam. Wolters")
    note(team, twin, "Vader is opgenomen geweest.")
    share(team, kept, "story")
    share(team, twin, "documents")
    merge(team, twin, kept)
    page = team.client("nelis").get(f"{ROOM}dossiers/{kept.key}/").content.decode()
    assert "Ook van dit huishouden" in page
    assert "Vader is opgenomen" not in page


def test_a_restricted_case_does_not_open_its_restricted_twin(team):
    kept, twin = team.case("Familie Wolters", worker="ruud"), team.case("Fam. Wolters", worker="janna")
    note(team, twin, "Een geheim adres.")
    for case in (kept, twin):
        actions.shield(case, restricted=True, because="bekend in de wijk", by=team.by())
    actions.add_worker(kept, person=team.janna, on=team.on, by=team.by())
    merge(team, twin, kept)
    assert "Een geheim adres." not in team.client("ruud").get(f"{ROOM}dossiers/{kept.key}/").content.decode()
    assert "Een geheim adres." in team.client("janna").get(f"{ROOM}dossiers/{kept.key}/").content.decode()


def test_shielding_a_case_shields_what_was_merged_into_it(team):
    kept, twin = team.case("Familie Wolters"), team.case("Fam. Wolters")
    merge(team, twin, kept)
    actions.shield(kept, restricted=True, because="bekend in de wijk", by=team.by())
    ruud = team.client("ruud")
    for page in ("dubbel/", "dossiers/?welke=team", "dossiers/?zoek=wolters", "vragen/", "", "opschaling/"):
        assert "Wolters" not in ruud.get(ROOM + page).content.decode(), page
    assert ruud.post(f"{ROOM}dubbel/dossiers/{twin.key}/losmaken/").status_code == 404
    assert ruud.get(f"{ROOM}dossiers/{twin.key}/").status_code == 404


def test_a_child_of_a_case_that_was_shielded_since_is_named_to_nobody(team):
    mother, father = team.case("Sanne Nijhof"), team.case("Bram Kuipers")
    one, other = team.member(mother, "Timo"), team.member(father, "Timo van Bram")
    merge_members(team, one, other)
    actions.shield(father, restricted=True, because="bedreigd", by=team.by())
    page = team.client("ruud").get(f"{ROOM}dubbel/").content.decode()
    assert "Kuipers" not in page
    assert "van Bram" not in page
    assert "afgeschermd" in page


def test_help_that_runs_does_not_disappear_into_a_case_that_ended(team):
    past, now = team.case("Familie Wolters", days=90), team.waiting("Fam. Wolters")
    actions.end(past, reason="met", words="", on=team.ago(80), by=team.by())
    client = team.client("janna")
    assert client.post(f"{ROOM}dubbel/dossiers/{now.key}/{past.key}/").status_code == 404
    assert client.post(f"{ROOM}dubbel/dossiers/{past.key}/{now.key}/").status_code == 302
    assert now in queries.waiting(team.viewer("janna"))


def test_the_clock_of_an_escalation_goes_on_after_merging(team):
    kept, twin = team.case("Familie Wolters"), team.case("Fam. Wolters")
    running = team.escalated(twin)
    merge(team, twin, kept)
    assert [item.escalation for item in queries.escalations(team.viewer("liesbeth"))] == [running]


def test_who_lives_in_a_twin_sees_who_looked(team):
    kept, twin = team.case("Familie Wolters"), team.case("Fam. Wolters")
    actions.link_member(twin, twin.members.get(), number="999990019", at=team.at(), by=team.by())
    merge(team, twin, kept)
    team.client("ruud").get(f"{ROOM}dossiers/{kept.key}/")
    key = twin.members.get().resident.key
    assert Entry.objects.filter(event="looked", subject=key, object=f"case:{kept.key}").count() == 1


def test_a_merged_household_is_destroyed_in_time_as_a_whole(team):
    kept, twin = team.case("Familie Wolters"), team.case("Fam. Wolters")
    child = team.member(kept, "Timo")
    merge_members(team, team.member(twin, "Timo"), child)
    merge(team, twin, kept)
    actions.end(kept, reason="met", words="Klaar", on=team.on, by=team.by())
    twin.refresh_from_db()
    assert twin.ended_on == team.on, "nobody can end it any more by itself"
    for _night in range(3):
        later = team.at() + timedelta(days=366 * 21)
        destroy_due(at=later, by=system(later))
    assert not Case.objects.exists()
    assert not Member.objects.exists()


def test_taken_up_again_the_twin_runs_again_too(team):
    kept, twin = team.case("Familie Wolters"), team.case("Fam. Wolters")
    merge(team, twin, kept)
    actions.end(kept, reason="met", words="Klaar", on=team.on, by=team.by())
    actions.resume(Case.objects.get(pk=kept.pk), because="Terug", person=team.janna, on=team.on, by=team.by())
    twin.refresh_from_db()
    assert twin.ended_on is None


def test_a_child_in_a_household_that_goes_on_keeps_nobody_of_the_other_too_long(team):
    mother, father = team.case("Sanne Nijhof"), team.case("Bram Kuipers")
    one, other = team.member(mother, "Timo"), team.member(father, "Timo")
    merge_members(team, one, other)
    actions.end(father, reason="met", words="", on=team.on, by=team.by())
    for _night in range(3):
        later = team.at() + timedelta(days=366 * 21)
        destroy_due(at=later, by=system(later))
    assert list(Case.objects.all()) == [mother]
    one.refresh_from_db()
    assert one.merged_into is None, "it counts for itself again"


# The second shell


def test_who_owns_an_escalation_sees_nothing_once_no_longer_attached(team):
    attach(team)
    case = team.case("Familie Wolters")
    escalation = team.escalated(case)
    actions.name_owners(escalation, case_owner=team.nelis, process_owner=team.liesbeth, by=team.by())
    nelis = team.client("nelis")
    assert nelis.get(f"{ROOM}dossiers/{case.key}/").status_code == 200
    actions.detach(team.noord.shell.get(), on=team.ago(1), by=team.by("liesbeth"))
    assert nelis.get(f"{ROOM}dossiers/{case.key}/").status_code == 404
    for page in ("", "dossiers/", "opschaling/"):
        assert "Wolters" not in nelis.get(ROOM + page).content.decode()


def test_a_guest_whose_role_is_widened_by_force_gets_nothing_more(team):
    team.nelis.organisation.guest = True
    team.nelis.organisation.save()
    attach(team)
    case = team.case("Familie Wolters")
    for role in ("support_worker", "support_lead", "administrator", "privacy_officer"):
        team.nelis.assignments.create(role=role, begins_on=team.ago(3), ends_on=team.on, reason="per ongeluk")
    nelis = team.client("nelis")
    assert nelis.get(f"{ROOM}dossiers/{case.key}/").status_code == 404
    for address in (f"{ROOM}vragen/", f"{ROOM}dubbel/", f"{ROOM}groepen/", "/toegang/mensen/", "/toezicht/logboek/"):
        assert nelis.get(address).status_code == 403, address


# What the entrance passed on


@pytest.fixture
def passed(team, partner_town):
    entrance.register(
        Heard(
            channel="desk",
            theme="gezondheid",
            outcome="basic_support",
            words="Ik eet niet meer goed.",
            district="WK990100",
            caller=Who(name="Wim Roelofs", phone="0611112222"),
        ),
        at=team.at(),
        by=somebody(),
        worker=team.cast.jolien,
    )
    return PassedOn.objects.get()


def test_of_two_takers_the_second_is_told_who_was_first(team, passed):
    stale = PassedOn.objects.get(pk=passed.pk)
    told = {"team": team.noord, "at": team.at()}
    first, done = actions.take_up_from_entrance(passed, person=team.janna, by=team.by(), **told)
    again, done_again = actions.take_up_from_entrance(stale, person=team.ruud, by=team.by("ruud"), **told)
    assert (done, done_again, again) == (True, False, first)
    passed.refresh_from_db()
    assert passed.taken_by == team.janna
    assert Entry.objects.filter(event="question_taken_up").count() == 1


def test_what_the_entrance_kept_meanwhile_is_not_taken_up_and_breaks_nothing(team, passed):
    stale = PassedOn.objects.get(pk=passed.pk)
    told = {"person": team.cast.jolien, "at": team.at(), "by": team.by()}
    passing_actions.keep_here(passed.question, because="Wil nog niet", **told)
    told = {"team": team.noord, "person": team.janna, "at": team.at(), "by": team.by()}
    assert actions.take_up_from_entrance(stale, **told) == (None, False)
    assert not Question.objects.exists()


def test_what_was_taken_up_meanwhile_is_not_kept(team, passed):
    question = passed.question
    told = {"team": team.noord, "person": team.janna, "at": team.at(), "by": team.by()}
    actions.take_up_from_entrance(passed, **told)
    passing_actions.keep_here(question, because="Wil nog niet", person=team.cast.jolien, at=team.at(), by=team.by())
    passed.refresh_from_db()
    assert (passed.stays, bool(passed.reference)) == ("", True)


def test_laying_back_twice_lays_back_once(team, passed):
    told = {"team": team.noord, "person": team.janna, "at": team.at(), "by": team.by()}
    question, _taken = actions.take_up_from_entrance(passed, **told)
    stale = Question.objects.get(pk=question.pk)
    for row in (question, stale):
        actions.lay_back(row, because="Andere wijk", by=team.by())
    assert Entry.objects.filter(event="question_laid_back").count() == 1


@pytest.mark.parametrize("name", ["marijke", "nelis", "otto", "gerrit", "hilda", "koen"])
def test_other_teams_and_roles_neither_see_nor_take_it(team, passed, name):
    client = team.client(name)
    assert "Roelofs" not in client.get(f"{ROOM}vragen/van-de-entree/").content.decode()
    taken = client.post(f"{ROOM}vragen/van-de-entree/{passed.key}/", {"team": team.noord.pk})
    assert taken.status_code in {302, 403}
    assert not Question.objects.exists()


def test_nobody_takes_it_up_for_a_team_of_others(team, passed):
    team.client("janna").post(f"{ROOM}vragen/van-de-entree/{passed.key}/", {"team": team.zuid.pk})
    assert Question.objects.get().team == team.noord


def test_nothing_is_taken_by_following_a_link(team, passed):
    janna = team.client("janna")
    one, other = team.case("A"), team.case("B")
    member = one.members.get().pk
    for address in (
        f"vragen/van-de-entree/{passed.key}/",
        f"dubbel/dossiers/{one.key}/{other.key}/",
        f"dubbel/dossiers/{one.key}/losmaken/",
        f"dubbel/mensen/{member}/{other.members.get().pk}/",
        f"dubbel/mensen/{member}/losmaken/",
    ):
        assert janna.get(ROOM + address).status_code == 405, address


def test_every_form_asks_for_its_token(team, passed):
    janna = team.client("janna")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = janna.cookies
    one, other = team.case("A"), team.case("B")
    for address in (
        f"vragen/van-de-entree/{passed.key}/",
        f"dubbel/dossiers/{one.key}/{other.key}/",
        f"dubbel/mensen/{one.members.get().pk}/{other.members.get().pk}/",
    ):
        assert strict.post(ROOM + address).status_code == 403, address
    assert not Question.objects.filter(source__isnull=False).exists()


# Groups


@pytest.fixture
def group(team):
    return actions.keep_group(
        Group(team=team.noord, name="Wandelen", district="WK990100", moment="di", place="Kern", begins_on=team.ago(50)),
        by=team.by(),
    )


def test_a_look_at_who_takes_part_stands_in_the_journal_once(team, group):
    actions.add_participant(group, name="Els Bos", reach="06", on=team.on, by=team.by())
    before = lines()
    team.client("ruud").get(f"{ROOM}groepen/{group.pk}/")
    assert lines() == before + 1
    last = Entry.objects.first()
    assert (last.event, last.object) == ("looked", f"group:{group.pk}")
    assert "Bos" not in last.object_name


@pytest.mark.parametrize("name", ["marijke", "nelis", "otto", "gerrit", "hilda"])
def test_a_group_of_another_team_is_not_there(team, group, name):
    taken = actions.add_participant(group, name="Els Bos", reach="06", on=team.on, by=team.by())
    client = team.client(name)
    for address in ("", "wijzigen/", "deelnemer/", f"deelnemer-weg/{taken.pk}/", "plannen/"):
        for ask in (client.get, client.post):
            answer = ask(f"{ROOM}groepen/{group.pk}/{address}")
            assert answer.status_code in {403, 404, 405}, address
            assert "Els Bos" not in answer.content.decode()
    taken.refresh_from_db()
    assert taken.ends_on is None


def test_who_came_is_of_this_group_and_a_group_is_not_put_in_a_team_of_others(team, group):
    other = actions.keep_group(
        Group(team=team.zuid, name="Koken", district="WK990101", moment="wo", place="Zaal", begins_on=team.ago(50)),
        by=team.by("marijke"),
    )
    stranger = actions.add_participant(other, name="Jan", reach="", on=team.on, by=team.by())
    janna = team.client("janna")
    came = {"on": team.on, "unnamed": 0, "came": [stranger.pk]}
    assert janna.post(f"{ROOM}groepen/{group.pk}/bijeenkomst/", came).status_code == 422
    told = {"name": "X", "team": team.zuid.pk, "district": "WK990101", "moment": "x", "place": "x"}
    assert janna.post(f"{ROOM}groepen/nieuw/", told | {"begins_on": team.on}).status_code == 422


def test_who_takes_part_does_not_stay_for_ever_after_the_group(team, group):
    actions.add_participant(group, name="Els Bos", reach="06", on=team.ago(9), by=team.by())
    group.ends_on = team.on
    actions.keep_group(group, by=team.by())
    assert Participant.objects.get().ends_on == team.on


def test_the_counts_that_leave_hold_no_cell_that_somebody_typed(team, group):
    group.name = "=HYPERLINK(1)"
    group.save()
    team.case('=cmd|"/C calc"!A0')
    rows = list(csv.reader(counts.csv(counts.counts(timezone.localdate().replace(day=1))).splitlines()))
    assert all(cell[:1] not in "=+-@" for row in rows[1:] for cell in row)
