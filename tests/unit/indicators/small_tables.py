"""Hypothesis strategies for small towns: few people, few days, every awkward case that the tables allow."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from people import EAST, WEST

FIRST, LAST = date(2022, 10, 1), date(2025, 6, 30)
PERSONS = ("ann", "bob", "cor")
FORMS = (("wmo", "HO"), ("wmo", "OZL1"), ("jeugdwet", "GGZ"), ("participatiewet", "BIJSTAND"))
LAYERS = ("indicated_support", "basic_support")
GM = "GM9901"

days = st.integers(0, (LAST - FIRST).days).map(lambda step: FIRST + timedelta(days=step))
# Neighbouring days and ends of months, where a day too many or too few would show.
near = st.sampled_from([date(2023, 12, 30), date(2023, 12, 31), date(2024, 1, 1), date(2024, 3, 31), date(2024, 4, 1)])
moments = st.one_of(days, near)
months = moments.map(lambda day: day.replace(day=1))
districts = st.sampled_from([WEST, EAST, None])
years = st.integers(2022, 2025)
cents = st.integers(-5_000, 200_000)
providers = st.sampled_from(["00000001", "00000002"])


@st.composite
def support_rows(draw):
    rows = []
    for number in range(draw(st.integers(0, 8))):
        law, form = draw(st.sampled_from(FORMS))
        began = draw(st.one_of(st.none(), moments, moments))
        ended = draw(st.one_of(st.none(), moments)) if began else None
        allocated_from = draw(moments)
        until = draw(st.one_of(st.none(), moments))
        rows.append(
            {
                "law": law,
                "layer": draw(st.sampled_from(LAYERS)),
                "care_form": form,
                "kind": draw(st.sampled_from(["individual", "group"])),
                "allocation_number": f"a{number // 2 if began else number}-{began}",
                "person": draw(st.sampled_from(PERSONS)),
                "household": draw(st.sampled_from(["h1", "h2", None])),
                "district": draw(districts),
                "provider": draw(providers),
                "referrer": draw(st.sampled_from(["01", "04", None])),
                "referrer_code": draw(st.sampled_from(["00000009", None])),
                "allocated_on": draw(moments),
                "allocated_from": allocated_from,
                "allocated_until": max(until, allocated_from) if until else None,
                "began_on": began,
                "ended_on": max(ended, began) if ended else None,
                "volume": draw(st.one_of(st.none(), st.integers(0, 600))),
                "unit": draw(st.sampled_from(["01", "04", "16", "14", None])),
                "frequency": draw(st.sampled_from(["1", "2", "4", "6", None])),
            }
        )
    return unique(rows, "law", "allocation_number")


def unique(rows, *key):
    return list({tuple(row[name] for name in key): row for row in rows}.values())


def table(columns, *key, size=8):
    return st.lists(st.fixed_dictionaries(columns), max_size=size).map(lambda rows: unique(rows, *key))


def with_form(columns):
    def split(row):
        law, form = row.pop("law_and_form")
        return row | {"law": law, "care_form": form}

    return st.fixed_dictionaries(columns | {"law_and_form": st.sampled_from(FORMS)}).map(split)


def lines(columns, *key, size=8):
    return st.lists(with_form(columns), max_size=size).map(lambda rows: unique(rows, *key))


status = st.sampled_from(["provisional", "final"])
bands = st.sampled_from([(0, None), (0, 17), (18, None), (0, 24), (18, 64), (65, None)])


def population_row(row):
    age_from, age_until = row.pop("band")
    return row | {"age_from": age_from, "age_until": age_until, "kind": "observed"}


population = st.lists(
    st.fixed_dictionaries(
        {
            "on": st.sampled_from([date(2023, 1, 1), date(2024, 1, 1), date(2024, 7, 1), date(2025, 1, 1)]),
            "area": st.sampled_from([GM, WEST]),
            "band": bands,
            "sex": st.sampled_from("012"),
            "persons": st.integers(0, 2000),
        }
    ).map(population_row),
    max_size=14,
).map(lambda rows: unique(rows, "on", "area", "age_from", "age_until", "sex"))

TABLES = {
    "support": support_rows(),
    "cost": lines(
        {
            "provider": providers,
            "person": st.sampled_from(PERSONS),
            "allocation_number": st.just("a"),
            "kind": st.just("individual"),
            "district": districts,
            "month": months,
            "amount_cents": cents,
        },
        *("law", "provider", "person", "care_form", "month"),
    ),
    "population": population,
    "partner_count": table(
        {
            "month": st.sampled_from([date(2023, 12, 1), date(2024, 3, 1), date(2024, 11, 1), date(2024, 12, 1)]),
            "district": districts,
            "layer": st.sampled_from(["social_basis", *LAYERS]),
            "kind": st.sampled_from(["individual", "group"]),
            "persons": st.integers(0, 50),
        },
        *("month", "district", "layer", "kind"),
    ),
    "price_index": table(
        {
            "year": years,
            "index": st.sampled_from(["OVA", "PPC", "CPI"]),
            "change": st.integers(-20, 120).map(lambda number: number / 10),
        },
        *("year", "index"),
        size=14,
    ),
    "budget": lines(
        {
            "year": years,
            "budget_line": st.sampled_from(["a", "b"]),
            "version": st.sampled_from(["primitive", "revised"]),
            "amount_cents": cents,
        },
        *("year", "law", "budget_line", "version"),
    ),
    "realisation": lines(
        {"year": years, "budget_line": st.sampled_from(["a", "b"]), "amount_cents": cents, "status": status},
        *("year", "law", "budget_line"),
        size=4,
    ),
    "funding": table(
        {
            "year": years,
            "law": st.sampled_from(["wmo", "jeugdwet", "beide"]),
            "item": st.sampled_from("abcd"),
            "kind": st.sampled_from(["state_grant", "own_contribution", "expense", "balance", "reserve"]),
            "amount_cents": cents,
        },
        *("year", "law", "item"),
    ),
    "provider_register": table(
        {
            "year": years,
            "provider": providers,
            "name": st.just("Zorg"),
            "kind": st.just("provider"),
            "turnover_cents": st.one_of(st.none(), st.integers(0, 900_000)),
        },
        *("year", "provider"),
    ),
    "indication_table": lines(
        {
            "year": years,
            "period": st.sampled_from(["year", "jan_apr"]),
            "label": st.just("Zorg"),
            "kind": st.sampled_from(["observed", "expected"]),
            "indications": st.integers(0, 90),
            "budget_cents": st.one_of(st.none(), cents),
        },
        *("year", "period", "law", "care_form", "kind"),
    ),
    "key_figure": table(
        {
            "table_id": st.sampled_from(["84580NED", "85984NED"]),
            "period": st.sampled_from(["JJ00", "JJ00", "HJ01"]),
            "year": years,
            "area": st.sampled_from([GM, "GM9902", "GM9903", WEST]),
            "name": st.sampled_from(
                ["wmo_clients_per_1000", "youth_clients_share", "benefit_recipients", "residents", "wmo_clients"]
            ),
            "value": st.one_of(st.none(), st.integers(0, 900).map(float)),
            "unit": st.just("number"),
            "status": st.sampled_from(["final", "provisional"]),
        },
        *("table_id", "period", "year", "area", "name"),
        size=9,
    ).map(lambda rows: [row | {"period": f"{row['year']}{row['period']}"} for row in rows]),
    "contact": table(
        {
            "on": moments,
            "district": districts,
            "channel": st.sampled_from(["desk", "web"]),
            "theme": st.sampled_from(["wonen", "geld"]),
            "outcome": st.sampled_from(["information", "basic_support"]),
            "contacts": st.integers(0, 9),
        },
        *("on", "district", "channel", "theme", "outcome"),
    ),
    "experience": table(
        {
            "year": years,
            "law": st.sampled_from(["wmo", "jeugdwet"]),
            "question": st.sampled_from(["K1", "K2"]),
            "label": st.just("Stelling"),
            "invited": st.just(100),
            "answered": st.integers(0, 60),
            "positive": st.integers(0, 60),
        },
        *("year", "law", "question"),
    ),
}
