"""A figure as it leaves this room: title, drawing, table, words for who cannot see it, and where it comes from."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from html import escape
from typing import Final

from noaber.records import Language

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The figures behind a drawing: words in the first columns, numbers in the others."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1
    """Columns from the left that hold words; the first is the heading of its row."""

    def html(self) -> str:
        """Return the table with its caption, and headings that say for which column and row they stand."""
        head = "".join(
            f'<th scope="col"{self._class(place)}>{escape(name)}</th>' for place, name in enumerate(self.columns)
        )
        body = "".join(
            f"<tr>{''.join(self._cell(place, text) for place, text in enumerate(row))}</tr>" for row in self.rows
        )
        caption = f"<caption>{escape(self.caption)}</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _cell(self, place: int, text: str) -> str:
        if place == 0:
            return f'<th scope="row">{escape(text)}</th>'
        return f"<td{self._class(place)}>{escape(text)}</td>"

    def _class(self, place: int) -> str:
        return ' class="n"' if place >= self.words else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure in one language. `svg` is empty when the figure is a table only."""

    name: str
    """Unique on its page; letters, digits and hyphens."""
    language: Language
    title: str
    """The finding, in one sentence."""
    about: str
    """What is counted, per what, from when until when."""
    svg: str
    table: Table
    sentence: str
    """What the drawing shows, for who cannot see it."""
    definition: str
    foot: str
    """Definition version, source, snapshot, provisional or final, and what is hidden and why."""
    short_foot: str
    breaks: tuple[str, ...] = ()
    """The words of every break in the series."""
    remarks: tuple[str, ...] = ()
    """What the drawing leaves out."""
    records: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    """Heading and cells of the download, plain numbers."""

    @property
    def table_html(self) -> str:
        """The table as HTML."""
        return self.table.html()

    @property
    def csv(self) -> str:
        """The cells as CSV (RFC 4180); words that a spreadsheet would take for a formula are disarmed."""
        written = io.StringIO()
        csv.writer(written).writerows([harmless(cell) for cell in row] for row in self.records)
        return written.getvalue()


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet runs: text that begins like a formula gets an apostrophe, a number does not."""
    if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
