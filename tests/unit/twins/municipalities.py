"""The twins of what CBS says per municipality."""

from __future__ import annotations

from noaber.indicators import Question

from .ground import Cell, Cells, Tables
from .support import everyone


def figures(tables: Tables, name: str) -> dict[tuple[int, str], float]:
    """The figures of whole years by year and municipality; of two tables the one with the higher number."""
    found: dict[tuple[int, str], float] = {}
    for row in sorted(tables["key_figure"], key=lambda item: item["table_id"]):
        whole = row["period"] == f"{row['year']}JJ00" and row["area"].startswith("GM")
        if whole and row["name"] == name and row["value"] is not None:
            found[row["year"], row["area"]] = row["value"]
    return found


def living(tables: Tables, ask: Question) -> dict[tuple[int, str], float]:
    """Who lives where: elsewhere as CBS says, here by the first count of the year."""
    here = ask.town.gm_code
    found = {key: value for key, value in figures(tables, "residents").items() if key[1] != here}
    for on in sorted({row["on"] for row in tables["population"]}, reverse=True):
        persons = everyone(tables, here, on)
        if persons is not None:
            found[on.year, here] = persons
    return found


def cells(found: dict[tuple[int, str], float]) -> Cells:
    return {(str(year), area): Cell(value, None) for (year, area), value in found.items()}


def municipalities_wmo(tables: Tables, ask: Question) -> Cells:
    return cells(figures(tables, "wmo_clients_per_1000"))


def municipalities_youth(tables: Tables, ask: Question) -> Cells:
    return cells(figures(tables, "youth_clients_share"))


def municipalities_residents(tables: Tables, ask: Question) -> Cells:
    return cells(living(tables, ask))


def municipalities_benefit(tables: Tables, ask: Question) -> Cells:
    people, found = living(tables, ask), figures(tables, "benefit_recipients")
    return cells({key: 1000 * value / people[key] for key, value in found.items() if people.get(key)})
