"""From a declaration and a snapshot to a `Result`: run the formula, add words, breaks and provenance."""

from __future__ import annotations

from datetime import date
from typing import Final

import duckdb
import polars as pl

import noaber
from noaber import rules
from noaber.municipality import Event, Municipality
from noaber.records import FOLDED, LAW_NAMES, LAYER_NAMES, TOTAL, Text
from noaber.results import Break, Frequency, OverTime, Provenance, Result, days_of

from .catalogue import version_on
from .declaration import Indicator, IndicatorError, Moment, Question
from .steps import NOT_APPLICABLE, UNKNOWN

_WORDS: Final = {
    TOTAL: Text("Totaal", "Total"),
    UNKNOWN: Text("Onbekend", "Unknown"),
    NOT_APPLICABLE: Text("Niet bij een zorgvorm", "Not of a care form"),
}
_NUMBERS: Final = ("value", "numerator", "denominator", "largest", "second")
_OVER_TIME: Final[dict[Moment, OverTime]] = {
    "reference_day": "last",
    "period": "adds",
    "inflow": "adds",
    "outflow": "adds",
    "stated": "none",
}


def calculate(
    indicator: str | Indicator,
    connection: duckdb.DuckDBPyConnection,
    *,
    town: Municipality,
    known_on: date,
    snapshot_hash: str,
    sources: tuple[str, ...] = (),
    frequency: Frequency | None = None,
    dimensions: tuple[str, ...] | None = None,
) -> Result:
    """Return an indicator over a snapshot.

    `connection` has one view per table of records, as known on `known_on`. Without `frequency` and `dimensions` the
    usual ones are taken. An id means the latest definition; give a declaration (see `version_on`) to reproduce an old
    report. Raises `IndicatorError` (N-502) for what the indicator does not offer.
    """
    chosen = version_on(indicator) if isinstance(indicator, str) else indicator
    ask = _question(chosen, town, known_on, frequency, dimensions)
    cells, base_year = _cells(chosen, ask, connection)
    return Result(
        indicator=chosen.id,
        title=chosen.name,
        definition=chosen.definition,
        unit=chosen.unit,
        counted=chosen.counted,
        frequency=ask.frequency,
        dimensions=(*ask.dimensions, *chosen.split),
        cells=cells.drop("provisional", strict=False),
        additive_over=tuple(name for name in chosen.additive_over if name in ask.dimensions),
        polarity=chosen.polarity,
        breaks=_breaks(chosen, ask, cells),
        provisional_from=_provisional_from(chosen, ask, cells),
        notes=_notes(chosen, base_year),
        labels=_labels(chosen, ask, cells, connection),
        over_time=_OVER_TIME[chosen.moment],
        ratio=chosen.ratio,
        provenance=Provenance(
            snapshot=snapshot_hash,
            known_on=known_on,
            indicator=chosen.id,
            version=chosen.version,
            code_version=noaber.__version__,
            sources=sources or chosen.tables,
            rules=tuple(str(rules.value(name, known_on)) for name in chosen.rules),
        ),
    )


def _question(
    chosen: Indicator,
    town: Municipality,
    known_on: date,
    frequency: Frequency | None,
    dimensions: tuple[str, ...] | None,
) -> Question:
    wanted = chosen.standard if dimensions is None else dimensions
    often = frequency or chosen.frequencies[0]
    if often not in chosen.frequencies:
        raise IndicatorError(
            f"Indicator {chosen.id} is not made per {often}.", now=f"Choose from: {', '.join(chosen.frequencies)}."
        )
    if unknown := set(wanted) - set(chosen.dimensions):
        raise IndicatorError(
            f"Indicator {chosen.id} cannot be shown by {', '.join(sorted(unknown))}.",
            now=f"Choose from: {', '.join(chosen.dimensions) or 'nothing'}.",
        )
    ordered = tuple(name for name in chosen.dimensions if name in wanted)
    return Question(town=town, known_on=known_on, frequency=often, dimensions=ordered)


def _cells(chosen: Indicator, ask: Question, connection: duckdb.DuckDBPyConnection) -> tuple[pl.DataFrame, int | None]:
    """Run the formula; return its cells in a fixed order and type, and the base year of its prices, if any."""
    found = connection.execute(chosen.formula(ask))
    assert found.description is not None
    names = [column[0] for column in found.description]
    dimensions = (*ask.dimensions, *chosen.split)
    types: dict[str, pl.DataType] = {name: pl.String() for name in ("period", *dimensions)}
    types |= {name: pl.Float64() for name in _NUMBERS if name in names}
    types |= {"count": pl.Int64()}
    types |= {"provisional": pl.Boolean()} if "provisional" in names else {}
    rows = found.fetchall()
    columns = dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))
    frame = pl.DataFrame({name: columns[name] for name in types}, schema=types, strict=False)
    base_years = {year for year in columns.get("base_year", ()) if year is not None}
    return frame.sort("period", *dimensions), max(base_years, default=None)


def _provisional_from(chosen: Indicator, ask: Question, cells: pl.DataFrame) -> str | None:
    """Return the first period that may change: by its source's own word, or because messages about it may come late."""
    early = set(cells.filter("provisional")["period"]) if "provisional" in cells.columns else set()
    months = ask.known_on.year * 12 + ask.known_on.month - 1 - chosen.provisional_months
    settled = date(months // 12, months % 12 + 1, 1)
    if chosen.provisional_months:
        early |= {period for period in set(cells["period"]) if days_of(period)[1] >= settled}
    return min(early, default=None)


def _breaks(chosen: Indicator, ask: Question, cells: pl.DataFrame) -> tuple[Break, ...]:
    found = [
        Break(on=event.on, kind=event.kind, comparable=event.comparable, text=event.text, touches=touches)
        for event in ask.town.events
        if (touches := _touches(event, ask.town, chosen, cells)) is not None
    ]
    return tuple(sorted((*chosen.breaks, *found), key=lambda item: item.on))


def _touches(
    event: Event, town: Municipality, chosen: Indicator, cells: pl.DataFrame
) -> tuple[tuple[str, tuple[str, ...]], ...] | None:
    """Return which codes of the result an event touches, () for all of them, or None when it leaves the result alone.

    A total is touched by an event in any of its parts, and so is a result that does not show the parts at all. An event
    of care forms is one of their laws. A way of counting that changed touches only what is counted from support and
    claims themselves.
    """
    laws = event.laws or tuple(sorted({form.law for form in town.care_forms if form.code in event.care_forms}))
    limits = {"law": laws, "layer": event.layers, "care_form": event.care_forms}
    if chosen.id in event.indicators:
        limited = True
    elif event.indicators and not any(limits.values()):
        limited = False
    else:
        ours = not laws or bool(set(laws) & set(chosen.laws))
        registered = event.kind == "real" or bool(set(chosen.tables) & set(FOLDED))
        limited = bool(chosen.laws) and ours and registered
    if not limited:
        return None
    found: list[tuple[str, tuple[str, ...]]] = []
    if "municipality" in cells.columns:
        found.append(("municipality", (town.gm_code,)))
    for name, codes in limits.items():
        if codes and name in cells.columns:
            shown = set(cells[name].unique()) & {*codes, TOTAL}
            if not shown:
                return None
            found.append((name, tuple(str(code) for code in codes)))
    return tuple(found)


def _notes(chosen: Indicator, base_year: int | None) -> tuple[Text, ...]:
    notes = []
    if chosen.deflator is not None and base_year is not None:
        notes.append(
            Text(
                f"Prijspeil {base_year}. Gecorrigeerd met: {chosen.deflator.nl}.",
                f"At prices of {base_year}. Corrected by: {chosen.deflator.en}.",
            )
        )
    if chosen.provisional_months:
        notes.append(
            Text(
                f"De laatste {chosen.provisional_months} maanden kunnen nog veranderen: berichten komen soms laat.",
                f"The last {chosen.provisional_months} months may still change: messages sometimes come late.",
            )
        )
    return tuple(notes)


def _labels(
    chosen: Indicator, ask: Question, cells: pl.DataFrame, connection: duckdb.DuckDBPyConnection
) -> dict[str, dict[str, Text]]:
    """Return the words for every code that the cells show; a code nobody has words for stands for itself."""
    known: dict[str, dict[str, Text]] = {
        "law": dict(LAW_NAMES),
        "layer": dict(LAYER_NAMES),
        "district": {item.code: Text(item.name, item.name) for item in ask.town.districts},
        "care_form": {item.code: item.name for item in ask.town.care_forms},
    }
    for name in (*ask.dimensions, *chosen.split):
        if name in _NAMED_IN_TABLES:
            rows = connection.execute(_NAMED_IN_TABLES[name]).fetchall()
            known[name] = {code: Text(words, words) for code, words in rows}
        if name in chosen.labels:
            known[name] = dict(chosen.labels[name])
    return {
        name: {
            code: known.get(name, {}).get(code) or _WORDS.get(code) or Text(code, code) for code in _codes(cells, name)
        }
        for name in (*ask.dimensions, *chosen.split)
    }


_NAMED_IN_TABLES: Final = {
    "provider": "SELECT provider, arg_max(name, year) FROM provider_register GROUP BY provider",
    "institution": "SELECT provider, arg_max(name, year) FROM provider_register GROUP BY provider",
    "municipality": "SELECT area, arg_max(name, year) FROM area_name GROUP BY area",
    "question": "SELECT question, arg_max(label, year) FROM experience GROUP BY question",
}
"""Words that a delivery brings along, per dimension: code and name."""


def _codes(cells: pl.DataFrame, name: str) -> list[str]:
    return sorted(cells[name].unique().to_list())
