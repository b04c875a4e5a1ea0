"""Dots on one scale, a row per code: now filled, beside open, and a rule at the figure of all together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from noaber.figures import numbers, words
from noaber.figures.series import Row, View, value_of
from noaber.figures.svg import WIDTH, element, mark, near, text, ticks, width_of, wrapped
from noaber.records import Text

_ROW, _NAME = 24.0, 16.0
_MIDDLE: Final = Text("Midden", "Middle")
_BESIDE = 130.0
"""Names wider than this stand above their row instead of beside it."""


def draw(
    view: View,
    rows: Sequence[Row],
    total: Row | None,
    heads: tuple[str, str],
    *,
    here: str = "",
    middle: float | None = None,
) -> tuple[float, str]:
    """Return the height and content; `heads` are the words for now and beside.

    The row of `here` stands out, and a rule stands at the `middle` of the others.
    """
    both = [*rows, *([total] if total else [])]
    shown = [value for row in both for value in (value_of(row.now), value_of(row.beside)) if value is not None]
    steps = near(min(shown), max(shown)) if here else ticks(min([*shown, 0.0]), max([*shown, 0.0]))
    widest = max((width_of(row.label, 12.5) for row in rows), default=60.0)
    above = widest > _BESIDE
    left, high_row = (8.0, _ROW + _NAME) if above else (widest + 8, _ROW)
    room = max(width_of(words.cell(row.now, view), 12) for row in rows) + 12 if rows else 40.0
    right = WIDTH - room
    low, high = steps[0], steps[-1]

    def x(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left)

    parts = [_key(heads, any(value_of(row.beside) is not None for row in rows), left)]
    top, bottom = 44.0, 44.0 + high_row * len(rows)
    for step in steps:
        parts.append(
            element("line", x1=x(step), x2=x(step), y1=top - 4, y2=bottom, class_="axis" if step == 0 else "grid")
        )
        parts.append(text(x(step), bottom + 14, numbers.tick(step, view.unit, view.language), "tick", "middle"))
    if total is not None and (value := value_of(total.now)) is not None:
        said = f"{total.label}: {numbers.figure(value, view.unit, view.language)}"
        parts.append(element("line", x1=x(value), x2=x(value), y1=top - 6, y2=bottom, class_="rule soft"))
        parts.append(_centred(said, x(value), top - 10))
    if middle is not None:
        said = f"{_MIDDLE(view.language)}: {numbers.figure(middle, view.unit, view.language)}"
        parts.append(element("line", x1=x(middle), x2=x(middle), y1=top - 6, y2=bottom, class_="rule soft"))
        parts.append(_centred(said, x(middle), top - 10))
    for place, row in enumerate(rows):
        y = top + high_row * (place + 1) - _ROW / 2
        strong = " strong" if row.code == here else ""
        name = wrapped(row.label, WIDTH if above else left - 4, 12.5, lines=1)[0]
        parts.append(text(0, y - _ROW / 2 - 1 if above else y + 4, name, f"label halo{strong}"))
        shade = None if not here else 0 if row.code == here else 4
        parts.append(_row(view, row, y, x, (left, right), shade))
    return bottom + 20, "".join(parts)


def _key(heads: tuple[str, str], with_beside: bool, left: float) -> str:
    now, beside = heads
    first = mark(0, left + 5, 8, "dot s0", 4.6) + text(left + 14, 12, now, "note")
    if not with_beside:
        return first
    next_to = left + 30 + width_of(now, 11)
    return first + mark(0, next_to, 8, "dot past", 3.8) + text(next_to + 9, 12, beside, "note")


def _row(
    view: View, row: Row, y: float, x: Callable[[float], float], edges: tuple[float, float], shade: int | None
) -> str:
    """Return one row; with a `shade` its dot is filled, however provisional the figure."""
    left, right = edges
    parts = [element("line", x1=left, x2=right, y1=y, y2=y, class_="row")]
    now, beside = value_of(row.now), value_of(row.beside)
    compares = row.now is not None and row.now.no_change != "break"
    if compares and now is not None and beside is not None:
        parts.append(element("line", x1=x(beside), x2=x(now), y1=y, y2=y, class_="step"))
    if beside is not None:
        parts.append(mark(0, x(beside), y, "dot past", 3.8))
    if now is not None:
        hollow = " hollow" if row.now and row.now.provisional and shade is None else ""
        parts.append(mark(0, x(now), y, f"dot s{shade or 0}{hollow}", 5))
    parts.append(text(WIDTH, y + 4, words.cell(row.now, view), "value" if now is not None else "note", "end"))
    return "".join(parts)


def _centred(said: str, x: float, y: float) -> str:
    half = width_of(said, 11) / 2
    return text(min(max(x, half), WIDTH - half), y, said, "note", "middle")
