"""The imitation of the other organisation and a real one over HTTP pass the same tests."""

import secrets
from datetime import UTC, datetime

import pytest

from between import keys_in, line, sealed
from exchanging import MUNICIPALITY, PARTNER
from noaber.connections import exchange


@pytest.fixture
def municipality(both, between):
    between.forget()
    return both[MUNICIPALITY]


@pytest.fixture
def partner(both):
    return both[PARTNER]


@pytest.fixture(params=["fake", "real"])
def other(request, municipality, partner):
    """A line to the municipality, real or imitated; both have its keys."""
    if request.param == "real":
        return line(municipality, partner)
    return exchange.Fake(keys_in(municipality), lambda: datetime.now(UTC), frozenset({"wmo-2026"}))


@pytest.fixture
def envelope(municipality):
    return sealed(municipality, secrets.token_hex(16))


def test_a_message_is_taken_once(other, envelope, municipality):
    first = other.send(envelope)
    again = other.send(sealed(municipality, envelope.key))
    assert (first.key, first.status) == (envelope.key, "afgeleverd")
    assert again == first == other.ask(envelope.key)


def test_another_message_under_the_same_key_is_refused(other, envelope, municipality):
    other.send(envelope)
    with pytest.raises(exchange.PeerRefusedError, match="ander bericht"):
        other.send(sealed(municipality, envelope.key, {"naam": "Iemand anders"}))


def test_without_an_agreement_nothing_is_taken(other, municipality):
    envelope = sealed(municipality, secrets.token_hex(16), agreement="onbekend")
    with pytest.raises(exchange.PeerRefusedError, match="afspraak"):
        other.send(envelope)
    with pytest.raises(exchange.PeerRefusedError, match="niet bekend"):
        other.ask(envelope.key)


def test_a_withdrawal_may_come_twice_and_too_early(other, envelope):
    for _ in range(2):
        assert other.tell(envelope.key, "ingetrokken", "Verkeerde inwoner.").status == "ingetrokken"
    assert other.send(envelope).status == "ingetrokken"
    assert other.ask(envelope.key).status == "ingetrokken"


def test_what_was_withdrawn_stays_withdrawn(other, envelope):
    other.send(envelope)
    other.tell(envelope.key, "ingetrokken", "Verkeerde inwoner.")
    assert other.send(envelope).status == "ingetrokken"


def test_of_an_unknown_message_only_a_withdrawal_is_heard(other):
    for status in ("bevestigd", "afgewezen"):
        with pytest.raises(exchange.PeerRefusedError, match="niet bekend"):
            other.tell(secrets.token_hex(16), status, "Omdat.")
