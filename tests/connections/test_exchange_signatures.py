"""Signatures and seals: what was changed, replayed or sealed for another is not believed."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import load_der_private_key

from noaber.connections import exchange
from noaber.connections.exchange import sign

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
OURS = exchange.OwnKeys.of({1: b"1" * 32})
THEIRS = exchange.OwnKeys.of({1: b"2" * 32})


def question(**changes):
    said = exchange.Exchanged(
        method="POST",
        authority="partner.example",
        path="/api/v1/berichten",
        body=b'{"a":1}',
        headers={"content-type": "application/json"},
    )
    signed = exchange.sign_request(said, OURS, at=NOW)
    return replace(said, **{"headers": {**said.headers, **signed}, **changes})


def test_the_example_of_the_standard_comes_out_as_printed():
    """RFC 9421, appendix B.2.6: Ed25519 gives one signature for one message, so every byte must fit."""
    key = load_der_private_key(
        base64.b64decode("MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF"), None
    )
    said = exchange.Exchanged(
        method="POST",
        authority="example.com",
        path="/foo",
        body=b"",
        headers={
            "date": "Tue, 20 Apr 2021 02:07:55 GMT",
            "content-type": "application/json",
            "content-length": "18",
        },
    )
    params = (
        '("date" "@method" "@path" "@authority" "content-type" "content-length")'
        ';created=1618884473;keyid="test-key-ed25519"'
    )
    signature = base64.b64encode(key.sign(sign._line(said, said.headers, params, ""))).decode()
    assert signature == "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="


def test_who_signed_is_known_by_the_key():
    signed = exchange.verify_request(question(), OURS.public(), at=NOW)
    assert signed.key == OURS.signs_as
    assert signed.nonce != exchange.verify_request(question(), OURS.public(), at=NOW).nonce


@pytest.mark.parametrize(
    "change",
    [
        {"method": "PUT"},
        {"authority": "elsewhere.example"},
        {"path": "/api/v1/berichten/1/statussen"},
        {"body": b'{"a":2}'},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_was_changed_on_its_way_is_refused(change):
    with pytest.raises(exchange.SignatureError):
        exchange.verify_request(question(**change), OURS.public(), at=NOW)


@pytest.mark.parametrize("header", ["content-digest", "content-type", "signature", "signature-input"])
def test_every_signed_header_matters(header):
    signed = question()
    for value in ("", signed.headers[header][:-3] + "x=:"):
        with pytest.raises(exchange.SignatureError):
            exchange.verify_request(replace(signed, headers={**signed.headers, header: value}), OURS.public(), at=NOW)


def test_fewer_components_than_asked_are_refused():
    signed = question()
    told = signed.headers["signature-input"].replace(' "@path"', "")
    with pytest.raises(exchange.SignatureError, match="not over what must be signed"):
        exchange.verify_request(
            replace(signed, headers={**signed.headers, "signature-input": told}), OURS.public(), at=NOW
        )


def test_another_key_is_not_known():
    with pytest.raises(exchange.SignatureError, match="not known"):
        exchange.verify_request(question(), THEIRS.public(), at=NOW)


@pytest.mark.parametrize("late", [timedelta(minutes=6), timedelta(minutes=-6)])
def test_an_old_signature_is_refused_and_so_is_one_from_the_future(late):
    with pytest.raises(exchange.SignatureError, match="too old"):
        exchange.verify_request(question(), OURS.public(), at=NOW + late)


def test_an_answer_answers_one_question():
    asked, other = question().headers["signature"], question().headers["signature"]
    said = exchange.Exchanged(
        method="", authority="", path="", body=b"{}", headers={"content-type": "application/json"}, status=201
    )
    signed = replace(said, headers={**said.headers, **exchange.sign_answer(said, THEIRS, at=NOW, asked=asked)})
    assert exchange.verify_answer(signed, THEIRS.public(), at=NOW, asked=asked).key == THEIRS.signs_as
    for wrong in (replace(signed, status=409), replace(signed, body=b"[]")):
        with pytest.raises(exchange.SignatureError):
            exchange.verify_answer(wrong, THEIRS.public(), at=NOW, asked=asked)
    with pytest.raises(exchange.SignatureError):
        exchange.verify_answer(signed, THEIRS.public(), at=NOW, asked=other)


def test_only_the_reader_opens_a_seal_and_only_in_its_own_envelope():
    key, sealed = exchange.seal(b"geheim", THEIRS.public(), about="1|a|b")
    assert exchange.open_sealed(sealed, THEIRS, key=key, about="1|a|b") == b"geheim"
    assert exchange.seal(b"geheim", THEIRS.public(), about="1|a|b")[1] != sealed
    for keys, name, about in ((OURS, key, "1|a|b"), (OURS, OURS.sealed_for, "1|a|b"), (THEIRS, key, "2|a|b")):
        with pytest.raises(exchange.SealError):
            exchange.open_sealed(sealed, keys, key=name, about=about)
    with pytest.raises(exchange.SealError):
        exchange.open_sealed("geen base64!", THEIRS, key=key, about="1|a|b")


def test_after_renewal_the_newest_key_signs_and_the_older_still_opens():
    renewed = exchange.OwnKeys.of({1: b"2" * 32, 2: b"3" * 32})
    assert renewed.signs_as != THEIRS.signs_as
    key, sealed = exchange.seal(b"geheim", THEIRS.public(), about="1")
    assert exchange.open_sealed(sealed, renewed, key=key, about="1") == b"geheim"
    assert next(iter(renewed.public().sealing)) == renewed.sealed_for


def test_public_keys_travel_in_a_file():
    content = exchange.public_file(OURS, "GM9901")
    found = exchange.read_public(content, organisation="GM9901")
    assert list(found.checking) == [OURS.signs_as]
    for wrong in (b"{}", b"geen json", content.replace(b'"x"', b'"y"')):
        with pytest.raises(exchange.KeyFileError):
            exchange.read_public(wrong, organisation="GM9901")
    with pytest.raises(exchange.KeyFileError, match="another organisation"):
        exchange.read_public(content, organisation="GM0001")
    swapped = content.replace(OURS.signs_as.encode(), THEIRS.signs_as.encode())
    with pytest.raises(exchange.KeyFileError, match="does not fit its name"):
        exchange.read_public(swapped, organisation="GM9901")
