"""The twins of how support runs: intensity, duration and waiting."""

from __future__ import annotations

from collections import defaultdict

from noaber.indicators import Question

from .ground import DAY, FOREVER, Cell, Cells, Key, Row, Tables, gather, in_periods, period_of, quantile
from .support import count_spells, days_with_support, spells


def weekly(row: Row, units: dict[str, int]) -> float | None:
    one = units.get(row["unit"])
    if one is None or row["volume"] is None or row["frequency"] is None:
        return None
    amount = row["volume"] * one
    if row["frequency"] == "1":
        return amount * 7
    if row["frequency"] == "2":
        return amount
    if row["frequency"] == "4":
        return amount * 12 / 52
    if row["allocated_until"] is None:
        return None
    return amount * 7 / ((row["allocated_until"] - row["allocated_from"]).days + 1)


def intensity_class(amount: float | None, bounds: list[tuple[int, str]], above: str) -> str:
    if amount is None:
        return "_U"
    return next((name for bound, name in bounds if amount <= bound), above)


def intensity_individual(tables: Tables, ask: Question) -> Cells:
    bounds = [(60, "01_up_to_60"), (120, "02_61_to_120"), (240, "03_121_to_240"), (480, "04_241_to_480")]
    found = [
        row | {"intensity": intensity_class(weekly(row, {"01": 1, "04": 60}), bounds, "05_above_480")}
        for row in spells(tables, ask)
        if row["kind"] == "individual"
    ]
    return count_spells(found, ask)


def intensity_group(tables: Tables, ask: Question) -> Cells:
    bounds = [(2, "01_up_to_2"), (4, "02_3_to_4"), (6, "03_5_to_6"), (8, "04_7_to_8")]
    found = [
        row | {"intensity": intensity_class(weekly(row, {"16": 1}), bounds, "05_above_8")}
        for row in spells(tables, ask)
        if row["kind"] == "group"
    ]
    return count_spells(found, ask)


def duration(tables: Tables, ask: Question) -> Cells:
    answer: Cells = {}
    for key, rows in gather(spells(tables, ask), ask.dimensions).items():
        ended: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for person, own in gather(rows, ["person"]).items():
            days = days_with_support(own, ask) if person != ("_T",) else set()
            for last in (day for day in days if day + DAY not in days):
                length = next(step for step in range(1, 99999) if last - step * DAY not in days)
                period = period_of(ask, last + DAY)
                if period is not None:
                    ended[period.text].append((person[0], length))
        for period_text, runs in ended.items():
            persons = len({person for person, _ in runs})
            lengths = [length for _, length in runs]
            answer[(period_text, *key, "median")] = Cell(quantile(lengths, 0.5), persons)
            answer[(period_text, *key, "p90")] = Cell(quantile(lengths, 0.9), persons)
    return answer


def goes_on(row: Row, tables: Tables) -> bool:
    """Return whether the resident already had this care form on the day before."""
    before = row["began_on"] - DAY
    return any(
        other["began_on"] <= before <= (other["ended_on"] or other["allocated_until"] or FOREVER)
        for other in tables["support"]
        if other["began_on"] is not None
        and (other["person"], other["law"], other["care_form"]) == (row["person"], row["law"], row["care_form"])
    )


def waiting(tables: Tables, ask: Question) -> Cells:
    first: dict[Key, Row] = {}
    for row in tables["support"]:
        if row["began_on"] is not None and row["began_on"] <= ask.known_on:
            number = (row["law"], row["allocation_number"])
            if number not in first or row["began_on"] < first[number]["began_on"]:
                first[number] = row
    fresh = [row for row in first.values() if not goes_on(row, tables)]
    answer: Cells = {}
    for period, rows in in_periods(ask, fresh, "began_on").items():
        for key, here in gather(rows, ask.dimensions).items():
            days = [max(0, (row["began_on"] - row["allocated_on"]).days) for row in here]
            persons = len({row["person"] for row in here})
            in_time = sum(1 for number in days if number <= 42)
            answer[(period.text, *key, "median")] = Cell(quantile(days, 0.5), persons)
            answer[(period.text, *key, "p90")] = Cell(quantile(days, 0.9), persons)
            share = 100 * in_time / len(days)
            answer[(period.text, *key, "within_norm")] = Cell(share, persons, in_time, len(days))
    return answer
