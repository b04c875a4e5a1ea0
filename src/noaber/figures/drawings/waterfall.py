"""A waterfall, a row per part: each bar begins where the one before it ended, and the last is their sum from zero."""

from __future__ import annotations

from collections.abc import Sequence

from noaber.figures import numbers
from noaber.figures.series import View
from noaber.figures.svg import WIDTH, element, text, width_of, wrapped

_BAR, _LINE, _GAP = 15.0, 15.0, 9.0


def draw(view: View, parts: Sequence[tuple[str, float]], total: tuple[str, float]) -> tuple[float, str]:
    """Return the height and content of `parts` that add up to `total`, each with its words; a loss is drawn open."""
    ends = [0.0]
    for _, value in parts:
        ends.append(ends[-1] + value)
    low, high = min(*ends, total[1], 0.0), max(*ends, total[1], 0.0)
    room = max(width_of(_figure(view, value), 12.5) for _, value in (*parts, total)) + 8
    scale = (WIDTH - room) / ((high - low) or 1)
    drawn: list[str] = []
    y, zero = 0.0, -low * scale
    for (label, value), begin in zip((*parts, total), (*ends[:-1], 0.0), strict=True):
        if drawn and label != total[0]:
            x = zero + begin * scale
            drawn.append(element("line", x1=x, x2=x, y1=y - _GAP, y2=y, class_="leader"))
        lines = wrapped(label, WIDTH, 13, lines=2)
        style = "label strong" if label == total[0] else "label"
        drawn += [text(0, y + 12 + _LINE * place, words, style) for place, words in enumerate(lines)]
        y += _LINE * len(lines) + 3
        left, wide = zero + min(begin, begin + value) * scale, abs(value) * scale
        shape = "bar" if value >= 0 else "beside"
        drawn.append(element("rect", x=left, y=y, width=max(wide, 0.8), height=_BAR, class_=shape))
        drawn.append(text(left + wide + 6, y + 12, _figure(view, value), "value"))
        y += _BAR + _GAP
    axis = element("line", x1=zero, x2=zero, y1=0.0, y2=y - _GAP, class_="axis")
    return y - _GAP + 4, axis + "".join(drawn)


def _figure(view: View, value: float) -> str:
    return numbers.figure(value, view.unit, view.language)
