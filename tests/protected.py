"""Protected results for tests of figures: small ones by hand, and a town with every indicator of the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import product
from typing import Any

import polars as pl

from noaber.disclosure import SafeResult
from noaber.indicators import INDICATORS
from noaber.municipality import District, Municipality
from noaber.records import LAW_NAMES, LAYER_NAMES, TOTAL, Text
from noaber.results import Break, Provenance

Cell = tuple[Any, ...]

DISTRICTS = {
    "WK990100": ("Oale Markt", (1, 1)),
    "WK990101": ("Hooge Esch", (0, 1)),
    "WK990102": ("Noordkamp", (1, 0)),
    "WK990103": ("Brinkveld", (0, 2)),
    "WK990104": ("Grote Maat", (2, 0)),
    "WK990105": ("Weversbuurt", (2, 1)),
    "WK990106": ("De Kuiperij", (1, 2)),
    "WK990107": ("Zonnekamp", (0, 0)),
    "WK990108": ("Vossenveld", (2, 2)),
    "WK990109": ("Buitenmarke", (3, 1)),
}
TOWN = Municipality(
    code="9901",
    name="Noaberstad",
    districts=tuple(District(code=code, name=name, tile=tile) for code, (name, tile) in DISTRICTS.items()),
    care_forms=(),
    made_up=True,
)
OPENED = Break(
    on=date(2025, 1, 1),
    kind="real",
    comparable=False,
    text=Text(
        "Lichte ondersteuning is vrij toegankelijk geworden bij één partner; er zijn geen nieuwe indicaties meer voor.",
        "Light support became freely accessible at one partner; there are no new indications for it.",
    ),
    touches=(("law", ("wmo", "jeugdwet")),),
)
MESSAGES = Break(
    on=date(2024, 1, 1),
    kind="measured",
    comparable=True,
    text=Text(
        "De gegevens komen vanaf hier uit berichten (iWmo en iJw 3.2) in plaats van uit de backoffice.",
        "From here the figures come from messages (iWmo and iJw 3.2) instead of the back office.",
    ),
)
_PROTECTION = Text(
    "Cijfers tot en met 7 zijn verborgen; andere zijn afgerond op vijftallen.",
    "Figures up to 7 are hidden; others are rounded to multiples of five.",
)


def safe(
    cells: Iterable[Cell],
    dimensions: tuple[str, ...] = (),
    *,
    indicator: str = "residents_with_support",
    **changes: Any,
) -> SafeResult:
    """Return a protected result: cells as (period, *codes, value) with the reason in place of a hidden value."""
    declared = INDICATORS[indicator]
    rows = [(*cell[:-1], None, cell[-1]) if isinstance(cell[-1], str) else (*cell, None) for cell in cells]
    schema = {name: pl.String() for name in ("period", *dimensions)} | {"value": pl.Float64(), "hidden": pl.String()}
    fields: dict[str, Any] = {
        "indicator": indicator,
        "title": declared.name,
        "definition": declared.definition,
        "unit": declared.unit,
        "frequency": declared.frequencies[0],
        "dimensions": dimensions,
        "cells": pl.DataFrame(rows, schema=schema, orient="row", strict=False),
        "polarity": declared.polarity,
        "labels": {name: _labels(name, declared.labels) for name in dimensions},
        "provenance": Provenance(
            snapshot="5f0c2a91d4e7b836",
            known_on=date(2026, 11, 24),
            indicator=indicator,
            version=declared.version,
            code_version="0.1",
            sources=declared.tables,
        ),
        "protection": _PROTECTION,
    }
    return SafeResult(**(fields | changes))


def years(values: Mapping[int, float | str] | Iterable[float | str], first: int = 2021) -> list[Cell]:
    """Return cells of a result without dimensions: a value per year."""
    given = values if isinstance(values, Mapping) else dict(enumerate(values, start=first))
    return [(str(year), value) for year, value in given.items()]


def _labels(name: str, declared: Mapping[str, Mapping[str, Text]]) -> dict[str, Text]:
    known: dict[str, dict[str, Text]] = {
        "law": LAW_NAMES,
        "layer": LAYER_NAMES,
        "district": {code: Text(words, words) for code, (words, _) in DISTRICTS.items()},
        "care_form": {code: Text(words, words) for code, words in _FORMS.items()},
        "question": {code: Text(words, words) for code, words in _QUESTIONS.items()},
    }
    plain = {TOTAL: Text("Totaal", "Total"), "_U": Text("Onbekend", "Unknown")}
    return plain | dict(known.get(name, {})) | dict(declared.get(name, {}))


_FORMS = {
    "HO": "Huishoudelijke ondersteuning",
    "OZL1": "Ondersteuning zelfstandig leven 1",
    "OZL2": "Ondersteuning zelfstandig leven 2",
    "OMD1": "Ondersteuning maatschappelijke deelname 1",
    "KV": "Kortdurend verblijf",
    "J_OZL1": "Jeugd: ondersteuning zelfstandig leven 1",
    "J_GGZ": "Jeugd-ggz",
    "J_VERBLIJF": "Jeugd: verblijf",
    "J_BESCHERMING": "Jeugdbescherming",
    "BIJSTAND": "Bijstandsuitkering",
}
_QUESTIONS = {
    "q1": "Ik wist waar ik moest zijn met mijn hulpvraag",
    "q2": "Ik werd snel geholpen",
    "q3": "De medewerker nam mij serieus",
    "q4": "Door de ondersteuning kan ik mij beter redden",
}
_YEARS = range(2016, 2026)


def _law(base: Mapping[str, Iterable[float]]) -> list[Cell]:
    return [(str(year), law, value) for law, values in base.items() for year, value in zip(_YEARS, values, strict=True)]


def _use() -> dict[str, SafeResult]:
    wmo = [2980, 3040, 3105, 3190, 3420, 3560, 3610, 3585, 3600, 2890]
    youth = [1420, 1490, 1630, 1710, 1745, 1820, 1905, 1960, 1965, 1540]
    work = [1610, 1590, 1540, 1505, 1520, 1490, 1475, 1510, 1525, 1575]
    total = [5710, 5820, 5965, 6090, 6370, 6540, 6655, 6710, 6745, 5660]
    law = ("law",)
    laws = {TOTAL: total, "wmo": wmo, "jeugdwet": youth, "participatiewet": work}
    homes = {
        TOTAL: [round(v * 0.83 / 5) * 5 for v in total],
        "wmo": [round(v * 0.91 / 5) * 5 for v in wmo],
        "jeugdwet": [round(v * 0.8 / 5) * 5 for v in youth],
        "participatiewet": work,
    }
    per_resident = {
        TOTAL: [1.21 + 0.02 * i for i in range(10)],
        "wmo": [1.30 + 0.02 * i for i in range(10)],
        "jeugdwet": [1.10 + 0.015 * i for i in range(10)],
    }
    inflow = {
        TOTAL: [1900 + 20 * i for i in range(9)] + [1315],
        "wmo": [1050 + 12 * i for i in range(9)] + [700],
        "jeugdwet": [640 + 8 * i for i in range(9)] + [395],
        "participatiewet": [310 - 4 * i for i in range(9)] + [290],
    }
    more = {"breaks": (MESSAGES, OPENED), "provisional_from": "2025"}
    rates = {
        TOTAL: 68.1,
        "WK990100": 91.4,
        "WK990101": 58.8,
        "WK990102": 74.2,
        "WK990103": 63.0,
        "WK990104": 81.7,
        "WK990105": 88.9,
        "WK990106": 55.2,
        "WK990107": 49.6,
        "WK990108": 60.3,
        "WK990109": "no_base",
    }
    per_1000 = [
        (str(year), TOTAL, code, value if isinstance(value, str) else round(value * factor, 1))
        for (code, value), (year, factor) in product(rates.items(), [(2023, 1.14), (2024, 1.17), (2025, 1.0)])
    ]
    stock = {
        "HO": 2710,
        "OZL1": 640,
        "OZL2": 310,
        "OMD1": 225,
        "KV": "small",
        "J_OZL1": 515,
        "J_GGZ": 610,
        "J_VERBLIJF": 95,
        "J_BESCHERMING": 160,
        "BIJSTAND": 1575,
        TOTAL: 6850,
    }
    layers = {"social_basis": (9150, 9420), "basic_support": (1240, 2870), "indicated_support": (5220, 4085)}
    return {
        "residents_with_support": safe(_law(laws), law, **more),
        "households_with_support": safe(_law(homes), law, indicator="households_with_support", **more),
        "indications_per_resident": safe(_law(per_resident), law, indicator="indications_per_resident", **more),
        "support_inflow": safe(_law(inflow), law, indicator="support_inflow", **more),
        "support_outflow": safe(_law(inflow), law, indicator="support_outflow", **more),
        "residents_per_1000": safe(per_1000, ("law", "district"), indicator="residents_per_1000", **more),
        "support_stock": safe(
            [
                (year, TOTAL, code, value if isinstance(value, str) else round(value * factor / 5) * 5)
                for (code, value), (year, factor) in product(stock.items(), [("2024", 1.12), ("2025", 1.0)])
            ],
            ("law", "care_form"),
            indicator="support_stock",
            **more,
        ),
        "pyramid": safe(
            [
                (year, TOTAL, layer, value)
                for layer, pair in layers.items()
                for year, value in zip(("2024", "2025"), pair, strict=True)
            ],
            ("district", "layer"),
            indicator="pyramid",
            breaks=(OPENED,),
            provisional_from="2025",
        ),
    }


def _how_much() -> dict[str, SafeResult]:
    minutes = list(INDICATORS["intensity_individual"].labels["intensity"])
    half_days = list(INDICATORS["intensity_group"].labels["intensity"])
    counts = {
        "2023": [410, 620, 380, 120, 25, 15],
        "2024": [395, 640, 425, 150, 35, 15],
        "2025": [210, 430, 445, 170, 40, "small"],
    }
    groups = {
        "2023": [120, 180, 95, 40, 15, 10],
        "2024": [115, 175, 110, 50, 20, 10],
        "2025": [60, 110, 115, 60, 25, 10],
    }
    waiting = [
        (str(year), TOTAL if law == "_T" else law, statistic, value)
        for law in (TOTAL, "wmo", "jeugdwet")
        for year in range(2019, 2026)
        for statistic, value in (
            ("median", 24 + year % 7 + (9 if law == "jeugdwet" else 0)),
            ("p90", 80.0),
            ("within_norm", 74.0 - (year - 2019) * 1.3),
        )
    ]
    duration = [
        (str(year), law, statistic, 300 + 11.0 * (year - 2019) + add)
        for law, add in ((TOTAL, 0), ("wmo", 120), ("jeugdwet", -40))
        for year in range(2019, 2026)
        for statistic in ("median", "p90")
    ]

    def classes(codes: list[str], counted: Mapping[str, list[Any]]) -> list[Cell]:
        cells = [
            (year, TOTAL, code, value)
            for year, values in counted.items()
            for code, value in zip(codes, values, strict=True)
        ]
        return cells + [
            (year, TOTAL, TOTAL, sum(v for v in values if not isinstance(v, str)) + 5)
            for year, values in counted.items()
        ]

    return {
        "intensity_individual": safe(
            classes(minutes, counts), ("law", "intensity"), indicator="intensity_individual", provisional_from="2025"
        ),
        "intensity_group": safe(
            classes(half_days, groups), ("law", "intensity"), indicator="intensity_group", breaks=(OPENED,)
        ),
        "waiting": safe(waiting, ("law", "statistic"), indicator="waiting", provisional_from="2025"),
        "duration": safe(duration, ("law", "statistic"), indicator="duration"),
    }


def _money() -> dict[str, SafeResult]:
    laws = {"wmo": 21e8, "jeugdwet": 24e8, "participatiewet": 31e8}
    growth = [1.0, 1.03, 1.08, 1.12, 1.18, 1.21, 1.27, 1.35, 1.42, 1.47]
    prices = {
        "nominal": [1.0] * 10,
        "contract": [1.30, 1.27, 1.24, 1.20, 1.17, 1.14, 1.10, 1.05, 1.03, 1.0],
        "consumer": [1.38, 1.36, 1.34, 1.30, 1.28, 1.25, 1.13, 1.09, 1.03, 1.0],
    }
    real = [
        (str(year), law, price, round(amount * growth[place] * factors[place]))
        for law, amount in (*laws.items(), (TOTAL, sum(laws.values())))
        for price, factors in prices.items()
        for place, year in enumerate(_YEARS)
    ]
    per_client = {
        TOTAL: [580000 + 21000.0 * i for i in range(10)],
        "wmo": [430000 + 9000.0 * i for i in range(10)],
        "jeugdwet": [890000 + 61000.0 * i for i in range(10)],
    }
    forms = {
        "HO": 11.2e8,
        "OZL1": 4.1e8,
        "OZL2": 3.9e8,
        "OMD1": 1.9e8,
        "J_OZL1": 4.8e8,
        "J_GGZ": 6.9e8,
        "J_VERBLIJF": 8.1e8,
        "J_BESCHERMING": 3.2e8,
        "BIJSTAND": 41e8,
        TOTAL: 85.1e8,
    }
    versions = {"primitive": 0.95, "revised": 0.98, "realised": 1.0}
    per_form = [("2025", TOTAL, code, value) for code, value in forms.items()]
    per_form += [("2024", TOTAL, code, round(value * 0.96)) for code, value in forms.items()]
    return {
        "spending": safe(per_form, ("law", "care_form"), indicator="spending"),
        "spending_real": safe(
            real,
            ("law", "price"),
            indicator="spending_real",
            provisional_from="2025",
            notes=(Text("Prijspeil 2025.", "At prices of 2025."),),
        ),
        "spending_per_client": safe(
            _law(per_client), ("law",), indicator="spending_per_client", provisional_from="2025"
        ),
        "spending_per_resident": safe(
            _law({TOTAL: [91000 + 4300.0 * i for i in range(10)]}), ("law",), indicator="spending_per_resident"
        ),
        "budget_realisation": safe(
            [
                (
                    "2025",
                    law,
                    version,
                    round(amount * factor * (1.03 if law == "jeugdwet" and version == "realised" else 1)),
                )
                for law, amount in (*laws.items(), (TOTAL, 76.7e8))
                for version, factor in versions.items()
            ],
            ("law", "version"),
            indicator="budget_realisation",
            provisional_from="2025",
        ),
    }


def _around() -> dict[str, SafeResult]:
    quarters = [f"{year}-Q{quarter}" for year in (2022, 2023, 2024, 2025) for quarter in (1, 2, 3, 4)]
    institutions = [
        (period, TOTAL, "allocated", 150.0 - 2 * place + 12 * (place % 3)) for place, period in enumerate(quarters)
    ]
    institutions += [
        (period, TOTAL, line, value) for period in quarters for line, value in (("baseline", 160.0), ("agreed", 128.0))
    ]
    shares = {"01": 38.2, "02": 36.5, "03": 6.1, "04": 14.2, "05": 4.0, "_U": 1.0}
    outcomes = {
        "information": 4120,
        "social_basis": 1980,
        "basic_support": 2310,
        "indicated_support": 1240,
        "elsewhere": 385,
        TOTAL: 10035,
    }
    channels = {"desk": 2100, "telephone": 4985, "web": 1650, "home": 1300, TOTAL: 10035}
    contacts = [
        (year, channel, TOTAL, round(value * factor))
        for channel, value in channels.items()
        for year, factor in (("2024", 0.9), ("2025", 1))
    ]
    contacts += [
        (year, TOTAL, outcome, round(value * factor))
        for outcome, value in outcomes.items()
        if outcome != TOTAL
        for year, factor in (("2024", 0.9), ("2025", 1))
    ]
    agreed = [
        (str(year), law, question, 60.0 + 7 * place + (year - 2023) * 1.5)
        for law in ("wmo", "jeugdwet")
        for year in (2023, 2024, 2025)
        for place, question in enumerate(_QUESTIONS)
    ]
    ages = [
        (str(year), age, "observed", persons + 30.0 * (year - 2020))
        for year in range(2020, 2026)
        for age, persons in (("00-17", 15400), ("18-64", 47900), ("65-74", 9800), ("75+", 8100))
    ]
    return {
        "certified_institutions": safe(
            institutions, ("institution", "line"), indicator="certified_institutions", provisional_from="2025-Q4"
        ),
        "referrer_share": safe(
            [("2025", "jeugdwet", code, value) for code, value in shares.items()]
            + [("2024", "jeugdwet", code, value + 0.4) for code, value in shares.items()],
            ("law", "referrer"),
            indicator="referrer_share",
        ),
        "contacts": safe(contacts, ("channel", "outcome"), indicator="contacts"),
        "experience": safe(agreed, ("law", "question"), indicator="experience"),
        "population_by_age": safe(ages, ("age", "kind"), indicator="population_by_age"),
    }


def whole_town() -> dict[str, SafeResult]:
    """Return every indicator of the sheet, for a town that has them all."""
    return _use() | _how_much() | _money() | _around()


def documents_only() -> dict[str, SafeResult]:
    """Return what a municipality has that holds only tables out of documents, for 2018."""
    forms = {
        "J_GGZ": (812, 905),
        "J_VERBLIJF": (140, 151),
        "HO": (2105, 2160),
        "OZL1": (980, 1033),
        TOTAL: (4037, 4249),
    }
    indications = [
        (year, TOTAL, code, kind, "year", value)
        for code, pair in forms.items()
        for (year, kind), value in zip((("2017", "observed"), ("2018", "expected")), pair, strict=True)
    ]
    budgets = [
        ("2018", TOTAL, code, version, 1e8 * (place + 2))
        for place, code in enumerate(forms)
        for version in ("primitive", "stated")
    ]
    gap = {"jeugdwet": [-1.1e8, -2.2e8, -2.6e8, -2.9e8, -3.0e8], "wmo": [-2.9e8, -3.7e8, -3.6e8, -3.5e8, -3.5e8]}
    gap[TOTAL] = [one + two for one, two in zip(gap["jeugdwet"], gap["wmo"], strict=True)]
    balance = [
        (str(year), law, "balance", value)
        for law, values in gap.items()
        for year, value in enumerate(values, start=2018)
    ]
    young = [
        (str(year), age, kind, persons)
        for year, kind in ((2016, "observed"), (2017, "observed"), (2018, "forecast"), (2019, "forecast"))
        for age, persons in (("00-17", 16000.0 - 100 * (year - 2016)),)
    ]
    return {
        "indications_by_care_form": safe(
            indications, ("law", "care_form", "kind", "part"), indicator="indications_by_care_form"
        ),
        "budget_by_care_form": safe(budgets, ("law", "care_form", "version"), indicator="budget_by_care_form"),
        "funding_gap": safe(balance, ("law", "item"), indicator="funding_gap"),
        "population_by_age": safe(young, ("age", "kind"), indicator="population_by_age"),
    }
