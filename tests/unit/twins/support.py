"""The twins of who has support: residents, households, stock, moves, and the pyramid."""

from __future__ import annotations

from datetime import date, timedelta

from noaber.indicators import Question

from .ground import DAY, FOREVER, Cell, Cells, Key, Row, Tables, gather, whole_periods


def spells(tables: Tables, ask: Question) -> list[Row]:
    found = []
    for row in tables["support"]:
        if row["began_on"] is None or row["began_on"] > ask.known_on:
            continue
        last = row["ended_on"] or row["allocated_until"] or FOREVER
        if last >= row["began_on"] and last >= ask.town.figures_from:
            domain = "income" if row["law"] == "participatiewet" else "care"
            found.append(row | {"first": row["began_on"], "last": last, "domain": domain})
    return found


def running(found: list[Row], ask: Question, who: str) -> dict[Key, dict[str, list[str]]]:
    """Return per cell and period of whom (`who`, doubles included) support runs on the last day."""
    if not found:
        return {}
    answer: dict[Key, dict[str, list[str]]] = {}
    for key, rows in gather(found, ask.dimensions).items():
        answer[key] = {
            period.text: [row[who] for row in rows if row["first"] <= period.last <= row["last"]]
            for period in whole_periods(ask, min(row["first"] for row in found))
        }
    return answer


def count_running(found: list[Row], ask: Question, who: str) -> Cells:
    return {
        (period, *key): Cell(len(set(names)), len(set(names)))
        for key, by_period in running(found, ask, who).items()
        for period, names in by_period.items()
    }


def residents_with_support(tables: Tables, ask: Question) -> Cells:
    return count_running(spells(tables, ask), ask, "person")


def households_with_support(tables: Tables, ask: Question) -> Cells:
    return count_running([row for row in spells(tables, ask) if row["household"] is not None], ask, "household")


def count_spells(found: list[Row], ask: Question) -> Cells:
    return {
        (period, *key): Cell(len(names), len(names))
        for key, by_period in running(found, ask, "person").items()
        for period, names in by_period.items()
    }


def support_stock(tables: Tables, ask: Question) -> Cells:
    return count_spells(spells(tables, ask), ask)


def days_with_support(rows: list[Row], ask: Question) -> set[date]:
    """Return every day on which one of the rows runs, up to the day after the day of knowledge."""
    end = ask.known_on + DAY
    return {
        row["first"] + timedelta(days=step)
        for row in rows
        for step in range((min(row["last"], end) - row["first"]).days + 1)
    }


def moved(tables: Tables, ask: Question, *, ends: bool) -> Cells:
    found = spells(tables, ask)
    if not found:
        return {}
    answer: Cells = {}
    for key, rows in gather(found, ask.dimensions).items():
        moves: list[tuple[str, date]] = []
        for person, own in gather(rows, ["person"]).items():
            days = days_with_support(own, ask) if person != ("_T",) else set()
            if ends:
                moves += [(person[0], day + DAY) for day in days if day + DAY not in days]
            else:
                moves += [(person[0], day) for day in days if day - DAY not in days]
        for period in whole_periods(ask, min(row["first"] for row in found)):
            here = [person for person, day in moves if period.first <= day <= period.last]
            answer[(period.text, *key)] = Cell(len(here), len(set(here)))
    return answer


def support_inflow(tables: Tables, ask: Question) -> Cells:
    return moved(tables, ask, ends=False)


def support_outflow(tables: Tables, ask: Question) -> Cells:
    return moved(tables, ask, ends=True)


def indications_per_resident(tables: Tables, ask: Question) -> Cells:
    found = spells(tables, ask)
    return {
        (period, *key): Cell(len(names) / len(set(names)), len(set(names)), len(names), len(set(names)))
        for key, by_period in running(found, ask, "person").items()
        for period, names in by_period.items()
        if names
    }


def everyone_of_one_sex(rows: list[Row]) -> int | None:
    for row in rows:
        if row["age_from"] == 0 and row["age_until"] is None:
            return row["persons"]
    expected = 0
    for row in sorted(rows, key=lambda item: item["age_from"]):
        if row["age_from"] != expected:
            return None
        expected = None if row["age_until"] is None else row["age_until"] + 1
    return sum(row["persons"] for row in rows) if rows and expected is None else None


def everyone(tables: Tables, area: str, on: date) -> int | None:
    rows = [row for row in tables["population"] if (row["area"], row["on"], row["kind"]) == (area, on, "observed")]
    by_sex = {sex: everyone_of_one_sex([row for row in rows if row["sex"] == sex]) for sex in "012"}
    if by_sex["0"] is not None:
        return by_sex["0"]
    if by_sex["1"] is None or by_sex["2"] is None:
        return None
    return by_sex["1"] + by_sex["2"]


def inhabitants(tables: Tables, area: str, moment: date) -> int | None:
    """Return the last count on or before a day that is at most a year old."""
    a_year_before = moment.replace(year=moment.year - 1)
    for on in sorted({row["on"] for row in tables["population"]}, reverse=True):
        if a_year_before <= on <= moment and everyone(tables, area, on) is not None:
            return everyone(tables, area, on)
    return None


def residents_per_1000(tables: Tables, ask: Question) -> Cells:
    answer: Cells = {}
    last = {period.text: period.last for period in whole_periods(ask)}
    for (period, *key), cell in residents_with_support(tables, ask).items():
        district = dict(zip(ask.dimensions, key, strict=True)).get("district", "_T")
        area = ask.town.gm_code if district == "_T" else district
        persons = inhabitants(tables, area, last[period] + DAY)
        if persons:
            answer[(period, *key)] = Cell(1000 * cell.value / persons, cell.count, cell.value, persons)
    return answer


def pyramid(tables: Tables, ask: Question) -> Cells:
    found = [row for row in spells(tables, ask) if row["layer"] == "indicated_support"]
    found = [row for row in found if row["law"] != "participatiewet"]
    answer = {(*key, "indicated_support"): cell for key, cell in count_running(found, ask, "person").items()}
    for period in whole_periods(ask, date.min):
        month = period.last.replace(day=1)
        rows = [row for row in tables["partner_count"] if row["month"] == month]
        rows = [row for row in rows if row["layer"] != "indicated_support"]
        for layer in {row["layer"] for row in rows}:
            for key, here in gather([row for row in rows if row["layer"] == layer], ask.dimensions).items():
                persons = sum(row["persons"] for row in here)
                answer[(period.text, *key, layer)] = Cell(persons, persons)
    return answer
