"""The official schemas beside this checkout, to test against: the publisher's, and never part of the project."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from noaber.messages import CODES, Setting

SHARED = Path(os.environ.get("NOABER_SHARED", Path(__file__).parents[2] / "shared"))
SCHEMAS = SHARED / "standards" / "xsd"

needs_schemas = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason="the official schemas are not beside this checkout (NOABER_SHARED)"
)


def schema_file(setting: Setting) -> Path:
    """Return the official schema of a message; iWmo has none for its return messages."""
    return SCHEMAS / f"{setting.standard}_3_2" / f"{setting.name}.xsd"


@cache
def official(setting: Setting) -> etree.XMLSchema:
    """Return the compiled official schema of a message.

    For a return message of iWmo: that of iJw in the names and code lists of iWmo, because both are one in shape.
    """
    path = schema_file(setting)
    if path.is_file():
        return etree.XMLSchema(etree.parse(path))
    twin = schema_file(Setting("ijw", setting.number)).read_text(encoding="utf-8")
    text = twin.replace("ijw", "iwmo").replace("jw3", "wmo3")
    old, new = CODES[Setting("ijw", setting.number)], CODES[setting]
    text = text.replace(f'value="{old}"', f'value="{new}"')
    base = (SCHEMAS / "iwmo_3_2" / "basisschema.xsd").as_uri()
    text = text.replace("basisschema.xsd", base)
    return etree.XMLSchema(etree.fromstring(text.encode()))
