"""Properties of any message: what is written is read back as it was, and meets the official schema."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from made_messages import any_message

from noaber.messages import Message, MessageError, read, write
from standards import needs_schemas, official

slow_to_make = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@slow_to_make
@given(any_message)
def test_what_is_written_is_read_back(message: Message) -> None:
    assert read(write(message), name="bericht.xml") == message


@needs_schemas
@slow_to_make
@given(any_message)
def test_what_is_written_meets_the_official_schema(message: Message) -> None:
    schema = official(message.setting)
    assert schema.validate(etree.fromstring(write(message))), schema.error_log


VALUES = (
    "", " ", "0", "1", "01", " 01", "31", "+5", "-1", "007", "1_0", "C", "x", "x y", "x\ny", "x" * 37, "x" * 201,
    "0200", "9", "123456789", "1234567890", "99999999999999", "12345678", "1.0.0", "01.0.0", "2024-02-29", "2023-02-29",
    " 2024-02-29 ", "20240229", "2024-02-29Z", "2024-02-29+01:00", "12:00:00", "12:00", "24:00:00", "12:00:00.5",
    "12:00:00Z", "٣", "١٢٣٤٥٦٧٨٩", "NL", "é", "é" * 6,
)  # fmt: skip


def damage(root: etree._Element, seed: int, value: str) -> str:
    """Change one thing in a message; return what."""
    choose = random.Random(seed)
    element = choose.choice(list(root.iter()))
    parent = element.getparent()
    how = choose.choice(["value", "value", "value", "drop", "double", "move", "rename", "space", "text", "attribute"])
    if parent is None:
        return "nothing"
    if how == "value" and len(element) == 0:
        element.text = value
    elif how == "drop":
        parent.remove(element)
    elif how == "double":
        parent.insert(parent.index(element), etree.fromstring(etree.tostring(element)))
    elif how == "move":
        parent.append(element)
    elif how == "rename":
        element.tag = f"{{{etree.QName(element).namespace}}}{choose.choice(['Anders', 'Bsn', 'Client', 'Datum'])}"
    elif how == "space":
        element.tag = f"{{{etree.QName(parent).namespace}}}{etree.QName(element).localname}"
    elif how == "attribute":
        element.set("waarde", value)
    elif how == "text" and len(element):
        element.text = choose.choice(["x", "\xa0"])
    return how


@needs_schemas
@settings(slow_to_make, max_examples=300)
@given(any_message, st.integers(0, 2**32), st.sampled_from(VALUES))
def test_we_refuse_exactly_what_the_official_schema_refuses(message: Message, seed: int, value: str) -> None:
    """But for what we tolerate with a remark."""
    root = etree.fromstring(write(message))
    how = damage(root, seed, value)
    content = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    valid = official(message.setting).validate(etree.fromstring(content))
    try:
        found = read(content, name="bericht.xml")
    except MessageError:
        assert not valid, how
    else:
        assert valid == (found.remarks == ()), (how, found.remarks)
