"""The pages of the exchange, as the people of the municipality and a resident use them."""

from datetime import timedelta

import msgspec
import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from browser import faults
from cast import ILSE, somebody
from exchanging import BORN, CONTENT, FIELDS, MUNICIPALITY, PARTNER
from noaber.web.access import actions as access
from noaber.web.exchange.models import Agreement, Consent, Message
from noaber.web.journal.models import Entry
from noaber.web.site.configuration import Peer

pytestmark = pytest.mark.django_db
ROOM = "/uitwisseling/"
TODAY = timezone.localdate()


@pytest.fixture
def staff(cast):
    """The cast, where Hilda hands over and Berend and Carolien keep the agreements; the partner is connected."""
    for name, role in (("hilda", "exchange_worker"), ("berend", "exchange_manager"), ("carolien", "exchange_manager")):
        access.give_role(
            cast.people[name],
            role=role,
            begins_on=TODAY,
            ends_on=TODAY + timedelta(days=30),
            reason="toneel",
            given_by=None,
            by=somebody(),
        )
    peer = Peer(name="Naoberwerk", code=PARTNER, address="http://127.0.0.1:9", public_key_file="none.json")
    with override_settings(NOABER=msgspec.structs.replace(settings.NOABER, peers=(peer,))):
        yield cast


def draw_up(client, key="wmo-2026"):
    return client.post(
        f"{ROOM}afspraken/nieuw/",
        {
            "key": key,
            "direction": f"{MUNICIPALITY}>{PARTNER}",
            "moment": "naar-maatwerk",
            "purpose": "wmo-maatwerk",
            "fields_agreed": sorted(FIELDS),
            "necessity": "Zonder dit begint het onderzoek opnieuw.",
            "begins_on": TODAY,
            "ends_on": TODAY + timedelta(days=300),
        },
    )


@pytest.fixture
def agreement(staff):
    draw_up(staff.client("berend"))
    found = Agreement.objects.get()
    staff.client("carolien").post(f"{ROOM}afspraken/wmo-2026/goedkeuren/", {"gezien": found.content_hash})
    return Agreement.objects.get()


@pytest.fixture
def draft(staff, agreement):
    given = {"number": ILSE, "born_on": BORN, **CONTENT}
    staff.client("hilda").post(f"{ROOM}nieuw/wmo-2026/", given)
    return Message.objects.get()


def test_nobody_approves_what_they_drew_up(staff):
    draw_up(staff.client("berend"))
    found = Agreement.objects.get()
    address = f"{ROOM}afspraken/wmo-2026/goedkeuren/"
    staff.client("berend").post(address, {"gezien": found.content_hash})
    assert Agreement.objects.get().approved_at is None
    staff.client("carolien").post(address, {"gezien": "iets anders"})
    assert Agreement.objects.get().approved_at is None
    staff.client("carolien").post(address, {"gezien": found.content_hash})
    assert Agreement.objects.get().approved_by == staff.carolien


def test_an_agreement_that_was_changed_behind_our_back_holds_no_longer(agreement):
    assert agreement.runs(TODAY)
    agreement.fields = [*agreement.fields, "schulden"]
    assert not agreement.runs(TODAY)


def test_a_draft_says_what_may_go_and_what_stays_and_why(staff, draft):
    page = staff.client("hilda").get(f"{ROOM}bericht/{draft.key}/").content.decode()
    assert "Wmo 2015 art. 5.1.1 lid 4" in page
    stays = page.partition("Dit blijft hier")[2]
    assert "Jeugdhulp" in stays
    assert "Beperkingen" not in stays


def test_what_is_sent_is_what_was_ticked_and_allowed(staff, draft):
    chosen = {"gaat_mee": ["naam", "vraag", "jeugdhulp"]}
    staff.client("hilda").post(f"{ROOM}bericht/{draft.key}/versturen/", chosen)
    sent = Message.objects.get()
    assert (sent.state, set(sent.content)) == ("sent", {"naam", "vraag"})
    assert "toestemming" in sent.left_out["jeugdhulp"]
    assert "koos" in sent.left_out["adres"]


def test_consent_lets_the_rest_go(staff, draft):
    given = {
        "number": ILSE,
        "receiver": PARTNER,
        "purpose": "wmo-maatwerk",
        "origins": ["jeugdwet"],
        "given_by": "resident",
        "asked_how": "In een gesprek.",
        "begins_on": TODAY,
    }
    staff.client("hilda").post(f"{ROOM}toestemmingen/nieuw/", given)
    assert Consent.objects.get().resident == staff.resident()
    page = staff.client("hilda").get(f"{ROOM}bericht/{draft.key}/").content.decode()
    assert "Dit blijft hier" not in page


def test_who_guards_privacy_sees_what_was_shared_and_not_what_it_says(staff, draft):
    staff.client("hilda").post(f"{ROOM}bericht/{draft.key}/versturen/", {"gaat_mee": sorted(FIELDS)})
    page = staff.client("fenna").get(f"{ROOM}bericht/{draft.key}/").content.decode()
    assert "Naam" in page
    for word in (CONTENT["naam"], CONTENT["vraag"], ILSE):
        assert word not in page
    assert staff.client("fenna").post(f"{ROOM}bericht/{draft.key}/intrekken/", {"reason": "x"}).status_code == 403


def test_another_organisation_finds_nothing(staff, draft):
    gerrit = staff.client("gerrit")
    assert draft.key not in gerrit.get(ROOM).content.decode()
    for end in ("", "aanpassen/"):
        assert gerrit.get(f"{ROOM}bericht/{draft.key}/{end}").status_code == 404
    for end in ("versturen/", "intrekken/", "afwijzen/", "overnemen/"):
        assert gerrit.post(f"{ROOM}bericht/{draft.key}/{end}", {"reason": "x"}).status_code == 404
    assert gerrit.get(f"{ROOM}afspraken/wmo-2026/").status_code == 404


def test_every_look_is_in_the_journal(staff, draft):
    staff.client("hilda").get(f"{ROOM}bericht/{draft.key}/")
    last = Entry.objects.first()
    assert (last.event, last.actor, last.subject) == ("looked", staff.hilda.key, staff.resident().key)
    assert last.purpose


def test_a_resident_sees_what_left_and_withdraws_consent(staff, draft):
    test_consent_lets_the_rest_go(staff, draft)
    client = staff.resident_client()
    assert "Er is nog niets over u gedeeld" in client.get(f"{ROOM}over-mij/").content.decode()
    key = Consent.objects.get().key
    assert client.post(f"{ROOM}over-mij/{key}/intrekken/").status_code == 302
    assert Consent.objects.get().withdrawn_on == TODAY


def test_a_wrong_number_is_said_at_the_field_and_what_was_typed_stays(staff, agreement):
    answer = staff.client("hilda").post(f"{ROOM}nieuw/wmo-2026/", {"number": "123", "born_on": BORN, **CONTENT})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Dit is geen burgerservicenummer" in page
    assert CONTENT["vraag"] in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_on_the_pages_with_something_on_them(staff, draft, live_server, browser, dark):
    client = staff.client("hilda")
    context = browser.new_context(viewport={"width": 360, "height": 800}, color_scheme="dark" if dark else "light")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    for end in ("", f"bericht/{draft.key}/", "nieuw/wmo-2026/", "afspraken/", "afspraken/wmo-2026/", "toestemmingen/"):
        page.goto(f"{live_server.url}{ROOM}{end}")
        assert not faults(page), end
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), end
    context.close()
