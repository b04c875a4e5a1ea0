"""A table of Statistics Netherlands is fetched once; it comes in as inhabitants, households or key figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from cbs_server import district_table, without_secrets, wmo_table
from noaber.connections.cbs import Code, Dimension, Fake, Measure, Observation, Table, fetch
from noaber.records import Batch
from noaber.sources import cbs
from office import desk


def take_in(folder: Path, table: Table) -> Batch:
    path = fetch(
        table.table, folder, areas=("GM", "WK"), on=date(2026, 3, 1), cbs=Fake({table.table: without_secrets(table)})
    )
    at = desk(folder)
    return replace(at, folder=folder).take(cbs, path.name, path.read_bytes())


def rows(batch: Batch, table: str, *columns: str) -> list[tuple[Any, ...]]:
    return batch.rows[table].select(*columns).rows()


def test_key_figures_per_district_hold_inhabitants_per_age(tmp_path: Path) -> None:
    batch = take_in(tmp_path, district_table())
    town = batch.rows["population"].filter(pl.col("area") == "GM9901")
    assert town.select("on", "age_from", "age_until", "sex", "persons", "kind").rows() == [
        (date(2024, 1, 1), 0, None, "0", 1660, "observed"),
        (date(2024, 1, 1), 0, 14, "0", 240, "observed"),
        (date(2024, 1, 1), 65, None, "0", 330, "observed"),
    ]
    assert rows(batch, "households", "area", "households") == [("GM9901", 800), ("WK990100", 140)]


def test_clients_under_the_wmo_are_counted_per_1000_residents_not_percent(tmp_path: Path) -> None:
    figures = take_in(tmp_path, district_table()).rows["key_figure"].filter(pl.col("area") == "GM9901")
    assert figures.select("name", "value", "unit", "period").rows() == [
        ("income_per_resident", 31.5, "1000 euro", "2024JJ00"),
        ("wmo_clients", 115.0, "persons", "2024JJ00"),
        ("wmo_clients_per_1000", 69.0, "per 1000 residents", "2024JJ00"),
    ]


def test_what_cbs_keeps_secret_comes_in_without_a_value(tmp_path: Path) -> None:
    batch = take_in(tmp_path, district_table())
    district = batch.rows["key_figure"].filter(pl.col("area") == "WK990100", pl.col("value").is_null())
    assert district["name"].to_list() == ["income_per_resident", "wmo_clients_per_1000"]
    assert "2 keer is er geen cijfer: het CBS heeft het niet of houdt het geheim." in said(batch)


def test_inhabitants_of_a_neighbour_are_refused_and_its_figures_are_kept_to_compare_with(tmp_path: Path) -> None:
    batch = take_in(tmp_path, district_table())
    assert {refusal.rule for refusal in batch.receipt.refusals} == {"area"}
    assert len(batch.receipt.refusals) == 3
    neighbour = batch.rows["key_figure"].filter(pl.col("area") == "GM9902")
    assert neighbour.height == 4
    assert neighbour.filter(pl.col("name") == "residents").height == 1, "to know who is as large as we are"
    assert batch.receipt.rows_in == batch.receipt.rows_kept + 3 == 21


def test_what_an_area_is_called_comes_along_once(tmp_path: Path) -> None:
    table = district_table()
    named = {code.code: code.title for item in table.dimensions if item.kind == "area" for code in item.codes}
    found = rows(take_in(tmp_path, table), "area_name", "year", "area", "name")
    assert (2024, "GM9902", named["GM9902"]) in found
    assert len(found) == len(set(found))


def test_a_kind_of_support_becomes_part_of_the_name(tmp_path: Path) -> None:
    batch = take_in(tmp_path, wmo_table())
    assert rows(batch, "key_figure", "name", "year", "value", "status") == [
        ("wmo_clients", 2022, 122.0, "final"),
        ("wmo_clients_hulp_bij_het_huishouden", 2022, 132.0, "final"),
        ("wmo_clients", 2023, 123.0, "final"),
        ("wmo_clients_hulp_bij_het_huishouden", 2023, 133.0, "final"),
        ("wmo_clients", 2024, 124.0, "provisional"),
        ("wmo_clients_hulp_bij_het_huishouden", 2024, 134.0, "provisional"),
    ]


def test_it_is_known_from_the_day_it_was_fetched(tmp_path: Path) -> None:
    assert take_in(tmp_path, wmo_table()).receipt.known_on == date(2026, 3, 1)


def test_inhabitants_by_age_and_sex(tmp_path: Path) -> None:
    codes = {
        "Geslacht": ("other", {"T001038": "Totaal mannen en vrouwen", "3000": "Mannen"}),
        "Leeftijd": ("other", {"10000": "Totaal", "10010": "0 jaar", "22000": "95 jaar of ouder"}),
        "RegioS": ("area", {"GM9901": "Noaberstad"}),
        "Perioden": ("period", {"2025JJ00": "2025**"}),
    }
    table = Table(
        table="99644NED",
        title="Bevolking; geslacht, leeftijd en regio",
        modified="",
        api="v4",
        dimensions=tuple(
            Dimension(name=name, kind=kind, codes=tuple(Code(code=code, title=title) for code, title in titles.items()))
            for name, (kind, titles) in codes.items()
        ),
        measures=(Measure(code="M1", title="Bevolking op 1 januari", unit="aantal"),),
        observations=tuple(
            Observation(
                measure="M1",
                codes={"Geslacht": sex, "Leeftijd": age, "RegioS": "GM9901", "Perioden": "2025JJ00"},
                value=value,
            )
            for value, (sex, age) in enumerate(
                [("T001038", "10000"), ("T001038", "10010"), ("3000", "22000")], start=100
            )
        ),
    )
    assert rows(take_in(tmp_path, table), "population", "on", "age_from", "age_until", "sex", "persons") == [
        (date(2025, 1, 1), 0, None, "0", 100),
        (date(2025, 1, 1), 0, 0, "0", 101),
        (date(2025, 1, 1), 95, None, "1", 102),
    ]


def test_a_forecast_in_thousands_becomes_persons(tmp_path: Path) -> None:
    whole = wmo_table()
    table = msgspec.structs.replace(
        whole,
        title="Prognose bevolking; regio",
        measures=(Measure(code="M000100", title="Bevolking op 1 januari", unit="x 1 000"),),
        observations=tuple(
            msgspec.structs.replace(item, value=83.1)
            for item in whole.observations
            if item.codes["TypeMaatwerkarrangement"] == "T001024"
        ),
    )
    assert rows(take_in(tmp_path, table), "population", "persons", "kind") == [(83_100, "forecast")] * 3


def said(batch: Batch) -> list[str]:
    return [remark.text for remark in batch.receipt.remarks]
