"""The gate itself: a `Result` goes in, a `SafeResult` comes out. Only this file makes one from true numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from noaber.municipality import Disclosure
from noaber.records import TOTAL, Text
from noaber.results import Result, Unit

from .safe import Relation, SafeResult
from .small import COUNTS, reasons, rests_on_persons, units

_NO_PERSONS: Final = Text(
    "Deze cijfers gaan niet over personen; er is niets verborgen of afgerond.",
    "These figures are not about persons; nothing was hidden or rounded.",
)


def protect(result: Result, at: Disclosure) -> SafeResult:
    """Return what of a result may leave the house, under the rule and thresholds of the municipality.

    `cbs5` hides what rests on few persons and rounds the rest, every cell and total on its own; a rate is computed from
    the rounded numbers. Figures that rest on nobody pass as they are.
    """
    cells = reasons(result, at)
    kinds = units(result)
    persons = rests_on_persons(result)
    if persons:
        cells = _rounded(cells, kinds, at)
    return SafeResult(
        indicator=result.indicator,
        title=result.title,
        definition=result.definition,
        unit=result.unit,
        frequency=result.frequency,
        dimensions=result.dimensions,
        cells=_blank(cells, result.dimensions, kinds),
        polarity=result.polarity,
        breaks=result.breaks,
        provisional_from=result.provisional_from,
        notes=result.notes,
        labels=result.labels,
        provenance=result.provenance,
        protection=_sentence(at) if persons else _NO_PERSONS,
        rule=at,
        persons=persons,
        units=kinds,
        relations={name: _relations(result, name) for name, kind in kinds.items() if kind in (*COUNTS, "cents")},
        bounded=_bounded(reasons(result, at), kinds, at),
        over_time=result.over_time,
        same_as=dict(result.same_as),
    )


def nearest(column: str, step: int) -> pl.Expr:
    """Return a column rounded to the nearest multiple of `step`, halves up."""
    return (pl.col(column) / step + 0.5).floor() * step


def _rounded(cells: pl.DataFrame, kinds: Mapping[str, Unit], at: Disclosure) -> pl.DataFrame:
    """Return the cells with counts and amounts rounded, and rates computed again from the rounded numbers."""
    steps = {name: at.round_cents_to if kind == "cents" else at.round_to for name, kind in kinds.items()}
    rounded = {name: nearest(name, steps[name]) for name, kind in kinds.items() if kind in (*COUNTS, "cents")}
    if "denominator" not in kinds:
        plain = rounded.get("value", pl.col("value").round(0 if kinds["value"] in {"days", "cents_per_person"} else 1))
        return cells.with_columns(value=plain)
    # How the ratio is written (percent, per thousand) follows from the true cell itself.
    scale = pl.col("value") * pl.col("denominator") / pl.col("numerator")
    again = scale * rounded["numerator"] / rounded["denominator"]
    measured = pl.col("denominator").is_null()
    return cells.with_columns(value=pl.when(measured).then(pl.col("value").round(0)).otherwise(again), **rounded)


def _blank(cells: pl.DataFrame, dimensions: tuple[str, ...], kinds: Mapping[str, Unit]) -> pl.DataFrame:
    """Return only what may be seen: codes, numbers where nothing is hidden, and the reason where something is."""
    shown = [pl.when(pl.col("hidden").is_null()).then(pl.col(name).cast(pl.Float64)).alias(name) for name in kinds]
    return cells.select("period", *dimensions, *shown, "hidden")


def _sentence(at: Disclosure) -> Text:
    return Text(
        f"Aantallen tot en met {at.hide_up_to} zijn verborgen, ook nul; andere zijn afgerond op {at.round_to}, elk "
        "getal en elk totaal op zichzelf, dus tellen delen niet altijd op.",
        f"Numbers up to {at.hide_up_to} are hidden, zero included; others are rounded to {at.round_to}, each number "
        "and each total on its own, so parts do not always add up.",
    )


def _bounded(cells: pl.DataFrame, kinds: Mapping[str, Unit], at: Disclosure) -> bool:
    """Return whether no small count is larger than the threshold itself, as when one person begins twice."""
    counts = [name for name, kind in kinds.items() if kind in COUNTS and name != "denominator"]
    small = cells.filter(pl.col("hidden") == "small")
    return all(bool((small[name].fill_null(0) <= at.hide_up_to).all()) for name in counts)


def _relations(result: Result, column: str) -> dict[str, Relation]:
    """Return per dimension how the true parts stand to their totals in every line of the table.

    What holds everywhere an attacker may guess, whether the declaration says so or not; what fails in one line nobody
    can build on.
    """
    found: dict[str, Relation] = {}
    for name in result.dimensions:
        rest = ["period", *(other for other in result.dimensions if other != name)]
        parts = (
            result.cells.filter(pl.col(name) != TOTAL)
            .group_by(rest)
            .agg(added=pl.col(column).sum(), largest=pl.col(column).max())
        )
        whole = result.cells.filter(pl.col(name) == TOTAL).select(*rest, whole=column)
        lines = whole.join(parts, on=rest).drop_nulls()
        if lines.is_empty():
            continue
        if lines.select(((pl.col("added") - pl.col("whole")).abs() < 0.5).all()).item():
            found[name] = "adds"
        elif result.unit != "cents" and lines.select((pl.col("largest") <= pl.col("whole")).all()).item():
            covered = lines.select((pl.col("whole") <= pl.col("added")).all()).item()
            found[name] = "union" if covered else "within"
    return found
