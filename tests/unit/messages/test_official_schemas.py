"""The folder with official schemas, when a municipality has one: asked to the letter, and never trusted blindly."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from message_texts import text
from noaber.messages import MessageContentError, SchemaFolderError, read
from standards import SCHEMAS, needs_schemas

START = text("305")


@needs_schemas
def test_a_message_that_meets_the_schema_is_read() -> None:
    assert read(START.encode(), name="bericht.xml", schemas=SCHEMAS).remarks == ()


@needs_schemas
def test_what_we_tolerate_the_schema_does_not() -> None:
    content = START.replace(">2</m:Geslacht>", "> 2 </m:Geslacht>").encode()
    assert read(content, name="bericht.xml").remarks
    with pytest.raises(MessageContentError) as caught:
        read(content, name="bericht.xml", schemas=SCHEMAS)
    (problem,) = caught.value.problems
    assert (problem.element, problem.reason) == ("Geslacht", "is langer dan het officiële schema toestaat")
    assert problem.line == next(n for n, line in enumerate(START.splitlines(), 1) if "Geslacht>" in line)


def test_a_folder_without_schemas_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SchemaFolderError, match="WMO305"):
        read(START.encode(), name="bericht.xml", schemas=tmp_path)


@needs_schemas
@pytest.mark.parametrize("location", ["http://127.0.0.1:9/basisschema.xsd", "../basisschema.xsd", "/etc/hostname"])
def test_a_schema_that_looks_elsewhere_is_refused(tmp_path: Path, location: str) -> None:
    shutil.copytree(SCHEMAS / "iwmo_3_2", tmp_path / "iwmo_3_2")
    path = tmp_path / "iwmo_3_2" / "WMO305.xsd"
    path.write_text(path.read_text().replace('"basisschema.xsd"', f'"{location}"'))
    with pytest.raises(SchemaFolderError, match="buiten zijn eigen map"):
        read(START.encode(), name="bericht.xml", schemas=tmp_path)


@needs_schemas
def test_a_broken_schema_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SCHEMAS / "iwmo_3_2", tmp_path / "iwmo_3_2")
    (tmp_path / "iwmo_3_2" / "basisschema.xsd").write_text("<a>")
    with pytest.raises(SchemaFolderError, match="kan niet worden gelezen"):
        read(START.encode(), name="bericht.xml", schemas=tmp_path)
