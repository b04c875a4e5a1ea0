"""From a message to bytes, in the order and with the types of the standard.

What is written is checked by the same shape that reads, so a message that we send is one that we would take in.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from .errors import Problem, UnwritableMessageError
from .model import Message
from .parts import Part
from .shape import Shape, Slot, message_shape


def write(message: Message) -> bytes:
    """Return the message as UTF-8 XML; raises `UnwritableMessageError` when it does not meet the standard."""
    setting = message.setting
    spaces: Any = {None: setting.namespace, "b": setting.base_namespace}
    root = etree.Element(f"{{{setting.namespace}}}Bericht", nsmap=spaces)
    writer = _Writer()
    writer.fill(root, message, message_shape(setting))
    if writer.problems:
        raise UnwritableMessageError(tuple(writer.problems), kind=setting.name)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


class _Writer:
    """Builds one message, and gathers what the standard has against it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def fill(self, parent: etree._Element, part: Part, shape: Shape) -> None:
        """Write the fields of `part` as elements inside `parent`."""
        line = getattr(part, "line", 0)
        for slot in shape.slots:
            value = getattr(part, slot.field)
            if value is not None and value != ():
                self._element(parent, value, slot, line)
            elif slot.required:
                self.problems.append(Problem(line, slot.element, "ontbreekt"))
        for field in shape.absent:
            if getattr(part, field) not in (None, ()):
                self.problems.append(Problem(line, field, "bestaat niet in dit bericht"))

    def _element(self, parent: etree._Element, value: Any, slot: Slot, line: int) -> None:
        element = etree.SubElement(parent, slot.tag)
        if not slot.item_tag:
            self._value(element, value, slot, line)
            return
        for item in value:
            self._value(etree.SubElement(element, slot.item_tag), item, slot, line)

    def _value(self, element: etree._Element, value: Any, slot: Slot, line: int) -> None:
        if slot.shape is not None:
            self.fill(element, value, slot.shape)
            return
        assert slot.datatype is not None
        assert slot.parse is not None
        text = slot.datatype.write(value)
        try:
            slot.parse(text)
        except ValueError as error:
            self.problems.append(Problem(line, slot.element, str(error)))
        else:
            element.text = text
