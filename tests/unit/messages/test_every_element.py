"""The model against the official schemas: every element, in its order, with its type, its number and its codes."""

from __future__ import annotations

import pytest
from lxml import etree

from noaber.messages import CODE_LISTS, CODES, RETURNS, Setting
from noaber.messages.datatypes import Code, Comment, MessageCode, Party, Text, Whole
from noaber.messages.names import NAMES, NOT_ELEMENTS
from noaber.messages.shape import Shape, Slot, message_shape
from standards import SCHEMAS, needs_schemas, schema_file

XS = "{http://www.w3.org/2001/XMLSchema}"
PUBLISHED = sorted(setting for setting in CODES if setting.standard == "ijw" or setting.number not in RETURNS)

Elements = list[tuple[str, str, bool, str]]
"""Path, name, whether it is mandatory, simple type (empty for one with elements inside), in order."""


def ours(shape: Shape, path: str = "") -> Elements:
    """List the elements of a shape, wrappers and their items too."""
    found: Elements = []
    for slot in shape.slots:
        found += [(path, slot.element, slot.required, "" if slot.item_tag or slot.shape else slot.datatype.name)]
        inside = f"{path}/{slot.element}"
        if slot.item_tag:
            item = etree.QName(slot.item_tag).localname
            found += [(inside, item, True, slot.datatype.name if slot.shape is None else "")]
            inside = f"{inside}/{item}"
        if slot.shape:
            found += ours(slot.shape, inside)
    return found


def theirs(setting: Setting) -> Elements:
    """List the elements of the official schema."""
    path = schema_file(setting)
    types: dict[str, etree._Element] = {}
    for file in (path.with_name("basisschema.xsd"), path):
        types |= {kind.get("name"): kind for kind in etree.parse(file).getroot() if kind.get("name")}
    found: Elements = []

    def walk(kind: str, path: str) -> None:
        for element in types[kind].iter(f"{XS}element"):
            name, declared = element.get("name"), element.get("type")
            if declared is None:
                declared = element.find(f".//{XS}restriction").get("base")
            declared = declared.partition(":")[2]
            simple = declared.startswith("LDT_")
            found.append((path, name, element.get("minOccurs") != "0", declared[4:] if simple else ""))
            if not simple:
                walk(declared, f"{path}/{name}")

    walk("Root", "")
    return found


@needs_schemas
@pytest.mark.parametrize("setting", PUBLISHED, ids=lambda setting: setting.name)
def test_every_element_of_the_schema_has_its_place(setting: Setting) -> None:
    same_type = {
        "BerichtSubversie": "BerichtVersie",
        "Afzender": "",
        "Ontvanger": "",
        "Gemeente": "",
        "AgbCode": "",
        "Budget": "Bedrag",
    }

    def plain(elements: Elements) -> Elements:
        return [(path, name, must, same_type.get(kind, kind)) for path, name, must, kind in elements]

    assert plain(ours(message_shape(setting))) == plain(theirs(setting))


@pytest.mark.parametrize("number", sorted(RETURNS))
def test_a_return_message_of_iwmo_is_that_of_ijw(number: str) -> None:
    """But for the two elements that only the Youth Act knows."""
    youth_only = {"GezagsdragerBekend", "Woonplaatsbeginsel"}
    there = [
        row for row in ours(message_shape(Setting("ijw", number))) if not youth_only & {row[1], *row[0].split("/")}
    ]
    assert ours(message_shape(Setting("iwmo", number))) == there


def _slots(shape: Shape) -> list[Slot]:
    return [*shape.slots, *(slot for outer in shape.slots if outer.shape for slot in _slots(outer.shape))]


@needs_schemas
@pytest.mark.parametrize("standard", ["iwmo", "ijw"])
def test_every_simple_type_has_the_bounds_and_codes_of_the_base_schema(standard: str) -> None:
    root = etree.parse(SCHEMAS / f"{standard}_3_2" / "basisschema.xsd").getroot()
    official = {kind.get("name")[4:]: kind for kind in root.findall(f"{XS}simpleType")}
    checked = set()
    for setting in CODES:
        if setting.standard != standard:
            continue
        for slot in _slots(message_shape(setting)):
            datatype = slot.datatype
            if datatype is None or isinstance(datatype, Party | MessageCode):
                continue
            facets = official[datatype.name].find(f"{XS}restriction")
            limit = {facet.tag.removeprefix(XS): facet.get("value") for facet in facets}
            if isinstance(datatype, Code):
                codes = {facet.get("value") for facet in facets.findall(f"{XS}enumeration")}
                assert set(CODE_LISTS[datatype.name].of(standard)) == codes, datatype.name
            elif isinstance(datatype, Whole) and not datatype.name.startswith("Bericht"):
                assert limit == {"minInclusive": str(datatype.least), "maxInclusive": str(datatype.most)}, datatype.name
            elif isinstance(datatype, Text) and "maxLength" in limit:
                assert limit["maxLength"] == str(datatype.most), datatype.name
            else:
                assert isinstance(datatype, Comment) or "maxLength" not in limit, datatype.name
            checked.add(datatype.name)
    unused = {"BerichtCode", "Gemeente", "Budget", "BerichtSubversie"}
    assert set(official) - checked <= unused | {"AgbCode"}


def test_every_name_is_used_and_no_element_has_two_names() -> None:
    used = {slot.field for setting in CODES for slot in _slots(message_shape(setting))}
    assert used == set(NAMES)
    assert len(set(NAMES.values())) == len(NAMES)
    assert not NOT_ELEMENTS & set(NAMES)
