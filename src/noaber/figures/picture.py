"""A figure as a picture (PNG) that can leave the page: with its finding above it, and below it where it comes from."""

from __future__ import annotations

import json
from typing import Final

from . import theme
from .figure import Figure
from .paper import faces

_DOTS: Final = 200
"""Dots per inch: sharp on a screen and in a document."""


def png(figure: Figure, *, by: str) -> bytes:
    """Return the picture of a figure; `by` says who publishes it. The same figure gives the same bytes."""
    import typst  # noqa: PLC0415 (40 MB that only pictures and paper need)

    told = {
        "language": figure.language,
        "faces": faces(),
        "title": figure.title,
        "about": figure.about,
        "svg": theme.alone(figure.svg) if figure.svg else "",
        "sentence": figure.sentence,
        "remarks": figure.remarks,
        "foot": f"{by} · {figure.short_foot}",
        "columns": figure.table.columns,
        "rows": figure.table.rows,
        "words": figure.table.words,
    }
    made: bytes = typst.compile(
        theme.look("picture.typ").encode(),
        format="png",
        ppi=_DOTS,
        sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
    )
    return made
