"""The tables that the town delivers: each file has the declared columns and not one row that breaks them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from noaber import demo
from noaber.records import DTYPES, TABLES

EXPECTED = {
    "budget",
    "contact",
    "experience",
    "funding",
    "households",
    "key_figure",
    "partner_count",
    "population",
    "price_index",
    "provider_register",
    "realisation",
}


def files(town: demo.Town) -> list[Path]:
    return sorted((town.folder / "deliveries" / "tables").glob("*.csv"))


def rows(path: Path, table: str, known_on: date) -> pl.DataFrame:
    types = {column.name: DTYPES[column.type] for column in TABLES[table].columns}
    frame = pl.read_csv(path, schema=types)
    return frame.with_columns(
        delivery=pl.lit("0" * 16), line=pl.int_range(pl.len(), dtype=pl.Int64) + 2, known_on=pl.lit(known_on)
    )


def test_every_table_is_there_and_meets_its_declaration(small_town: demo.Town) -> None:
    found = set()
    for path in files(small_town):
        match = re.fullmatch(r"([a-z_]+)_(\d{4}-\d{2}-\d{2})\.csv", path.name)
        assert match, path.name
        table, known_on = TABLES[match[1]], date.fromisoformat(match[2])
        assert known_on <= small_town.until
        frame = rows(path, table.name, known_on)
        assert table.problems(frame).is_empty(), (path.name, table.problems(frame).row(0))
        assert not frame.is_empty()
        assert not frame.select(pl.struct(table.key).is_duplicated().any()).item(), path.name
        found.add(table.name)
    assert found == EXPECTED


@pytest.mark.parametrize("year", [2016, 2020, 2024, 2026])
def test_population_and_households_are_the_truth(small_town: demo.Town, year: int) -> None:
    folder, known_on = small_town.folder / "deliveries" / "tables", date(year, 4, 1)
    frame = rows(folder / f"population_{known_on}.csv", "population", known_on)
    whole = frame.filter(pl.col("area") == "GM9901")["persons"].sum()
    assert whole == frame.filter(pl.col("area").str.starts_with("WK"))["persons"].sum()
    assert whole == small_town.truth.years[year].residents
    homes = rows(folder / f"households_{known_on}.csv", "households", known_on)
    assert homes.filter(pl.col("area") == "GM9901")["households"].item() == small_town.truth.years[year].households


def test_booked_spending_is_what_was_claimed(small_town: demo.Town) -> None:
    for year in range(2016, small_town.until.year - 1):
        known_on = date(year + 1, 5, 20)
        path = small_town.folder / "deliveries" / "tables" / f"realisation_{known_on}.csv"
        booked = rows(path, "realisation", known_on).filter(pl.col("care_form").is_not_null())
        assert dict(booked.select("care_form", "amount_cents").iter_rows()) == small_town.truth.years[year].cents


def test_the_partner_counts_close_from_month_to_month(small_town: demo.Town) -> None:
    before: dict[tuple[str, str, str], int] = {}
    for path in sorted((small_town.folder / "deliveries" / "tables").glob("partner_count_*.csv")):
        known_on = date.fromisoformat(path.stem[-10:])
        assert (known_on + timedelta(1)).day == 1, "a count is of the last day of a month"
        for row in rows(path, "partner_count", known_on).iter_rows(named=True):
            place = (row["district"], row["layer"], row["kind"])
            assert row["persons"] == before.get(place, 0) + row["started"] - row["ended"]
            before[place] = row["persons"]
    assert sum(before.values()) > 0
