"""Every indicator a second time: slow, obvious, in plain loops over plain rows.

The formulas in SQL count changes and cut spells; these twins look at every day or every person, as one would by hand.
Each takes the rows of all tables and the question, and returns cells by (period, codes of the dimensions): the value,
what it rests on, and for a ratio the numerator and the denominator.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from math import floor

from noaber.indicators import Question

Row = dict[str, object]
Tables = dict[str, list[Row]]
Key = tuple[str, ...]
FOREVER = date(9999, 12, 30)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Cell:
    value: float | None
    count: int | None
    numerator: float | None = None
    denominator: float | None = None


Cells = dict[Key, Cell]


# Time


@dataclass(frozen=True)
class Period:
    text: str
    first: date
    last: date


def month_period(year: int, month: int, months: int) -> Period:
    first = date(year, month, 1)
    after = year * 12 + month - 1 + months
    text = {1: f"{year}-{month:02}", 3: f"{year}-Q{(month + 2) // 3}", 12: f"{year}"}[months]
    return Period(text, first, date(after // 12, after % 12 + 1, 1) - DAY)


def whole_periods(ask: Question, since: date = date.min) -> list[Period]:
    """Return the periods that begin within the figures, end by the day of knowledge, and do not end before `since`."""
    months = {"month": 1, "quarter": 3, "year": 12}[ask.frequency]
    every = [
        month_period(year, month, months)
        for year in range(ask.town.figures_from.year, ask.known_on.year + 1)
        for month in range(1, 13, months)
    ]
    begun = [item for item in every if item.first >= ask.town.figures_from and item.last >= since]
    return [item for item in begun if item.last <= ask.known_on]


def period_of(ask: Question, day: date) -> Period | None:
    return next((item for item in whole_periods(ask) if item.first <= day <= item.last), None)


# Cells


def code(row: Row, name: str) -> str:
    return "_U" if row[name] is None else str(row[name])


def keys(row: Row, dimensions: Iterable[str]) -> list[Key]:
    """Return every cell a row belongs to: its own, and each total."""
    return list(product(*[(code(row, name), "_T") for name in dimensions]))


def gather(rows: Iterable[Row], dimensions: Iterable[str]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    names = tuple(dimensions)
    for row in rows:
        for key in keys(row, names):
            found[key].append(row)
    return found


def in_periods(ask: Question, rows: Iterable[Row], day: str) -> dict[Period, list[Row]]:
    found: dict[Period, list[Row]] = defaultdict(list)
    for row in rows:
        period = period_of(ask, row[day])
        if period is not None:
            found[period].append(row)
    return found


def quantile(values: list[int], share: float) -> float:
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


# Support


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


# Intensity, duration, waiting


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


# Providers


def allocations(tables: Tables) -> list[Row]:
    first: dict[Key, Row] = {}
    for row in sorted(tables["support"], key=lambda item: item["began_on"] or date.min):
        first.setdefault((row["law"], row["allocation_number"]), row)
    return list(first.values())


def referrer_share(tables: Tables, ask: Question) -> Cells:
    answer: Cells = {}
    for period, rows in in_periods(ask, allocations(tables), "allocated_on").items():
        for key, here in gather(rows, ask.dimensions).items():
            for referrer in {code(row, "referrer") for row in here}:
                number = sum(1 for row in here if code(row, "referrer") == referrer)
                answer[(period.text, *key, referrer)] = Cell(100 * number / len(here), number, number, len(here))
    return answer


def certified_institutions(tables: Tables, ask: Question) -> Cells:
    agreement = ask.town.referral_agreement
    rows = [row | {"institution": row["referrer_code"]} for row in allocations(tables) if row["referrer"] == "04"]
    by_period = in_periods(ask, rows, "allocated_on")
    everything = [row for here in by_period.values() for row in here]
    baseline = [row for row in everything if row["allocated_on"].year == agreement.baseline_year]
    answer: Cells = {}
    for period, here in by_period.items():
        for key in gather(everything, ask.dimensions):
            number = len(gather(here, ask.dimensions).get(key, []))
            answer[(period.text, *key, "allocated")] = Cell(number, number)
        for key, before in gather(baseline, ask.dimensions).items():
            average = len(before) / 4
            answer[(period.text, *key, "baseline")] = Cell(average, len(before))
            agreed = average * (100 - agreement.reduction_percent) / 100
            answer[(period.text, *key, "agreed")] = Cell(agreed, len(before))
    return answer


def provider_spend(tables: Tables, ask: Question) -> Cells:
    return {
        (period.text, *key): Cell(sum(row["amount_cents"] for row in here), len({row["person"] for row in here}))
        for period, rows in in_periods(ask, tables["cost"], "month").items()
        for key, here in gather(rows, ask.dimensions).items()
    }


def provider_dependence(tables: Tables, ask: Question) -> Cells:
    answer: Cells = {}
    for period, rows in in_periods(ask, tables["cost"], "month").items():
        everything = sum(row["amount_cents"] for row in rows)
        ours: dict[str, int] = defaultdict(int)
        for row in rows:
            ours[row["provider"]] += row["amount_cents"]
        for provider, cents in ours.items():
            persons = len({row["person"] for row in rows if row["provider"] == provider})
            if everything > 0:
                answer[(period.text, provider, "of_our_spend")] = Cell(
                    100 * cents / everything, persons, cents, everything
                )
            for row in tables["provider_register"]:
                turnover = row["turnover_cents"]
                if (row["year"], row["provider"]) == (period.first.year, provider) and turnover and turnover > 0:
                    answer[(period.text, provider, "of_turnover")] = Cell(
                        100 * cents / turnover, persons, cents, turnover
                    )
        if everything > 0:
            squares = sum(cents**2 for cents in ours.values())
            persons = len({row["person"] for row in rows})
            answer[(period.text, "_T", "concentration")] = Cell(
                100 * squares / everything**2, persons, squares, everything**2
            )
    return answer


# Money


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


# Surroundings


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


TWINS: dict[str, Callable[[Tables, Question], Cells]] = {
    twin.__name__: twin
    for twin in (
        residents_with_support,
        households_with_support,
        support_stock,
        support_inflow,
        support_outflow,
        indications_per_resident,
        residents_per_1000,
        pyramid,
        spending,
        spending_real,
        spending_per_resident,
        spending_per_client,
        intensity_individual,
        intensity_group,
        duration,
        waiting,
        referrer_share,
        certified_institutions,
        provider_spend,
        provider_dependence,
        budget_realisation,
        experience,
        contacts,
        indications_by_care_form,
        budget_by_care_form,
        funding_gap,
        population_by_age,
    )
}
