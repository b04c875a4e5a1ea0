"""Bars from zero, a row per code: the figure now, and a thin open bar for the one beside it."""

from __future__ import annotations

from collections.abc import Sequence

from noaber.figures import numbers, words
from noaber.figures.series import Point, Row, View, value_of
from noaber.figures.svg import WIDTH, element, text, width_of, wrapped

_LABEL, _BAR, _THIN, _GAP = 13.0, 15.0, 9.0, 11.0


def draw(view: View, name: str, rows: Sequence[Row], heads: tuple[str, str]) -> tuple[float, str]:
    """Return the height and content; `heads` are the words for now and beside, written at the first row."""
    shown = [value for row in rows for value in (value_of(row.now), value_of(row.beside)) if value is not None]
    low, high = min([*shown, 0.0]), max([*shown, 0.0])
    labels = [_value(row.now, view, heads[0] if not place else "") for place, row in enumerate(rows)]
    labels += [_value(row.beside, view, heads[1] if not place else "") for place, row in enumerate(rows)]
    room = max((width_of(label, 12) for label in labels), default=0) + 8
    scale = (WIDTH - room - (room if low < 0 else 0)) / ((high - low) or 1)
    zero = (room if low < 0 else 0.0) - low * scale
    parts, y = [], 0.0
    for place, row in enumerate(rows):
        lines = wrapped(row.label, WIDTH, 13, lines=2)
        parts += [text(0, y + 12 + 15 * index, line, "label") for index, line in enumerate(lines)]
        y += 15 * len(lines) + 3
        first = heads if not place else ("", "")
        parts.append(_bar(view, name, row.now, (zero, y, scale), first[0]))
        y += _BAR
        if row.beside is not None:
            parts.append(_beside(view, row.beside, (zero, y + 2, scale), first[1]))
            y += _THIN + 4
        y += _GAP
    axis = element("line", x1=zero, x2=zero, y1=16.0, y2=y - _GAP + 3, class_="axis")
    return y - _GAP + 6, "".join(parts) + axis


def _bar(view: View, name: str, point: Point | None, place: tuple[float, float, float], head: str) -> str:
    zero, y, scale = place
    value = value_of(point)
    label = _value(point, view, head)
    if value is None:
        return text(zero + 6, y + 12, label, "note")
    wide = abs(value) * scale
    x = zero if value >= 0 else zero - wide
    fill = f"url(#{name}-hatch)" if point and point.provisional else None
    style = "provisional" if fill else "bar"
    shape = element("rect", x=x, y=y, width=max(wide, 0.8), height=_BAR, class_=style, fill=fill)
    return shape + _written(value, x, wide, y + 12, label, "value")


def _beside(view: View, point: Point, place: tuple[float, float, float], head: str) -> str:
    zero, y, scale = place
    value = value_of(point)
    label = _value(point, view, head)
    if value is None:
        return text(zero + 6, y + 9, label, "note")
    wide = abs(value) * scale
    x = zero if value >= 0 else zero - wide
    shape = element("rect", x=x, y=y + 0.5, width=max(wide, 0.8), height=_THIN - 1, class_="beside")
    return shape + _written(value, x, wide, y + 9, label, "note")


def _written(value: float, x: float, wide: float, y: float, label: str, style: str) -> str:
    return text(x + wide + 6, y, label, style) if value >= 0 else text(x - 6, y, label, style, "end")


def _value(point: Point | None, view: View, head: str) -> str:
    if point is None:
        return ""
    value = point.value
    shown = words.cell(point, view) if value is None else numbers.figure(value, view.unit, view.language)
    return f"{shown} {head}".strip()
