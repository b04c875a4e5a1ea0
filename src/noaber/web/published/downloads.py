"""Downloads of a figure: they pass the same rule as its page, and stand in the journal only when it is not public."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from noaber.figures import Figure, picture, theme
from noaber.figures.figure import harmless
from noaber.web.access.door import public
from noaber.web.access.permissions import Permission
from noaber.web.access.presence import by, rights

from . import actions, shelf
from .gallery import gallery
from .models import Version

_WHY = "It gives what the page of the figure gives, to who may read that page; the view looks for the version there."


def _sheet(figure: Figure) -> bytes:
    return ("\ufeff" + figure.csv).encode()


def _drawing(figure: Figure) -> bytes:
    if not figure.svg:
        raise Http404
    return theme.alone(figure.svg).encode()


def _picture(figure: Figure) -> bytes:
    return picture.png(figure, by=settings.NOABER.name)


_KINDS: Final[dict[str, tuple[str, Callable[[Figure], bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", _sheet),
    "svg": ("image/svg+xml", _drawing),
    "png": ("image/png", _picture),
}


@public(_WHY)
@require_GET
def one_figure(request: HttpRequest, short: str, name: str, kind: str) -> HttpResponse:
    """Return one figure as CSV, SVG or PNG."""
    version = _version(request, short)
    exhibit = gallery([version]).named(name)
    if exhibit is None or kind not in _KINDS:
        raise Http404
    content_type, make = _KINDS[kind]
    return _handed_out(request, version, f"{name}.{kind}", content_type, make(exhibit.figure))


@public(_WHY)
@require_GET
def all_cells(request: HttpRequest, short: str) -> HttpResponse:
    """Return every cell of a version as CSV, with its codes and their words."""
    version = _version(request, short)
    result = shelf.result_of(version)
    written = io.StringIO()
    writer = csv.writer(written)
    words = [f"{name}_name" for name in result.dimensions]
    writer.writerow(["indicator", "period", *result.dimensions, *words, "value", "unit", "hidden"])
    for row in result.cells.sort("period", *result.dimensions).iter_rows(named=True):
        codes = [row[name] for name in result.dimensions]
        named = [
            label.nl if (label := result.labels.get(name, {}).get(row[name])) else "" for name in result.dimensions
        ]
        value = "" if row["value"] is None else f"{row['value']:.10g}"
        cells = [result.indicator, row["period"], *codes, *named, value, result.unit, row["hidden"] or ""]
        writer.writerow([harmless(cell) for cell in cells])
    content = ("\ufeff" + written.getvalue()).encode()
    return _handed_out(request, version, f"{version.name}.csv", "text/csv; charset=utf-8", content)


def _version(request: HttpRequest, short: str) -> Version:
    readable = Version.objects.readable_to(rights(request))
    version = readable.short(short).defer("content").first()
    if version is None or not shelf.is_whole(version):
        raise Http404
    return version


def _handed_out(request: HttpRequest, version: Version, name: str, content_type: str, content: bytes) -> HttpResponse:
    if not version.is_shown:
        actions.hand_out(version, what=name, by=by(request, Permission.SEE_DRAFTS))
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
