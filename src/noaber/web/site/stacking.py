"""Tables that read on a telephone: each cell carries its column's heading, so that its row can stand as a block."""

from __future__ import annotations

import re
from html import escape, unescape

_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_HEAD = re.compile(r"<thead\b.*?</thead>", re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t([hd])\b([^>]*)>")
_WHOLE_CELL = re.compile(r"<th\b([^>]*)>(.*?)</th>", re.DOTALL)
_SPAN = re.compile(r'colspan="(\d+)"')
_HIDDEN = re.compile(r'<span class="visually-hidden">.*?</span>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def stacked(html: str) -> str:
    """Return HTML in which every table stacks on a narrow screen (see `table.stack` in site.css).

    A cell gets the words of its column heading as `data-label`. The heading of a row needs none, and a column whose
    heading only a screen reader hears gets none. Tables do not stand inside tables here.
    """
    return _TABLE.sub(lambda found: _stacked_table(found[0]), html)


def _stacked_table(table: str) -> str:
    head = _HEAD.search(table)
    if head is None:
        return table
    headings = _headings(_ROW.findall(head[0])[-1])
    before = table[: head.start()]
    before = (
        before.replace('class="', 'class="stack ', 1) if 'class="' in before else '<table class="stack"' + before[6:]
    )
    return before + head[0] + _ROW.sub(lambda row: _labelled(row[0], headings), table[head.end() :])


def _headings(row: str) -> list[str]:
    """Return the words above each column; a heading over two columns stands twice."""
    found: list[str] = []
    for attributes, words in _WHOLE_CELL.findall(row):
        found += [unescape(_TAG.sub("", _HIDDEN.sub("", words))).strip()] * _columns(attributes)
    return found


def _labelled(row: str, headings: list[str]) -> str:
    column = 0

    def label(cell: re.Match[str]) -> str:
        nonlocal column
        words = headings[column] if column < len(headings) else ""
        column += _columns(cell[2])
        return f'<td{cell[2]} data-label="{escape(words)}">' if cell[1] == "d" and words else cell[0]

    return _CELL.sub(label, row)


def _columns(attributes: str) -> int:
    span = _SPAN.search(attributes)
    return int(span[1]) if span else 1
