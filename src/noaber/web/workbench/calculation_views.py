"""Long calculations: asking for one, seeing how far it is and what came of it, and taking its files along."""

from __future__ import annotations

from typing import Any, Final, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from noaber.web.access.door import requires
from noaber.web.access.models import Person
from noaber.web.access.permissions import Permission
from noaber.web.access.presence import by, language

from . import actions, queries, schedule
from .desk import Desk
from .models import KINDS, Calculation
from .position import read
from .views import around, at

_KINDS: Final = dict(KINDS)


@requires(Permission.USE_WORKBENCH)
@require_POST
def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask for a calculation of the position in the address; what was asked before is shown at once."""
    if kind not in _KINDS:
        raise Http404
    found = at(request, request.GET, patience=None)
    if not isinstance(found, Desk):
        return found
    calculation, fresh = actions.ask(
        kind=kind,
        title=request.POST.get("title", "")[:120] or _("Dit scenario"),
        position=found.position,
        snapshot=found.here.snapshot.hash,
        asker=cast("Person", request.user),
        at=timezone.now(),
        by=by(request, Permission.USE_WORKBENCH),
    )
    if fresh:
        schedule.calculate.enqueue(calculation.about)
        calculation.refresh_from_db()
    if getattr(request, "htmx", False):
        return render(request, "workbench/parts/calculation.html", _shown(calculation))
    return HttpResponseRedirect(resolve_url("workbench:calculation", calculation.about))


@requires(Permission.USE_WORKBENCH)
@require_GET
def calculation(request: HttpRequest, about: str) -> HttpResponse:
    """Show how far a calculation is, or what came of it."""
    found = queries.calculation(about)
    if found is None:
        raise Http404
    if getattr(request, "htmx", False):
        return render(request, "workbench/parts/calculation.html", _shown(found))
    page = render(request, "workbench/calculation.html", around() | _shown(found))
    if found.waits:
        page["Refresh"] = "2"
    return page


@requires(Permission.USE_WORKBENCH)
@require_GET
def download(request: HttpRequest, about: str, name: str) -> HttpResponse:
    """Hand out a file that a calculation left, to keep and not to open here."""
    found = queries.file(about, name)
    if found is None:
        raise Http404
    actions.hand_out(found, by=by(request, Permission.USE_WORKBENCH))
    answer = HttpResponse(bytes(found.content), content_type=found.content_type)
    answer["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return answer


def _shown(found: Calculation) -> dict[str, Any]:
    return {
        "calculation": found,
        "kind": _KINDS[found.kind],
        "doing": _(found.doing) if found.doing else _("wachten op een plek in de rij"),
        "failure": _(found.failure) if found.failure else "",
        "sections": queries.sections(found, language()),
        "files": found.files.defer("content"),
        "address": read(found.position).address,
    }
