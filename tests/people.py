"""Small tables of people for tests: rows in, a connection out that looks like a snapshot's.

Only what a test is about needs to be named; every other column gets a plain value of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

import duckdb

from noaber import municipality
from noaber.indicators import INDICATORS, calculate
from noaber.municipality import CareForm, District, Municipality
from noaber.records import TABLES, Kind, Law, Text, Type
from noaber.results import Frequency, Result

Row = dict[str, object]

WEST, EAST = "WK990101", "WK990102"
TOWN = Municipality(
    code="9901",
    name="Dorp",
    districts=(District(code=WEST, name="West", tile=(0, 0)), District(code=EAST, name="Oost", tile=(1, 0))),
    care_forms=(
        CareForm(code="HO", law=Law.WMO, name=Text("Hulp", "Help"), kind=Kind.HOUSEHOLD_HELP),
        CareForm(code="OZL1", law=Law.WMO, name=Text("Begeleiding", "Guidance"), kind=Kind.INDIVIDUAL),
        CareForm(code="GGZ", law=Law.YOUTH, name=Text("Jeugd-ggz", "Youth mental health"), kind=Kind.INDIVIDUAL),
    ),
    made_up=True,
)
"""A town of two districts and three care forms, whose figures begin in 2015."""

_TYPES = {
    Type.TEXT: "VARCHAR",
    Type.INTEGER: "BIGINT",
    Type.NUMBER: "DOUBLE",
    Type.CENTS: "BIGINT",
    Type.DATE: "DATE",
    Type.MONTH: "DATE",
    Type.MOMENT: "TIMESTAMP",
    Type.BOOLEAN: "BOOLEAN",
}


def town(**changes: object) -> Municipality:
    """Return the small town with some of its settings changed."""
    fields = {name: getattr(TOWN, name) for name in TOWN.__struct_fields__}
    return municipality.Municipality(**(fields | changes))


def connect(tables: Mapping[str, Iterable[Row]] = MappingProxyType({})) -> duckdb.DuckDBPyConnection:
    """Return a connection with every table of records, filled with `tables`."""
    connection = duckdb.connect(
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": "1"}
    )
    for name, table in TABLES.items():
        columns = ", ".join(f'"{column.name}" {_TYPES[column.type]}' for column in table.all_columns)
        connection.execute(f"CREATE TABLE {name} ({columns})")
    fill(connection, tables)
    return connection


def fill(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Iterable[Row]]) -> None:
    """Put `tables` in the place of what stood in them."""
    for name, rows in tables.items():
        names = [column.name for column in TABLES[name].all_columns]
        values = [[row.get(column) for column in names] for row in rows]
        connection.execute(f"DELETE FROM {name}")
        if values:
            marks = ", ".join(["(" + ", ".join("?" for _ in names) + ")"] * len(values))
            connection.execute(f"INSERT INTO {name} VALUES {marks}", [value for row in values for value in row])


def support(person: str, began: str | None, ended: str | None = None, **more: object) -> Row:
    """Return a support row of one person: help in the household under the Wmo in the west, unless said otherwise."""
    began_on = date.fromisoformat(began) if began else None
    plain: Row = {
        "law": "wmo",
        "layer": "indicated_support",
        "care_form": "HO",
        "kind": "household_help",
        "allocation_number": f"{person}-{began}-{more.get('care_form', 'HO')}",
        "person": person,
        "household": f"home of {person}",
        "district": WEST,
        "provider": "00000001",
        "referrer": "01",
        "allocated_on": began_on or date(2024, 1, 1),
        "allocated_from": began_on or date(2024, 1, 1),
        "began_on": began_on,
        "ended_on": date.fromisoformat(ended) if ended else None,
        "known_from": date(2015, 1, 1),
    }
    return plain | more


def cost(person: str, month: str, euros: float, **more: object) -> Row:
    """Return a cost row of one person in a month: help in the household under the Wmo in the west, by one provider."""
    plain: Row = {
        "law": "wmo",
        "provider": "00000001",
        "person": person,
        "allocation_number": "1",
        "care_form": "HO",
        "kind": "household_help",
        "district": WEST,
        "month": date.fromisoformat(f"{month}-01"),
        "amount_cents": round(100 * euros),
        "known_from": date(2015, 1, 1),
    }
    return plain | more


def inhabitants(on: str, area: str, persons: int, **more: object) -> Row:
    """Return the count of everyone in an area on a day."""
    plain: Row = {"on": date.fromisoformat(on), "area": area, "age_from": 0, "sex": "0", "persons": persons}
    return plain | {"kind": "observed"} | more


def as_known(tables: Mapping[str, Iterable[Row]], on: date) -> dict[str, list[Row]]:
    """Return the versions of rows that were known on a day, as a snapshot's views give them."""
    return {
        name: [
            row
            for row in rows
            if row.get("known_from", date.min) <= on and (row.get("known_until") or date.max) > on  # type: ignore[operator]
        ]
        for name, rows in tables.items()
    }


def figures(
    indicator: str,
    *,
    by: tuple[str, ...] = (),
    known_on: str = "2025-12-31",
    here: Municipality = TOWN,
    frequency: Frequency | None = None,
    **tables: Iterable[Row],
) -> Result:
    """Return an indicator over small tables, as known on a day."""
    on = date.fromisoformat(known_on)
    with connect(as_known(tables, on)) as connection:
        return calculate(
            indicator,
            connection,
            town=here,
            known_on=on,
            snapshot_hash="0" * 16,
            frequency=frequency,
            dimensions=by,
        )


def figure(indicator: str, period: str, *, codes: Mapping[str, str] = MappingProxyType({}), **asked: object) -> float:
    """Return the one figure of a period, in the cell with these codes; KeyError when there is no such cell."""
    offered = INDICATORS[indicator].dimensions
    result = figures(indicator, by=tuple(name for name in codes if name in offered), **asked)
    for row in result.cells.iter_rows(named=True):
        if row["period"] == period and all(row[name] == code for name, code in codes.items()):
            return row["value"]
    raise KeyError(period)
