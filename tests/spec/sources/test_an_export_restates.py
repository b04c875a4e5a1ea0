"""A later export takes the place of an earlier one: what it says of a provision counts, from the day of the export."""

from datetime import date
from pathlib import Path
from typing import Any

from noaber.snapshot import Snapshot, Store
from noaber.sources import backoffice
from office import MAPPING, desk, export, provision

FIRST = {"Toegekend": "01-01-2023", "Van": "01-02-2023"}


def taken_in(folder: Path, **exports: str) -> Snapshot:
    """Return the snapshot after exports that were known at the end of these years."""
    at = desk(folder)
    for year, content in exports.items():
        batch = at.take(backoffice, f"voorzieningen_{year[1:]}-12-31.csv", export(content), MAPPING)
        snapshot = Store(folder / "store").add([batch], town=at.town)
    return snapshot


def spells(snapshot: Snapshot, known_on: date | None = None) -> list[Any]:
    with snapshot.connect(known_on) as connection:
        return connection.execute("SELECT began_on, ended_on FROM support ORDER BY allocation_number").fetchall()


def test_a_beginning_that_was_corrected_is_no_second_beginning(tmp_path: Path) -> None:
    first, corrected = provision(**FIRST, Begin="05-02-2023"), provision(**FIRST, Begin="12-02-2023")
    snapshot = taken_in(tmp_path, y2023=first, y2024=corrected)
    assert spells(snapshot) == [(date(2023, 2, 12), None)]


def test_what_was_known_before_can_still_be_asked(tmp_path: Path) -> None:
    first, corrected = provision(**FIRST, Begin="05-02-2023"), provision(**FIRST, Begin="12-02-2023")
    snapshot = taken_in(tmp_path, y2023=first, y2024=corrected)
    assert spells(snapshot, date(2024, 6, 1)) == [(date(2023, 2, 5), None)]


def test_an_end_that_was_taken_back_is_no_end(tmp_path: Path) -> None:
    ended = provision(**FIRST, Begin="05-02-2023", Einde="01-12-2023", Reden="19")
    snapshot = taken_in(tmp_path, y2023=ended, y2024=provision(**FIRST, Begin="05-02-2023"))
    assert spells(snapshot) == [(date(2023, 2, 5), None)]


def test_what_an_export_does_not_mention_stays_as_it_was(tmp_path: Path) -> None:
    first = provision(**FIRST, Begin="05-02-2023")
    snapshot = taken_in(tmp_path, y2023=first, y2024=provision(Nummer="4002"))
    assert spells(snapshot) == [(date(2023, 2, 5), None), (date(2024, 2, 5), None)]


def test_a_row_that_is_refused_leaves_what_was_known(tmp_path: Path) -> None:
    first = provision(**FIRST, Begin="05-02-2023")
    snapshot = taken_in(tmp_path, y2023=first, y2024=provision(**FIRST, Begin="31-02-2023"))
    assert spells(snapshot) == [(date(2023, 2, 5), None)]
