"""Lines over time: gaps where there is nothing to join, dashes where figures are provisional, names at the end."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from noaber.figures import numbers
from noaber.figures.series import Point, Series, View, values
from noaber.figures.svg import WIDTH, apart, element, mark, text, ticks, width_of, wrapped
from noaber.records import TOTAL, Language

from .frame import Frame, announced, grid, room_for, rules

_PLOT = 150.0
_LABEL, _LINE = 12.0, 14.0
_MARKED = 16
"""A line of more points has marks only at its end and where a point stands alone."""


def draw(view: View, series: Sequence[Series], *, aim: str = "") -> tuple[float, str]:
    """Return the height and the content of the drawing; the series with code `aim` is drawn as a line to stay under."""
    steps = ticks(min([*values(series), 0.0]), max([*values(series), 0.0]))
    names, room = _names(view, series)
    words, above = announced(view.breaks, view)
    needed = len(names) * (_LINE * max((len(lines) for lines in names), default=1) + 3)
    top = above + 20
    bottom = top + max(_PLOT, needed + 8)
    frame = Frame(room_for(steps, view), WIDTH - room - 16, top, bottom, steps[0], steps[-1], tuple(view.periods))
    parts = [grid(frame, steps, view), rules(frame, view.breaks, words)]
    parts += [_line(frame, item, place, view, aim=item.code == aim) for place, item in enumerate(series)]
    parts.append(_labels(frame, series, names))
    return bottom + 24, "".join(parts)


def _line(frame: Frame, series: Series, place: int, view: View, *, aim: bool) -> str:
    colour = "aim" if aim else "whole" if series.code == TOTAL else f"s{place % 5}"
    parts = []
    for run in series.runs():
        for before, after in pairwise(run):
            soft = " dashed" if after.provisional else ""
            ends = {"x1": frame.x(before.period), "y1": frame.y(_value(before)), "x2": frame.x(after.period)}
            parts.append(element("line", **ends, y2=frame.y(_value(after)), class_=f"line {colour}{soft}"))
        marked = [point for point in run if not _small(series, point) or len(series.points) <= _MARKED]
        if not aim:
            parts += [_dot(frame, point, place, colour, view, small=_small(series, point)) for point in marked]
    return "".join(parts)


def _dot(frame: Frame, point: Point, place: int, colour: str, view: View, *, small: bool) -> str:
    hollow = " hollow" if point.provisional else ""
    shape = mark(place, frame.x(point.period), frame.y(_value(point)), f"dot {colour}{hollow}", 1.5 if small else 4.2)
    said = f"{numbers.period(point.period, view.language)}: {numbers.in_words(_value(point), view.unit, view.language)}"
    return element("g", element("title", escape(said)) + shape)


def _small(series: Series, point: Point) -> bool:
    """Return whether a point lies on its line; the last, and one that stands alone, shows its shape."""
    alone = any(run == [point] for run in series.runs())
    return not alone and point.period != series.shown[-1].period


def _names(view: View, series: Sequence[Series]) -> tuple[list[list[str]], float]:
    """Return the label of each line in lines of text, its figure last, and the width that they need."""
    room = (
        min(128.0, max((width_of(item.label, _LABEL) for item in series), default=0) + 4) if len(series) > 1 else 62.0
    )
    found = []
    for item in series:
        last = item.shown[-1] if item.shown else None
        figure = numbers.figure(last.value if last else None, view.unit, view.language)
        found.append([*(wrapped(item.label, room, _LABEL, lines=3) if len(series) > 1 else []), figure])
        room = max(room, width_of(figure, _LABEL) + 4)
    return found, room


def _labels(frame: Frame, series: Sequence[Series], names: Sequence[Sequence[str]]) -> str:
    kept = [(item, lines) for item, lines in zip(series, names, strict=True) if item.shown]
    tallest = _LINE * max((len(lines) for _, lines in kept), default=0)
    wanted = [frame.y(_value(item.shown[-1])) for item, _ in kept]
    places = apart(wanted, tallest + 3, frame.top + 4, frame.bottom - 16)
    parts = []
    for (item, lines), wish, place in zip(kept, wanted, places, strict=True):
        x = frame.x(item.shown[-1].period)
        if abs(place - wish) > 6 or x < frame.right - 1:
            ends = {"x1": x + 6, "y1": wish, "x2": frame.right + 10, "y2": place}
            parts.append(element("line", **ends, class_="leader"))
        first = place - (len(lines) - 1) * _LINE / 2 + 4
        for index, words in enumerate(lines):
            style = "value" if index == len(lines) - 1 else "label"
            parts.append(text(frame.right + 13, first + _LINE * index, words, style))
    return "".join(parts)


def spark(series: Series, language: Language) -> tuple[float, str]:
    """Return a small line without axes, from zero: the shape of what a finding says."""
    steps = ticks(min([*values([series]), 0.0]), max([*values([series]), 0.0]))
    frame = Frame(6.0, WIDTH - 8, 8.0, 72.0, steps[0], steps[-1], tuple(point.period for point in series.points))
    parts = [element("line", x1=0.0, x2=WIDTH, y1=frame.y(0), y2=frame.y(0), class_="axis")]
    for item in series.breaks:
        x = frame.x_of(item.on)
        if frame.left < x < frame.right and not item.comparable:
            parts.append(element("line", x1=x, x2=x, y1=0.0, y2=frame.bottom, class_="rule"))
    for run in series.runs():
        for before, after in pairwise(run):
            soft = " dashed" if after.provisional else ""
            ends = {"x1": frame.x(before.period), "y1": frame.y(_value(before)), "x2": frame.x(after.period)}
            parts.append(element("line", **ends, y2=frame.y(_value(after)), class_=f"line whole{soft}"))
        if len(run) == 1:
            parts.append(mark(0, frame.x(run[0].period), frame.y(_value(run[0])), "dot whole", 3.5))
    for point, anchor in ((series.points[0], None), (series.points[-1], "end")):
        parts.append(
            text(0.0 if anchor is None else WIDTH, 88, numbers.short_period(point.period, language), "tick", anchor)
        )
    if series.shown:
        last = series.shown[-1]
        hollow = " hollow" if last.provisional else ""
        parts.append(mark(0, frame.x(last.period), frame.y(_value(last)), f"dot whole{hollow}", 6))
    return 92, "".join(parts)


def _value(point: Point) -> float:
    assert point.value is not None, "only points that are shown are drawn"
    return point.value
