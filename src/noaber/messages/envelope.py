"""The envelope in which messages travel between municipality and knot point: StUF-GGk 2.1, Di01 there and Du01 back.

The envelope says who sends which kind of message to whom; the message itself is inside as base64. Read as it is sent:
with a SOAP envelope around it or without. Source: StUF-koppelvlak iWmo-iJw 2.1 (VNG Realisatie), namespace ggk0210.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from lxml import etree

from .errors import EnvelopeError
from .model import Message
from .safe_xml import LARGEST, line_of, parse
from .standard import RETURNS, SUBVERSION, VERSION
from .write import write

_GGK: Final = "http://www.stufstandaarden.nl/koppelvlak/ggk0210"
_STUF: Final = "http://www.egem.nl/StUF/StUF0301"
_G: Final = f"{{{_GGK}}}"
_S: Final = f"{{{_STUF}}}"
_ASKS: Final = f"{_G}envelopHeenbericht-ggk_Di01"
_ANSWERS: Final = f"{_G}envelopRetourbericht-ggk_Du01"
_MARKS: Final = (_GGK.encode(), _GGK.encode("utf-16-le"), _GGK.encode("utf-16-be"))
_LARGEST_ENVELOPE: Final = LARGEST * 4 // 3 + 64 * 1024
"""A message of the largest size as base64, and the envelope itself."""

_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_AGAIN: Final = "Laat de afzender de envelop opnieuw maken en sturen; er is niets van overgenomen."


@dataclass(frozen=True, slots=True)
class Envelope:
    """One envelope: its reference (a UUID), the reference that it answers (empty in a Di01), and the message inside."""

    reference: str
    answers: str
    content: bytes

    def __repr__(self) -> str:
        return f"<Envelope {self.reference}>"


def unwrap(content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield (name, message) for each envelope in `content`; what is in no envelope is yielded as it is."""
    if not any(mark in content for mark in _MARKS):
        yield name, content
        return
    for envelope in open_envelopes(content, name):
        yield name, envelope.content


def open_envelopes(content: bytes, name: str) -> tuple[Envelope, ...]:
    """Return the envelopes in `content`; raises `EnvelopeError` when there is none or one cannot be opened."""
    root = parse(content, name=name, largest=_LARGEST_ENVELOPE)
    found = tuple(_open(element, name) for element in root.iter(_ASKS, _ANSWERS))
    if not found:
        raise EnvelopeError("Er zit geen GGk-envelop van versie 2.1 in het bestand.", where=name, now=_AGAIN)
    return found


def _open(element: etree._Element, name: str) -> Envelope:
    where = f"{name}, regel {line_of(element)}"
    files = element.findall(f"{_G}parameters/{_G}bericht/{_G}xmlBestand")
    if len(files) != 1:
        raise EnvelopeError("De envelop hoort één bericht in XML te bevatten.", where=where, now=_AGAIN)
    content = _decode(files[0].text or "")
    if content is None:
        raise EnvelopeError("Het bericht in de envelop is geen geldige base64.", where=where, now=_AGAIN)
    header = f"{_G}stuurgegevens/{_S}"
    reference = element.findtext(f"{header}referentienummer") or ""
    answers = element.findtext(f"{header}crossRefnummer") or ""
    for number in (reference, answers):
        if number and _UUID.fullmatch(number) is None:
            raise EnvelopeError("Een referentienummer van de envelop is geen UUID.", where=where, now=_AGAIN)
    return Envelope(reference, answers, content)


def _decode(text: str) -> bytes | None:
    try:
        return base64.b64decode(re.sub(r"\s+", "", text), validate=True)
    except (binascii.Error, ValueError):
        return None


def wrap(
    message: Message,
    *,
    reference: str,
    sent: datetime,
    application: str,
    application_version: tuple[int, int] = (1, 0),
    answers: str = "",
) -> bytes:
    """Return `message` in an envelope for the knot point (without SOAP).

    `reference` is a fresh UUID (version 4) and `answers` the reference of the envelope that a return message answers;
    `application` is the name of the sending software. Raises `ValueError` for a return message without `answers` or a
    reference that is no UUID, `UnwritableMessageError` for a message that does not meet the standard.
    """
    if bool(answers) != (message.number in RETURNS):
        raise ValueError("a return message answers an envelope, another message does not")
    if not all(_UUID.fullmatch(number) for number in (reference, answers) if number or number is reference):
        raise ValueError("a reference is a UUID of version 4, in lower case")
    spaces: dict[Any, str] = {"StUF": _STUF, "GGK": _GGK}
    root = etree.Element(_ANSWERS if answers else _ASKS, nsmap=spaces)
    control = etree.SubElement(root, f"{_G}stuurgegevens")
    _say(control, f"{_S}berichtcode", "Du01" if answers else "Di01")
    sender, receiver = _parties(message)
    _system(control, "zender", sender, application)
    _system(control, "ontvanger", receiver, "GGk")
    _say(control, f"{_S}referentienummer", reference)
    _say(control, f"{_S}tijdstipBericht", sent.strftime("%Y%m%d%H%M%S"))
    if answers:
        _say(control, f"{_S}crossRefnummer", answers)
    _say(control, f"{_S}functie", message.setting.name)
    parameters = etree.SubElement(root, f"{_G}parameters")
    versions = zip(("applicatie", "functie"), (application_version, (VERSION, SUBVERSION)), strict=True)
    for what, (version, subversion) in versions:
        _say(parameters, f"{_G}{what}Versie", f"{version:04}")
        _say(parameters, f"{_G}{what}Subversie", f"{subversion:04}")
    inside = etree.SubElement(parameters, f"{_G}bericht")
    _say(inside, f"{_G}xmlBestand", base64.b64encode(write(message)).decode())
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _parties(message: Message) -> tuple[str, str]:
    """Return who really sends and receives: a return message but the 325 keeps the header of what it answers."""
    header = message.header
    turned = message.number in RETURNS and message.number != "325"
    return (header.receiver, header.sender) if turned else (header.sender, header.receiver)


def _system(parent: etree._Element, tag: str, organisation: str, application: str) -> None:
    system = etree.SubElement(parent, f"{_S}{tag}")
    _say(system, f"{_S}organisatie", organisation)
    _say(system, f"{_S}applicatie", application)


def _say(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, tag).text = text
