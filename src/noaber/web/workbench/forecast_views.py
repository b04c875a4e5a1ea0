"""The forecast of unchanged policy: both ways, per law, each with its band and what its trials on the past say."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noaber.web.access.door import requires
from noaber.web.access.permissions import Permission
from noaber.web.access.presence import language

from . import queries, starting_point
from .views import around


@requires(Permission.USE_WORKBENCH)
@require_GET
def forecast(request: HttpRequest) -> HttpResponse:
    """Show the last forecast that was asked for, and whether the snapshot has moved on since."""
    here, found = starting_point.ground(), queries.last_forecast()
    shown = {
        "calculation": found,
        "sections": queries.sections(found, language()) if found else [],
        "there": here is not None,
        "moved_on": bool(here and found and here.snapshot.hash != found.snapshot),
    }
    page = render(request, "workbench/forecast.html", around() | shown)
    if found and found.waits:
        page["Refresh"] = "2"
    return page
