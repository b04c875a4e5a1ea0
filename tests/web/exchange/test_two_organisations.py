"""Two organisations, two processes, two databases, real HTTP: what is sent arrives once, whatever happens."""

from __future__ import annotations

import http.client
import json
import signal
from datetime import UTC, datetime

import httpx
import pytest

from between import keys_in, line, sealed
from exchanging import CONTENT, MUNICIPALITY, NUMBERS, PARTNER
from noaber.connections import exchange
from two_installations import make


@pytest.fixture
def municipality(both, between):
    between.forget()
    return both[MUNICIPALITY]


@pytest.fixture
def partner(both):
    return both[PARTNER]


def arrive(partner, number=NUMBERS[0]):
    """Send a message and let it arrive; returns its key."""
    key = partner.do("send", number=number)
    assert partner.do("deliver")["said"] >= 1
    return key


def test_what_is_sent_arrives_and_what_is_answered_comes_back(municipality, partner):
    key = arrive(partner)
    there = municipality.do("tell", key=key)
    assert (there["state"], there["number"]) == ("delivered", NUMBERS[0])
    assert there["content"] == {name: value for name, value in CONTENT.items() if name != "jeugdhulp"}
    assert "Wmo 2015 art. 5.1.1" in there["grounds"]["beperkingen"]
    here = partner.do("tell", key=key)
    assert here["state"] == "delivered"
    assert json.loads(here["receipt"])["status"] == "afgeleverd"
    assert "toestemming" in here["left_out"]["jeugdhulp"]

    municipality.do("acknowledge", key=key)
    assert municipality.do("deliver")["said"] == 1
    assert partner.do("tell", key=key)["state"] == "acknowledged"
    assert partner.do("events", key=key) == [
        "message_drafted",
        "message_sent",
        "message_said",
        "peer_acknowledged",
    ]
    assert municipality.do("events", key=key) == ["message_received", "message_acknowledged", "message_said"]


def test_who_listens_in_learns_nothing_of_anyone(municipality, partner, between):
    partner.do("consent", number=NUMBERS[1])
    arrive(partner, NUMBERS[1])
    passed = b"".join(head + body for head, body in between.asked)
    assert passed
    for word in (NUMBERS[1], *CONTENT.values(), "gegevens"):
        assert word.encode() not in passed


def test_consent_lets_more_go_and_its_withdrawal_stops_what_waits(municipality, partner):
    partner.do("consent", number=NUMBERS[2])
    key = partner.do("send", number=NUMBERS[2])
    partner.do("withdraw_consents")
    assert partner.do("deliver") == {"said": 0, "postponed": 0, "refused": 0, "stopped": 1}
    assert municipality.do("tell", key=key) is None
    here = partner.do("tell", key=key)
    assert here["state"] == "withdrawn"
    assert "Wmo 2015 art. 5.1.1 lid 4" in here["steps"][-1][2]

    partner.do("consent", number=NUMBERS[2])
    key = arrive(partner, NUMBERS[2])
    assert municipality.do("tell", key=key)["content"]["jeugdhulp"] == CONTENT["jeugdhulp"]


def test_a_worker_that_is_killed_half_way_loses_nothing_and_doubles_nothing(municipality, partner, between):
    before = municipality.do("count")
    key = partner.do("send", number=NUMBERS[3])
    between.swallow = True
    worker = partner.command("deliver")
    assert between.heard.wait(30), "the message did not reach the other side"
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    between.swallow = False

    assert municipality.do("tell", key=key)["state"] == "delivered"
    assert partner.do("tell", key=key)["state"] == "sent"
    assert partner.do("deliver")["said"] == 0, "it is still in the hands of the one that was killed"
    partner.do("hurry")
    assert partner.do("deliver")["said"] == 1
    assert partner.do("tell", key=key)["state"] == "delivered"
    assert partner.do("tell", key=key)["attempts"] == [2]
    assert municipality.do("count") == before + 1
    assert municipality.do("events", key=key) == ["message_received"]


def test_two_workers_at_once_say_everything_once(municipality, partner):
    before = municipality.do("count")
    sent = [partner.do("send", number=number) for number in NUMBERS[4:8]]
    workers = [partner.command("deliver") for _ in range(2)]
    told = [worker.communicate(timeout=60)[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0], told
    assert {partner.do("tell", key=key)["state"] for key in sent} == {"delivered"}
    assert municipality.do("count") == before + len(sent)
    assert {tuple(partner.do("tell", key=key)["attempts"]) for key in sent} == {(1,)}


def test_a_dead_other_side_is_tried_again_and_later_every_time(municipality, partner):
    key = partner.do("send", number=NUMBERS[0])
    municipality.stop()
    try:
        assert partner.do("deliver")["postponed"] == 1
        assert partner.do("deliver") == {"said": 0, "postponed": 0, "refused": 0, "stopped": 0}
        partner.do("hurry")
        assert partner.do("deliver")["postponed"] == 1
        told = partner.do("tell", key=key)
        assert (told["state"], told["open"], told["attempts"]) == ("sent", 1, [2])
        assert told["trouble"][0].startswith("127.0.0.1")
    finally:
        municipality.start()
    partner.do("hurry")
    assert partner.do("deliver")["said"] == 1
    assert municipality.do("tell", key=key)["state"] == "delivered"


def test_what_is_rejected_is_emptied_there_and_says_why_here(municipality, partner):
    key = arrive(partner)
    municipality.do("reject", key=key)
    municipality.do("deliver")
    assert municipality.do("tell", key=key)["content"] == {}
    here = partner.do("tell", key=key)
    assert (here["state"], here["steps"][-1][2]) == ("rejected", "Dit is niet voor ons.")


def test_what_is_withdrawn_is_emptied_there_even_after_it_was_taken_over(municipality, partner):
    key = arrive(partner)
    municipality.do("acknowledge", key=key)
    partner.do("withdraw", key=key)
    partner.do("deliver")
    municipality.do("deliver")
    there = municipality.do("tell", key=key)
    assert (there["state"], there["content"]) == ("withdrawn", {})
    assert partner.do("tell", key=key)["state"] == "withdrawn"


def test_what_is_withdrawn_before_it_left_never_leaves(municipality, partner):
    key = partner.do("send")
    partner.do("withdraw", key=key)
    partner.do("deliver")
    assert municipality.do("tell", key=key) is None


def test_a_withdrawal_that_overtakes_its_message_wins(municipality, partner):
    client = line(municipality, partner)
    envelope = sealed(municipality, "f" * 32)
    assert client.tell(envelope.key, "ingetrokken", "Verkeerde inwoner.").status == "ingetrokken"
    assert client.send(envelope).status == "ingetrokken"
    assert municipality.do("tell", key=envelope.key)["content"] == {}


def test_an_agreement_that_ended_there_lets_nothing_in(municipality, partner):
    for place in (municipality, partner):
        place.do("agree", key="kort-2026")
    municipality.do("end", key="kort-2026")
    key = partner.do("send", agreement="kort-2026")
    assert partner.do("deliver")["refused"] == 1
    assert municipality.do("tell", key=key) is None
    here = partner.do("tell", key=key)
    assert here["state"] == "rejected"
    assert "AVG art. 5 lid 2" in here["steps"][-1][2]


def test_keys_are_renewed_without_losing_a_message(municipality, partner):
    """The partner signs with a new key before the municipality has it: what it sends waits, and then arrives."""
    file = municipality.folder / "other.json"
    renewed = partner.command("exchange_keys", str(partner.folder / "new.json"), "--renew")
    assert renewed.wait(30) == 0
    renewed.communicate()
    key = partner.do("send")
    assert partner.do("deliver")["postponed"] == 1
    file.write_bytes((partner.folder / "new.json").read_bytes())
    partner.do("hurry")
    assert partner.do("deliver")["said"] == 1
    municipality.do("acknowledge", key=key)
    assert municipality.do("deliver")["said"] == 1


# What somebody tries who is not the partner, or who heard the partner speak.


def overheard(between):
    """Return the last question that passed, as whoever listens in has it: path, headers and body."""
    head, body = between.asked[-1]
    first, *lines = head.decode().split("\r\n")
    headers = dict(item.split(": ", 1) for item in lines)
    return first.split()[1], {name.lower(): value for name, value in headers.items()}, body


def say(place, path, headers, body):
    """Say bytes as they are, and return the status and the answer."""
    asking = http.client.HTTPConnection("127.0.0.1", place.port)
    asking.request("POST", path, body, {**headers, "connection": "close"})
    answer = asking.getresponse()
    found = answer.status, json.loads(answer.read())
    asking.close()
    return found


def test_who_says_again_what_was_overheard_is_refused(municipality, partner, between):
    arrive(partner)
    before = municipality.do("count")
    status, problem = say(municipality, *overheard(between))
    assert (status, problem["type"]) == (401, "urn:noaber:uitwisseling:handtekening")
    assert municipality.do("count") == before


@pytest.mark.parametrize("part", ["body", "path", "nonce", "host"])
def test_who_changes_what_was_overheard_is_refused(municipality, partner, between, part):
    arrive(partner)
    path, headers, body = overheard(between)
    if part == "body":
        told = json.loads(body)
        body = json.dumps({**told, "doel": "jeugdhulp"}).encode()
        headers["content-length"] = str(len(body))
    if part == "path":
        path = f"/api/v1/berichten/{json.loads(body)['berichtId']}/statussen"
    if part == "nonce":
        headers["signature-input"] = headers["signature-input"].replace('nonce="', 'nonce="x')
    if part == "host":
        headers["host"] = "localhost"
    assert say(municipality, path, headers, body)[0] == 401


def test_a_key_that_nobody_handed_over_opens_nothing(municipality, partner):
    stranger = exchange.OwnKeys.of({1: b"x" * 32})
    with pytest.raises(exchange.PeerUnreachableError, match="no answer that counts"):
        line(municipality, partner, stranger).send(sealed(municipality, "a" * 32))
    assert municipality.do("tell", key="a" * 32) is None


def test_without_a_signature_there_is_only_the_description(municipality):
    address = f"{municipality.address}/api/v1"
    assert httpx.get(f"{address}/openapi.json").json()["openapi"] == "3.1.0"
    for method, path in (("POST", "berichten"), ("GET", f"berichten/{'a' * 32}"), ("DELETE", "berichten")):
        answer = httpx.request(method, f"{address}/{path}")
        assert answer.status_code in (401, 405)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["api-version"] == "1.0.0"


def test_one_who_answers_without_the_key_is_not_believed(municipality, partner):
    other = exchange.OwnKeys.of({1: b"y" * 32})
    client = exchange.Client(municipality.address, keys_in(partner), other.public(), lambda: datetime.now(UTC))
    with pytest.raises(exchange.PeerUnreachableError):
        client.ask("a" * 32)


def test_more_than_was_agreed_is_not_taken_in(municipality, partner):
    for shared in ({"school": "De Brug"}, {"strafblad": "leeg"}):
        with pytest.raises(exchange.PeerRefusedError, match=r"AVG art\. 5 lid 1 onder c"):
            line(municipality, partner).send(sealed(municipality, "b" * 32, shared))
    assert municipality.do("tell", key="b" * 32) is None


def test_all_that_is_wrong_is_said_at_once(municipality, partner):
    client = line(municipality, partner)
    with pytest.raises(exchange.PeerRefusedError) as refused:
        client._ask("POST", "berichten", b'{"berichtId": "kort", "extra": 1}', {"idempotency-key": "x"})
    assert refused.value.where == "urn:noaber:uitwisseling:onleesbaar"


def test_the_demo_is_played_by_both(tmp_path_factory):
    places = make(tmp_path_factory.mktemp("demo"))
    try:
        for place in places.values():
            place.start()
            assert [place.do("act", scene="agree") for _ in range(2)] == [3, 0]
        assert [places[PARTNER].do("act", scene="hand_over")["said"] for _ in range(2)] == [3, 0]
        assert [places[MUNICIPALITY].do("act", scene="answer")["said"] for _ in range(2)] == [2, 0]
        assert places[PARTNER].do("states") == ["acknowledged", "rejected", "delivered", "drafted"]
        assert places[MUNICIPALITY].do("states") == ["acknowledged", "rejected", "delivered"]
    finally:
        for place in places.values():
            place.stop()
