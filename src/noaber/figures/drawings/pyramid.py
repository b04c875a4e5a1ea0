"""The pyramid: three layers from a common middle, a year earlier to the left, this year to the right."""

from __future__ import annotations

from collections.abc import Sequence

from noaber.figures import numbers, words
from noaber.figures.series import Point, Row, View, value_of
from noaber.figures.svg import WIDTH, element, text, width_of
from noaber.records import Layer

ORDER = (Layer.INDICATED_SUPPORT, Layer.BASIC_SUPPORT, Layer.SOCIAL_BASIS)
ESTIMATED = Layer.SOCIAL_BASIS
"""The layer that nobody registers: its figure is an estimate, and hatched as one."""
_HIGH, _NAME, _GAP = 38.0, 20.0, 8.0
_MIDDLE, _HALF = WIDTH / 2, WIDTH / 2 - 2


def draw(view: View, name: str, rows: Sequence[Row], heads: tuple[str, str]) -> tuple[float, str]:
    """Return the height and content; `rows` in any order, one per layer; `heads` name the right and the left."""
    by_layer = {row.code: row for row in rows}
    shown = [value for row in rows for value in (value_of(row.now), value_of(row.beside)) if value is not None]
    scale = _HALF / max([*shown, 1.0])
    with_beside = any(row.beside is not None for row in rows)
    parts = [text(_MIDDLE + 8, 12, heads[0], "value")]
    if with_beside:
        parts.append(text(_MIDDLE - 8, 12, heads[1], "label", "end"))
    y = 22.0
    for place, layer in enumerate(ORDER, start=1):
        row = by_layer.get(layer)
        label = row.label if row else view.label(layer)
        parts.append(text(_MIDDLE, y + 14, label, "label strong", "middle"))
        y += _NAME
        if with_beside:
            parts.append(_half(view, (name, layer), row.beside if row else None, (y, scale, -1), f"past p{place}"))
        parts.append(_half(view, (name, layer), row.now if row else None, (y, scale, 1), f"layer p{place}"))
        parts.append(element("line", x1=_MIDDLE, x2=_MIDDLE, y1=y - 3, y2=y + _HIGH + 3, class_="spine"))
        y += _HIGH + _GAP
    return y - _GAP + 6, "".join(parts)


def _half(view: View, of: tuple[str, Layer], point: Point | None, place: tuple[float, float, int], style: str) -> str:
    (name, layer), (y, scale, side) = of, place
    value = value_of(point)
    anchor = "end" if side < 0 else None
    if value is None:
        missing = words.cell(point, view) if point else ("niet geteld" if view.language == "nl" else "not counted")
        x = _MIDDLE if side > 0 else _MIDDLE - 96
        open_ = element("rect", x=x, y=y, width=96, height=_HIGH, class_="missing", fill="none")
        return open_ + text(_MIDDLE + side * 10, y + _HIGH / 2 + 4, missing, "note", anchor)
    wide = max(value * scale, 1.0)
    x = _MIDDLE if side > 0 else _MIDDLE - wide
    fill = f"url(#{name}-hatch)" if layer is ESTIMATED or (point and point.provisional) else None
    shape = element("rect", x=x, y=y, width=wide, height=_HIGH, class_="provisional" if fill else style, fill=fill)
    figure = numbers.figure(value, view.unit, view.language)
    inside = wide > width_of(figure, 17) + 24
    middle = y + _HIGH / 2 + 6
    if not inside:
        return shape + text(_MIDDLE + side * (wide + 8), middle, figure, "big", anchor)
    plate = ""
    ink = "big" if side < 0 or fill else f"big on-{style[-2:]}"
    if fill:
        room = width_of(figure, 17) + 10
        plate = element(
            "rect", x=_MIDDLE + (8 if side > 0 else -8 - room), y=y + 10, width=room, height=22, rx=3, class_="plate"
        )
    return shape + plate + text(_MIDDLE + side * 13, middle, figure, ink, anchor)
