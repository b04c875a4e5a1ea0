"""A tile map: every district one tile of the same size, near where it lies, with its name and figure written in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from noaber.figures import numbers, words
from noaber.figures.series import Row, View, value_of
from noaber.figures.svg import WIDTH, element, text, width_of, wrapped

_GAP = 4.0
_STEPS = 4


def draw(
    view: View, name: str, rows: Sequence[Row], places: Mapping[str, tuple[int, int]], *, here: str = ""
) -> tuple[float, str]:
    """Return the height and content; `places` gives column and row of each code, `here` the one to outline."""
    columns = 1 + max(column for column, _ in places.values())
    lines = 1 + max(line for _, line in places.values())
    wide = min((WIDTH + _GAP) / columns - _GAP, 110.0)
    high = min(wide * 0.74, 60.0)
    left = (WIDTH - (wide + _GAP) * columns + _GAP) / 2
    bounds = bounds_of([value for row in rows if (value := value_of(row.now)) is not None])
    parts = []
    for row in rows:
        if row.code in places:
            column, line = places[row.code]
            corner = (left + column * (wide + _GAP), line * (high + _GAP))
            parts.append(_tile(view, name, row, corner, (wide, high), bounds))
            if row.code == here:
                outline = {"x": corner[0] - 1.5, "y": corner[1] - 1.5, "width": wide + 3, "height": high + 3, "rx": 4}
                parts.append(element("rect", **outline, class_="here"))
    bottom = lines * (high + _GAP)
    return bottom + 34, "".join(parts) + _key(view, bounds, bottom + 6)


def bounds_of(values: Sequence[float]) -> list[float]:
    """Return the lower bounds of at most four steps of equal width; one step when all are the same."""
    if not values or max(values) == min(values):
        return [min(values, default=0.0)]
    low, wide = min(values), (max(values) - min(values)) / _STEPS
    return [low + wide * step for step in range(_STEPS)]


def step_of(value: float, bounds: Sequence[float]) -> int:
    """Return the step, from 1, in which a value falls."""
    return max(1, sum(value >= bound - 1e-9 for bound in bounds))


def _tile(
    view: View, name: str, row: Row, corner: tuple[float, float], size: tuple[float, float], bounds: Sequence[float]
) -> str:
    (x, y), (wide, high) = corner, size
    value = value_of(row.now)
    step = None if value is None else step_of(value, bounds)
    fill = f"url(#{name}-dots)" if step is None else None
    shape = element("rect", x=x, y=y, width=wide, height=high, rx=3, class_=f"tile t{step or 0}", fill=fill)
    ink = f"on{step or 0}"
    size_of = 12.0 if width_of(row.label, 12) < wide - 8 else 10.5
    label = wrapped(row.label, wide - 8, size_of, lines=2)
    middle = x + wide / 2
    first = y + high / 2 - 4 - (len(label) - 1) * 7
    parts = [
        text(
            middle,
            first + 13 * index,
            line,
            f"tile-name {ink}" + (" halo" if value is None else "") + (" tiny" if size_of < 12 else ""),
            "middle",
        )
        for index, line in enumerate(label)
    ]
    figure = words.cell(row.now, view)
    mark = "*" if row.now and row.now.provisional and value is not None else ""
    style = "note halo" if value is None else f"tile-value {ink}"
    parts.append(text(middle, first + 13 * len(label) + 4, f"{figure}{mark}", style, "middle"))
    return shape + "".join(parts)


def _key(view: View, bounds: Sequence[float], y: float) -> str:
    """Return the steps with the figure from which each begins."""
    if len(bounds) < 2:
        return ""
    parts, x, wide = [], 0.0, WIDTH / len(bounds)
    from_ = "vanaf" if view.language == "nl" else "from"
    for place, bound in enumerate(bounds, start=1):
        parts.append(element("rect", x=x, y=y, width=wide - 3, height=8, class_=f"tile t{place}"))
        parts.append(text(x, y + 21, f"{from_} {numbers.figure(bound, view.unit, view.language)}", "tick"))
        x += wide
    return "".join(parts)
