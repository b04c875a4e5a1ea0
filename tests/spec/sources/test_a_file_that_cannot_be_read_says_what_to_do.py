"""A file that is wrong as a whole is not taken in: the error says what is wrong, where, and what to do now."""

from pathlib import Path

import pytest

from noaber.municipality import Supplier
from noaber.records import NoaberError, test_citizen_numbers
from noaber.sources import backoffice
from office import ANNA, HEADINGS, KEY, MAPPING, RECEIVED, desk, export, provision

GOOD = export(provision())
NUMBERS = test_citizen_numbers()[:40]

FILES: dict[str, tuple[str | bytes, str, str]] = {
    "an empty file": ("", "N-211", "Het bestand is leeg."),
    "a spreadsheet": (b"PK\x03\x04....", "N-211", "Dit is geen tekstbestand"),
    "another encoding than agreed": (GOOD.replace("vrouw", "vróuw").encode("cp1252"), "N-211", "tekencodering utf-8"),
    "another delimiter": (GOOD.replace(";", ","), "N-212", "niet een puntkomma, maar een komma"),
    "a heading that is not there": (GOOD.replace("Toegekend;", "Datum;"), "N-212", "ontbreken: Toegekend"),
    "no headings at all": (provision(Einde="01-12-2024", Reden="19"), "N-212", "ontbreken: Nummer, Wet"),
    "a heading that stands there twice": (GOOD.replace("Geslacht;", "Wet;"), "N-212", "twee keer"),
    "a column without a heading": (GOOD.replace("Geslacht;", ";"), "N-212", "een kolom heeft geen naam"),
    "a quotation mark that is never closed": (GOOD + '"4002;Wmo', "N-211", "nergens gesloten"),
    "citizen numbers as numbers of provisions": (
        export(*(provision(Nummer=number, BSN="", Client=str(place)) for place, number in enumerate(NUMBERS))),
        "N-214",
        "Kolom 'Nummer' lijkt burgerservicenummers te bevatten",
    ),
}


@pytest.mark.parametrize(("content", "code", "words"), FILES.values(), ids=list(FILES))
def test_it_says_what_is_wrong_and_what_to_do(tmp_path: Path, content: str | bytes, code: str, words: str) -> None:
    with pytest.raises(NoaberError) as caught:
        desk(tmp_path).take(backoffice, "voorzieningen.csv", content, MAPPING)
    error = caught.value
    assert error.code == code
    assert words in error.what
    assert error.where
    assert error.now
    assert ANNA not in str(error)
    assert NUMBERS[7] not in str(error)


def test_a_file_with_headings_only_is_a_delivery_without_rows(tmp_path: Path) -> None:
    batch = desk(tmp_path).take(backoffice, "voorzieningen.csv", HEADINGS, MAPPING)
    assert (batch.receipt.rows_in, batch.rows["allocation"].height) == (0, 0)


def test_a_file_in_utf_8_is_read_as_it_is_whatever_was_agreed(tmp_path: Path) -> None:
    mapping = 'encoding = "cp1252"\n' + MAPPING
    content = export(provision(Huisnummer="12 één"))
    receipt = desk(tmp_path).take(backoffice, "voorzieningen.csv", content, mapping).receipt
    assert [remark.code for remark in receipt.remarks] == ["encoding"]


def test_zeros_that_a_spreadsheet_ate_are_put_back_and_said(tmp_path: Path) -> None:
    batch = desk(tmp_path).take(backoffice, "voorzieningen.csv", export(provision(Categorie="1")), MAPPING)
    assert batch.rows["allocation"]["category"].to_list() == ["01"]
    assert [remark.text for remark in batch.receipt.remarks] == [
        "Kolom 'Categorie': 1 keer ontbrak de voorloopnul (rekenblad?); aangevuld tot 2 cijfers."
    ]


def test_the_tail_of_a_spreadsheet_is_no_column(tmp_path: Path) -> None:
    content = "\n".join(f"{line};;" for line in GOOD.splitlines())
    assert desk(tmp_path).take(backoffice, "voorzieningen.csv", content, MAPPING).receipt.rows_kept == 1


@pytest.mark.parametrize("before", ["sep=;\r\n", "\r\n", "\ufeff", ";;;\r\n"])
def test_what_may_stand_before_the_headings(tmp_path: Path, before: str) -> None:
    batch = desk(tmp_path).take(backoffice, "voorzieningen.csv", before + GOOD, MAPPING)
    assert (batch.receipt.rows_in, batch.receipt.refusals) == (1, ())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_says_what_a_file_is(tmp_path: Path, encoding: str) -> None:
    batch = desk(tmp_path).take(backoffice, "voorzieningen.csv", GOOD.encode(encoding), MAPPING)
    assert batch.rows["allocation"]["line"].to_list() == [2]


def test_a_line_break_in_a_cell_is_read_and_said(tmp_path: Path) -> None:
    content = export(provision(), provision(Nummer="4002", Huisnummer='"12\n"'), provision(Nummer="4003"))
    batch = desk(tmp_path).take(backoffice, "voorzieningen.csv", content, MAPPING)
    assert batch.rows["allocation"]["line"].to_list() == [2, 3, 5]
    assert [(remark.line, remark.code) for remark in batch.receipt.remarks] == [(3, "spread")]


def test_a_day_far_away_stands_for_no_end(tmp_path: Path) -> None:
    batch = desk(tmp_path).take(backoffice, "voorzieningen.csv", export(provision(Tot="31-12-9999")), MAPPING)
    assert batch.rows["allocation"]["valid_until"].to_list() == [None]


def test_a_postcode_elsewhere_is_taken_in_without_a_district_and_said(tmp_path: Path) -> None:
    rows = (provision(Postcode="1011AB"), provision(Nummer="4002", Postcode="onbekend"))
    batch = desk(tmp_path).take(backoffice, "voorzieningen.csv", export(*rows), MAPPING)
    assert batch.rows["allocation"]["district"].to_list() == [None, None]
    assert [remark.code for remark in batch.receipt.remarks] == ["postcode", "district"]


MAPPINGS = {
    "a field that does not exist": ('\nkleur = "Kleur"\n[costs]', "Deze velden bestaan niet: kleur."),
    "two fields under one heading": ('\nreferrer = "Wet"\n[costs]', "Deze koppen staan bij twee velden: Wet."),
    "a field that is needed": (None, "Deze velden zijn nodig: law."),
    "a word for no code": (
        '\n[values.end_reason]\nklaar = "99"\n[costs]',
        "code die niet bestaat: 99",
    ),
    "a key that nothing reads": ('\n[kosten]\nfiles = "*"\n[costs]', "unknown field `kosten`"),
    "no TOML": ("\n= = =\n[costs]", "kan niet worden gelezen"),
}


@pytest.mark.parametrize(("change", "words"), MAPPINGS.values(), ids=list(MAPPINGS))
def test_a_mapping_that_cannot_be_right_says_why(tmp_path: Path, change: str | None, words: str) -> None:
    mapping = MAPPING.replace('law = "Wet"\n', "", 1) if change is None else MAPPING.replace("\n[costs]", change, 1)
    with pytest.raises(NoaberError) as caught:
        desk(tmp_path).take(backoffice, "voorzieningen.csv", GOOD, mapping)
    assert caught.value.code == "N-213"
    assert words in caught.value.what


def test_a_file_that_is_of_neither_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoaberError, match="niet of dit bestand voorzieningen of kosten bevat"):
        desk(tmp_path).take(backoffice, "iets_anders.csv", GOOD, MAPPING)


def test_a_supplier_needs_a_mapping(tmp_path: Path) -> None:
    with pytest.raises(NoaberError, match="heeft geen mapping"):
        desk(tmp_path).take(backoffice, "voorzieningen.csv", GOOD)


def test_a_mapping_that_is_not_there_is_said(tmp_path: Path) -> None:
    at = desk(tmp_path)
    supplier = Supplier(name="Leverancier", source="backoffice", files="*", mapping="elders.toml")
    with pytest.raises(NoaberError, match="Het mappingbestand bestaat niet"):
        backoffice.read(
            tmp_path / "voorzieningen.csv", town=at.town, supplier=supplier, pseudonyms=KEY, received=RECEIVED, known={}
        )
