"""What every chart over time shares: the axes, the words of breaks above it, and their rules through it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from noaber.figures import numbers
from noaber.figures.series import View
from noaber.figures.svg import WIDTH, element, text, width_of, wrapped
from noaber.results import Break, days_of

_LINE = 14.0
_SMALL = 11.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The plotting area: its edges in the drawing, and the figures at its bottom and top."""

    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    periods: tuple[str, ...]

    def x(self, period: str) -> float:
        """Return where a period stands: in the middle of its own days."""
        return self._at(_middle(period))

    def x_of(self, on: date) -> float:
        """Return where a day stands, such as the first day of a break."""
        return self._at(float(on.toordinal()))

    def y(self, value: float) -> float:
        """Return where a value stands."""
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def _at(self, day: float) -> float:
        first, last = _middle(self.periods[0]), _middle(self.periods[-1])
        if first == last:
            return (self.left + self.right) / 2
        return self.left + (day - first) / (last - first) * (self.right - self.left)


def room_for(steps: Sequence[float], view: View) -> float:
    """Return where the plot may begin, so that no line runs through the figures of the axis."""
    return max(width_of(numbers.tick(step, view.unit, view.language), _SMALL) for step in steps) + 8


def grid(frame: Frame, steps: Sequence[float], view: View) -> str:
    """Return the horizontal lines with their figures, and the periods below."""
    parts = []
    for step in steps:
        y = frame.y(step)
        parts.append(element("line", x1=0.0, x2=frame.right, y1=y, y2=y, class_="axis" if step == 0 else "grid"))
        parts.append(text(0, y - 4, numbers.tick(step, view.unit, view.language), "tick"))
    return "".join(parts) + _periods(frame, view)


def _periods(frame: Frame, view: View) -> str:
    """Return the words below the axis: the first, the last, and as many between as there is room for."""
    words = [numbers.short_period(period, view.language) for period in frame.periods]
    room = max(width_of(word, _SMALL) for word in words) + 10
    step = max(1, -(-int(room * max(len(words) - 1, 1)) // max(int(frame.right - frame.left), 1)))
    parts = []
    for place in range(len(words) - 1, -1, -step):
        x = frame.x(frame.periods[place])
        parts.append(element("line", x1=x, x2=x, y1=frame.bottom, y2=frame.bottom + 4, class_="axis"))
        parts.append(text(x, frame.bottom + 17, words[place], "tick", "middle"))
    return "".join(parts)


def announced(breaks: Sequence[Break], view: View) -> tuple[list[list[str]], float]:
    """Return the lines of words of each break, and the height that they take above the plot.

    A break that may be crossed is told in one line; the whole of it stands with the table.
    """
    rows = [
        wrapped(f"{item.on.year}: {item.text(view.language)}", WIDTH - 20, _SMALL, lines=1 if item.comparable else 4)
        for item in breaks
    ]
    return rows, sum(len(lines) * _LINE + 5 for lines in rows) + (8 if rows else 0)


def rules(frame: Frame, breaks: Sequence[Break], rows: Sequence[Sequence[str]]) -> str:
    """Return a vertical rule per break through the plot, numbered to its words above."""
    parts, y = [], 0.0
    for place, (item, lines) in enumerate(zip(breaks, rows, strict=True), start=1):
        x = frame.x_of(item.on)
        kind = "rule" if not item.comparable else "rule soft"
        parts.append(element("line", x1=x, x2=x, y1=frame.top - 8, y2=frame.bottom, class_=kind))
        parts.append(badge(x, frame.top - 8, place) + badge(8.0, y + 9, place))
        parts += [text(20, y + 13 + _LINE * index, line, "note") for index, line in enumerate(lines)]
        y += len(lines) * _LINE + 5
    return "".join(parts)


def badge(x: float, y: float, place: int) -> str:
    """Return a numbered disc that ties words to a place in the drawing."""
    return element("circle", cx=x, cy=y, r=7, class_="badge") + text(x, y + 3.8, str(place), "badge-text", "middle")


def _middle(period: str) -> float:
    first, last = days_of(period)
    return (first.toordinal() + last.toordinal()) / 2
