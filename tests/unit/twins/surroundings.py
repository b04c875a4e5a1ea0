"""The twins of what surrounds support: experience, contacts, indications and population."""

from __future__ import annotations

from noaber.indicators import Question

from .ground import Cell, Cells, Tables, gather, in_periods


def experience(tables: Tables, ask: Question) -> Cells:
    return {
        (str(row["year"]), row["law"], row["question"]): Cell(
            100 * row["positive"] / row["answered"], row["answered"], row["positive"], row["answered"]
        )
        for row in tables["experience"]
        if row["answered"] > 0
    }


def contacts(tables: Tables, ask: Question) -> Cells:
    answer: Cells = {}
    for period, rows in in_periods(ask, tables["contact"], "on").items():
        for key, here in gather(rows, ask.dimensions).items():
            number = sum(row["contacts"] for row in here)
            answer[(period.text, *key)] = Cell(number, number)
    return answer


def indications_by_care_form(tables: Tables, ask: Question) -> Cells:
    answer: Cells = {}
    rows = tables["indication_table"]
    for year, kind, part in {(row["year"], row["kind"], row["period"]) for row in rows}:
        chosen = [row for row in rows if (row["year"], row["kind"], row["period"]) == (year, kind, part)]
        for key, here in gather(chosen, ask.dimensions).items():
            number = sum(row["indications"] for row in here)
            answer[(str(year), *key, kind, part)] = Cell(number, None)
    return answer


def population_by_age(tables: Tables, ask: Question) -> Cells:
    answer: Cells = {}
    for row in tables["population"]:
        area, year, kind = row["area"], row["on"].year, row["kind"]
        same = [item for item in tables["population"] if (item["area"], item["kind"]) == (area, kind)]
        latest = max(item["on"] for item in same if item["on"].year == year)
        here = [item for item in same if item["on"] == latest]
        band = [item for item in here if (item["age_from"], item["age_until"]) == (row["age_from"], row["age_until"])]
        by_sex = {item["sex"]: item["persons"] for item in band}
        if "0" not in by_sex and {"1", "2"} <= set(by_sex):
            by_sex["0"] = by_sex["1"] + by_sex["2"]
        until = "+" if row["age_until"] is None else f"-{row['age_until']:02}"
        district = "_T" if area == ask.town.gm_code else area
        for sex, persons in by_sex.items():
            codes = {"district": district, "sex": "_T" if sex == "0" else sex}
            left_out = [codes[name] for name in ("district", "sex") if name not in ask.dimensions]
            if set(left_out) <= {"_T"}:
                key = [codes[name] for name in ask.dimensions]
                answer[(str(year), *key, f"{row['age_from']:02}{until}", kind)] = Cell(persons, None)
    return answer
