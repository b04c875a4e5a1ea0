"""Writing SVG by hand: elements, text that is measured and wrapped, axes with round steps, and shapes of marks.

Colour and type come from classes (look/figures.css), never from attributes, so that one drawing serves light, dark,
print and paper. Everything is drawn 336 wide: about a telephone, or a column on a larger page.
"""

from __future__ import annotations

import math
from html import escape
from typing import Final

WIDTH: Final = 336.0
_NARROW: Final = frozenset("iljtf.,:;'|!() ")
_WIDE: Final = frozenset("mwMW%@€")


def element(tag: str, text: str | None = None, /, **attributes: object) -> str:
    """Return one element; `class_` is written as class, `text_anchor` as text-anchor, and None is left out."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_plain(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}/>" if text is None else f"<{tag}{written}>{text}</{tag}>"


def text(x: float, y: float, words: str, class_: str = "", anchor: str | None = None) -> str:
    """Return a line of text on its baseline; `anchor` is middle or end."""
    return element("text", escape(words), x=x, y=y, class_=class_ or None, text_anchor=anchor)


def drawing(name: str, height: float, title: str, description: str, *parts: str) -> str:
    """Return the whole drawing as one image with a name and a description for who cannot see it."""
    described = element("title", escape(title), id=f"{name}-title") + element(
        "desc", escape(description), id=f"{name}-desc"
    )
    return element(
        "svg",
        f"{described}{hatching(name)}{''.join(parts)}",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_plain(WIDTH)} {_plain(math.ceil(height))}",
        role="img",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
        class_="chart",
    )


def hatching(name: str) -> str:
    """Return the two patterns that a drawing may fill with: hatched for provisional, dotted for hidden."""
    line = element("path", d="M-1.5,1.5 l3,-3 M0,6 l6,-6 M4.5,7.5 l3,-3", class_="hatch")
    dot = element("circle", cx=3, cy=3, r=0.9, class_="hatch-dot")
    size = {"width": 6, "height": 6, "patternUnits": "userSpaceOnUse"}
    return element(
        "defs",
        element("pattern", line, id=f"{name}-hatch", **size) + element("pattern", dot, id=f"{name}-dots", **size),
    )


def width_of(words: str, size: float = 12) -> float:
    """Return a careful estimate of how wide a text is, in the widest of the faces that may be used."""
    ems = sum(
        0.36 if sign in _NARROW else 0.95 if sign in _WIDE else 0.72 if sign.isupper() else 0.62 for sign in words
    )
    return ems * size


def wrapped(words: str, room: float, size: float = 12, lines: int | None = None) -> list[str]:
    """Return a text in lines that fit; with `lines`, what does not fit ends in an ellipsis."""
    found: list[str] = []
    for word in words.split(" "):
        if found and width_of(f"{found[-1]} {word}", size) <= room:
            found[-1] += f" {word}"
        else:
            found.append(word)
    if lines is not None and len(found) > lines:
        found = [*found[: lines - 1], f"{found[lines - 1]}…"]
    return found


def ticks(low: float, high: float, wanted: int = 3) -> list[float]:
    """Return round values from at most `low` to at least `high`, zero among them."""
    low, high = min(low, 0.0), max(high, 0.0)
    span = high - low or 1.0
    rough = span / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [step * place for place in range(first, max(last, first + 1) + 1)]


def near(low: float, high: float, wanted: int = 3) -> list[float]:
    """Return round values around a range without zero: for dots, whose place and not length says how much."""
    steps = ticks(0, (high - low) or abs(high) or 1.0, wanted)
    step = steps[1] - steps[0]
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [step * place for place in range(first, max(last, first + 1) + 1)]


def mark(shape: int, x: float, y: float, class_: str, size: float = 4.0) -> str:
    """Return a mark; the shape tells lines apart where colour does not: circle, square, triangle, diamond."""
    if shape % 4 == 0:
        return element("circle", cx=x, cy=y, r=size, class_=class_)
    if shape % 4 == 1:
        return element("rect", x=x - size * 0.9, y=y - size * 0.9, width=size * 1.8, height=size * 1.8, class_=class_)
    corners = (
        [(0, -1.2), (1.15, 0.9), (-1.15, 0.9)] if shape % 4 == 2 else [(0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0)]
    )
    points = " ".join(f"{_plain(x + size * dx)},{_plain(y + size * dy)}" for dx, dy in corners)
    return element("polygon", points=points, class_=class_)


def apart(places: list[float], gap: float, low: float, high: float) -> list[float]:
    """Return places moved as little as needed to stand `gap` apart between `low` and `high`, in the same order."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = list(places)
    floor = low
    for index in order:
        moved[index] = max(moved[index], floor)
        floor = moved[index] + gap
    ceiling = high
    for index in reversed(order):
        moved[index] = min(moved[index], ceiling)
        ceiling = moved[index] - gap
    return moved


def _plain(value: object) -> str:
    if isinstance(value, float):
        return (
            f"{value:.1f}".removesuffix(".0").replace("-0", "0")
            if abs(value) < 0.05
            else f"{value:.1f}".removesuffix(".0")
        )
    return str(value)
