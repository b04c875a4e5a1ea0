"""The shape of a message: which elements stand where, compiled once from the model for each message of each standard.

Reader and writer walk the same shape, so what one accepts the other makes.
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Final, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec

from .datatypes import DataType, Parse
from .model import KINDS
from .names import NOT_ELEMENTS
from .parts import Class, Compound, Only, Part
from .standard import Setting

RETURN_CODES: Final = "return_codes"


@dataclass(frozen=True, slots=True)
class Slot:
    """One element that may stand inside another.

    A simple element has `datatype` and `parse`; one with elements inside has `shape`; a list has `item_tag` as well,
    the tag of each item within the wrapper `tag`.
    """

    field: str
    element: str
    tag: str
    place: int
    required: bool
    datatype: DataType | None = None
    parse: Parse | None = None
    shape: Shape | None = None
    item_tag: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """The elements inside one element, in the order of the schema."""

    struct: type[Part]
    slots: tuple[Slot, ...]
    by_tag: dict[str, Slot]
    by_element: dict[str, Slot]
    required: frozenset[str]
    has_line: bool
    absent: tuple[str, ...]
    """Fields of the struct that this message does not have."""


class _Kind(NamedTuple):
    """What the annotation of a field says."""

    inner: Any
    optional: bool
    repeated: bool
    only: str


def message_shape(setting: Setting) -> Shape:
    """Return the shape of the root element (*Bericht*) of a message."""
    return _shape(KINDS[setting.number], setting)


@cache
def _shape(struct: type[Part], setting: Setting) -> Shape:
    hints = get_type_hints(struct, include_extras=True)
    fields = [field for field in msgspec.structs.fields(struct) if field.name not in NOT_ELEMENTS]
    fields.sort(key=lambda field: field.name == RETURN_CODES)  # the standard has them last, we inherit them first
    slots: list[Slot] = []
    absent: list[str] = []
    for field in fields:
        kind = _kind(hints[field.name])
        coded = field.name == RETURN_CODES and issubclass(struct, Class)
        if kind.only not in ("", setting.standard) or (coded and not setting.returning):
            absent.append(field.name)
            continue
        required = coded or (not kind.optional and (field.required or not kind.repeated))
        slots.append(_slot(struct, field, kind, setting, place=len(slots), required=required))
    return Shape(
        struct,
        tuple(slots),
        {slot.tag: slot for slot in slots},
        {slot.element: slot for slot in slots},
        frozenset(slot.field for slot in slots if slot.required),
        issubclass(struct, Class),
        tuple(absent),
    )


def _slot(
    struct: type[Part], field: msgspec.structs.FieldInfo, kind: _Kind, setting: Setting, *, place: int, required: bool
) -> Slot:
    space = setting.base_namespace if issubclass(struct, Compound) else setting.namespace
    tag = f"{{{space}}}{field.encode_name}"
    datatype = shape = parse = None
    if get_origin(kind.inner) is Annotated:
        datatype = get_args(kind.inner)[1]
        parse = datatype.parser(setting)
        item = "RetourCode"  # the one list of simple elements
    else:
        shape = _shape(kind.inner, setting)
        item = kind.inner.element
    item_tag = f"{{{space}}}{item}" if kind.repeated else ""
    return Slot(field.name, field.encode_name, tag, place, required, datatype, parse, shape, item_tag)


def _kind(hint: Any) -> _Kind:
    only = ""
    if get_origin(hint) is Annotated and isinstance(get_args(hint)[1], Only):
        hint, mark = get_args(hint)
        only = mark.standard
    optional = get_origin(hint) in (Union, types.UnionType)
    if optional:
        (hint,) = (part for part in get_args(hint) if part is not types.NoneType)
    repeated = get_origin(hint) is tuple
    return _Kind(get_args(hint)[0] if repeated else hint, optional, repeated, only)
