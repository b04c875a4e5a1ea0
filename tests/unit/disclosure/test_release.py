"""Publishing: whole or not at all, never overwritten, twice is once, and refused when something could be worked out."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import msgspec
import pytest

from counts import CBS5, EXACT, counts, table
from noaber.disclosure import (
    PublishedFileError,
    RecoverableError,
    SafeResult,
    audit,
    index,
    protect,
    protect_together,
    publish,
    published,
    read,
    report,
)
from noaber.disclosure.gate import _draft
from noaber.disclosure.published import PublishedFile
from noaber.records import Text
from noaber.results import Break, Result

DOCS = Path(__file__).parents[3] / "docs"
CELLS = {
    ("2024", "wmo", "west"): 3,
    ("2024", "wmo", "east"): 40,
    ("2024", "youth", "west"): 25,
    ("2024", "youth", "east"): 31,
}

LIGHT = """
import sys, noaber.disclosure
print(*sorted({name.split(".")[0] for name in sys.modules} & {"duckdb", "numpy", "highspy", "lxml"}))
"""


def result(extra: int = 0, **more: object) -> Result:
    cells = {cell: number + extra * (number > 7) for cell, number in CELLS.items()}
    return counts(cells, "law", "district", **more)


def test_what_is_read_is_what_was_published(tmp_path):
    rich = result(
        breaks=(
            Break(
                on=date(2024, 5, 1),
                kind="real",
                comparable=False,
                text=Text("Anders.", "Different."),
                touches=(("law", ("wmo",)),),
            ),
        ),
        notes=(Text("Let op.", "Mind."),),
        labels={"law": {"wmo": Text("Wmo", "Wmo")}},
        provisional_from="2024",
    )
    safe = protect(rich, CBS5)
    publish([safe], tmp_path)
    again = read(tmp_path / index(tmp_path).results[0].file)
    assert again.cells.equals(safe.cells)
    assert again.cells.schema == safe.cells.schema
    assert replace(again, cells=safe.cells) == safe


def test_publishing_twice_changes_nothing(tmp_path):
    safe = protect(result(), EXACT)
    first = publish([safe], tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    second = publish([safe], tmp_path)
    assert len(first.written) == 1
    assert second.written == ()
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_a_new_version_stands_beside_the_old_one(tmp_path):
    publish([protect(result(provisional_from="2024", snapshot="1"), EXACT)], tmp_path)
    publish([protect(result(4, snapshot="2"), EXACT, beside=published(tmp_path))], tmp_path)
    (entry,) = index(tmp_path).results
    assert len(entry.earlier) == 1
    assert read(tmp_path / entry.file).provenance.snapshot == "2" * 16
    assert read(tmp_path / entry.earlier[0]).provenance.snapshot == "1" * 16


def test_going_back_makes_the_old_file_count_again(tmp_path):
    old, new = (protect(result(extra, provisional_from="2024", snapshot=str(extra)), CBS5) for extra in (0, 4))
    for safe in (old, new, old):
        publish([safe], tmp_path)
    (entry,) = index(tmp_path).results
    assert read(tmp_path / entry.file).provenance.snapshot == "0" * 16
    assert len({entry.file, *entry.earlier}) == 2


def test_a_definition_that_was_mended_can_be_published_from_the_same_snapshot(tmp_path):
    publish([protect(result(), EXACT)], tmp_path)
    mended = result(20)
    safe = protect(mended, EXACT, beside=published(tmp_path))
    publish([safe], tmp_path)
    assert read(tmp_path / index(tmp_path).results[0].file).cells.equals(safe.cells)


def test_what_can_be_worked_out_is_refused_and_nothing_is_written(tmp_path):
    with pytest.raises(RecoverableError) as refused:
        publish([_draft(result(), EXACT, b"")], tmp_path)
    assert "counts, 2024, district west, law wmo" in refused.value.where
    assert not any(character in refused.value.where for character in ("3", "40", "25", "31"))
    assert list(tmp_path.iterdir()) == []


def test_a_second_table_is_refused_when_the_first_makes_it_tell(tmp_path):
    quarters = {("2024-Q1",): 12, ("2024-Q2",): 15, ("2024-Q3",): 4, ("2024-Q4",): 21}
    publish([protect(table(quarters, frequency="quarter", over_time="adds"), EXACT)], tmp_path)
    year = table({("2024",): 52}, over_time="adds")
    with pytest.raises(RecoverableError):
        publish([protect(year, EXACT)], tmp_path)
    safe = protect(year, EXACT, beside=published(tmp_path))
    assert safe.cells["hidden"].item() == "secondary"
    publish([safe], tmp_path)


def test_a_crash_before_the_index_leaves_the_old_release_in_force(tmp_path, monkeypatch):
    publish([protect(result(provisional_from="2024"), CBS5)], tmp_path)
    before = index(tmp_path)
    real = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if Path(target).name == "index.json":
            raise OSError("disk full")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="disk full"):
        publish([protect(result(9, snapshot="1"), CBS5)], tmp_path)
    monkeypatch.undo()
    assert index(tmp_path) == before
    publish([protect(result(9, snapshot="1"), CBS5)], tmp_path)
    assert index(tmp_path) != before


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"format": 2}', b"[]", b'{"format": 1}', b'{"format": 1, "results": 3}']
)
def test_a_damaged_file_says_so(tmp_path, content):
    (tmp_path / "x.json").write_bytes(content)
    with pytest.raises(PublishedFileError):
        read(tmp_path / "x.json")
    (tmp_path / "index.json").write_bytes(content)
    with pytest.raises(PublishedFileError):
        index(tmp_path)


def test_a_file_whose_columns_differ_in_length_is_damaged(tmp_path):
    publish([protect(result(), CBS5)], tmp_path)
    path = tmp_path / index(tmp_path).results[0].file
    plain = json.loads(path.read_bytes())
    plain["cells"]["value"].pop()
    path.write_text(json.dumps(plain))
    with pytest.raises(PublishedFileError):
        read(path)


def test_no_true_number_is_in_the_file(tmp_path):
    publish([protect(counts({("2024", "a"): 777_777, ("2024", "b"): 3}, "district"), CBS5)], tmp_path)
    plain = json.loads((tmp_path / index(tmp_path).results[0].file).read_bytes())
    assert plain["cells"]["value"] == [777_780, 777_775, None]


def test_every_field_of_a_file_is_on_its_page():
    page = (DOCS / "reference" / "published-files.md").read_text(encoding="utf-8")
    assert [name for name in PublishedFile.__struct_fields__ if f"`{name}`" not in page] == []
    assert {field.name for field in fields(SafeResult)} == {*PublishedFile.__struct_fields__} - {"format"}


def test_reading_loads_no_analysis_and_no_solver():
    loaded = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []


def test_the_report_says_what_was_hidden_why_and_how_firmly():
    quarters = table({("2024-Q1",): 12, ("2024-Q2",): 4}, frequency="quarter", over_time="adds")
    safe = protect_together([result(), quarters], EXACT)
    text = report(safe, audit(safe, exact_intervals=True), "nl")
    assert "geen verborgen getal is uit te rekenen" in text
    assert "| counts.year.law-district | 9 | 5 | 1 | 3 | 0 | 0 | 0 |" in text
    assert "| counts | 2024 | district west, law wmo | 0 – 7 |" in text
    assert "no hidden figure can be worked out" in report(safe, audit(safe), "en")


def test_the_report_warns_when_something_can_be_worked_out():
    ajar = [_draft(result(), EXACT, b"")]
    assert "1 verborgen getallen zijn uit te rekenen. Niet publiceren" in report(ajar, audit(ajar), "nl")


def test_the_file_is_json_that_others_can_read(tmp_path):
    publish([protect(result(), CBS5)], tmp_path)
    plain = msgspec.json.decode((tmp_path / index(tmp_path).results[0].file).read_bytes())
    assert plain["cells"].keys() == {"period", "law", "district", "value", "hidden"}
    assert plain["rule"]["hide_up_to"] == 7
