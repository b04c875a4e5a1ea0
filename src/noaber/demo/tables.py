"""The plain tables: population, households, key figures, prices, money, providers, contacts and experience.

Every file is named `<table>_<known on>.csv` and has the columns that the table declares, so that a supplier's file and
the declaration cannot drift apart.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from noaber.records import TABLES, Law, Status

from .claims import Claims
from .orders import Orders
from .partner import Row
from .population import Residents
from .proportions import Proportions
from .providers import BENEFITS_OFFICE, PARTNER, PARTNER_NAME, Market
from .streams import Floats, Ints, day, new_year, stream

_OLDEST_BAND = 95
_GM = "GM9901"
_REGISTER = "Basisregistratie personen Noaberstad (verzonnen)"
_BUDGET = "Beleidsbegroting Noaberstad (verzonnen)"
_LEDGER = "Grootboek Noaberstad (verzonnen)"
_STATUS = {"f": Status.FINAL, "p": Status.PROVISIONAL, "e": Status.PROVISIONAL}


@dataclass(frozen=True, slots=True)
class Year:
    """Spending of a year in eurocents per care form (by position)."""

    year: int
    cents: Ints


def write(folder: Path, table: str, known_on: date, rows: Iterable[Mapping[str, object]]) -> None:
    """Write one table file with the declared columns; a column that a row does not name stays empty."""
    names = [column.name for column in TABLES[table].columns]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{table}_{known_on}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def population(given: Proportions, town: Residents, year: int) -> list[Row]:
    """Return residents on 1 January per area, five-year band and sex; the town is the exact sum of its districts."""
    on = new_year(year)
    here = town.present(on)
    band = np.minimum(town.ages(on)[here] // 5, _OLDEST_BAND // 5)
    bands = _OLDEST_BAND // 5 + 1
    counts = np.zeros((len(given.districts), bands, 3), dtype=np.int64)
    np.add.at(counts, (town.district[here], band, town.sex[here]), 1)
    areas = [(district.code, counts[place]) for place, district in enumerate(given.districts)]
    return [
        {
            "on": date(year, 1, 1),
            "area": area,
            "age_from": 5 * item,
            "age_until": "" if item == bands - 1 else 5 * item + 4,
            "sex": str(sex),
            "persons": int(found[item, sex]),
            "kind": "observed",
            "source": _REGISTER,
        }
        for area, found in (*areas, (_GM, counts.sum(axis=0)))
        for item in range(bands)
        for sex in (1, 2)
    ]


def households(given: Proportions, town: Residents, year: int) -> list[Row]:
    """Return households on 1 January per area: addresses where someone lives."""
    here = town.present(new_year(year))
    _, first = np.unique(town.household[here], return_index=True)
    per = np.bincount(town.district[here][first], minlength=len(given.districts))
    areas = [(district.code, int(per[place])) for place, district in enumerate(given.districts)]
    return [
        {"on": date(year, 1, 1), "area": area, "households": number, "source": _REGISTER}
        for area, number in (*areas, (_GM, int(per.sum())))
    ]


def key_figures(given: Proportions, year: int) -> list[Row]:
    """Return income per resident per area."""
    level = 1.0
    for step in range(min(year, 2024) + 1, max(year, 2024) + 1):
        level *= 1 + given.prices.CPI[step][0] / 100 * 0.8 + 0.004
    level = level if year >= 2024 else 1 / level
    incomes = [(district.code, district.income) for district in given.districts]
    return [
        {
            "table_id": "85984NED",
            "period": f"{year}JJ00",
            "year": year,
            "area": area,
            "name": "income_per_resident",
            "value": round(income * level, 1),
            "unit": "1000 euro",
            "status": Status.FINAL.value,
        }
        for area, income in (*incomes, (_GM, given.residents.income_per_resident))
    ]


def price_index(given: Proportions, year: int) -> list[Row]:
    """Return the price changes of a year; what no publisher has said is called an estimate in its source."""
    rows: list[Row] = []
    for index in ("OVA", "PPC", "CPI"):
        change, sure = getattr(given.prices, index)[year]
        published = given.prices.source_consumer if index == "CPI" else given.prices.source_contract
        source = "Schatting van het verzonnen dorp" if sure == "e" else published
        rows.append({"year": year, "index": index, "change": change, "status": _STATUS[sure].value, "source": source})
    return rows


def budget(given: Proportions, year: int, before: Year | None, *, version: str, scale: float) -> list[Row]:
    """Return the budget of a year: that of 2018 as published; else last year's spending at this year's prices.

    Budgets lag behind growth on purpose (the primitive one by a percent and a half), as the real ones did.
    """
    growth = given.price_level(year) / given.price_level(year - 1) if year > 2016 else 1.0
    rows: list[Row] = []
    for place, form in enumerate(given.care_forms):
        cents = round(form.budget_2018 * 100 * scale)
        if before is not None and year != 2018:
            cents = round(float(before.cents[place]) * growth * (0.985 if version == "primitive" else 1.0))
        rows.append(_line(year, form.law, form.code, form.code, cents) | {"version": version, "source": _BUDGET})
    for law, line, cents in _other_lines(given, year, scale):
        rows.append(_line(year, law, line, "", cents) | {"version": version, "source": _BUDGET})
    return rows


def realisation(given: Proportions, spent: Year, *, final: bool, seed: int, scale: float) -> list[Row]:
    """Return booked spending of a year: the claims per care form, and the other lines near their budget."""
    random = stream(seed, f"ledger {spent.year}")
    status = (Status.FINAL if final else Status.PROVISIONAL).value
    tail = {"status": status, "source": _LEDGER}
    rows = [
        _line(spent.year, form.law, form.code, form.code, int(spent.cents[place])) | tail
        for place, form in enumerate(given.care_forms)
    ]
    for law, line, cents in _other_lines(given, spent.year, scale):
        rows.append(_line(spent.year, law, line, "", round(cents * random.normal(1.01, 0.03))) | tail)
    return rows


def _line(year: int, law: str, line: str, care_form: str, cents: int) -> Row:
    return {"year": year, "law": str(law), "budget_line": line, "care_form": care_form, "amount_cents": cents}


def _other_lines(given: Proportions, year: int, scale: float) -> list[tuple[Law, str, int]]:
    """Return budget lines without a care form: those of 2018 at prices of the year, and the partner's lump sum."""
    level = given.price_level(year) * scale * 100
    rows = [(line.law, line.name, round(line.budget_2018 * level)) for line in given.other_lines]
    if year >= 2025:
        lump = given.partner.lump_sum_2025 * 100 * scale * given.price_level(year) / given.price_level(2025)
        rows.append((Law.WMO, "Basisondersteuning", round(lump)))
    return rows


def funding(given: Proportions, year: int, spent: Mapping[Law, int], *, scale: float) -> list[Row]:
    """Return income and expense per law as a multi-year budget shows them; `spent` is last year's expense in cents."""
    rows: list[Row] = []
    for grant in given.funding:
        level = given.price_level(year) * (1.0 if year < 2020 else 1.02) * scale * 100
        income = round(grant.state_grant_2018 * level)
        contribution = round(grant.own_contribution_2018 * scale * 100 * (1.0 if year < 2020 else 0.53))
        expense = round(spent.get(grant.law, 0) * 1.01)
        lines = (
            ("Inkomsten rijksbijdragen", "state_grant", income),
            ("Inkomsten eigen bijdragen", "own_contribution", contribution),
            ("Uitgaven", "expense", expense),
            ("Saldo", "balance", income + contribution - expense),
        )
        rows += [
            {"year": year, "law": grant.law.value, "item": item, "kind": kind, "amount_cents": cents, "source": _BUDGET}
            for item, kind, cents in lines
            if cents or kind != "own_contribution"
        ]
    return rows


def provider_register(market: Market, orders: Orders, claims: Claims, year: int, *, seed: int) -> list[Row]:
    """Return the organisations of a year; turnover is what the town pays over the share it has in an organisation."""
    random = stream(seed, "turnover")
    shares = random.beta(1.3, 2.2, len(market.providers)) * 0.9 + 0.04
    drift = stream(seed, f"turnover {year}").normal(0.012, 0.03, len(market.providers))
    within = (claims.month >= new_year(year)) & (claims.month < new_year(year + 1))
    paid = np.bincount(
        orders.provider[claims.order[within]], weights=claims.cents[within], minlength=len(market.providers)
    )
    rows: list[Row] = []
    for place, item in enumerate(market.providers):
        if item.code != BENEFITS_OFFICE:
            turnover = round(float(paid[place]) / float(shares[place])) + 5_000_000
            row: Row = {"year": year, "provider": item.code, "name": item.name, "kind": item.kind}
            rows.append(row | {"turnover_cents": turnover, "profit_cents": round(turnover * float(drift[place]))})
    others = [item for item in market.organisations if item.kind == "referrer" or item.code == BENEFITS_OFFICE]
    rows += [{"year": year, "provider": item.code, "name": item.name, "kind": item.kind} for item in others]
    if year >= 2025:
        rows.append({"year": year, "provider": PARTNER, "name": PARTNER_NAME, "kind": "partner"})
    return rows


_QUESTIONS = (
    ("K1", "Ik wist waar ik moest zijn met mijn hulpvraag", 0.71, -0.004),
    ("K2", "Ik werd snel geholpen", 0.70, -0.012),
    ("K3", "De medewerker nam mij serieus", 0.85, 0.001),
    ("K4", "De medewerker en ik hebben samen naar oplossingen gezocht", 0.77, 0.002),
    ("K5", "Ik vind de kwaliteit van de ondersteuning goed", 0.82, 0.000),
    ("K6", "De ondersteuning past bij mijn hulpvraag", 0.81, -0.001),
    ("K7", "Ik kan beter de dingen doen die ik wil", 0.77, 0.001),
    ("K8", "Ik kan mij beter redden", 0.80, 0.001),
    ("K9", "Ik heb een betere kwaliteit van leven", 0.76, 0.002),
)


def experience(year: int, clients: Mapping[Law, int], *, seed: int) -> list[Row]:
    """Return the yearly client survey: a sample is invited, a third answers, and most agree."""
    random = stream(seed, f"experience {year}")
    rows: list[Row] = []
    for law in (Law.WMO, Law.YOUTH):
        invited = min(1200, clients[law])
        for code, label, share, slope in _QUESTIONS:
            answered = int(random.binomial(invited, 0.33 if law is Law.WMO else 0.21))
            agree = min(0.97, share + slope * (year - 2016) - (0.03 if law is Law.YOUTH else 0.0))
            row: Row = {"year": year, "law": law.value, "question": code, "label": label, "invited": invited}
            rows.append(row | {"answered": answered, "positive": int(random.binomial(answered, agree))})
    return rows


def light_by_district(given: Proportions, town: Residents, orders: Orders) -> dict[str, Floats]:
    """Return running light indications at the end of 2024 per kind and district: where basic support will be asked."""
    last = day(date(2024, 12, 31))
    running = (orders.began <= last) & (orders.ended >= last)
    found = {}
    for kind, unit in (("individual", "01"), ("group", "16")):
        chosen = np.array([form.light and form.unit == unit for form in given.care_forms])[orders.form] & running
        places = town.district[orders.person[chosen]]
        found[kind] = np.bincount(places, minlength=len(given.districts)).astype(np.float64)
    return found
