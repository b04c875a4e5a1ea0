"""Messages travel in an envelope of the knot point (StUF-GGk): Di01 for a message, Du01 for its answer."""

import base64
from datetime import date, datetime

import pytest

from message_texts import message, text
from noaber.messages import EnvelopeError, answer, open_envelopes, read, unwrap, wrap, write

ORDER = message(text("301"))
REFERENCE, ANSWER = "9c0f7b90-5c69-41e5-a837-0800200c9a66", "b6e9f182-bc44-4f27-9863-9a5ccc1e1cf0"
SENT = datetime.fromisoformat("2026-03-02T14:30:05")
WRAPPED = wrap(ORDER, reference=REFERENCE, sent=SENT, application="Noaber")


def test_what_goes_in_comes_out():
    ((name, content),) = unwrap(WRAPPED, "post.xml")
    assert (name, content) == ("post.xml", write(ORDER))
    assert read(content, name=name).header == ORDER.header


def test_the_envelope_says_what_kind_of_message_is_inside_and_for_whom():
    said = WRAPPED.decode()
    for part in (
        "<StUF:berichtcode>Di01</StUF:berichtcode>",
        "<StUF:organisatie>0164</StUF:organisatie><StUF:applicatie>Noaber</StUF:applicatie>",
        "<StUF:organisatie>01023456</StUF:organisatie><StUF:applicatie>GGk</StUF:applicatie>",
        "<StUF:tijdstipBericht>20260302143005</StUF:tijdstipBericht>",
        "<StUF:functie>WMO301</StUF:functie>",
        "<GGK:functieVersie>0003</GGK:functieVersie><GGK:functieSubversie>0002</GGK:functieSubversie>",
    ):
        assert part in said


def test_an_answer_names_the_envelope_that_it_answers():
    back = answer(ORDER, identification="R1", on=date(2026, 3, 3))
    sent = wrap(back, reference=ANSWER, answers=REFERENCE, sent=SENT, application="Zorg")
    (envelope,) = open_envelopes(sent, "post.xml")
    assert (envelope.reference, envelope.answers) == (ANSWER, REFERENCE)
    assert b"<StUF:zender><StUF:organisatie>01023456</StUF:organisatie>" in sent, "the provider answers an allocation"


def test_a_soap_envelope_around_it_is_taken_off_too():
    inside = WRAPPED.partition(b"\n")[2].decode()
    soap = "http://schemas.xmlsoap.org/soap/envelope/"
    around = f'<s:Envelope xmlns:s="{soap}"><s:Header/><s:Body>{inside}</s:Body></s:Envelope>'
    ((_, content),) = unwrap(around.encode(), "post.xml")
    assert content == write(ORDER)
    ((_, content),) = unwrap(around.encode("utf-16"), "post.xml")
    assert content == write(ORDER)


def test_a_message_without_envelope_is_left_as_it_is():
    assert list(unwrap(b"wat dan ook", "post.xml")) == [("post.xml", b"wat dan ook")]


def test_the_lines_of_base64_may_be_broken():
    inside = base64.b64encode(write(ORDER)).decode()
    broken = "\n".join(inside[place : place + 76] for place in range(0, len(inside), 76))
    ((_, content),) = unwrap(WRAPPED.replace(inside.encode(), broken.encode()), "post.xml")
    assert content == write(ORDER)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"xmlBestand", b"tekstBestand"),
        (b"<GGK:xmlBestand>", b"<GGK:xmlBestand>%"),
        (b"envelopHeenbericht-ggk_Di01", b"envelopIets"),
        (REFERENCE.encode(), b"999944447"),
    ],
)
def test_an_envelope_that_cannot_be_opened_is_refused(old: bytes, new: bytes):
    with pytest.raises(EnvelopeError) as caught:
        list(unwrap(WRAPPED.replace(old, new), "post.xml"))
    assert caught.value.code == "N-206"
    assert "999944447" not in str(caught.value)


def test_a_return_message_without_what_it_answers_is_a_mistake_of_ours():
    back = answer(ORDER, identification="R1", on=date(2026, 3, 3))
    with pytest.raises(ValueError):
        wrap(back, reference=ANSWER, sent=SENT, application="Zorg")
    with pytest.raises(ValueError):
        wrap(ORDER, reference="1", sent=SENT, application="Zorg")
