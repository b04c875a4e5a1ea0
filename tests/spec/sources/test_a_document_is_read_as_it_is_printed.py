"""A table in a document has items in rows and years in columns; every filled cell is a figure, and sums are checked."""

from pathlib import Path

import pytest

from noaber.records import Batch, NoaberError
from noaber.sources import indications
from office import desk

MAPPING = """
[[sheets]]
files = "begroting*.csv"
amounts = "thousands"
columns = { law = "Wet", budget_line = "Regel" }
fixed = { version = "primitive", source = "Programmabegroting 2025" }
total = { heading = "Regel", word = "Totaal", per = ["Wet"] }
growths = [{ heading = "Groei", first = "2025", last = "2026" }]
notes = [{ heading = "Noot", word = "raming", text = "dit bedrag is een raming." }]
[[sheets.figures]]
table = "budget"
columns = { amount_cents = "2025" }
fixed = { year = "2025" }
[[sheets.figures]]
table = "budget"
columns = { amount_cents = "2026" }
fixed = { year = "2026" }
[values.law]
Wmo = "wmo"
Jeugdwet = "jeugdwet"
"""
HEAD = "Wet;Regel;2025;2026;Groei;Noot\n"


def take(tmp_path: Path, *rows: str, mapping: str = MAPPING, head: str = HEAD) -> Batch:
    return desk(tmp_path).take(indications, "begroting_2024-11-05.csv", head + "\n".join(rows), mapping)


def said(batch: Batch) -> list[str]:
    return [remark.text for remark in batch.receipt.remarks]


def test_every_filled_cell_is_a_row_and_every_printed_row_counts_once(tmp_path: Path) -> None:
    batch = take(tmp_path, "Wmo;Lonen;1.200;1.260;5%;", "Wmo;Vervoer;800;;;")
    found = batch.rows["budget"].select("budget_line", "year", "amount_cents").rows()
    assert found == [("Lonen", 2025, 120_000_000), ("Lonen", 2026, 126_000_000), ("Vervoer", 2025, 80_000_000)]
    assert (batch.receipt.rows_in, batch.receipt.rows_kept, batch.receipt.remarks) == (2, 2, ())


def test_a_total_is_held_to_its_rows_and_fills_no_table(tmp_path: Path) -> None:
    batch = take(
        tmp_path, "Wmo;Lonen;1.200;1.260;;", "Wmo;Vervoer;800;;;", "Wmo;Totaal;2.000;1.261;;", "Jeugdwet;Totaal;0;0;;"
    )
    assert said(batch) == ["Totaal '2026': vermeld is 1.261.000, de rijen tellen op tot 1.260.000."]
    assert batch.rows["budget"].height == 3
    assert batch.receipt.rows_kept == 4


def test_a_printed_growth_is_held_to_its_figures(tmp_path: Path) -> None:
    batch = take(tmp_path, "Wmo;Lonen;1.200;1.260;5%;", "Wmo;Vervoer;800;1.200;25%;")
    assert said(batch) == ["'Groei': vermeld is +25,0 procent, de cijfers van 2025 en 2026 geven +50,0 procent."]


def test_a_note_is_said_of_the_rows_it_stands_at(tmp_path: Path) -> None:
    assert said(take(tmp_path, "Wmo;Lonen;1.200;;;raming")) == ["1 keer: dit bedrag is een raming."]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("Wmo;Vervoer;;;;", "required"),
        ("Wmo;Vervoer;veel;;;", "number"),
        ("Wmo;Vervoer;=2+2;;;", "number"),
        ("Wmo;Vervoer;1,5E+06;;;", "number"),
        ("Zvw;Vervoer;800;;;", "choice"),
        ("Wmo;Lonen;800;;;", "duplicate"),
        ("Wmo;Totaal;veel;;;", "number"),
        ("Wmo;999900006;800;;;", "citizen_number"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_whole(tmp_path: Path, row: str, rule: str) -> None:
    batch = take(tmp_path, "Wmo;Lonen;1.200;1.260;;", row)
    assert [(refusal.line, refusal.rule) for refusal in batch.receipt.refusals] == [(3, rule)]
    assert batch.rows["budget"].height == 2


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (('table = "budget"', 'table = "support"'), "N-213", "bestaat niet of komt niet uit een document: support"),
        (('files = "begroting*.csv"', 'files = "jaarstukken*.csv"'), "N-213", "niet hoe dit bestand is opgebouwd"),
        (('fixed = { year = "2026" }', 'fixed = { year = "2025" }'), "N-213", "Twee kolommen vullen dezelfde rij"),
        (('columns = { amount_cents = "2026" }', "columns = {}"), "N-213", "nergens in welke kolom de cijfers staan"),
        (('version = "primitive", source', 'versie = "primitive", source'), "N-213", "geen van de tabellen: versie"),
        (('heading = "Noot"', 'heading = "Opmerking"'), "N-212", "ontbreken: Opmerking"),
    ],
)
def test_a_mapping_that_does_not_fit_says_why(tmp_path: Path, change: tuple[str, str], code: str, words: str) -> None:
    with pytest.raises(NoaberError) as caught:
        take(tmp_path, "Wmo;Lonen;1.200;1.260;;", mapping=MAPPING.replace(*change))
    assert caught.value.code == code
    assert words in caught.value.what
