"""Somebody whom only the entrance knows asks what is held: found by a name, from every room, in words one can read."""

import json

import pytest
from django.test import override_settings
from django.utils import timezone

from cast import ILSE, somebody
from noaber.web.access.models import Team
from noaber.web.entrance import actions as entrance
from noaber.web.entrance.heard import Heard, Who
from noaber.web.entrance.models import Client, PassedOn
from noaber.web.frontdesk import actions as frontdesk
from noaber.web.frontdesk.models import WebForm
from noaber.web.journal.models import Entry
from noaber.web.privacy.declaration import declarations
from noaber.web.privacy.held import HIDDEN
from noaber.web.privacy.labels import label, labels
from noaber.web.support import actions as support

pytestmark = pytest.mark.django_db
AT = timezone.now()


@pytest.fixture
def house(cast):
    """The partner, where Wim asked at the desk and on the web, was clarified, and is helped by a team."""
    with override_settings(ROOT_URLCONF="noaber.web.site.urls_partner"):
        told = {"channel": "desk", "theme": "gezondheid", "outcome": "basic_support", "words": "Ik eet niet meer goed."}
        asked = entrance.register(
            Heard(caller=Who(name="Wim Roelofs", phone="0611112222"), **told), at=AT, by=somebody(), worker=cast.jolien
        )
        entrance.clarify(asked, told={"said": "Alleen eten lukt niet"}, person=cast.jolien, at=AT, by=somebody())
        team = Team.objects.create(organisation=cast.jolien.organisation, name="Noord", districts=["WK1"])
        question, _taken = support.take_up_from_entrance(
            PassedOn.objects.get(), team=team, person=cast.gerrit, at=AT, by=somebody()
        )
        for person in (cast.gerrit, cast.koen):
            support.judge(question, outcome="support", words="Past", person=person, at=AT, by=somebody())
        web_form(cast)
        yield cast


def web_form(cast):
    form = frontdesk.begin(code="abc", at=AT, by=somebody())
    answers = {"words": "Mag mijn hond mee?", "theme": "anders", "name": "W. Roelofs", "answer_by": "code"}
    frontdesk.keep(form, answers=answers, at=AT, by=somebody())
    frontdesk.send(form, district="", at=AT, by=somebody())
    twin = Client.objects.get(name="W. Roelofs")
    entrance.merge(twin, into=Client.objects.get(name="Wim Roelofs"), person=cast.jolien, at=AT, by=somebody())


def held(house, key, kind="entrance-client"):
    return json.loads(house.client("fenna").get(f"/toezicht/vastgelegd/{kind}/{key}/bestand/").content)["held"]


def test_somebody_without_a_number_is_found_by_words_that_stand_nowhere(house):
    page = house.client("fenna").post("/toezicht/vastgelegd/", {"words": "roelofs 0611"}).content.decode()
    wim = Client.objects.get(name="Wim Roelofs")
    assert f"/toezicht/vastgelegd/entrance-client/{wim.key}/" in page
    assert "W. Roelofs" not in page
    assert Entry.objects.first().event == "clients_searched"
    assert "roelofs" not in str(list(Entry.objects.filter(event="clients_searched").values_list())).lower()


def test_everything_of_every_room_is_there_of_doubles_as_well(house):
    found = held(house, Client.objects.get(name="Wim Roelofs").key)
    rooms = {"entrance.Client", "entrance.Contact", "entrance.Question", "entrance.Clarification", "entrance.PassedOn"}
    rooms |= {"frontdesk.WebForm", "support.Question", "support.Case", "support.Member"}
    assert rooms <= set(found)
    assert [row["words"] for row in found["entrance.Question"]["rows"]] == [
        "Ik eet niet meer goed.",
        "Mag mijn hond mee?",
    ]
    assert len(found["entrance.Client"]["rows"]) == 2
    assert "code_hash" not in found["frontdesk.WebForm"]["rows"][0]
    assert WebForm.objects.get().contact.caller != Client.objects.get(name="Wim Roelofs")


def test_a_number_leads_to_the_same_once_the_law_asked_for_it(house):
    resident = house.resident()
    assert "entrance.Client" not in held(house, resident.key, "inwoner")
    Client.objects.filter(name="Wim Roelofs").update(resident=resident)
    found = held(house, resident.key, "inwoner")
    assert {"entrance.Client", "support.Member", "access.Resident"} <= set(found)
    answer = house.client("fenna").post("/toezicht/vastgelegd/", {"number": ILSE})
    page = house.client("fenna").get(answer["Location"]).content.decode()
    for words in ("de vraag in eigen woorden", "wat iemand vertelde", "burgerservicenummer", "hoe te bereiken"):
        assert words in page
    for name in ("own_words", "answered_at", "<dt>said</dt>"):
        assert name not in page


def test_a_resident_sees_who_looked_before_the_number_was_known(house):
    wim = Client.objects.get(name="Wim Roelofs")
    entrance.look_at_client(wim, by=somebody())
    resident = house.resident()
    Client.objects.filter(pk=wim.pk).update(resident=resident)
    page = house.resident_client().get("/toezicht/wie-keek/").content.decode()
    assert "de contacten van een inwoner" in page


def test_the_look_itself_is_about_the_resident_and_names_nobody(house):
    wim = Client.objects.get(name="Wim Roelofs")
    house.client("fenna").get(f"/toezicht/vastgelegd/entrance-client/{wim.key}/")
    entry = Entry.objects.first()
    assert (entry.event, entry.subject, entry.object_name) == ("held_shown", wim.key, "een inwoner")


def test_every_field_that_can_be_shown_is_called_something_in_dutch():
    shown = [(item, name) for item in declarations() if item.subjects for name in item.fields]
    without = [f"{item.label}.{name}" for item, name in shown if item.fields[name].kind not in HIDDEN]
    without = [path for path in without if not _called(path)]
    assert not without, "give it a row in privacy/labels.toml"


def _called(path):
    room, model, name = path.split(".")
    return label(next(item for item in declarations() if item.label == f"{room}.{model}"), name)


def test_every_label_is_of_a_field_that_is_there():
    names = {name for item in declarations() for name in item.fields}
    paths = {f"{item.label}.{name}" for item in declarations() for name in item.fields}
    assert set(labels()) <= names | paths
