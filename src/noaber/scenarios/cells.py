"""The cells of a costing as results with their provenance, which the gate can let through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import polars as pl

import noaber
from noaber.records import Text
from noaber.results import Provenance, Result, Unit

from .baseline import Baseline


class About(NamedTuple):
    """What a result is about."""

    name: str
    title: Text
    definition: Text
    dimensions: tuple[str, ...]


IN_THE_BAND: Final = Text(
    "In de band, bedoeld voor acht van de tien uitkomsten: hoe ver instroom, duur, trend en prijsindex ernaast kunnen "
    "zitten, de ondergrens en bovengrens van elke aanname, en toeval. Niet in de band: wat eerdere verwachtingen "
    "daarboven misten, een andere wet, een andere economie, of een maatregel die anders uitpakt dan de aannamen "
    "toelaten.",
    "In the band, meant for eight outcomes of ten: how far inflow, duration, trend and price index may be off, the "
    "range of each assumption, and chance. Not in it: what earlier forecasts missed beyond these, another law, another "
    "economy, or a measure that turns out other than the assumptions allow.",
)
STATED_AS_IS: Final = Text(
    "Wat 'zoals genoemd' heet is overgenomen uit het plan en niet berekend.",
    "What is called 'zoals genoemd' was taken from the plan as stated, and was not computed.",
)


def row(year: int, codes: Sequence[str], value: float | None, people: float | None) -> dict[str, Any]:
    """Return one cell of a year: its codes in the order of the dimensions, its value, and how many people it is of."""
    count = None if people is None else max(round(people), 0)
    return {"period": str(year), "codes": tuple(codes), "value": value, "count": count}


def result(
    baseline: Baseline,
    about: About,
    rows: Sequence[dict[str, Any]],
    labels: dict[str, dict[str, Text]],
    *,
    unit: Unit = "cents",
    additive: tuple[str, ...] = (),
    notes: tuple[Text, ...] = (IN_THE_BAND, STATED_AS_IS),
) -> Result:
    """Return rows as a result; `labels` may hold more words than there are codes."""
    cells = pl.DataFrame(
        {
            "period": [item["period"] for item in rows],
            **{key: [item["codes"][place] for item in rows] for place, key in enumerate(about.dimensions)},
            "value": [item["value"] for item in rows],
            "count": [item["count"] for item in rows],
        },
        schema_overrides={"value": pl.Float64, "count": pl.Int64},
    )
    used = {key: set(cells[key]) for key in about.dimensions}
    price = baseline.prices
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
        notes=(*notes, price),
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
