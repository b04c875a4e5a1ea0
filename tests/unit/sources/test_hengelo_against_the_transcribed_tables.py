"""Every figure of the example Hengelo is the one that was transcribed from the documents."""

import polars as pl
import pytest

from hengelo import take_in, together, transcribed
from noaber.records import Batch

SHARED = {"OZL1", "OZL2", "OMD1", "OMD2", "BEGELEIDING_OVERGANG"}


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory) -> list[Batch]:
    return list(take_in(tmp_path_factory.mktemp("hengelo") / "town"))


@pytest.mark.parametrize(("law", "name"), [("jeugdwet", "youth"), ("wmo", "wmo")])
def test_indications(batches: list[Batch], law: str, name: str) -> None:
    rows = together(batches, "indication_table").filter(pl.col("law") == law)
    found = {
        (row["care_form"], row["year"], row["period"], row["kind"]): (row["indications"], row["budget_cents"])
        for row in rows.to_dicts()
    }
    expected = {}
    for row in transcribed(f"indications-{name}-2018.csv"):
        form = f"J_{row['care_form']}" if law == "jeugdwet" and row["care_form"] in SHARED else row["care_form"]
        expected |= {
            (form, 2016, "year", "observed"): (int(row["indications_2016"]), None),
            (form, 2017, "year", "observed"): (int(row["indications_2017"]), None),
            (form, 2018, "jan_apr", "observed"): (int(row["indications_2018_jan_apr"]), None),
            (form, 2018, "year", "expected"): (int(row["expected_2018"]), 100 * int(row["budget_2018"])),
        }
    assert found == expected


def test_budget_lines(batches: list[Batch]) -> None:
    rows = together(batches, "budget").to_dicts()
    found = {(row["law"], row["budget_line"]): row["amount_cents"] for row in rows}
    lines = transcribed("budget-lines-2018.csv")
    expected = {(row["law"], row["line"]): 100 * int(row["amount_2018"]) for row in lines}
    in_kind = "Zorg in natura (tabel met indicaties)"
    assert found == expected | {("jeugdwet", in_kind): 2_308_000_700, ("wmo", in_kind): 1_546_859_400}


def test_funding(batches: list[Batch]) -> None:
    found = sorted(together(batches, "funding").select("law", "year", "amount_cents").rows())
    expected = sorted(
        (row["law"], year, 100_000 * int(row[f"keur_{year}"]))
        for row in transcribed("funding-gap-2018.csv")
        for year in range(2018, 2023)
        if row[f"keur_{year}"]
    )
    assert found == expected


def test_population_and_youth_figures(batches: list[Batch]) -> None:
    rows = together(batches, "population").filter(pl.col("source").str.contains("Kennispunt")).to_dicts()
    found = sorted((row["kind"], row["on"].year, row["persons"]) for row in rows)
    figures = together(batches, "key_figure").to_dicts()
    table = transcribed("population.csv")
    years = [str(year) for year in range(2014, 2023)]
    youth = [row for row in table if row["group"].startswith("youth")]
    people = [row for row in table if row not in youth]
    assert found == sorted((row["kind"], int(year), int(row[year])) for row in people for year in years if row[year])
    assert sorted(row["value"] for row in figures) == sorted(
        float(row[year]) for row in youth for year in years if row[year]
    )
