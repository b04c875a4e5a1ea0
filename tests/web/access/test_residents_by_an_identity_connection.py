"""A resident comes in by the identity connection, over real HTTP with the fake that says it is one."""

from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec
import pytest
from django.conf import settings as django_settings
from django.test import Client

from cast import ILSE
from noaber.connections.identity import FakeIdentity
from noaber.web.access.models import Resident
from noaber.web.journal.models import Entry
from noaber.web.site.configuration import OpenIdConnect

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def fake():
    made_up = FakeIdentity([(ILSE, "Ilse")], acr="substantieel")
    with made_up.serve():
        yield made_up


@pytest.fixture
def connected(fake, settings, tmp_path):
    (tmp_path / "secret").write_text("geheim")
    residents = OpenIdConnect(
        client_id="noaber",
        client_secret_file=str(tmp_path / "secret"),
        second_factor=("substantieel",),
        **fake.settings(),
    )
    settings.NOABER = msgspec.structs.replace(django_settings.NOABER, residents=residents)
    fake.override = {}
    return fake


def go_there(client):
    there = client.post("/toegang/inwoner/verder/", {"next": "/toezicht/wie-keek/"})["Location"]
    back = urlsplit(httpx.post(there, data={"who": ILSE}).headers["Location"])
    return back.path, {name: value[0] for name, value in parse_qs(back.query).items()}


def come_in(client):
    return client.get(*go_there(client))


def test_a_resident_comes_in_and_is_the_same_one_the_next_time(connected):
    client = Client()
    assert come_in(client)["Location"] == "/toezicht/wie-keek/"
    assert client.get("/toezicht/wie-keek/").status_code == 200
    come_in(Client())
    resident = Resident.objects.get()
    assert resident.number == ILSE
    assert client.session["resident"] == resident.key
    assert ILSE not in str(list(Entry.objects.values_list())) + str(dict(client.session))


def test_a_resident_is_out_after_a_quarter_of_an_hour(connected):
    client = Client()
    come_in(client)
    assert client.session.get_expiry_age() == 15 * 60


def test_a_resident_goes_out(connected):
    client = Client()
    come_in(client)
    assert client.post("/toegang/inwoner/uitloggen/").status_code == 302
    assert Entry.objects.first().event == "resident_out"
    assert client.get("/toezicht/wie-keek/")["Location"].startswith("/toegang/inwoner/")


@pytest.mark.parametrize(
    "wrong",
    [
        {"acr": "basis"},
        {"iss": "https://elders.example"},
        {"aud": "een ander"},
        {"nonce": "van een ander"},
        {"bsn": "12345"},
        {"exp": 1},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_token_that_is_not_right_lets_nobody_in(connected, wrong):
    connected.override = wrong
    client = Client()
    assert come_in(client)["Location"] == "/toegang/inwoner/"
    assert not Resident.objects.exists()
    assert "resident" not in client.session


def test_an_answer_that_somebody_else_asked_for_lets_nobody_in(connected):
    mine, theirs = Client(), Client()
    path, answer = go_there(theirs)
    go_there(mine)
    assert mine.get(path, answer)["Location"] == "/toegang/inwoner/"


def test_an_answer_works_once(connected):
    client = Client()
    path, answer = go_there(client)
    client.get(path, answer)
    assert client.get(path, answer)["Location"] == "/toegang/inwoner/"


def test_nothing_of_an_earlier_session_stays(connected, cast):
    client = cast.client("fenna")
    come_in(client)
    assert "_auth_user_id" not in client.session
    assert client.get("/toezicht/logboek/")["Location"].startswith("/toegang/inloggen/")


def test_the_fake_says_that_it_is_one(connected):
    page = httpx.get(connected.issuer).text
    assert "Dit is geen DigiD. Dit is nep" in page
    assert "<title>Dit is geen DigiD</title>" in page


def test_without_a_connection_residents_read_so():
    assert "nog niet inloggen" in Client().get("/toegang/inwoner/").content.decode()
    assert Client().post("/toegang/inwoner/verder/").status_code == 404
