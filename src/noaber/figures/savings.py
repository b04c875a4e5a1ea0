"""What a costing says of one scenario: what it saves with its band, and what it costs first."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from noaber.disclosure import SafeResult
from noaber.records import Language, Text
from noaber.results import BAND

from . import chart, findings, numbers
from .figure import Figure
from .findings import Subject
from .series import Point, View, value_of

_SAVING = Subject("De besparing", "The saving")


def saved(
    result: SafeResult,
    code: str,
    language: Language,
    *,
    stated: str = "",
    counted_until: str,
    band: Text = findings.EIGHT_OF_TEN,
) -> Figure:
    """Return what a scenario saves per year, with its band; `stated` is the code of what its document promises.

    `band` says by what the band goes.
    """
    view = View(result=_banded(result), language=language, fixed={"scenario": code}, counted_until=counted_until)
    last = view.series[0].points[-1]
    if last.value is None:
        return chart.fan(view, subject=_SAVING, band=band)
    promised = _promised(result, stated, view) if stated else None
    return chart.fan(view, subject=_SAVING, title=_saves(view, code, last, promised), band=band)


def earned(result: SafeResult, code: str, language: Language, *, counted_until: str) -> Figure:
    """Return what a scenario takes in investments per year, and what is left of it since the beginning."""
    view = View(
        result=result,
        language=language,
        along="item",
        fixed={"scenario": code},
        counted_until=counted_until,
    )
    lines = {item.code: item for item in view.series}
    spent = sum(point.value or 0.0 for point in lines["investment"].points)
    left = value_of(lines["cumulated"].by_period.get(view.now))
    return chart.line(view, title=_returns(view, code, spent, left) if left is not None else "")


def _banded(result: SafeResult) -> SafeResult:
    """Return the same cells with the two ends of the band as columns, as a fan takes them."""
    kept = [name for name in result.dimensions if name != "statistic"]
    cells = result.cells.filter(pl.col("statistic") == "middle").drop("statistic")
    for end in BAND:
        edge = result.cells.filter(pl.col("statistic") == end).select("period", *kept, pl.col("value").alias(end))
        cells = cells.join(edge, on=["period", *kept], how="left")
    return replace(result, dimensions=tuple(kept), cells=cells)


def _promised(result: SafeResult, stated: str, view: View) -> float | None:
    said = View(result=result, language=view.language, fixed={"scenario": stated, "statistic": "middle"})
    return value_of(said.series[0].by_period.get(view.now))


def _saves(view: View, code: str, last: Point, promised: float | None) -> str:
    """Return what a scenario saves or costs in the last year, between what, and what its document promises."""
    assert last.value is not None
    gain = last.value >= 0
    size = numbers.in_words(abs(last.value), view.unit, view.language)
    ends = [edge if gain else -edge for edge in (last.low, last.high) if edge is not None]
    band = [numbers.figure(edge, view.unit, view.language) for edge in sorted(ends)]
    name, when = view.label(code, "scenario"), numbers.when(last.period, view.language)
    between = Text(f" ({band[0]} tot {band[1]})", f" ({band[0]} to {band[1]})")(view.language) if len(band) > 1 else ""
    said = (
        Text(f"‘{name}’ bespaart {when} naar schatting {size}", f"‘{name}’ saves an estimated {size} {when}")
        if gain
        else Text(f"‘{name}’ kost {when} naar schatting {size} meer", f"‘{name}’ costs an estimated {size} more {when}")
    )
    amount = numbers.in_words(promised, view.unit, view.language) if promised is not None else ""
    promise = Text(f"; het plan noemt {amount}", f"; the plan states {amount}")(view.language) if amount else ""
    return f"{said(view.language)}{between}{promise}."


def _returns(view: View, code: str, spent: float, left: float) -> str:
    """Return what a scenario takes in investments, and what is over or still to be earned back at the end."""
    name, until = view.label(code, "scenario"), view.now
    cost, rest = (numbers.in_words(amount, view.unit, view.language) for amount in (spent, abs(left)))
    ends = (
        Text(f"en houdt dan {rest} over", f"and is {rest} up by then")
        if left >= 0
        else Text(f"en heeft dan {rest} nog niet terugverdiend", f"and still has {rest} to earn back by then")
    )
    return Text(
        f"‘{name}’ vraagt tot en met {until} {cost} aan investeringen {ends.nl}.",
        f"‘{name}’ takes {cost} of investments up to and including {until} {ends.en}.",
    )(view.language)
