"""The official schemas, when the municipality has them: compiled once, without the network, and asked about a message.

The schemas are the publisher's and are not part of this project; `municipality.toml` names the folder. iWmo has no
public schemas for its return messages: where a file is missing, our own checks stand alone.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from lxml import etree

from .errors import Problem, SchemaFolderError
from .safe_xml import line_of
from .standard import RETURNS, Setting

_FOLDERS: Final = {"iwmo": "iwmo_3_2", "ijw": "ijw_3_2"}
_XS: Final = "{http://www.w3.org/2001/XMLSchema}"
_PARSER: Final = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)

_REASONS: Final = {
    "SCHEMAV_ELEMENT_CONTENT": "staat op een plek die het officiële schema niet kent, of er ontbreekt iets naast",
    "SCHEMAV_CVC_ENUMERATION_VALID": "heeft een code die het officiële schema niet kent",
    "SCHEMAV_CVC_PATTERN_VALID": "heeft niet de vorm die het officiële schema wil",
    "SCHEMAV_CVC_MAXLENGTH_VALID": "is langer dan het officiële schema toestaat",
    "SCHEMAV_CVC_MINLENGTH_VALID": "is korter dan het officiële schema toestaat",
    "SCHEMAV_CVC_MININCLUSIVE_VALID": "is kleiner dan het officiële schema toestaat",
    "SCHEMAV_CVC_MAXINCLUSIVE_VALID": "is groter dan het officiële schema toestaat",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_1": "is niet van het soort dat het officiële schema wil",
}
_OTHERWISE: Final = "voldoet niet aan het officiële schema"


def problems(root: etree._Element, setting: Setting, folder: Path) -> tuple[Problem, ...]:
    """Return what the official schema has against a message, without its values; nothing if there is no schema."""
    schema = _schema(folder, setting)
    if schema is None or schema.validate(root):
        return ()
    found: dict[tuple[int, str], Problem] = {}
    for entry in iter(schema.error_log):  # type: ignore[call-overload]  # the stubs do not know it is a list
        line, element = entry.line, _element(entry.path or "")
        # The validator says more than once what is wrong with one element; the first is the plainest.
        found.setdefault((line, element), Problem(line, element, _REASONS.get(entry.type_name, _OTHERWISE)))
    return tuple(found.values()) or (Problem(line_of(root), "Bericht", _OTHERWISE),)


def _element(path: str) -> str:
    """Return the name at the end of a path of the validator; it holds names of the schema only, with a number."""
    return path.rpartition("/")[2].partition(":")[2].partition("[")[0].lstrip("*") or "Bericht"


@cache
def _schema(folder: Path, setting: Setting) -> etree.XMLSchema | None:
    path = folder / _FOLDERS[setting.standard] / f"{setting.name}.xsd"
    if not path.is_file():
        if setting.number in RETURNS and path.parent.is_dir():
            return None
        raise SchemaFolderError(
            f"Er is geen officieel schema voor {setting.name} in de ingestelde map.",
            where=f"{path.parent.name}/{path.name}",
            now="Zet de schema's van release 3.2 in de map `schemas` van municipality.toml, of laat die leeg.",
        )
    try:
        document = etree.parse(path, _PARSER)
        _refuse_imports_from_elsewhere(document, path)
        return etree.XMLSchema(document)
    except (etree.XMLSyntaxError, etree.XMLSchemaParseError):
        raise SchemaFolderError(
            f"Het officiële schema voor {setting.name} kan niet worden gelezen.",
            where=f"{path.parent.name}/{path.name}",
            now="Haal de schema's van release 3.2 opnieuw op, met het basisschema erbij.",
        ) from None


def _refuse_imports_from_elsewhere(document: etree._ElementTree, path: Path) -> None:
    """A schema may import only a file beside it: no network, no other folders."""
    for element in document.iter(f"{_XS}import", f"{_XS}include", f"{_XS}redefine"):
        target = element.get("schemaLocation", "")
        if not target or Path(target).name != target or ":" in target:
            raise SchemaFolderError(
                "Een officieel schema verwijst naar een bestand buiten zijn eigen map.",
                where=f"{path.parent.name}/{path.name}",
                now="Gebruik de schema's zoals ze zijn gepubliceerd, met het basisschema in dezelfde map.",
            )
