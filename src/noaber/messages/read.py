"""From bytes to a message: every element checked against the standard's types, lists, order and number.

What is harmless is tolerated and said as a remark: children in another order or in the wrong one of the two
namespaces, attributes, and spaces around a value. Everything else that the standard does not allow is a problem, and a
message with a problem is refused as a whole (control level 1 of the standard: no return message follows).
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from lxml import etree

from noaber.records import Remark

from . import official
from .errors import MessageContentError, Problem, UnknownMessageError
from .model import Message
from .safe_xml import line_of, parse
from .shape import Shape, Slot, message_shape
from .standard import SETTINGS, Setting

_FAMILY: Final = re.compile(r"\{http://www\.istandaarden\.nl/(iwmo|ijw|iwlz)/(\d)_(\d)/\w{1,8}/schema\}Bericht")
_MOST_PROBLEMS: Final = 100

_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_HAS_ATTRIBUTES: Final = etree.XPath(f'boolean(descendant-or-self::*[@*[namespace-uri() != "{_XSI}"]])')
"""The standard has no attributes, but the root may say where its schema is."""

_SPACE: Final = " \t\r\n"

_REMARKS: Final = {
    "element_order": "Elementen staan in een andere volgorde dan de standaard wil",
    "element_namespace": "Elementen staan in de verkeerde naamruimte",
    "surrounding_space": "Er staan spaties om waarden",
    "element_attribute": "Elementen hebben een attribuut, dat niets betekent",
}


def read(content: bytes, *, name: str, schemas: Path | None = None) -> Message:
    """Return the message in `content`, typed and checked; `name` is the file it came in, for refusals.

    `schemas` is the folder with the official schemas (`iwmo_3_2/`, `ijw_3_2/`), when there is one: then the message
    must meet those too, to the letter. Raises a `MessageError`; its texts never repeat a value from the message.
    """
    root = parse(content, name=name)
    setting = _setting(root, name)
    reader = _Reader(setting)
    values: dict[str, Any] = {}
    with suppress(_TooManyProblemsError):
        values = reader.message(root)
    if reader.problems:
        raise MessageContentError(name, tuple(reader.problems), kind=setting.name)
    if schemas is not None and (found := official.problems(root, setting, schemas)):
        raise MessageContentError(name, found, kind=setting.name)
    kind: Any = message_shape(setting).struct
    message: Message = kind(standard=setting.standard, remarks=reader.remarks(), **values)
    return message


def _setting(root: etree._Element, name: str) -> Setting:
    """Return which message the root element announces."""
    tag = etree.QName(root)
    setting = SETTINGS.get(tag.namespace or "")
    if setting is not None and tag.localname == "Bericht":
        return setting
    family = _FAMILY.fullmatch(root.tag)
    if family:
        what = f"Het is een bericht van {family[1]} {family[2]}.{family[3]} dat we niet kennen."
    else:
        what = "Het bestand is geen bericht van iWmo of iJw 3.2."
    raise UnknownMessageError(
        what,
        where=f"{name}, regel {line_of(root)}",
        now="Stuur een bericht 301 tot en met 325 van iWmo of iJw, release 3.2; er is niets van overgenomen.",
    )


class _TooManyProblemsError(Exception):
    """Enough is known to refuse the message; a hostile one could have millions."""


class _Reader:
    """Walks one message, and gathers what is wrong with it and what was tolerated."""

    def __init__(self, setting: Setting) -> None:
        self.problems: list[Problem] = []
        self._setting = setting
        self._spaces = (setting.namespace, setting.base_namespace)
        self._tolerated: dict[str, tuple[int, str, int]] = {}

    def remarks(self) -> tuple[Remark, ...]:
        """Return one remark for each thing that was tolerated, at the first line where it occurred."""
        return tuple(
            Remark(line, code, f"{_REMARKS[code]}: {count} keer, het eerst bij {element}.")
            for code, (line, element, count) in self._tolerated.items()
        )

    def message(self, root: etree._Element) -> dict[str, Any]:
        """Return the values of the elements inside the root, by field."""
        if _HAS_ATTRIBUTES(root):
            for element in root.iter():
                if any(not str(name).startswith(f"{{{_XSI}}}") for name in element.attrib):
                    self._tolerate("element_attribute", element)
        return self.children(root, message_shape(self._setting))

    def children(self, parent: etree._Element, shape: Shape) -> dict[str, Any]:
        """Return the values of the elements inside `parent`, by field."""
        values: dict[str, Any] = {}
        last = -1
        self._no_text(parent.text, parent)
        for child in parent:
            slot = shape.by_tag.get(child.tag) or self._misplaced(child, shape)
            if slot is None:
                continue
            if slot.field in values:
                self._problem(child, slot.element, "hoort er één keer te staan")
            if slot.place < last:
                self._tolerate("element_order", child)
            last = slot.place
            self._no_text(child.tail, parent)
            values[slot.field] = self._value(child, slot)
        if not shape.required <= values.keys():
            for slot in shape.slots:
                if slot.required and slot.field not in values:
                    self._problem(parent, slot.element, "ontbreekt")
        if shape.has_line:
            values["line"] = line_of(parent)
        return values

    def _value(self, element: etree._Element, slot: Slot) -> Any:
        if slot.item_tag:
            return self._items(element, slot)
        if slot.shape is not None:
            return self._part(element, slot.shape)
        return self._simple(element, slot)

    def _items(self, wrapper: etree._Element, slot: Slot) -> tuple[Any, ...]:
        items = []
        self._no_text(wrapper.text, wrapper)
        for child in wrapper:
            if child.tag != slot.item_tag and not self._in_other_space(child, slot.item_tag):
                self._unknown(child)
                continue
            self._no_text(child.tail, wrapper)
            items.append(self._simple(child, slot) if slot.shape is None else self._part(child, slot.shape))
        if not items:
            self._problem(wrapper, slot.element, "hoort niet leeg te zijn")
        return tuple(items)

    def _part(self, element: etree._Element, shape: Shape) -> Any:
        values = self.children(element, shape)
        return None if self.problems else shape.struct(**values)

    def _simple(self, element: etree._Element, slot: Slot) -> Any:
        assert slot.parse is not None
        text = element.text or ""
        if len(element):
            self._problem(element, slot.element, "hoort geen andere elementen te bevatten")
            return None
        try:
            return slot.parse(text)
        except ValueError as error:
            reason = str(error)
        bare = text.strip(_SPACE)
        if bare != text:
            try:
                value = slot.parse(bare)
            except ValueError:
                pass  # the reason is the same with and without the spaces
            else:
                self._tolerate("surrounding_space", element)
                return value
        self._problem(element, slot.element, reason)
        return None

    def _misplaced(self, child: etree._Element, shape: Shape) -> Slot | None:
        """Return the slot of a known child in the other namespace; anything else unknown is a problem."""
        slot = shape.by_element.get(etree.QName(child).localname)
        if slot is not None and self._in_other_space(child, slot.tag):
            return slot
        self._unknown(child)
        return None

    def _in_other_space(self, child: etree._Element, tag: str) -> bool:
        """Return whether `child` is the element `tag` in the other of the two namespaces, and remark it if so."""
        name = etree.QName(child)
        if name.localname != etree.QName(tag).localname or name.namespace not in self._spaces:
            return False
        self._tolerate("element_namespace", child)
        return True

    def _unknown(self, child: etree._Element) -> None:
        """The name of an unknown element is not repeated: it can be anything."""
        parent = child.getparent()
        assert parent is not None
        self._problem(child, etree.QName(parent).localname, "bevat een element dat de standaard daar niet kent")

    def _no_text(self, text: str | None, parent: etree._Element) -> None:
        if text and text.strip(_SPACE):
            self._problem(parent, etree.QName(parent).localname, "bevat tekst tussen de elementen")

    def _problem(self, element: etree._Element, name: str, reason: str) -> None:
        self.problems.append(Problem(line_of(element), name, reason))
        if len(self.problems) == _MOST_PROBLEMS:
            raise _TooManyProblemsError

    def _tolerate(self, code: str, element: etree._Element) -> None:
        """Count what is tolerated. The name can be told: a message with an unknown element is refused anyway."""
        line, first, count = self._tolerated.get(code, (line_of(element), etree.QName(element).localname, 0))
        self._tolerated[code] = (line, first, count + 1)
