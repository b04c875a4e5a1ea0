"""Suppliers write XML in many ways. All of it is read; what the standard does not quite allow is said as a remark."""

import pytest

from message_texts import message, text
from noaber.messages import read

PLAIN = text("305")
READ = message(PLAIN)


def same(content: bytes) -> None:
    """The message says the same, whatever lines it now stands on."""
    found = read(content, name="bericht.xml")
    assert found.header == READ.header
    assert found.client.citizen_number == READ.client.citizen_number
    assert [line.begin for line in found.client.started] == [line.begin for line in READ.client.started]
    assert found.remarks == ()


def test_another_prefix_or_none():
    other = PLAIN.replace("xmlns:m=", "xmlns:x1=").replace("<m:", "<x1:").replace("</m:", "</x1:")
    same(other.replace("iwmo:", "y-2:").replace(":iwmo=", ":y-2=").encode())
    same(PLAIN.replace("<m:", "<").replace("</m:", "</").replace("xmlns:m=", "xmlns=").encode())


def test_comments_instructions_and_character_data():
    same(PLAIN.replace("<m:Client>", "<!-- <Client> --><?druk af?><m:Client><!-- -->").encode())
    same(PLAIN.replace("999944447", "9999<!-- -->44447").encode())
    same(PLAIN.replace("999944447", "<![CDATA[999944447]]>").encode())
    same(PLAIN.replace("999944447", "&#57;99944447").encode())


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "ISO-8859-1", "ISO-8859-15", "windows-1252", "us-ascii"])
def test_encodings(encoding: str):
    same(PLAIN.replace("UTF-8", encoding).encode(encoding))


def test_a_byte_order_mark_or_no_declaration():
    same(b"\xef\xbb\xbf" + PLAIN.encode())
    same(PLAIN.partition("\n")[2].encode())


def test_the_root_may_say_where_its_schema_is():
    where = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b.xsd"'
    same(PLAIN.replace("<m:Bericht ", f"<m:Bericht {where} ").encode())


def test_a_name_keeps_its_accents_in_every_encoding():
    for encoding in ("UTF-8", "UTF-16", "ISO-8859-1"):
        source = PLAIN.replace("Voorbeeld", "Bébé Müller").replace("UTF-8", encoding)
        found = read(source.encode(encoding), name="bericht.xml")
        assert found.client.name.birth_name.surname == "Bébé Müller"


def test_numbers_dates_and_times_may_have_spaces_around_them():
    same(PLAIN.replace(">1001<", ">\n  1001 <").replace(">2026-03-09<", "> 2026-03-09 <").encode())


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        (
            "<m:Geslacht>2</m:Geslacht>\n",
            "",
            "element_order",
            "Elementen staan in een andere volgorde dan de standaard wil: 1 keer, het eerst bij Geslacht.",
        ),
        (
            "<iwmo:Datum>1948-05-06</iwmo:Datum>",
            "<m:Datum>1948-05-06</m:Datum>",
            "element_namespace",
            "Elementen staan in de verkeerde naamruimte: 1 keer, het eerst bij Datum.",
        ),
        (
            "<m:Geslacht>",
            '<m:Geslacht omschrijving="vrouw">',
            "element_attribute",
            "Elementen hebben een attribuut, dat niets betekent: 1 keer, het eerst bij Geslacht.",
        ),
        (
            ">2</m:Geslacht>",
            "> 2 </m:Geslacht>",
            "surrounding_space",
            "Er staan spaties om waarden: 1 keer, het eerst bij Geslacht.",
        ),
    ],
)
def test_what_is_harmless_is_tolerated_with_a_remark(old: str, new: str, code: str, words: str):
    source = PLAIN.replace(old, new)
    if code == "element_order":
        source = source.replace("</m:Client>", "<m:Geslacht>2</m:Geslacht></m:Client>")
    found = message(source)
    assert found.client.sex == "2"
    (remark,) = found.remarks
    assert remark.code == code
    assert remark.text == words
