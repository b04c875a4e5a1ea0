"""The workbench itself: one page with everything on it, and the part of it that answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from noaber.records import NoaberError
from noaber.web.access.door import requires
from noaber.web.access.permissions import Permission
from noaber.web.published.views import style_address

from . import starting_point
from .desk import Desk, answered, desk

PATIENCE = 1.5
"""Seconds that a page waits for a starting point before it says how far it is."""


def around() -> dict[str, Any]:
    """Return what every page of this room shows beside its own."""
    return {"style": style_address()}


def at(request: HttpRequest, asked: Any, *, patience: float | None = PATIENCE) -> Desk | HttpResponse:
    """Return what stands at an address, or the page that says why there is nothing (yet)."""
    try:
        here = starting_point.ground()
        if here is None:
            return render(request, "workbench/nothing.html", around())
        found = desk(here, asked, patience=patience)
    except NoaberError as error:
        return render(request, "workbench/nothing.html", around() | {"error": error})
    if isinstance(found, Desk):
        return found
    page = render(request, "workbench/preparing.html", around() | {"doing": _(found) if found else ""}, status=202)
    page["Refresh"] = "1"
    return page


@requires(Permission.USE_WORKBENCH)
@require_GET
def bench(request: HttpRequest) -> HttpResponse:
    """Show everything on the workbench, and the answer to where it stands."""
    found = at(request, request.GET)
    if not isinstance(found, Desk):
        return found
    status = 422 if found.form.errors else 200
    shown = {
        "desk": found,
        "form": found.form,
        "settings": [found.form[name] for name in ("bekend", "vooruit", "later", "begin", "maanden", "ernaast")],
        "answer": answered(found.point, found.position),
    }
    return render(request, "workbench/bench.html", around() | shown, status=status)


@requires(Permission.USE_WORKBENCH)
@require_GET
def answer(request: HttpRequest) -> HttpResponse:
    """Show the answer alone, for the sliders; the address of the page follows where they stand."""
    found = at(request, request.GET, patience=None)
    if not isinstance(found, Desk):
        return found
    shown = {"desk": found, "form": found.form, "answer": answered(found.point, found.position)}
    page = render(request, "workbench/parts/answer.html", shown)
    page["HX-Replace-Url"] = f"{request.path.removesuffix('antwoord/')}?{found.position.address}"
    return page
