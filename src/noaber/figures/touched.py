"""Who feels it: care forms before and after, districts, and who pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Final

from noaber.records import TOTAL, Text

from . import chart, numbers, words
from .drawings.spans import Scale, Span
from .figure import Figure
from .series import FigureError, Row, View, value_of
from .told import ROWS, Told, largest, spanned

_LEAST: Final = 0.01
"""A care form that changes by a smaller part than this does not change."""


def moved(told: Told, name: str, changes: Text, unchanged: str) -> Figure:
    """Return care forms before and after, those that move most in front."""
    view = told.view(name, "care_form")
    rows = [row for row in view.rows(beside=("scenario", unchanged)) if row.code != TOTAL]
    moving = sorted(
        (row for row in rows if abs(_change(row)) >= _LEAST * abs(value_of(row.beside) or 0.0) > 0), key=_size
    )
    if not moving:
        raise FigureError("No care form that may be shown changes.", where=name)
    kept = moving[:ROWS]
    drawn = [
        Span(row.label, before, after, dot=after, beside=before, said=_arrow(before, after, view))
        for row in kept
        if (after := value_of(row.now)) is not None and (before := value_of(row.beside)) is not None
    ]
    first = kept[0]
    ends = [numbers.figure(value_of(point), view.unit, view.language) for point in (first.beside, first.now)]
    title = told.say(
        f"{changes.nl} het meest bij {first.label}: van {ends[0]} naar {ends[1]}.",
        f"{changes.en} most for {first.label}: from {ends[0]} to {ends[1]}.",
    )
    heads = (chart.dimension_of(view), told.say("Na", "After"), told.say("Voor", "Before"))
    table = words.side_by_side(view, moving, heads)
    key = (("beside", view.label(unchanged, "scenario")), ("dot", view.label(told.code, "scenario")))
    hidden = sum(value_of(row.now) is None or value_of(row.beside) is None for row in rows)
    still = len(rows) - len(moving) - hidden
    remark = told.say(
        f"Nog {still} zorgvormen veranderen minder dan 1 procent, en {hidden} zijn verborgen; zie het rekenblad.",
        f"Another {still} care forms change by less than 1 percent, and {hidden} are hidden; see the spreadsheet.",
    )
    return spanned(view, "moved", title, drawn, Scale(key=key, zero=True), table, remarks=(remark,))


def districts(told: Told, places: Mapping[str, tuple[int, int]]) -> Figure:
    """Return what is saved per resident of each district, as a tile map."""
    view = told.view("scenario_by_district", "district")
    rows = [row for row in largest(view.rows()) if row.code in places and value_of(row.now) is not None]
    made = chart.tiles(view, places)
    if len(rows) < 2:
        return made
    most, least = max(rows, key=lambda row: value_of(row.now) or 0), min(rows, key=lambda row: value_of(row.now) or 0)
    ends = [numbers.in_words(value_of(row.now) or 0.0, view.unit, view.language) for row in (most, least)]
    when = numbers.when(view.now, view.language)
    return _titled(
        made,
        told.say(
            f"Per inwoner bespaart het {when} het meest in {most.label} ({ends[0]}), "
            f"en het minst in {least.label} ({ends[1]}).",
            f"Per resident it saves most in {most.label} ({ends[0]}), and least in {least.label} ({ends[1]}), {when}.",
        ),
    )


def payers(told: Told, codes: Sequence[str]) -> Figure:
    """Return what scenarios save for the municipality, and beside it for society as a whole."""
    view = told.view("scenario_payers", "scenario", payer="municipality")
    rows = [row for row in view.rows(beside=("payer", "society")) if row.code in codes]
    drawn = [
        Span(
            row.label,
            society,
            own,
            dot=own,
            beside=society,
            said=" · ".join(numbers.figure(value, view.unit, view.language) for value in (own, society)),
        )
        for row in rows
        if (own := value_of(row.now)) is not None and (society := value_of(row.beside)) is not None
    ]
    if not drawn:
        raise FigureError("No scenario has a saving that may be shown.", where=view.result.indicator)
    heads = (chart.dimension_of(view), view.label("municipality", "payer"), view.label("society", "payer"))
    apart = max(drawn, key=lambda item: abs(item.high - item.low))
    ends = [numbers.in_words(value, view.unit, view.language) for value in (apart.high, apart.low)]
    title = told.say(
        f"Van wat ‘{apart.label}’ de gemeente bespaart ({ends[0]}), bespaart ook de samenleving {ends[1]}.",
        f"Of what ‘{apart.label}’ saves the municipality ({ends[0]}), society saves {ends[1]} too.",
    )
    if apart.low >= apart.high:
        title = told.say(
            f"‘{apart.label}’ bespaart de gemeente {ends[0]} en de samenleving {ends[1]}.",
            f"‘{apart.label}’ saves the municipality {ends[0]} and society {ends[1]}.",
        )
    key = (("dot", heads[1]), ("beside", heads[2]))
    table = words.side_by_side(view, rows, heads)
    # Who pays is no change from one to the other, so there is no percentage.
    table = replace(table, columns=table.columns[:3], rows=tuple(row[:3] for row in table.rows))
    return spanned(view, "payers", title, drawn, Scale(key=key, zero=True), table)


def _titled(figure: Figure, title: str) -> Figure:
    """Return a figure with a finding of its own, in its drawing too."""
    return replace(figure, title=title, svg=figure.svg.replace(escape(figure.title), escape(title), 1))


def _change(row: Row) -> float:
    """Return by how much a row changes; not at all when either end is hidden."""
    now, before = value_of(row.now), value_of(row.beside)
    return 0.0 if now is None or before is None else now - before


def _size(row: Row) -> float:
    return -abs(_change(row))


def _arrow(before: float, after: float, view: View) -> str:
    percent = numbers.change(100 * (after - before) / abs(before), 1000, view.language) if before else ""
    return f"{numbers.figure(before, view.unit, view.language)} → {numbers.figure(after, view.unit, view.language)}" + (
        f" ({percent})" if percent else ""
    )
