"""What figures of a costing share: the scenario they tell of, and rows of spans with a table that says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from noaber.disclosure import SafeResult
from noaber.records import Language, Text

from . import chart, numbers
from .drawings import spans
from .drawings.spans import Scale, Span
from .figure import Figure, Table
from .series import FigureError, Point, Row, View, value_of

ROWS: Final = 6
"""More rows than this are in the table only."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What figures of one scenario are made of: results by name, its code, the language, and when counting ends."""

    results: Mapping[str, SafeResult]
    code: str
    language: Language
    counted_until: str
    start: date = date.min
    """The first month that is costed."""

    def say(self, nl: str, en: str) -> str:
        """Return the words in the language of the report."""
        return nl if self.language == "nl" else en

    def holding(self, code: str) -> Told:
        """Return the same of another scenario."""
        return replace(self, code=code)

    def view(self, name: str, along: str | None, **fixed: str) -> View:
        """Return a result as these figures look at it; FigureError (N-601) when it is not there."""
        if name not in self.results:
            raise FigureError(f"There is no {name} here.", where=name, now="Cost the plan with it.")
        result = self.results[name]
        held = ({"scenario": self.code} if "scenario" in result.dimensions and along != "scenario" else {}) | fixed
        return View(result=result, language=self.language, along=along, fixed=held, counted_until=self.counted_until)

    def month(self, number: float) -> str:
        """Return a month of the costing in words, by its number from 0."""
        months = self.start.year * 12 + self.start.month - 1 + round(number)
        return numbers.period(f"{months // 12}-{months % 12 + 1:02d}", self.language)


def spanned(
    view: View,
    kind: str,
    title: str,
    drawn: Sequence[Span],
    scale: Scale,
    table: Table,
    *,
    remarks: tuple[str, ...] = (),
) -> Figure:
    """Return a figure of spans; its words read its table."""
    shown = drawn[:ROWS]
    if not remarks and (left := len(table.rows) - len(shown)) > 0 and shown:
        all_ = Text(f"In de tabel staan er nog {left}.", f"The table has another {left}.")
        remarks = (all_(view.language),)
    height, content = spans.draw(view, shown, scale) if shown else (0.0, "")
    heads = table.columns[1:]
    said = "; ".join(f"{row[0]}: {_read(heads, row[1:])}" for row in table.rows[:ROWS])
    unit = numbers.unit_words(view.unit, view.language)
    intro = Text("Staven op één schaal.", "Bars on one scale.")(view.language)
    sentence = f"{intro} {unit}, {numbers.period(view.now, view.language)}. {said}."
    return chart.compose(
        view, chart.name_of(view, kind), title, (height, content, sentence), table, now=True, remarks=remarks
    )


def beside(view: View, statistic: str) -> dict[str, Point | None]:
    """Return the points of another statistic, by code."""
    return {row.code: row.beside for row in view.rows(beside=("statistic", statistic))}


def largest(rows: Sequence[Row]) -> list[Row]:
    """Return rows by the size of what they show, whatever its sign."""
    return sorted(rows, key=lambda row: -abs(value_of(row.now) or 0.0))


def from_zero(row: Row, view: View) -> Span:
    """Return a row as a bar from zero."""
    value = value_of(row.now) or 0.0
    return Span(row.label, 0.0, value, said=numbers.in_words(value, view.unit, view.language))


def _read(heads: Sequence[str], cells: Sequence[str]) -> str:
    """Return the cells of a row as one reads them aloud: each after its head."""
    pairs = zip(heads, cells, strict=True)
    return ", ".join(f"{head[0].lower()}{head[1:]} {cell}" for head, cell in pairs if cell)
