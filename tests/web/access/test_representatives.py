"""Somebody speaks for a resident: recorded by staff, from when until when, seen by the resident, and then no longer."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cast import somebody
from noaber.records import test_citizen_numbers
from noaber.web.access import actions
from noaber.web.access.models import Representation
from noaber.web.access.presence import RESIDENT
from noaber.web.journal.models import Entry

pytestmark = pytest.mark.django_db
PARENT, CHILD, STRANGER = test_citizen_numbers()[1:4]


def today() -> date:
    return timezone.localdate()


def form(**other):
    given = {
        "represented": CHILD,
        "name": "Sanne",
        "representative": PARENT,
        "kind": "parent",
        "proof": "uittreksel gezagsregister",
        "begins_on": today(),
        "ends_on": today() + timedelta(days=365),
    }
    return given | other


def known(number):
    return actions.resident_with(number, at=timezone.now())


def comes_in(number):
    client = Client()
    session = client.session
    session[RESIDENT] = known(number).key
    session.save()
    return client


@pytest.fixture
def sanne(cast):
    """Sanne, for whom her parent may look."""
    given = form()
    return actions.record_representation(**given, recorded_by=cast.gerrit, by=somebody())


@pytest.fixture
def parent(sanne):
    client = comes_in(PARENT)
    client.post("/toegang/inwoner/voor-wie/kiezen/", {"voor": sanne.pk})
    return client


def test_staff_record_it_without_a_citizen_number_in_journal_or_list(cast):
    gerrit = cast.client("gerrit")
    assert gerrit.post("/toegang/vertegenwoordigers/toevoegen/", form()).status_code == 302
    shown = gerrit.get("/toegang/vertegenwoordigers/").content.decode()
    assert "Sanne" in shown
    assert CHILD not in shown + str(list(Entry.objects.values_list()))
    assert PARENT not in shown
    assert Entry.objects.filter(event="representation_recorded", subject=known(CHILD).key).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"representative": CHILD},
        {"represented": "123456789"},
        {"ends_on": "2020-01-01"},
        {"ends_on": "2050-01-01"},
        {"kind": "buurman"},
        {"proof": ""},
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(cast, wrong):
    assert cast.client("gerrit").post("/toegang/vertegenwoordigers/toevoegen/", form(**wrong)).status_code == 422
    assert not Representation.objects.exists()


def test_the_representative_sees_what_the_resident_sees(parent, sanne):
    page = parent.get("/uitwisseling/over-mij/")
    assert "U kijkt voor Sanne." in page.content.decode()
    last = Entry.objects.first()
    assert (last.event, last.subject, last.actor) == ("looked", known(CHILD).key, known(PARENT).key)
    assert last.actor_role == "ouder met gezag, namens de inwoner"


def test_the_resident_sees_that_the_representative_looked_and_as_what(parent):
    parent.get("/uitwisseling/over-mij/")
    page = comes_in(CHILD).get("/toezicht/wie-keek/").content.decode()
    assert page.count("ouder met gezag, namens de inwoner") == 2, "that they began, and what they looked at"
    assert "Opkomen voor de inwoner" in page


def test_one_may_look_for_oneself_again(parent):
    parent.post("/toegang/inwoner/voor-wie/kiezen/", {"voor": ""})
    assert "U kijkt voor" not in parent.get("/uitwisseling/over-mij/").content.decode()
    assert Entry.objects.first().subject == known(PARENT).key


def test_nobody_looks_for_a_stranger(sanne):
    stranger = comes_in(STRANGER)
    assert stranger.post("/toegang/inwoner/voor-wie/kiezen/", {"voor": sanne.pk}).status_code == 404
    stranger.get("/uitwisseling/over-mij/")
    assert Entry.objects.first().subject == known(STRANGER).key


def test_it_ends_in_the_middle_of_a_session(parent, sanne):
    sanne.begins_on, sanne.ends_on = today() - timedelta(days=9), today() - timedelta(days=1)
    sanne.save()
    parent.get("/uitwisseling/over-mij/")
    assert Entry.objects.first().subject == known(PARENT).key
    assert "Sanne" not in parent.get("/toegang/inwoner/voor-wie/").content.decode()


def test_staff_end_it(cast, sanne):
    gerrit = cast.client("gerrit")
    gerrit.post(f"/toegang/vertegenwoordigers/{sanne.pk}/beeindigen/")
    sanne.refresh_from_db()
    assert sanne.ends_on == today()
    assert Entry.objects.filter(event="representation_ended").exists()


def test_who_goes_out_speaks_for_nobody_any_more(parent):
    parent.post("/toegang/inwoner/uitloggen/")
    assert parent.get("/uitwisseling/over-mij/").status_code == 302
    assert Entry.objects.filter(event="resident_out", subject=known(PARENT).key).exists()


# Attacks


def test_recording_or_ending_twice_happens_once(cast):
    gerrit = cast.client("gerrit")
    for _click in range(2):
        assert gerrit.post("/toegang/vertegenwoordigers/toevoegen/", form()).status_code == 302
    found = Representation.objects.get()
    for _click in range(2):
        gerrit.post(f"/toegang/vertegenwoordigers/{found.pk}/beeindigen/")
    assert Entry.objects.filter(event="representation_recorded").count() == 1
    assert Entry.objects.filter(event="representation_ended").count() == 1


@pytest.mark.parametrize("number", ["0", "999999", "-1", "1 OR 1=1", "١"])
def test_a_guessed_number_opens_nothing(sanne, number):
    stranger = comes_in(STRANGER)
    assert stranger.post("/toegang/inwoner/voor-wie/kiezen/", {"voor": number}).status_code == 404
    stranger.get("/uitwisseling/over-mij/")
    assert Entry.objects.first().subject == known(STRANGER).key


def test_it_does_not_work_the_other_way_round_nor_through_a_chain(sanne, cast):
    onward = form(represented=PARENT, representative=STRANGER, name="Ouder")
    further = actions.record_representation(**onward, recorded_by=cast.gerrit, by=somebody())
    child, stranger = comes_in(CHILD), comes_in(STRANGER)
    assert child.post("/toegang/inwoner/voor-wie/kiezen/", {"voor": sanne.pk}).status_code == 404
    stranger.post("/toegang/inwoner/voor-wie/kiezen/", {"voor": further.pk})
    assert stranger.post("/toegang/inwoner/voor-wie/kiezen/", {"voor": sanne.pk}).status_code == 404


def test_it_does_not_work_before_its_first_day(cast):
    later = form(begins_on=today() + timedelta(days=1))
    found = actions.record_representation(**later, recorded_by=cast.gerrit, by=somebody())
    assert comes_in(PARENT).post("/toegang/inwoner/voor-wie/kiezen/", {"voor": found.pk}).status_code == 404


def test_nobody_chooses_by_following_a_link(sanne):
    assert comes_in(PARENT).get(f"/toegang/inwoner/voor-wie/kiezen/?voor={sanne.pk}").status_code == 405


@pytest.mark.parametrize("page", ["/uitwisseling/over-mij/", "/toezicht/wie-keek/", "/toegang/inwoner/voor-wie/"])
def test_no_page_of_a_resident_stays_behind_in_a_browser(parent, page):
    assert "no-store" in parent.get(page)["Cache-Control"]


def test_both_find_it_among_what_is_held_on_them(cast, sanne):
    for number, other in ((CHILD, PARENT), (PARENT, CHILD)):
        held = cast.client("fenna").get(f"/toezicht/vastgelegd/inwoner/{known(number).key}/bestand/").json()["held"]
        assert "Sanne" in str(held["access.Representation"])
        assert other not in str(held), "the number of somebody else leaves with nobody"


@pytest.mark.parametrize("name", ["aaltje", "derk", "fenna", "hilda", "koen", "jolien"])
def test_who_does_not_keep_them_neither_reads_nor_ends_them(cast, sanne, name):
    client = cast.client(name)
    answers = [
        client.get("/toegang/vertegenwoordigers/"),
        client.post("/toegang/vertegenwoordigers/toevoegen/", form(representative=STRANGER)),
        client.post(f"/toegang/vertegenwoordigers/{sanne.pk}/beeindigen/"),
    ]
    assert [item.status_code for item in answers] == [403] * 3
    assert Representation.objects.get().ends_on == sanne.ends_on
