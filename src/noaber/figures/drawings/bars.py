"""Bars from zero, a row per code: the figure now, and a thin open bar for the one beside it."""

from __future__ import annotations

from collections.abc import Sequence

from noaber.figures import numbers, words
from noaber.figures.series import Point, Row, View, value_of
from noaber.figures.svg import WIDTH, element, text, width_of, wrapped

_KEY, _BAR, _THIN, _GAP = 22.0, 15.0, 9.0, 11.0


def draw(view: View, name: str, rows: Sequence[Row], heads: tuple[str, str]) -> tuple[float, str]:
    """Return the height and content; `heads` are the words for now and beside."""
    points = [point for row in rows for point in (row.now, row.beside) if point is not None]
    shown = [point.value for point in points if point.value is not None]
    low, high = min([*shown, 0.0]), max([*shown, 0.0])
    room = max((width_of(_value(point, view), 12.5) for point in points), default=0) + 8
    scale = (WIDTH - room - (room if low < 0 else 0)) / ((high - low) or 1)
    zero = (room if low < 0 else 0.0) - low * scale
    hatched = any(row.now and row.now.provisional for row in rows)
    parts, y = [_key(heads, f"url(#{name}-hatch)" if hatched else None, any(row.beside for row in rows))], _KEY
    for row in rows:
        lines = wrapped(row.label, WIDTH, 13, lines=2)
        parts += [text(0, y + 12 + 15 * index, line, "label") for index, line in enumerate(lines)]
        y += 15 * len(lines) + 3
        parts.append(_bar(view, name, row.now, (zero, y, scale)))
        y += _BAR
        if row.beside is not None:
            parts.append(_beside(view, row.beside, (zero, y + 2, scale)))
            y += _THIN + 4
        y += _GAP
    return y - _GAP + 4, "".join(parts)


def _key(heads: tuple[str, str], fill: str | None, with_beside: bool) -> str:
    """Return what the full and the open bar stand for."""
    now, beside = heads
    style = "provisional" if fill else "bar"
    first = element("rect", x=0, y=3, width=16, height=10, class_=style, fill=fill) + text(22, 12, now, "note")
    if not with_beside:
        return first
    x = 40 + width_of(now, 11)
    return first + element("rect", x=x, y=4.5, width=16, height=7, class_="beside") + text(x + 22, 12, beside, "note")


def _bar(view: View, name: str, point: Point | None, place: tuple[float, float, float]) -> str:
    zero, y, scale = place
    value, label = value_of(point), _value(point, view)
    if value is None:
        return text(zero, y + 12, label, "note")
    wide = abs(value) * scale
    x = zero if value >= 0 else zero - wide
    fill = f"url(#{name}-hatch)" if point and point.provisional else None
    style = "provisional" if fill else "bar"
    shape = element("rect", x=x, y=y, width=max(wide, 0.8), height=_BAR, class_=style, fill=fill)
    return shape + _written(value, x, wide, y + 12, label, "value")


def _beside(view: View, point: Point, place: tuple[float, float, float]) -> str:
    zero, y, scale = place
    value, label = value_of(point), _value(point, view)
    if value is None:
        return text(zero, y + 9, label, "note")
    wide = abs(value) * scale
    x = zero if value >= 0 else zero - wide
    shape = element("rect", x=x, y=y + 0.5, width=max(wide, 0.8), height=_THIN - 1, class_="beside")
    return shape + _written(value, x, wide, y + 9, label, "note")


def _written(value: float, x: float, wide: float, y: float, label: str, style: str) -> str:
    return text(x + wide + 6, y, label, style) if value >= 0 else text(x - 6, y, label, style, "end")


def _value(point: Point | None, view: View) -> str:
    if point is None:
        return ""
    if point.value is None:
        return words.cell(point, view)
    return numbers.figure(point.value, view.unit, view.language)
