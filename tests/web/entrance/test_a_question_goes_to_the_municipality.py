"""A question that needs the municipality: what the law asks for at that moment, a draft, and what came of it."""

from datetime import timedelta

import msgspec
import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone
from stage import acting, heard

from cast import ILSE, somebody
from exchanging import BORN, MUNICIPALITY, PARTNER
from noaber.web.access import actions as access
from noaber.web.access.rights import rights_of
from noaber.web.entrance import passing, queries
from noaber.web.entrance.heard import Who
from noaber.web.entrance.models import Client, PassedOn
from noaber.web.exchange import actions as exchange
from noaber.web.exchange.decide import Agreed
from noaber.web.exchange.models import Agreement, Consent, Message
from noaber.web.exchange.play import _WMO, _YOUTH
from noaber.web.journal.models import Entry
from noaber.web.site.configuration import Peer

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
CALLER = Who(name="Truida Verzonnen", phone="0611112222")
WORDS = "Ik kom de trap niet meer op."
LIST = "/entree/overdragen/"


@pytest.fixture
def house(cast, partner):
    """The partner, connected with the municipality, with two agreements; Jolien may hand over as well."""
    given = {"begins_on": TODAY, "ends_on": TODAY + timedelta(days=30), "reason": "toneel", "given_by": None}
    access.give_role(cast.jolien, role="exchange_worker", by=somebody(), **given)
    peer = Peer(name="Gemeente", code=MUNICIPALITY, address="http://127.0.0.1:9", public_key_file="none.json")
    told = msgspec.structs.replace(settings.NOABER, code=PARTNER, peers=(peer,))
    with override_settings(NOABER=told):
        agree(cast, "wmo-maatwerk", _WMO)
        yield cast


def agree(cast, purpose, fields):
    terms = Agreed(
        key=f"{purpose}-x",
        sender=PARTNER,
        receiver=MUNICIPALITY,
        moment="naar-maatwerk",
        purpose=purpose,
        fields=fields,
        from_=TODAY,
        until=TODAY + timedelta(days=30),
    )
    made = exchange.draw_up_agreement(
        terms, organisation=cast.jolien.organisation, necessity="Nodig.", person=cast.koen, by=somebody()
    )
    exchange.approve_agreement(made, seen=made.content_hash, person=cast.gerrit, by=somebody())


def asked(cast, **told):
    told = {"outcome": "indicated_support", "words": WORDS, "caller": CALLER, "worker": cast.jolien} | told
    return heard(**told)


def written(cast, client=None, **more):
    """Write the handover of the only question that waits; returns the answer of the page."""
    passed = PassedOn.objects.get()
    given = {"number": ILSE, "born_on": BORN, "naam": "Truida Verzonnen", "vraag": WORDS, **more}
    return (client or cast.client("jolien")).post(f"{LIST}{passed.key}/wmo-maatwerk-x/", given)


def test_a_page_shows_per_field_what_may_go_and_by_which_article_and_types_nothing_twice(house):
    asked(house)
    client, passed = house.client("jolien"), PassedOn.objects.get()
    chosen = client.get(f"{LIST}{passed.key}/")
    assert chosen["Location"] == f"{LIST}{passed.key}/wmo-maatwerk-x/", "with one agreement there is nothing to choose"
    page = client.get(chosen["Location"]).content.decode()
    assert WORDS in page
    assert "0611112222" in page
    assert "Wmo 2015 art. 5.1.1" in page
    assert "alleen met toestemming" in page
    agree(house, "jeugdhulp", _YOUTH)
    assert client.get(f"{LIST}{passed.key}/").status_code == 200


def test_the_number_is_asked_for_now_and_stands_encrypted_and_nowhere_else(house):
    question = asked(house)
    answer = written(house)
    message = Message.objects.get()
    assert answer["Location"] == f"/uitwisseling/bericht/{message.key}/"
    assert (message.state, message.resident.number) == ("drafted", ILSE)
    assert Client.objects.get().resident == message.resident
    assert PassedOn.objects.get().reference == message.key
    told = " ".join(str(vars(line)) for line in Entry.objects.all())
    assert ILSE not in told
    assert ILSE not in answer["Location"]
    assert "concept" in house.client("jolien").get(f"/entree/contact/{question.contact.key}/").content.decode()


def test_a_wrong_number_is_refused_and_what_was_typed_stays(house):
    asked(house)
    answer = written(house, number="123456789", beperkingen="Traplopen gaat niet")
    assert answer.status_code == 422
    assert "Traplopen gaat niet" in answer.content.decode()
    assert not Message.objects.exists()


def test_a_second_click_writes_no_second_draft(house):
    asked(house)
    client = house.client("jolien")
    written(house, client)
    assert written(house, client)["Location"] == LIST
    assert Message.objects.count() == 1


def test_consent_is_recorded_on_the_draft_without_the_number_again(house):
    asked(house)
    written(house, jeugdhulp="De zoon heeft begeleiding.")
    client, message = house.client("jolien"), Message.objects.get()
    address = f"/uitwisseling/bericht/{message.key}/"
    assert "toestemming" in client.get(address).content.decode()
    given = {"origins": ["jeugdwet"], "given_by": "resident", "asked_how": "Aan de balie", "begins_on": TODAY}
    assert client.post(f"{address}toestemming/", given)["Location"] == address
    consent = Consent.objects.get()
    assert (consent.resident, consent.receiver, consent.purpose) == (message.resident, MUNICIPALITY, "wmo-maatwerk")
    client.post(f"{address}versturen/", {"gaat_mee": ["naam", "vraag", "jeugdhulp"]})
    message.refresh_from_db()
    assert message.content["jeugdhulp"] == "De zoon heeft begeleiding."


def states(house):
    on = timezone.now()
    mine = house.people["jolien"]
    return [item.kind for item in queries.today(_rights(mine), mine, on).now]


def _rights(person):
    return rights_of(person, TODAY)


def test_what_the_municipality_does_not_want_comes_back_to_who_must_act(house):
    question = asked(house)
    assert states(house) == ["hand_over"]
    written(house)
    message = Message.objects.get()
    exchange.send_message(message, fields=["naam", "vraag"], by=acting())
    assert states(house) == [], "it is on its way"
    page = house.client("jolien").get(LIST).content.decode()
    assert "onderweg" in page
    Message.objects.update(state="rejected")
    message.steps.create(state="rejected", at=timezone.now(), by_name="Gemeente", reason="Woont niet hier.")
    assert states(house) == ["hand_over"]
    shown = house.client("jolien").get(f"/entree/contact/{question.contact.key}/").content.decode()
    assert "Woont niet hier." in shown
    assert "Opnieuw overdragen" in house.client("jolien").get(LIST).content.decode()
    written(house)
    assert Message.objects.count() == 2
    assert passing.progress(PassedOn.objects.get()).state == "drafted"


def test_a_handover_worker_who_takes_no_calls_sees_what_waits_and_no_more(house):
    asked(house)
    other = asked(house, outcome="information")
    client = house.client("gerrit")
    assert client.get("/entree/")["Location"] == LIST
    assert "Truida Verzonnen" in client.get(LIST).content.decode()
    assert client.get(f"/entree/contact/{other.contact.key}/").status_code == 403


def test_without_an_agreement_nothing_can_be_sent_and_the_page_says_why(house):
    asked(house)
    exchange.end_agreement(Agreement.objects.get(), on=TODAY - timedelta(days=1), by=somebody())
    page = house.client("jolien").get(f"{LIST}{PassedOn.objects.get().key}/").content.decode()
    assert "AVG art. 5 lid 2" in page
