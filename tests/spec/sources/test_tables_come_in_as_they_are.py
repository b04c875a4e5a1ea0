"""Counts, amounts and answers of the municipality and its partner: one table per file, under any headings."""

from datetime import date
from pathlib import Path

import pytest

from noaber.records import NoaberError
from noaber.sources import tables
from office import ANNA, desk

COUNTS = (
    "month,district,layer,kind,persons,households,started,ended\n"
    "2025-01-01,WK990100,basic_support,individual,120,110,20,0\n"
    "2025-01-01,WK990101,basic_support,individual,80,75,11,0\n"
)


def test_a_file_is_named_after_its_table_and_the_day_it_was_known(tmp_path: Path) -> None:
    batch = desk(tmp_path).take(tables, "partner_count_2025-02-03.csv", COUNTS)
    assert batch.receipt.known_on == date(2025, 2, 3)
    assert batch.rows["partner_count"]["persons"].to_list() == [120, 80]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_without_a_mapping_any_delimiter_will_do(tmp_path: Path, delimiter: str) -> None:
    batch = desk(tmp_path).take(tables, "partner_count.csv", COUNTS.replace(",", delimiter))
    assert batch.receipt.rows_kept == 2


DUTCH = """
amounts = "euros"
[[tables]]
table = "budget"
files = "begroting_*.csv"
columns = { year = "Jaar", law = "Wet", budget_line = "Begrotingsregel", amount_cents = "Bedrag" }
fixed = { version = "primitive", source = "Programmabegroting" }
[values.law]
Wmo = "wmo"
"""


def test_with_a_mapping_headings_and_words_are_those_of_the_supplier(tmp_path: Path) -> None:
    content = "Jaar;Wet;Begrotingsregel;Bedrag\n2025;Wmo;Lonen;€ 1.764.604,50\n2025;Wmo;Overige inkomsten;48.908-\n"
    batch = desk(tmp_path).take(tables, "begroting_2024-11-05.csv", content, DUTCH)
    assert batch.receipt.refusals == ()
    assert batch.rows["budget"]["amount_cents"].to_list() == [176_460_450, -4_890_800]
    assert batch.rows["budget"]["version"].to_list() == ["primitive", "primitive"]


BUDGET = "year,law,budget_line,care_form,version,amount_cents,source\n"
WRONG = {
    "a care form that the municipality does not know": (
        "budget",
        BUDGET + "2025,wmo,X,NIEUW,primitive,100,\n",
        "Kolom 'care_form': deze zorgvorm staat niet in municipality.toml.",
    ),
    "a district elsewhere": (
        "partner_count",
        COUNTS.splitlines()[0] + "\n2025-01-01,WK000100,basic_support,individual,1,1,0,0\n",
        "Kolom 'district': deze wijk staat niet in municipality.toml.",
    ),
    "another municipality": (
        "households",
        "on,area,households,source\n2025-01-01,GM0001,100,\n",
        "Kolom 'area': dit gebied hoort niet bij deze gemeente.",
    ),
    "a band that runs backwards": (
        "population",
        "on,area,age_from,age_until,sex,persons,kind,source\n2025-01-01,GM9901,10,4,0,100,observed,\n",
        "Kolom 'age_until': ligt vóór age_from.",
    ),
    "an amount with decimals where whole cents are agreed": (
        "budget",
        BUDGET + "2025,wmo,X,,primitive,100.25,\n",
        "Kolom 'amount_cents': is geen heel getal.",
    ),
    "a thousand that might be one": (
        "budget",
        BUDGET + "2025,wmo,X,,primitive,1.000,\n",
        "Kolom 'amount_cents': is geen heel getal.",
    ),
    "a negative count": (
        "households",
        "on,area,households,source\n2025-01-01,GM9901,-1,\n",
        "Kolom 'households': ligt onder 0.",
    ),
    "a count that cannot be one": (
        "households",
        f"on,area,households,source\n2025-01-01,GM9901,{ANNA},\n",
        "Kolom 'households': heeft meer dan acht cijfers; dat kan geen aantal zijn.",
    ),
    "a citizen number in a free text": (
        "budget",
        BUDGET + f"2025,wmo,X,,primitive,100,dossier {ANNA[:3]}.{ANNA[3:5]}.{ANNA[5:]} (zie bijlage)\n",
        "Kolom 'source': bevat een getal dat een burgerservicenummer kan zijn; dat hoort hier niet.",
    ),
    "the second half of a month": (
        "partner_count",
        COUNTS.splitlines()[0] + "\n2025-01-16,WK990100,basic_support,individual,1,1,0,0\n",
        "Kolom 'month': is niet de eerste dag van een maand.",
    ),
}


@pytest.mark.parametrize(("table", "content", "reason"), WRONG.values(), ids=list(WRONG))
def test_what_cannot_be_is_refused(tmp_path: Path, table: str, content: str, reason: str) -> None:
    receipt = desk(tmp_path).take(tables, f"{table}.csv", content).receipt
    assert [refusal.reason for refusal in receipt.refusals] == [reason]
    assert (receipt.rows_in, receipt.rows_kept) == (1, 0)
    assert ANNA not in str(receipt)


def test_the_same_key_twice_is_refused_once(tmp_path: Path) -> None:
    content = BUDGET + "2025,wmo,X,,primitive,100,\n2025,wmo,X,,primitive,200,\n"
    batch = desk(tmp_path).take(tables, "budget.csv", content)
    assert [refusal.reason for refusal in batch.receipt.refusals] == [
        "year + law + budget_line + version: dezelfde sleutel staat al op regel 2."
    ]
    assert batch.rows["budget"]["amount_cents"].to_list() == [100]


def test_a_column_that_nothing_reads_is_named(tmp_path: Path) -> None:
    content = "on,area,households,source,kleur\n2025-01-01,GM9901,100,,rood\n"
    receipt = desk(tmp_path).take(tables, "households.csv", content).receipt
    assert [remark.text for remark in receipt.remarks] == ["Niets leest deze kolommen: kleur."]


def test_districts_that_do_not_add_up_to_the_town_are_remarked_upon(tmp_path: Path) -> None:
    head = "on,area,age_from,age_until,sex,persons,kind,source\n"
    rows = [("GM9901", 100), ("WK990100", 60), ("WK990101", 45)]
    content = head + "".join(f"2025-01-01,{area},0,,0,{persons},observed,\n" for area, persons in rows)
    receipt = desk(tmp_path).take(tables, "population.csv", content).receipt
    assert [(remark.code, remark.line) for remark in receipt.remarks] == [("districts", 2)]
    assert receipt.rows_kept == 3


def test_a_band_that_is_not_the_sum_of_its_parts_is_remarked_upon(tmp_path: Path) -> None:
    head = "on,area,age_from,age_until,sex,persons,kind,source\n"
    bands = [("0", "19", 30), ("0", "9", 10), ("10", "19", 21), ("20", "", 70), ("0", "", 101)]
    content = head + "".join(f"2025-01-01,GM9901,{a},{b},0,{persons},observed,\n" for a, b, persons in bands)
    receipt = desk(tmp_path).take(tables, "population.csv", content).receipt
    assert [remark.text for remark in receipt.remarks] == [
        "GM9901, 2025-01-01: de groep van 0 tot en met 19 jaar is vermeld als 30, haar delen tellen op tot 31."
    ]


@pytest.mark.parametrize(
    ("name", "mapping", "code"),
    [
        ("omzet.csv", None, "N-215"),
        ("omzet.csv", DUTCH, "N-215"),
        ("begroting_1.csv", DUTCH.replace('"budget"', '"omzet"'), "N-213"),
    ],
)
def test_a_file_that_fills_no_table_is_an_error(tmp_path: Path, name: str, mapping: str | None, code: str) -> None:
    with pytest.raises(NoaberError) as caught:
        desk(tmp_path).take(tables, name, COUNTS, mapping)
    assert caught.value.code == code
