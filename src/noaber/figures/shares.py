"""Whose saving it is: each measure between alone and last in line, and the pairs that act on each other."""

from __future__ import annotations

from typing import Final

from noaber.records import TOTAL

from . import chart, numbers, words
from .drawings.spans import Scale, Span
from .figure import Figure, Table
from .series import FigureError, value_of
from .told import Told, beside, from_zero, largest, spanned

_PAIRS: Final = 4
"""More pairs than this are in the table only."""
_SHARES: Final = (
    ("Aandeel", "Share"),
    ("Laag", "Low"),
    ("Hoog", "High"),
    ("Als enige", "Alone"),
    ("Als laatste erbij", "Last in line"),
)


def between(told: Told) -> Figure:
    """Return the share of each measure between what it saves as the last one and what it saves alone."""
    view = told.view("scenario_shares", "measure", statistic="share")
    others = {kind: beside(view, kind) for kind in ("low", "high", "alone", "last")}
    rows = [row for row in largest(view.rows()) if row.code != TOTAL]
    drawn = [
        Span(row.label, last, alone, dot=share, said=numbers.figure(share, view.unit, view.language))
        for row in rows
        if (share := value_of(row.now)) is not None
        and (alone := value_of(others["alone"].get(row.code))) is not None
        and (last := value_of(others["last"].get(row.code))) is not None
    ]
    heads = [told.say(*pair) for pair in _SHARES]
    table = Table(
        caption=words.compared(view),
        columns=(chart.dimension_of(view), *heads),
        rows=tuple(
            (row.label, words.cell(row.now, view), *(words.cell(others[kind].get(row.code), view) for kind in others))
            for row in [*rows, *(row for row in view.rows() if row.code == TOTAL)]
        ),
    )
    key = (("dot", heads[0]), ("band", told.say("van laatste erbij tot als enige", "from last in line to alone")))
    widest = max(drawn, key=lambda item: abs(item.high - item.low), default=None)
    title = told.say(
        "Voor elke maatregel maakt het weinig uit of hij als eerste of als laatste komt.",
        "For every measure it matters little whether it comes first or last.",
    )
    if widest and abs(widest.high - widest.low) >= 0.05 * abs(widest.high):
        ends = [numbers.in_words(value, view.unit, view.language) for value in (widest.high, widest.low)]
        title = told.say(
            f"‘{widest.label}’ bespaart als enige {ends[0]} en als laatste erbij {ends[1]}.",
            f"‘{widest.label}’ saves {ends[0]} alone and {ends[1]} as the last in line.",
        )
    return spanned(view, "between", title, drawn, Scale(key=key, zero=True), table)


def overlap(told: Told) -> Figure:
    """Return the pairs of measures that take most from each other, or strengthen each other most."""
    view = told.view("scenario_overlap", "pair")
    rows = [row for row in largest(view.rows()) if value_of(row.now)]
    if not rows:
        raise FigureError("No two measures act on each other.", where=view.result.indicator)
    drawn = [from_zero(row, view) for row in rows[:_PAIRS]]
    most = rows[0]
    amount = numbers.in_words(abs(value_of(most.now) or 0.0), view.unit, view.language)
    title = (
        told.say(f"Het meest overlappen {most.label}: {amount}.", f"{most.label} overlap most: {amount}.")
        if (value_of(most.now) or 0) < 0
        else told.say(
            f"{most.label} versterken elkaar het meest: {amount}.", f"{most.label} help each other most: {amount}."
        )
    )
    table = Table(
        caption=words.compared(view),
        columns=(chart.dimension_of(view), told.say("Samen meer of minder", "More or less together")),
        rows=tuple((row.label, words.cell(row.now, view)) for row in rows),
    )
    return spanned(view, "overlap", title, drawn, Scale(zero=True), table)
