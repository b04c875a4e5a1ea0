"""A later export takes the place of an earlier one; what it no longer says is withdrawn, as a message would do it."""

from datetime import date
from pathlib import Path

import polars as pl

from noaber.records import Batch
from noaber.sources import backoffice
from office import MAPPING, desk, export, provision


def statuses(frame: pl.DataFrame, day: str) -> list[tuple[date, str]]:
    return sorted(frame.select(day, "status").rows())


def two_exports(tmp_path: Path, first: str, second: str) -> tuple[Batch, Batch]:
    at = desk(tmp_path)
    before = at.take(backoffice, "voorzieningen_2023-12-31.csv", export(first), MAPPING)
    known = {"start": before.rows["start"], "stop": before.rows["stop"]}
    return before, at.take(backoffice, "voorzieningen_2024-12-31.csv", export(second), MAPPING, **known)


FIRST = {"Toegekend": "01-01-2023", "Van": "01-02-2023"}


def test_a_begin_that_was_corrected_is_withdrawn_and_said_anew(tmp_path: Path) -> None:
    first = provision(**FIRST, Begin="05-02-2023")
    _, later = two_exports(tmp_path, first, provision(**FIRST, Begin="12-02-2023"))
    assert statuses(later.rows["start"], "began_on") == [(date(2023, 2, 5), "3"), (date(2023, 2, 12), "1")]


def test_an_end_that_was_taken_back_is_withdrawn(tmp_path: Path) -> None:
    first = provision(**FIRST, Begin="05-02-2023", Einde="01-12-2023", Reden="19")
    _, later = two_exports(tmp_path, first, provision(**FIRST, Begin="05-02-2023"))
    assert statuses(later.rows["stop"], "ended_on") == [(date(2023, 12, 1), "3")]


def test_what_is_said_again_is_not_withdrawn(tmp_path: Path) -> None:
    row = provision(**FIRST, Begin="05-02-2023")
    _, later = two_exports(tmp_path, row, row)
    assert statuses(later.rows["start"], "began_on") == [(date(2023, 2, 5), "1")]


def test_what_an_export_does_not_mention_stays_as_it_was(tmp_path: Path) -> None:
    first = provision(**FIRST, Begin="05-02-2023")
    _, later = two_exports(tmp_path, first, provision(Nummer="4002"))
    assert later.rows["start"]["allocation_number"].to_list() == ["4002"]


def test_what_was_withdrawn_is_not_withdrawn_again(tmp_path: Path) -> None:
    at = desk(tmp_path)
    first, corrected = provision(**FIRST, Begin="05-02-2023"), provision(**FIRST, Begin="12-02-2023")
    one, two = two_exports(tmp_path, first, corrected)
    known = {"start": pl.concat([one.rows["start"], two.rows["start"]]), "stop": one.rows["stop"]}
    three = at.take(backoffice, "voorzieningen_2025-01-10.csv", export(corrected), MAPPING, **known)
    assert statuses(three.rows["start"], "began_on") == [(date(2023, 2, 12), "1")]
