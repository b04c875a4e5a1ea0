"""A row that cannot be right is refused with its line and a reason in the supplier's words; the others come in."""

from pathlib import Path

import pytest

from noaber.records import Refusal
from noaber.sources import backoffice
from office import ANNA, MAPPING, desk, export, provision

BROKEN = ANNA[:-1] + str((int(ANNA[-1]) + 1) % 10)

WRONG = {
    "a citizen number that fails the eleven-test": (
        provision(BSN=BROKEN),
        "citizen_number",
        "Kolom 'BSN': voldoet niet aan de elfproef.",
    ),
    "a product that the municipality does not know": (
        provision(Product="99X99"),
        "unknown_product",
        "Kolom 'Product': dit product hoort bij geen zorgvorm in municipality.toml.",
    ),
    "an end before the beginning": (
        provision(Tot="01-01-2024"),
        "runs_backwards",
        "Kolom 'Tot': ligt vóór de ingangsdatum.",
    ),
    "a day that does not exist": (
        provision(Van="31-02-2024"),
        "date",
        "Kolom 'Van': is geen bestaande datum (verwacht dd-mm-jjjj).",
    ),
    "support that ended and never began": (
        provision(Begin="", Einde="01-06-2024", Reden="19"),
        "end_without_start",
        "Kolom 'Einde': er is een einde, maar geen begin.",
    ),
    "an end without a reason": (
        provision(Einde="01-06-2024"),
        "required",
        "Kolom 'Reden': leeg, terwijl de ondersteuning eindigde.",
    ),
    "nobody to give it to": (
        provision(BSN="", Client=""),
        "required",
        "Kolom 'Client': er staat geen cliënt bij.",
    ),
    "a birth after the export": (
        provision(Geboren="01-01-2026"),
        "future",
        "Kolom 'Geboren': ligt na de dag van de export.",
    ),
    "a word that the mapping does not know": (
        provision(Geslacht="mevrouw"),
        "choice",
        "Kolom 'Geslacht': staat niet in de lijst: man, vrouw.",
    ),
    "a number in which a spreadsheet saw a power": (
        provision(AGB="9,9E+07"),
        "mangled",
        "Kolom 'AGB': is door een rekenblad in een machtsgetal veranderd; lever de kolom als tekst.",
    ),
    "a citizen number in another column": (
        provision(AGB=ANNA),
        "form",
        "Kolom 'AGB': heeft niet de vorm: acht cijfers.",
    ),
    "a citizen number as the number of the allocation": (
        provision(Nummer=ANNA),
        "citizen_number",
        "Kolom 'Nummer': bevat een burgerservicenummer uit dit bestand.",
    ),
    "a cell that begins as a formula": (
        provision(Huisnummer="=1+1"),
        "formula",
        "Kolom 'Huisnummer': begint als een formule of bevat stuurtekens; lever gewone tekst.",
    ),
    "a cell too few": (
        provision().rsplit(";", 1)[0],
        "cells",
        "De regel heeft 19 cellen en de kop 20.",
    ),
    "the same provision twice": (
        provision(Nummer="4000"),
        "duplicate",
        "Wet + Nummer + Toegekend: dezelfde sleutel staat al op regel 2.",
    ),
}


@pytest.mark.parametrize(("row", "rule", "reason"), WRONG.values(), ids=list(WRONG))
def test_it_says_which_row_and_why(tmp_path: Path, row: str, rule: str, reason: str) -> None:
    right = (provision(Nummer="4000"), provision(Nummer="4999"))
    batch = desk(tmp_path).take(backoffice, "voorzieningen.csv", export(right[0], row, right[1]), MAPPING)
    (refusal,) = batch.receipt.refusals
    assert (refusal.line, refusal.rule, refusal.reason) == (3, rule, reason)
    assert (batch.receipt.rows_in, batch.receipt.rows_kept) == (3, 2)
    assert batch.rows["allocation"]["line"].to_list() == [2, 4]


@pytest.mark.parametrize(("row", "rule", "reason"), WRONG.values(), ids=list(WRONG))
def test_and_never_repeats_the_number(tmp_path: Path, row: str, rule: str, reason: str) -> None:
    first = export(provision(Nummer="4000"), row)
    receipt = desk(tmp_path).take(backoffice, "voorzieningen.csv", first, MAPPING).receipt
    assert ANNA not in str(receipt)
    assert BROKEN not in str(receipt)


def test_the_first_thing_wrong_is_the_reason(tmp_path: Path) -> None:
    row = provision(Van="gisteren", BSN=BROKEN, Product="99X99")
    receipt = desk(tmp_path).take(backoffice, "voorzieningen.csv", export(row), MAPPING).receipt
    assert [refusal.rule for refusal in receipt.refusals] == ["date"]


def test_a_row_that_cannot_be_read_is_a_row_too(tmp_path: Path) -> None:
    content = export(provision(), '"4002"x;Wmo', provision(Nummer="4003"))
    receipt = desk(tmp_path).take(backoffice, "voorzieningen.csv", content, MAPPING).receipt
    assert receipt.refusals == (
        Refusal(line=3, rule="quotes", reason="Er staat een aanhalingsteken midden in een cel."),
    )
    assert receipt.rows_in == 3
