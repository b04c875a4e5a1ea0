"""Comparisons as results: what each variant spends, saves, costs and leaves over, for whom and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from noaber.records import LAW_NAMES, TOTAL, Law, Text
from noaber.results import Result, Unit

from ..flows import Floats
from .baseline import OTHER, Baseline
from .cells import About, result, row
from .compare import Band, Comparison

UNCHANGED: Final = "ongewijzigd"
BANDS: Final = {
    "middle": Text("Verwacht", "Expected"),
    "low": Text("Onderkant van de band", "Low end of the band"),
    "high": Text("Bovenkant van de band", "High end of the band"),
}
LAWS: Final = {**LAW_NAMES, OTHER: Text("Andere wetten", "Other laws")}


def tables(found: Comparison) -> list[Result]:
    """Return what a comparison says, as results: spending, saving, clients, districts, society and investments."""
    return [
        _spending(found),
        _saving(found),
        _per_form(found),
        _clients(found),
        _per_district(found),
        _society(found),
        _investment(found),
    ]


def _spending(found: Comparison) -> Result:
    """Euros per year and law, for unchanged policy and each variant."""
    laws, parts = _laws(found.baseline)
    people = found.unchanged.clients.mean(axis=0).sum(axis=1) @ parts
    rows = []
    for code, counted in zip(_codes(found), (found.unchanged, *found.counted), strict=True):
        band = found.band_of_spending(counted, parts)
        rows += _banded(found, code, laws, band, people)
    return result(
        found.baseline,
        About(
            "scenario_spending",
            Text("Uitgaven volgens elk scenario", "Spending under each scenario"),
            Text(
                "Wat de gemeente per jaar uitgeeft aan ondersteuning, eigen bijdragen eraf, zonder investeringen.",
                "What the municipality spends on support in a year, less own contributions, without investments.",
            ),
            ("scenario", "law", "statistic"),
        ),
        rows,
        _labels(found),
    )


def _saving(found: Comparison) -> Result:
    """Euros saved per year and law, for each variant."""
    laws, parts = _laws(found.baseline)
    people = found.unchanged.clients.mean(axis=0).sum(axis=1) @ parts
    rows = []
    for number, code in enumerate(_codes(found)[1:]):
        rows += _banded(found, code, laws, found.band_of_saving(number, parts), people)
    return result(
        found.baseline,
        About(
            "scenario_saving",
            Text("Besparing van elk scenario", "Saving of each scenario"),
            Text(
                "Wat de gemeente per jaar minder uitgeeft dan bij ongewijzigd beleid; een verlies is negatief. "
                "Investeringen zijn er niet afgetrokken.",
                "What the municipality spends less in a year than with unchanged policy; a loss is negative. "
                "Investments are not taken off.",
            ),
            ("scenario", "law", "statistic"),
        ),
        rows,
        _labels(found),
    )


def _per_form(found: Comparison) -> Result:
    """Euros per care form in the last year, before and after."""
    return _last_year(
        found,
        About(
            "scenario_by_care_form",
            Text("Uitgaven per zorgvorm, voor en na", "Spending per care form, before and after"),
            Text(
                "Wat de gemeente in een jaar per zorgvorm uitgeeft.",
                "What the municipality spends per care form in a year.",
            ),
            ("scenario", "care_form"),
        ),
        [counted.net * found.municipal for counted in (found.unchanged, *found.counted)],
        "cents",
    )


def _clients(found: Comparison) -> Result:
    """Clients per care form in the last year, before and after: who is touched and where they go."""
    return _last_year(
        found,
        About(
            "scenario_clients",
            Text("Cliënten per zorgvorm, voor en na", "Clients per care form, before and after"),
            Text(
                "Inwoners met deze zorgvorm, gemiddeld over het jaar; wie er twee heeft telt bij beide.",
                "Residents with this care form, on average over the year; who has two counts for both.",
            ),
            ("scenario", "care_form"),
        ),
        [counted.clients for counted in (found.unchanged, *found.counted)],
        "persons",
    )


def _per_district(found: Comparison) -> Result:
    """Euros saved per resident of each district in the last year."""
    base = found.baseline
    people = found.unchanged.clients.mean(axis=0)[-1].sum(axis=1)
    residents = np.bincount(base.town.areas, weights=base.town.residents, minlength=len(base.areas))
    rows = []
    for number, code in enumerate(_codes(found)[1:]):
        saved = 100 * found.saving(number).mean(axis=0)[-1].sum(axis=1)
        rows += [
            row(base.years[-1], (code, area), amount / living if living else None, persons)
            for area, amount, living, persons in zip(base.areas, saved, residents, people, strict=True)
        ]
        rows.append(row(base.years[-1], (code, TOTAL), saved.sum() / residents.sum(), people.sum()))
    return result(
        base,
        About(
            "scenario_by_district",
            Text("Besparing per inwoner van elke wijk", "Saving per resident of each district"),
            Text(
                "Wat de gemeente in een jaar minder uitgeeft dan bij ongewijzigd beleid, gedeeld door alle inwoners "
                "van de wijk. Noemt geen maatregel een wijk, dan volgt het verschil uit wie er nu ondersteuning heeft.",
                "What the municipality spends less in a year than with unchanged policy, over all residents of the "
                "district. Where no measure names a district, the difference follows from who has support now.",
            ),
            ("scenario", "district"),
        ),
        rows,
        _labels(found),
        unit="cents_per_person",
    )


def _last_year(found: Comparison, about: About, values: Sequence[Floats], unit: Unit = "cents") -> Result:
    """Return the last year by care form, from `values` [D, Y, A, F] per variant."""
    base = found.baseline
    people = found.unchanged.clients.mean(axis=0)[-1].sum(axis=0)
    rows = []
    for code, value in zip(_codes(found), values, strict=True):
        parts = value.mean(axis=0)[-1].sum(axis=0)
        number = parts * 100 if unit == "cents" else parts
        rows += [
            row(base.years[-1], (code, part), amount, persons)
            for part, amount, persons in zip(base.forms, number, people, strict=True)
        ]
        rows.append(row(base.years[-1], (code, TOTAL), float(number.sum()), float(people.sum())))
    return result(base, about, rows, _labels(found), unit=unit, additive=("care_form",))


def _society(found: Comparison) -> Result:
    """Euros saved per payer: the municipality, and society as a whole."""
    people = found.unchanged.clients.mean(axis=0).sum(axis=(1, 2))
    rows = []
    for number, code in enumerate(_codes(found)[1:]):
        for payer in ("municipality", "society"):
            saved = found.saving(number, payer).mean(axis=0).sum(axis=(1, 2))
            rows += [
                row(year, (code, payer), 100 * float(amount), float(persons))
                for year, amount, persons in zip(found.baseline.years, saved, people, strict=True)
            ]
    return result(
        found.baseline,
        About(
            "scenario_payers",
            Text("Besparing voor de gemeente en voor de samenleving", "Saving for the municipality and for society"),
            Text(
                "Voor de samenleving tellen alle betalers mee, en is wat cliënten zelf betalen geen besparing.",
                "For society all payers count, and what clients pay themselves is no saving.",
            ),
            ("scenario", "payer"),
        ),
        rows,
        _labels(found)
        | {"payer": {"municipality": Text("Gemeente", "Municipality"), "society": Text("Samenleving", "Society")}},
    )


def _investment(found: Comparison) -> Result:
    """Euros invested and left over per year."""
    people = found.unchanged.clients.mean(axis=0).sum(axis=(1, 2))
    rows = []
    for number, code in enumerate(_codes(found)[1:]):
        spent = found.of_year(found.counted[number].investment)
        saved = found.saving(number).mean(axis=0).sum(axis=(1, 2))
        series = {"investment": spent, "cumulated": np.cumsum(saved - spent)}
        rows += [
            row(year, (code, item), 100 * float(amount), persons)
            for item, amounts in series.items()
            for year, amount, persons in zip(found.baseline.years, amounts, people, strict=True)
        ]
    words = {
        "investment": Text("Investering in het jaar", "Investment in the year"),
        "cumulated": Text("Bespaard min geïnvesteerd tot en met het jaar", "Saved less invested, up to and including"),
    }
    return result(
        found.baseline,
        About(
            "scenario_investment",
            Text("Investering en opbrengst", "Investment and return"),
            Text(
                "Wat het scenario kost om op te zetten en te draaien, en wat er sinds het begin van overblijft.",
                "What the scenario costs to set up and run, and what is left of it since the beginning.",
            ),
            ("scenario", "item"),
        ),
        rows,
        _labels(found) | {"item": words},
    )


def _laws(baseline: Baseline) -> tuple[list[str], Floats]:
    """Return the laws and the total, and which forms belong to each, [F, L + 1]."""
    laws = [law for law in (*Law, OTHER) if law in baseline.laws]
    parts = [[float(law == one) for law in laws] + [1.0] for one in baseline.laws]
    return [*(str(law) for law in laws), TOTAL], np.array(parts)


def _codes(found: Comparison) -> list[str]:
    return [UNCHANGED, *(variant.code for variant in found.variants)]


def _banded(found: Comparison, code: str, laws: Sequence[str], band: Band, people: Floats) -> list[dict[str, Any]]:
    return [
        row(year, (code, law, item), 100 * float(getattr(band, item)[place, number]), float(people[place, number]))
        for item in BANDS
        for place, year in enumerate(found.baseline.years)
        for number, law in enumerate(laws)
    ]


def _labels(found: Comparison) -> dict[str, dict[str, Text]]:
    base = found.baseline
    names = {UNCHANGED: Text("Ongewijzigd beleid", "Unchanged policy")}
    names |= {variant.code: Text(variant.name, variant.name) for variant in found.variants}
    total = {TOTAL: Text("Samen", "Together")}
    return {
        "scenario": names,
        "law": dict(LAWS),
        "statistic": dict(BANDS),
        "care_form": dict(zip(base.forms, base.names, strict=True)) | total,
        "district": {code: Text(name, name) for code, name in zip(base.areas, base.area_names, strict=True)} | total,
    }
