"""From bytes to an XML tree, or a refusal: no document types, no entities, no network, no endless files.

Everything that comes from outside is parsed here and nowhere else.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from .errors import MessageTooLargeError, NotXmlError, UnsafeXmlError

LARGEST: Final = 25 * 1024 * 1024
"""Bytes that one message may have: 25 MB, rule OP179."""


def _parser(*, huge: bool) -> etree.XMLParser:
    return etree.XMLParser(
        attribute_defaults=False,
        dtd_validation=False,
        huge_tree=huge,
        load_dtd=False,
        no_network=True,
        recover=False,
        remove_comments=True,
        remove_pis=True,
        resolve_entities=False,
    )


_MOST_TAGS: Final = 3_000_000
"""More than any message of the largest size has, and few enough for the memory of a small server."""
_PARSER: Final = _parser(huge=False)
_ENVELOPE_PARSER: Final = _parser(huge=True)
"""For a whole message in one text; the parser's own bounds on texts and depth are then off, ours on size is not."""

_WIDE: Final = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_DOCTYPES: Final = (b"<!DOCTYPE", *("<!DOCTYPE".encode(encoding) for encoding in _WIDE))
_WIDE_STARTS: Final = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_START: Final = re.compile(rb"(\xef\xbb\xbf)?\s*<")
_DECLARED: Final = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ENCODINGS: Final = frozenset(
    {b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"iso-8859-15", b"latin1", b"windows-1252"}
)
_ENDED: Final = frozenset({4, 5, 73, 74, 77})
"""Error numbers of libxml2: nothing there, or an end that is missing, half or not the last thing."""
_WRONG_ENCODING: Final = frozenset({9, 31, 32, 81, 6003})
_TOO_DEEP: Final = frozenset({89, 110, 114})

_TOO_MUCH: Final = "Het bestand heeft voor een bericht te veel elementen, naast of in elkaar, of te lange teksten."
_ASK: Final = "Vraag de afzender wat er aan de hand is; er is niets van overgenomen."
_SEND_AGAIN: Final = "Laat de afzender het bestand opnieuw maken en sturen; er is niets van overgenomen."


def parse(content: bytes, *, name: str, largest: int = LARGEST) -> etree._Element:
    """Return the root element of `content`; comments and processing instructions are left out.

    `largest` is in bytes, and may be raised for an envelope around a message. Accepts UTF-8, UTF-16 and the Western
    encodings that suppliers use, with or without a byte order mark. Raises `MessageTooLargeError`, `UnsafeXmlError` or
    `NotXmlError`, whose texts never repeat what stands in the file.
    """
    if len(content) > largest:
        raise MessageTooLargeError(
            "Het bestand is groter dan 25 MB; zo groot mag een bericht niet zijn.",
            where=name,
            now="Laat de afzender het bericht splitsen; er is niets van overgenomen.",
        )
    if any(doctype in content for doctype in _DOCTYPES):
        raise UnsafeXmlError(
            "Het bestand bevat een documenttype (DOCTYPE); dat hoort niet in een bericht en kan gevaarlijk zijn.",
            where=name,
            now=_ASK,
        )
    if content.count(b"<") > _MOST_TAGS:
        raise UnsafeXmlError(_TOO_MUCH, where=name, now=_ASK)
    _refuse_strange_encoding(content, name)
    try:
        return etree.fromstring(content, _PARSER if largest == LARGEST else _ENVELOPE_PARSER)
    except etree.XMLSyntaxError as error:
        number, line = getattr(error, "code", 0), error.lineno or 0
    except (ValueError, LookupError):
        number, line = 0, 0
    # Raised out here, so that the parser's own error, which may quote the file, is not its context.
    raise _not_xml(number, line, name)


def line_of(element: etree._Element) -> int:
    """Return the line of an element in its file, 0 when it is not known."""
    line: int | None = element.sourceline  # type: ignore[assignment]  # the stubs leave its type open
    return line or 0


def _refuse_strange_encoding(content: bytes, name: str) -> None:
    """Refuse encodings in which a document type could hide, such as UTF-7, and those that no supplier uses."""
    if content.startswith(_WIDE_STARTS):
        return
    if _START.match(content) is None:
        raise NotXmlError("Het bestand begint niet als XML.", where=f"{name}, regel 1", now=_SEND_AGAIN)
    declared = _DECLARED.match(content.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].lower() not in _ENCODINGS:
        raise NotXmlError(
            "Het bestand noemt een tekencodering die we niet lezen; wel UTF-8, UTF-16, ISO-8859-1 en Windows-1252.",
            where=f"{name}, regel 1",
            now=_SEND_AGAIN,
        )


def _not_xml(number: int, line: int, name: str) -> NotXmlError | UnsafeXmlError:
    where = f"{name}, regel {line}" if line else name
    if number in _TOO_DEEP:
        return UnsafeXmlError(_TOO_MUCH, where=where, now=_ASK)
    if number in _WRONG_ENCODING:
        what = "Het bestand is niet geschreven in de tekencodering die het noemt."
    elif number in _ENDED:
        what = "Het bestand is leeg, of houdt te vroeg of te laat op."
    else:
        what = "Het bestand is geen geldige XML."
    return NotXmlError(what, where=where, now=_SEND_AGAIN)
