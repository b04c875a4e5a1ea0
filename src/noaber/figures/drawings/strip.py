"""A strip: a dot per code on one line, equal ones stacked; one stands out, a rule marks the middle of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from noaber.figures import numbers
from noaber.figures.series import Row, View, value_of
from noaber.figures.svg import WIDTH, element, mark, near, text, width_of
from noaber.records import Text

_DOT: Final = 4.0
_MIDDLE: Final = Text("Midden", "Middle")


def draw(view: View, rows: Sequence[Row], *, here: str, middle: float) -> tuple[float, str]:
    """Return the height and content; `rows` run from large to small and each has a figure."""
    values = {row.code: value for row in rows if (value := value_of(row.now)) is not None}
    steps = near(min(values.values()), max(values.values()))
    low, high = steps[0], steps[-1]

    def x(value: float) -> float:
        return _DOT + (value - low) / (high - low) * (WIDTH - 4 * _DOT)

    floors = _floors(values, x)
    top, mine = 52.0, x(values[here])
    base = top + 2.2 * _DOT * max(floors.values()) + 3 * _DOT
    parts = [element("line", x1=0.0, x2=WIDTH, y1=base, y2=base, class_="axis")]
    for step in steps:
        parts.append(element("line", x1=x(step), x2=x(step), y1=top - 8, y2=base, class_="grid"))
        parts.append(_at(x(step), base + 16, numbers.tick(step, view.unit, view.language), "tick"))
    parts.append(element("line", x1=x(middle), x2=x(middle), y1=top - 10, y2=base, class_="rule soft"))
    parts.append(element("line", x1=mine, x2=mine, y1=19.0, y2=base, class_="leader"))
    for row in sorted(rows, key=lambda row: row.code == here):
        y = base - 2 * _DOT - 2.2 * _DOT * floors[row.code]
        shade, size = ("s0", _DOT + 1.5) if row.code == here else ("s4", _DOT)
        parts.append(mark(0, x(values[row.code]), y, f"dot {shade}", size))
    label = next(row.label for row in rows if row.code == here)
    said = numbers.figure(middle, view.unit, view.language)
    parts.append(_at(x(middle), top - 16, f"{_MIDDLE(view.language)}: {said}", "note halo", away_from=mine))
    parts.append(_at(mine, 14, f"{label}: {numbers.figure(values[here], view.unit, view.language)}", "value halo"))
    return base + 24, "".join(parts)


def _floors(values: Mapping[str, float], x: Callable[[float], float]) -> dict[str, int]:
    """Return how high each dot stands: those that would lie on each other are stacked."""
    taken: Counter[int] = Counter()
    found = {}
    for code, value in values.items():
        column = round(x(value) / (2 * _DOT))
        found[code] = taken[column]
        taken[column] += 1
    return found


def _at(x: float, y: float, said: str, class_: str, away_from: float | None = None) -> str:
    """Return words centred on a place, or on the side of it `away_from` another, kept within the drawing."""
    half = width_of(said, 12.5 if class_.startswith("value") else 11) / 2
    if away_from is not None:
        x += half - 4 if x >= away_from else 4 - half
    return text(min(max(x, half), WIDTH - half), y, said, class_, "middle")
