"""Shares of classes, a full bar per period, with numbered segments and the names of the classes below."""

from __future__ import annotations

from collections.abc import Sequence

from noaber.figures import numbers, words
from noaber.figures.findings import shares
from noaber.figures.series import Series, View
from noaber.figures.svg import WIDTH, element, text, width_of, wrapped

_BAR, _GAP = 26.0, 7.0


def draw(view: View, name: str, periods: Sequence[str], classes: Sequence[Series]) -> tuple[float, str]:
    """Return the height and content; what is hidden shows as a dotted rest of the bar."""
    left = max(width_of(numbers.short_period(period, view.language), 12) for period in periods) + 12
    parts, y = [], 0.0
    for period in periods:
        parts.append(text(0, y + _BAR / 2 + 4, numbers.short_period(period, view.language), "label"))
        parts.append(_bar(view, name, period, classes, (left, y)))
        y += _BAR + _GAP
    y += 6
    for place, item in enumerate(classes, start=1):
        said = _class(view, item, periods[-1])
        parts.append(element("rect", x=0, y=y, width=20, height=18, class_=f"stack c{place % 7}"))
        parts.append(text(10, y + 13, str(place), f"on-c{place % 7} stack-number", "middle"))
        for index, line in enumerate(wrapped(said, WIDTH - 30, 12.5, lines=2)):
            parts.append(text(28, y + 13.5 + 15 * index, line, "label"))
            y += 15 if index else 0
        y += 21
    return y + 2, "".join(parts)


def _bar(view: View, name: str, period: str, classes: Sequence[Series], corner: tuple[float, float]) -> str:
    left, y = corner
    room = WIDTH - left
    found = shares(view, period)
    parts, x = [], left
    for place, item in enumerate(classes, start=1):
        share = found.get(item.code, 0.0)
        wide = share * room
        if wide <= 0:
            continue
        parts.append(element("rect", x=x, y=y, width=max(wide - 1.5, 0.5), height=_BAR, class_=f"stack c{place % 7}"))
        if wide > 16:
            parts.append(
                text(x + wide / 2 - 0.7, y + _BAR / 2 + 4.5, str(place), f"on-c{place % 7} stack-number", "middle")
            )
        x += wide
    rest = left + room - x
    if rest > 1.5:
        fill = f"url(#{name}-dots)"
        parts.append(element("rect", x=x, y=y + 0.5, width=rest - 1, height=_BAR - 1, class_="missing", fill=fill))
    return "".join(parts)


def _class(view: View, item: Series, period: str) -> str:
    share = shares(view, period).get(item.code)
    count = words.cell(item.by_period.get(period), view)
    if share is None:
        return f"{item.label}: {count}"
    return f"{item.label}: {numbers.figure(100 * share, 'percent', view.language)} ({count})"
