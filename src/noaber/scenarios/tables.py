"""Comparisons and attributions as results with their provenance, which the gate can let through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import polars as pl

import noaber
from noaber.records import LAW_NAMES, TOTAL, Law, Text
from noaber.results import Provenance, Result, Unit

from ..flows import Floats
from .attribution import Shares
from .baseline import OTHER, Baseline
from .compare import Band, Comparison


class _About(NamedTuple):
    """What a result is about."""

    name: str
    title: Text
    definition: Text
    dimensions: tuple[str, ...]


UNCHANGED: Final = "ongewijzigd"
BANDS: Final = {
    "middle": Text("Verwacht", "Expected"),
    "low": Text("Onderkant van de band", "Low end of the band"),
    "high": Text("Bovenkant van de band", "High end of the band"),
}
LAWS: Final = {**LAW_NAMES, OTHER: Text("Andere wetten", "Other laws")}
_IN_THE_BAND: Final = Text(
    "In de band, waarbinnen acht van de tien uitkomsten vallen: hoe ver instroom, duur, trend en prijsindex ernaast "
    "kunnen zitten, de ondergrens en bovengrens van elke aanname, en toeval. Niet in de band: een andere wet, een "
    "andere economie, of een maatregel die anders uitpakt dan de aannamen toelaten.",
    "In the band, which holds eight outcomes of ten: how far inflow, duration, trend and price index may be off, the "
    "range of each assumption, and chance. Not in it: another law, another economy, or a measure that turns out other "
    "than the assumptions allow.",
)
_STATED: Final = Text(
    "Wat 'zoals genoemd' heet is overgenomen uit het plan en niet berekend.",
    "What is called 'zoals genoemd' was taken from the plan as stated, and was not computed.",
)


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
    return _result(
        found.baseline,
        _About(
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
    return _result(
        found.baseline,
        _About(
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
        _About(
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
        _About(
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
    """Euros saved per district in the last year."""
    return _last_year(
        found,
        _About(
            "scenario_by_district",
            Text("Uitgaven per wijk, voor en na", "Spending per district, before and after"),
            Text(
                "Wat de gemeente in een jaar per wijk uitgeeft.", "What the municipality spends per district in a year."
            ),
            ("scenario", "district"),
        ),
        [counted.net * found.municipal for counted in (found.unchanged, *found.counted)],
        "cents",
    )


def _last_year(found: Comparison, about: _About, values: Sequence[Floats], unit: Unit = "cents") -> Result:
    """Return the last year by care form or district, from `values` [D, Y, A, F] per variant."""
    base = found.baseline
    dimension = about.dimensions[-1]
    axis = 2 if dimension == "care_form" else 3
    codes = base.forms if dimension == "care_form" else base.areas
    people = found.unchanged.clients.mean(axis=0)[-1].sum(axis=axis - 2)
    rows = []
    for code, value in zip(_codes(found), values, strict=True):
        parts = value.mean(axis=0)[-1].sum(axis=axis - 2)
        number = parts * 100 if unit == "cents" else parts
        rows += [
            _row(base.years[-1], (code, part), amount, persons)
            for part, amount, persons in zip(codes, number, people, strict=True)
        ]
        rows.append(_row(base.years[-1], (code, TOTAL), float(number.sum()), float(people.sum())))
    return _result(base, about, rows, _labels(found), unit=unit, additive=(dimension,))


def _society(found: Comparison) -> Result:
    """Euros saved per payer: the municipality, and society as a whole."""
    people = found.unchanged.clients.mean(axis=0).sum(axis=(1, 2))
    rows = []
    for number, code in enumerate(_codes(found)[1:]):
        for payer in ("municipality", "society"):
            saved = found.saving(number, payer).mean(axis=0).sum(axis=(1, 2))
            rows += [
                _row(year, (code, payer), 100 * float(amount), float(persons))
                for year, amount, persons in zip(found.baseline.years, saved, people, strict=True)
            ]
    return _result(
        found.baseline,
        _About(
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
    rows = []
    for number, code in enumerate(_codes(found)[1:]):
        spent = found.of_year(found.counted[number].investment)
        saved = found.saving(number).mean(axis=0).sum(axis=(1, 2))
        series = {"investment": spent, "cumulated": np.cumsum(saved - spent)}
        rows += [
            _row(year, (code, item), 100 * float(amount), None)
            for item, amounts in series.items()
            for year, amount in zip(found.baseline.years, amounts, strict=True)
        ]
    words = {
        "investment": Text("Investering in het jaar", "Investment in the year"),
        "cumulated": Text("Bespaard min geïnvesteerd tot en met het jaar", "Saved less invested, up to and including"),
    }
    return _result(
        found.baseline,
        _About(
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


def shared(found: Shares, baseline: Baseline, names: dict[str, str]) -> Result:
    """Return whose saving it is in the last year: per measure its share, its band, alone and last in line."""
    year = found.years[-1]
    people = baseline.town.stock.sum()
    columns = {
        "share": found.cents()[:, -1] / 100,
        "low": found.low[:, -1],
        "high": found.high[:, -1],
        "alone": found.alone.sum(axis=2)[:, -1],
        "last": found.last.sum(axis=2)[:, -1],
    }
    rows = [
        _row(year, (code, item), 100 * float(values[number]), float(people))
        for item, values in columns.items()
        for number, code in enumerate(found.names)
    ]
    rows.append(_row(year, (TOTAL, "share"), 100 * float(found.total[-1].sum()), float(people)))
    words = {
        "share": Text("Aandeel", "Share"),
        "low": BANDS["low"],
        "high": BANDS["high"],
        "alone": Text("Als enige maatregel", "Alone"),
        "last": Text("Als laatste erbij", "Last in line"),
    }
    return _result(
        baseline,
        _About(
            "scenario_shares",
            Text("Van welke maatregel is de besparing", "Whose saving it is"),
            Text(
                "De besparing van het laatste jaar verdeeld over de maatregelen: wat elk toevoegt, gemiddeld over elke "
                "volgorde waarin zij hadden kunnen komen (Shapley). Investeringen zijn er niet afgetrokken.",
                "The saving of the last year divided over the measures: what each adds, on average over every order in "
                "which they could have come (Shapley). Investments are not taken off.",
            ),
            ("measure", "statistic"),
        ),
        rows,
        {
            "measure": {code: Text(names[code], names[code]) for code in found.names}
            | {TOTAL: Text("Alle maatregelen samen", "All measures together")},
            "statistic": words,
        },
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
        _row(year, (code, law, item), 100 * float(getattr(band, item)[place, number]), float(people[place, number]))
        for item in BANDS
        for place, year in enumerate(found.baseline.years)
        for number, law in enumerate(laws)
    ]


def _row(year: int, codes: Sequence[str], value: float, people: float | None) -> dict[str, Any]:
    count = None if people is None else max(round(people), 0)
    return {"period": str(year), "codes": tuple(codes), "value": value, "count": count}


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


def _prices(baseline: Baseline) -> Text:
    """Return in whose prices the euros are."""
    nl, en = (baseline.price_level.replace("/", to) for to in (" tot en met ", " through "))
    if not baseline.indexed:
        return Text(f"Prijspeil: declaraties van {nl}.", f"Prices: claims of {en}.")
    return Text(
        f"Prijzen van elk jaar: declaraties van {nl}, en daarna met de index voor lonen en materiaal.",
        f"Prices of each year: claims of {en}, and then with the index for wages and materials.",
    )


def _result(
    baseline: Baseline,
    about: _About,
    rows: Sequence[dict[str, Any]],
    labels: dict[str, dict[str, Text]],
    *,
    unit: Unit = "cents",
    additive: tuple[str, ...] = (),
) -> Result:
    cells = pl.DataFrame(
        {
            "period": [row["period"] for row in rows],
            **{key: [row["codes"][place] for row in rows] for place, key in enumerate(about.dimensions)},
            "value": [row["value"] for row in rows],
            "count": [row["count"] for row in rows],
        },
        schema_overrides={"value": pl.Float64, "count": pl.Int64},
    )
    used = {key: set(cells[key]) for key in about.dimensions}
    price = _prices(baseline)
    return Result(
        indicator=about.name,
        title=about.title,
        definition=about.definition,
        unit=unit,
        frequency="year",
        dimensions=about.dimensions,
        cells=cells,
        counted="none" if cells["count"].is_null().all() else "persons",
        additive_over=additive,
        notes=(_IN_THE_BAND, _STATED, price),
        labels={
            key: {code: words for code, words in labels.get(key, {}).items() if code in used[key]}
            for key in about.dimensions
        },
        provenance=Provenance(
            snapshot=baseline.snapshot,
            known_on=baseline.known_on,
            indicator=about.name,
            version=1,
            code_version=noaber.__version__,
            sources=baseline.sources,
            rules=baseline.rules,
        ),
    )
