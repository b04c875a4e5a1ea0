"""From arrays to results: cells with their codes, words, bands and provenance, ready for the gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

import noaber
from noaber.municipality import Municipality
from noaber.records import LAW_NAMES, TOTAL, Law, Text
from noaber.results import BAND, Break, Frequency, Provenance, Result, Unit

from .spells import POOL, POOLED

Row = tuple[Any, ...]
"""period, one code per dimension, value, low, high, count."""

KINDS: Final[dict[str, Text]] = {
    "observed": Text("Geteld", "Counted"),
    "stated": Text("Zoals begroot", "As budgeted"),
    "forecast": Text("Verwacht", "Expected"),
    "low": Text("Lage variant", "Low variant"),
    "high": Text("Hoge variant", "High variant"),
}
ITEMS: Final[dict[str, Text]] = {
    "state_grant": Text("Rijksbijdrage", "State grant"),
    "own_contribution": Text("Eigen bijdragen", "Own contributions"),
    "expense": Text("Uitgaven", "Expense"),
    "balance": Text("Saldo", "Balance"),
    "reserve": Text("Uit de reserve", "From the reserve"),
    "gap": Text("Tekort met de inzet van de reserve", "Shortfall before the reserve"),
}
BASES: Final[dict[str, Text]] = {
    "stated": Text("Zoals vermeld", "As stated"),
    "recomputed": Text("Nagerekend uit de eigen regels", "Recomputed from its own lines"),
    "forecast": Text("Onze verwachting bij ongewijzigd beleid", "Our expectation with unchanged policy"),
}
QUANTITIES: Final[dict[str, Text]] = {
    "clients": Text("Cliënten", "Clients"),
    "euros": Text("Euro", "Euros"),
    "volume": Text("Volume", "Volume"),
}
MEASURES: Final[dict[str, Text]] = {
    "error": Text("Gemiddelde afwijking", "Average error"),
    "bias": Text("Te hoog (+) of te laag (−)", "Too high (+) or too low (−)"),
    "error_naive": Text("Afwijking als niets verandert", "Error if nothing changes"),
    "error_constant_rates": Text("Afwijking bij gelijk gebruik per leeftijd", "Error at constant use by age"),
    "inside": Text("Binnen de band (bedoeld: 80)", "Inside the band (meant: 80)"),
}
AHEAD: Final[dict[str, Text]] = {
    TOTAL: Text("Alle jaren vooruit", "All years ahead"),
    **{str(year): Text(f"{year} jaar vooruit", f"{year} year{'s' if year > 1 else ''} ahead") for year in (1, 2, 3)},
}


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What a forecast was made from."""

    town: Municipality
    snapshot: str
    known_on: date


@dataclass(frozen=True, kw_only=True)
class Declared:
    """What a forecast says of itself, whatever its figures."""

    indicator: str
    title: Text
    definition: Text
    unit: Unit
    dimensions: tuple[str, ...]
    sources: tuple[str, ...]
    persons: bool = False
    """Whether its figures rest on persons, so that small ones are hidden."""
    additive_over: tuple[str, ...] = ()


def result(
    origin: Origin,
    declared: Declared,
    rows: Iterable[Row],
    *,
    frequency: Frequency = "year",
    notes: Sequence[Text] = (),
    rules: Sequence[str] = (),
    labels: Mapping[str, Mapping[str, Text]] | None = None,
) -> Result:
    """Return rows as the result that was declared; without any band, it has no columns for one."""
    dimensions = declared.dimensions
    schema: dict[str, pl.DataType] = {name: pl.String() for name in ("period", *dimensions)}
    schema |= {name: pl.Float64() for name in ("value", *BAND)} | {"count": pl.Int64()}
    cells = pl.DataFrame(list(rows), schema=schema, orient="row").sort("period", *dimensions)
    if cells[BAND[0]].is_null().all():
        cells = cells.drop(*BAND)
    return Result(
        indicator=declared.indicator,
        title=declared.title,
        definition=declared.definition,
        unit=declared.unit,
        counted="persons" if declared.persons else "none",
        frequency=frequency,
        dimensions=dimensions,
        cells=cells,
        additive_over=declared.additive_over,
        breaks=_breaks(origin.town, dimensions),
        notes=tuple(notes),
        labels=_labels(origin.town, cells, dimensions, labels or {}),
        provenance=Provenance(
            snapshot=origin.snapshot,
            known_on=origin.known_on,
            indicator=declared.indicator,
            version=1,
            code_version=noaber.__version__,
            sources=declared.sources,
            rules=tuple(rules),
        ),
    )


def named(codes: Iterable[str], town: Municipality) -> Text:
    """Return care forms by their names, for in a sentence."""
    names = form_names(town)
    found = [names.get(code, Text(code, code)) for code in codes]
    return Text(", ".join(item.nl for item in found), ", ".join(item.en for item in found))


def form_names(town: Municipality) -> dict[str, Text]:
    """Return what care forms are called, those that are taken together too."""
    return {form.code: form.name for form in town.care_forms} | {POOL + str(law).upper(): POOLED for law in Law}


def since(town: Municipality, until: date) -> dict[str, date]:
    """Return per care form the last day up to `until` since when its policy is another, by the events of the town."""
    found: dict[str, date] = {}
    for event in sorted(town.events, key=lambda item: item.on):
        if event.kind == "real" and event.on <= until:
            found |= dict.fromkeys(event.care_forms, event.on)
    return found


def _breaks(town: Municipality, dimensions: tuple[str, ...]) -> tuple[Break, ...]:
    """Return the events that touch care forms or laws, limited to what the result shows."""
    if not {"law", "care_form"} & set(dimensions):
        return ()
    found = []
    for event in town.events:
        laws = event.laws or tuple(sorted({form.law for form in town.care_forms if form.code in event.care_forms}))
        limits = {"law": tuple(map(str, laws)), "care_form": event.care_forms}
        touches = tuple((name, codes) for name, codes in limits.items() if codes and name in dimensions)
        found.append(Break(on=event.on, kind=event.kind, comparable=event.comparable, text=event.text, touches=touches))
    return tuple(sorted(found, key=lambda item: item.on))


def _labels(
    town: Municipality, cells: pl.DataFrame, dimensions: tuple[str, ...], own: Mapping[str, Mapping[str, Text]]
) -> dict[str, dict[str, Text]]:
    known: dict[str, Mapping[str, Text]] = {
        "law": LAW_NAMES | {"beide": Text("Beide wetten", "Both laws")},
        "care_form": form_names(town),
        "district": {item.code: Text(item.name, item.name) for item in town.districts},
        "kind": KINDS,
        "item": ITEMS,
        "basis": BASES,
        "quantity": QUANTITIES,
        "measure": MEASURES,
        "ahead": AHEAD,
        **own,
    }
    whole = Text("Totaal", "Total")
    return {
        name: {
            code: known.get(name, {}).get(code) or (whole if code == TOTAL else Text(code, code))
            for code in sorted(cells[name].unique().to_list())
        }
        for name in dimensions
    }
