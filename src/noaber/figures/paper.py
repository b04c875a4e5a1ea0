"""What paper and pictures share: the type that this machine has."""

from __future__ import annotations

from functools import cache
from typing import Final

_FACES: Final = (
    "Noto Sans",
    "Open Sans",
    "Source Sans 3",
    "Segoe UI",
    "Arial",
    "Liberation Sans",
    "DejaVu Sans",
    "Libertinus Serif",
)
"""Type for paper, the first that is there; the last always is, since it comes with typst."""


@cache
def faces() -> tuple[str, ...]:
    """Return the families of type to set in, the first choice first."""
    import typst  # noqa: PLC0415 (40 MB that only paper needs)

    there = frozenset(typst.Fonts().families())
    return tuple(face for face in _FACES if face in there)
