"""What every element of a message is made of: parts, compound data types and message classes.

No part shows its values when printed, so nothing leaks into a log.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from . import datatypes as t
from .names import element_name
from .standard import Standard


class Only:
    """Marks a field that one of the two standards has."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard


class Part(msgspec.Struct, frozen=True, gc=False, kw_only=True, rename=element_name):
    """An element with elements inside; its children are in the message's own namespace."""

    element: ClassVar[str] = ""
    """Name of one item, for parts that stand in a list."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class Compound(Part, frozen=True, kw_only=True):
    """A compound data type (*CDT*): its children are in the namespace of the base schema."""


class Class(Part, frozen=True, kw_only=True):
    """A message class (*berichtklasse*): has a line, and carries return codes in a return message."""

    line: int = 0
    return_codes: tuple[t.ReturnCode, ...] = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} line {self.line}>"
