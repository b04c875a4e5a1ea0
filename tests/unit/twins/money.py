"""The twins of money: spending, prices, budgets and the gap."""

from __future__ import annotations

from datetime import date

from noaber.indicators import Question

from .ground import Cell, Cells, Key, Row, Tables, gather, in_periods, whole_periods
from .support import inhabitants


def spending(tables: Tables, ask: Question) -> Cells:
    answer: Cells = {}
    for period in whole_periods(ask):
        year = period.first.year
        booked = [row | {"person": None} for row in tables["realisation"] if row["year"] == year]
        booked = [row | {"care_form": row["care_form"] or "_Z"} for row in booked]
        claimed = [row for row in tables["cost"] if row["month"].year == year]
        in_ledger = {row["law"] for row in booked}
        rows = booked + [row | {"amount_cents": None} if row["law"] in in_ledger else row for row in claimed]
        for key, here in gather(rows, ask.dimensions).items():
            amounts = [row["amount_cents"] for row in here if row["amount_cents"] is not None]
            persons = len({row["person"] for row in here if row["person"] is not None})
            answer[(period.text, *key)] = Cell(sum(amounts) if amounts else None, persons or None)
    return answer


def price_changes(tables: Tables, price: str) -> dict[int, float]:
    by_index: dict[str, dict[int, float]] = {"OVA": {}, "PPC": {}, "CPI": {}}
    for row in tables["price_index"]:
        by_index[row["index"]][row["year"]] = row["change"]
    if price == "consumer":
        return by_index["CPI"]
    both = set(by_index["OVA"]) & set(by_index["PPC"])
    return {year: 0.9 * by_index["OVA"][year] + 0.1 * by_index["PPC"][year] for year in both}


def spending_real(tables: Tables, ask: Question) -> Cells:
    nominal = spending(tables, ask)
    answer = {(*key, "nominal"): cell for key, cell in nominal.items()}
    known = {price: price_changes(tables, price) for price in ("contract", "consumer")}
    bases = [int(key[0]) for key in nominal if all(int(key[0]) in changes for changes in known.values())]
    for key, cell in nominal.items():
        for price, changes in known.items():
            later = range(int(key[0]) + 1, max(bases, default=0) + 1)
            if not bases or int(key[0]) > max(bases) or any(year not in changes for year in later):
                continue
            value = cell.value
            for year in later:
                value = None if value is None else value * (1 + changes[year] / 100)
            answer[(*key, price)] = Cell(value, cell.count)
    return answer


def spending_per_resident(tables: Tables, ask: Question) -> Cells:
    answer: Cells = {}
    for (period, *key), cell in spending(tables, ask).items():
        persons = inhabitants(tables, ask.town.gm_code, date(int(period), 1, 1))
        if persons:
            value = None if cell.value is None else cell.value / persons
            answer[(period, *key)] = Cell(value, cell.count, cell.value, persons)
    return answer


def spending_per_client(tables: Tables, ask: Question) -> Cells:
    answer: Cells = {}
    for period, rows in in_periods(ask, tables["cost"], "month").items():
        for key, here in gather(rows, ask.dimensions).items():
            cents = sum(row["amount_cents"] for row in here)
            persons = len({row["person"] for row in here})
            answer[(period.text, *key)] = Cell(cents / persons, persons, cents, persons)
    return answer


def added(rows: list[Row], ask: Question, split: str) -> Cells:
    """Return amounts of documents added up per year and kind, with nobody behind them."""
    answer: Cells = {}
    for year, name in {(row["year"], row[split]) for row in rows}:
        chosen = [row for row in rows if (row["year"], row[split]) == (year, name)]
        for key, here in gather(chosen, ask.dimensions).items():
            answer[(str(year), *key, name)] = Cell(sum(row["amount_cents"] for row in here), None)
    return answer


def budget_realisation(tables: Tables, ask: Question) -> Cells:
    realised = [row | {"version": "realised"} for row in tables["realisation"]]
    return added(tables["budget"] + realised, ask, "version")


def budget_by_care_form(tables: Tables, ask: Question) -> Cells:
    rows = [row | {"care_form": row["care_form"] or "_Z"} for row in tables["budget"]]
    stated: dict[Key, Row] = {}
    for row in tables["indication_table"]:
        if row["budget_cents"] is not None:
            key = (row["year"], row["law"], row["care_form"])
            highest = max(row["budget_cents"], stated.get(key, row)["budget_cents"])
            stated[key] = row | {"version": "stated", "budget_cents": highest, "amount_cents": highest}
    return added([*rows, *stated.values()], ask, "version")


def funding_gap(tables: Tables, ask: Question) -> Cells:
    rows = [row | {"item": row["kind"]} for row in tables["funding"]]
    for row in tables["funding"]:
        if row["kind"] in {"state_grant", "own_contribution"}:
            rows.append(row | {"item": "computed"})
        if row["kind"] == "expense":
            rows.append(row | {"item": "computed", "amount_cents": -row["amount_cents"]})
    return added(rows, ask, "item")
