"""Spans, a row each on one scale: from one end to the other, with a filled mark and an open one to lay beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from noaber.figures import numbers
from noaber.figures.series import View
from noaber.figures.svg import WIDTH, element, mark, text, ticks, width_of, wrapped

_KEY, _LINE, _BAR, _GAP, _AXIS = 20.0, 14.0, 11.0, 8.0, 20.0
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Span:
    """One row: its words, its two ends, the marks on it, and what stands at the right of its words."""

    label: str
    low: float
    high: float
    dot: float | None = None
    """Where the filled mark stands."""
    beside: float | None = None
    """Where the open mark stands."""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """What goes with all rows: the words for each mark, a rule with its words, and whether the axis begins at zero."""

    key: tuple[tuple[str, str], ...] = ()
    """(`dot`, `beside`, `band`, `low` or `high`, words)"""
    rule: tuple[float, str] | None = None
    zero: bool = False
    split: bool = False
    """Whether each row is two bars from the rule: open to `low`, filled to `high`."""


def draw(view: View, spans: Sequence[Span], scale: Scale) -> tuple[float, str]:
    """Return the height and content."""
    places = [place for item in spans for place in (item.low, item.high, item.dot, item.beside) if place is not None]
    places += [scale.rule[0]] if scale.rule else []
    steps = _steps(min(places), max(places), zero=scale.zero)
    left, right = 12.0, WIDTH - 12.0
    wide = (right - left) / (steps[-1] - steps[0])
    top = (_KEY if scale.key else 0.0) + (_LINE if scale.rule else 0.0)

    def x(value: float) -> float:
        return left + (value - steps[0]) * wide

    rows, y = [], top
    for item in spans:
        lines = _around(item.label, WIDTH - width_of(item.said, 12.5) - 12)
        rows += [text(0, y + 12 + _LINE * place, line, "label halo") for place, line in enumerate(lines)]
        rows.append(text(WIDTH, y + 12, item.said, "value halo", "end"))
        y += _LINE * len(lines) + 3
        rows.append(_bars(item, x, y, scale) if scale.split else _span(item, x, y))
        y += _BAR + _GAP
    back = [_tick(view, x(step), step, top, y) for step in steps]
    if scale.rule:
        place, said = x(scale.rule[0]), scale.rule[1]
        half = width_of(said, 11) / 2
        back.append(element("line", x1=place, x2=place, y1=top - 3, y2=y - 4, class_="rule soft"))
        back.append(text(min(max(place, half), WIDTH - half), top - 6, said, "note", "middle"))
    return y + _AXIS, _key(scale.key) + "".join(back) + "".join(rows)


def _bars(item: Span, x: Callable[[float], float], y: float, scale: Scale) -> str:
    """Return two bars from the rule to the ends."""
    middle = x(scale.rule[0]) if scale.rule else x(0.0)
    drawn = []
    for end, style in ((item.low, "beside"), (item.high, "bar")):
        at = x(end)
        wide = max(abs(at - middle), 0.8)
        drawn.append(element("rect", x=min(at, middle), y=y, width=wide, height=_BAR, class_=style))
    return "".join(drawn)


def _span(item: Span, x: Callable[[float], float], y: float) -> str:
    """Return a thin bar from one end to the other with its marks on it; a full bar when it has none."""
    low, high, middle = x(min(item.low, item.high)), x(max(item.low, item.high)), y + _BAR / 2
    if item.dot is None and item.beside is None:
        return element("rect", x=low, y=y, width=max(high - low, 0.8), height=_BAR, class_="bar")
    drawn = [element("rect", x=low, y=y + 3, width=max(high - low, 0.8), height=_BAR - 6, class_="beside")]
    if item.beside is not None:
        drawn.append(mark(3, x(item.beside), middle, "dot past", 4.4))
    if item.dot is not None:
        drawn.append(mark(0, x(item.dot), middle, "dot s0", 5.0))
    return "".join(drawn)


def _tick(view: View, x: float, step: float, top: float, bottom: float) -> str:
    line = element("line", x1=x, x2=x, y1=top, y2=bottom - 4, class_="axis" if step == 0 else "grid")
    said = numbers.tick(step, view.unit, view.language)
    half = width_of(said, 11) / 2
    return line + text(min(max(x, half), WIDTH - half), bottom + 10, said, "tick", "middle")


def _around(label: str, first: float) -> list[str]:
    """Return a label in lines, of which the `first` is narrower: a figure stands behind it."""
    lines = wrapped(label, first, 12.5)
    rest = label[len(lines[0]) :].strip()
    return [lines[0], *wrapped(rest, WIDTH, 12.5, lines=_MOST_LINES - 1)] if rest else lines


def _key(words: Sequence[tuple[str, str]]) -> str:
    """Return what each mark stands for, in one line."""
    drawn, x = [], 0.0
    for kind, said in words:
        if kind == "dot":
            drawn.append(mark(0, x + 6, 7, "dot s0", 4.6))
        elif kind == "beside":
            drawn.append(mark(3, x + 6, 7, "dot past", 4.2))
        else:
            style = "bar" if kind == "high" else "beside"
            drawn.append(element("rect", x=x, y=3.5, width=12, height=7, class_=style))
        drawn.append(text(x + 17, 11, said, "note"))
        x += 31 + width_of(said, 10)
    return "".join(drawn)


def _steps(low: float, high: float, *, zero: bool) -> list[float]:
    """Return round values from at most `low` to at least `high`."""
    if zero or low <= 0 <= high:
        return ticks(low, high)
    rough = (high - low or abs(high) or 1.0) / 3
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [step * place for place in range(first, max(last, first + 1) + 1)]
