"""What the privacy officer sees, what a resident may see of it, and that looking is itself written down."""

import json

import pytest
from django.utils import timezone

from cast import ILSE, somebody
from noaber.web.access.models import Resident
from noaber.web.access.presence import By
from noaber.web.journal.actions import looked, write
from noaber.web.journal.models import Entry
from noaber.web.oversight import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def fenna(cast):
    return cast.client("fenna")


def a_look(cast, name="Het gespreksverslag"):
    by = By(at=timezone.now(), actor="x", name="Berend", role="Analist", organisation="Gemeente", purpose="Hulp bieden")
    looked(by=by, object=("report", 1), object_name=name, subject=cast.resident().key)


def test_reading_the_journal_is_in_the_journal_by_what_it_was_limited_to(fenna):
    assert fenna.get("/toezicht/logboek/", {"who": "Aaltje", "event": "looked"}).status_code == 200
    entry = Entry.objects.first()
    assert (entry.event, entry.details) == ("journal_read", {"limited_by": ["who", "event"]})
    assert entry.purpose == "Controleren wie wat deed en wie keek"
    assert entry.actor_role == "Functionaris gegevensbescherming"


def shown(client, **limits):
    return [words for _, words in client.get("/toezicht/logboek/", limits).context["entries"]]


def test_the_journal_is_limited_by_person_subject_event_and_period(fenna, cast):
    a_look(cast)
    today = timezone.localdate().isoformat()
    assert shown(fenna, event="looked") == ["Berend keek in Het gespreksverslag."]
    assert len(shown(fenna, subject=cast.resident().key)) == 2
    assert shown(fenna, who="berend", event="looked", begins_on=today, ends_on=today)
    assert not shown(fenna, event="looked", begins_on="2100-01-01")
    assert not shown(fenna, event="looked", ends_on="2000-01-01")
    assert fenna.get("/toezicht/logboek/", {"begins_on": "gisteren"}).status_code == 422


def test_the_journal_is_read_page_by_page(fenna):
    for number in range(60):
        write("team_kept", by=somebody(), object_name=f"team {number:02}")
    first = fenna.get("/toezicht/logboek/", {"event": "team_kept"})
    assert len(first.context["entries"]) == 50
    second = fenna.get("/toezicht/logboek/", {"event": "team_kept", "voor": first.context["older"]})
    assert len(second.context["entries"]) == 10
    assert second.context["older"] is None


def test_the_officer_lets_the_chain_be_followed(fenna):
    fenna.post("/toezicht/logboek/nalopen/")
    assert Entry.objects.filter(event="journal_whole").exists()
    assert "alles klopt" in fenna.get("/toezicht/logboek/").content.decode()


def test_a_resident_sees_who_looked_by_role_and_purpose_not_by_name(cast):
    a_look(cast)
    page = cast.resident_client().get("/toezicht/wie-keek/").content.decode()
    assert "Het gespreksverslag" in page
    assert "Hulp bieden" in page
    assert "Berend" not in page
    assert Entry.objects.first().event == "own_looks_read"


def test_a_resident_sees_nothing_of_another(cast):
    looked(by=somebody(), object=("report", 2), object_name="Van een ander", subject="een ander")
    assert "Van een ander" not in cast.resident_client().get("/toezicht/wie-keek/").content.decode()


def test_all_that_is_held_on_a_resident_is_found_by_number_that_stands_in_no_address(fenna, cast):
    resident = cast.resident()
    answer = fenna.post("/toezicht/vastgelegd/", {"number": ILSE})
    assert answer["Location"] == f"/toezicht/vastgelegd/inwoner/{resident.key}/"
    page = fenna.get(answer["Location"])
    assert ILSE in page.content.decode()
    assert Entry.objects.first().event == "held_shown"
    assert Entry.objects.first().subject == resident.key
    assert ILSE not in str(list(Entry.objects.values_list()))


def test_all_that_is_held_on_somebody_comes_as_a_file_without_secrets(fenna, cast):
    cast.client("berend").get("/toegang/mijn-account/")
    answer = fenna.get(f"/toezicht/vastgelegd/medewerker/{cast.berend.key}/bestand/")
    assert answer["Content-Disposition"].startswith("attachment")
    held = json.loads(answer.content)["held"]
    assert {"access.Person", "access.Assignment", "otp_static.StaticDevice"} <= set(held)
    assert held["access.Person"]["rows"][0]["email"] == "berend@noaberstad.example"
    assert "password" not in held["access.Person"]["rows"][0]
    assert held["access.Assignment"]["rows"][0]["role"] == "analyst"
    assert Entry.objects.first().event == "held_exported"


def test_everything_somebody_did_is_held_on_them_as_well(fenna, cast):
    cast.client("derk").post("/toegang/teams/toevoegen/", {"organisation": cast.derk.organisation.pk, "name": "Noord"})
    held = json.loads(fenna.get(f"/toezicht/vastgelegd/medewerker/{cast.derk.key}/bestand/").content)["held"]
    assert "team_kept" in [row["event"] for row in held["journal.Entry"]["rows"]]


@pytest.mark.parametrize(
    "given", [{"number": ""}, {"number": "123"}, {"number": ILSE, "email": "a@b.nl"}, {"email": "niemand@b.nl"}]
)
def test_who_asks_for_nobody_reads_so(fenna, given):
    assert fenna.post("/toezicht/vastgelegd/", given).status_code == 422


def test_the_register_names_every_purpose_its_basis_and_its_term(fenna):
    page = fenna.get("/toezicht/register/").content.decode()
    assert "Weten wie inlogt en wie wat doet" in page
    assert "burgerservicenummer, versleuteld" in page
    assert "5 jaar" in page


def test_the_page_on_keeping_shows_what_goes_tonight_and_what_went(fenna, cast):
    cast.resident()
    Resident.objects.update(last_here_at="2001-01-01T00:00:00Z")
    assert "access.Resident" in fenna.get("/toezicht/bewaren/").content.decode()
    actions.destroy_due(at=timezone.now(), by=somebody())
    page = fenna.get("/toezicht/bewaren/")
    assert not page.context["past"]
    assert page.context["batches"][0]["model"] == "access.Resident"
