"""A fan: what was counted as a line, what is expected as a dotted one, and around it, hatched, the band."""

from __future__ import annotations

from html import escape
from itertools import pairwise

from noaber.figures import numbers
from noaber.figures.series import Point, Series, View
from noaber.figures.svg import WIDTH, element, mark, text, ticks, width_of

from .frame import Frame, announced, grid, room_for, rules

_PLOT = 150.0
_LABEL = 12.0


def draw(view: View, name: str, series: Series) -> tuple[float, str]:
    """Return the height and the content of the drawing of one series; `name` is that of the figure."""
    edges = [edge for point in series.shown for edge in (point.low, point.value, point.high) if edge is not None]
    steps = ticks(min([*edges, 0.0]), max([*edges, 0.0]))
    words, above = announced(view.breaks, view)
    top = above + 20
    said = _labels(view, series)
    room = max((width_of(label, _LABEL) for label, _ in said), default=0.0) + 6
    frame = Frame(room_for(steps, view), WIDTH - room - 16, top, top + _PLOT, steps[0], steps[-1], tuple(view.periods))
    parts = [grid(frame, steps, view), rules(frame, view.breaks, words)]
    parts += [_band(frame, run, name) for run in series.runs()]
    parts += [_line(frame, run, view) for run in series.runs()]
    parts.append(_ends(frame, said))
    return top + _PLOT + 24, "".join(parts)


def _band(frame: Frame, run: list[Point], name: str) -> str:
    """Return the band as one area; it opens from the last point that was counted."""
    banded = [point for point in run if point.low is not None and point.high is not None]
    if not banded:
        return ""
    before = [point for point in run if point.period < banded[0].period][-1:]
    upper = [(frame.x(point.period), frame.y(_edge(point.high, point))) for point in [*before, *banded]]
    lower = [(frame.x(point.period), frame.y(_edge(point.low, point))) for point in [*before, *banded]]
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in [*upper, *reversed(lower)])
    return element("polygon", points=corners, class_="band", fill=f"url(#{name}-hatch)")


def _line(frame: Frame, run: list[Point], view: View) -> str:
    parts = []
    for before, after in pairwise(run):
        soft = " dashed" if after.provisional else ""
        ends = {"x1": frame.x(before.period), "y1": frame.y(_value(before)), "x2": frame.x(after.period)}
        parts.append(element("line", **ends, y2=frame.y(_value(after)), class_=f"line whole{soft}"))
    for point in run:
        hollow = " hollow" if point.provisional else ""
        size = 4.2 if point in (run[0], run[-1]) else 1.8
        shape = mark(0, frame.x(point.period), frame.y(_value(point)), f"dot whole{hollow}", size)
        said = f"{numbers.period(point.period, view.language)}: "
        said += numbers.in_words(_value(point), view.unit, view.language)
        parts.append(element("g", element("title", escape(said)) + shape))
    return "".join(parts)


def _labels(view: View, series: Series) -> list[tuple[str, float]]:
    """Return the figures at the end of the fan: high, expected, low, each with its value."""
    if not series.shown:
        return []
    last = series.shown[-1]
    found = [last.high, last.value, last.low] if last.high is not None else [last.value]
    return [(numbers.figure(item, view.unit, view.language), item) for item in found if item is not None]


def _ends(frame: Frame, said: list[tuple[str, float]]) -> str:
    """Return the figures at the end, moved apart where they would touch."""
    parts, reached = [], frame.top - 16
    for place, (label, value) in enumerate(said):
        y = max(frame.y(value) + 4, reached + 14)
        style = "value" if place == len(said) // 2 else "label"
        parts.append(text(frame.right + 9, y, label, style))
        reached = y
    return "".join(parts)


def _value(point: Point) -> float:
    assert point.value is not None, "only points that are shown are drawn"
    return point.value


def _edge(edge: float | None, point: Point) -> float:
    return _value(point) if edge is None else edge
