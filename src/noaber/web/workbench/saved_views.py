"""Saved scenarios: keeping one with a reason, the list, four beside each other, and reading by a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

import noaber
from noaber.web.access.door import requires
from noaber.web.access.models import Person
from noaber.web.access.permissions import Permission
from noaber.web.access.presence import by

from . import actions, comparing, queries
from .desk import Answered, Desk, answered
from .forms import SaveForm
from .models import SavedScenario
from .position import read
from .views import around, at

MOST: Final = 4


@dataclass(frozen=True, slots=True)
class Opened:
    """A saved scenario and what it comes to now."""

    scenario: SavedScenario
    desk: Desk
    answer: Answered

    @property
    def moved_on(self) -> bool:
        """Whether there is a newer snapshot than the one it was saved on."""
        return self.desk.here.snapshot.hash != self.scenario.snapshot

    @property
    def other_version(self) -> bool:
        """Whether it was counted with another version of the program."""
        return noaber.__version__ != self.scenario.code_version


@requires(Permission.USE_WORKBENCH)
@require_http_methods(["GET", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Save where everything stands, under a name and with a reason."""
    found = at(request, request.GET)
    if not isinstance(found, Desk):
        return found
    form = SaveForm(request.POST or None)
    answer = answered(found.point, found.position)
    if request.method == "POST" and form.is_valid():
        scenario = actions.keep(
            name=form.cleaned_data["name"],
            reason=form.cleaned_data["reason"],
            position=found.position,
            snapshot=found.here.snapshot.hash,
            sentence=answer.told.sentence if answer.told else answer.trouble,
            saver=cast("Person", request.user),
            at=timezone.now(),
            by=by(request, Permission.USE_WORKBENCH),
        )
        messages.success(request, _("Het scenario is bewaard."))
        return HttpResponseRedirect(resolve_url("workbench:scenario", scenario.key))
    shown = {"desk": found, "form": form, "answer": answer}
    return render(request, "workbench/save.html", around() | shown, status=422 if form.errors else 200)


@requires(Permission.USE_WORKBENCH)
@require_GET
def scenarios(request: HttpRequest) -> HttpResponse:
    """Show the saved scenarios, the latest first, and the reports that were asked for."""
    shown = {"scenarios": queries.saved(), "reports": queries.recent(), "most": MOST}
    return render(request, "workbench/scenarios.html", around() | shown)


@requires(Permission.USE_WORKBENCH)
@require_GET
def scenario(request: HttpRequest, key: str) -> HttpResponse:
    """Show one saved scenario: why it was made, what it came to then, and what it comes to now."""
    opened = _opened(request, _there(key))
    if not isinstance(opened, Opened):
        return opened
    links = opened.scenario.open_links  # type: ignore[attr-defined]  # queries.saved fetches them
    link = request.build_absolute_uri(resolve_url("workbench:shared", links[0].key)) if links else ""
    return render(request, "workbench/scenario.html", around() | {"opened": opened, "link": link})


@requires(Permission.READ_SCENARIOS)
@require_GET
def shared(request: HttpRequest, key: str) -> HttpResponse:
    """Show a scenario to who has its link, to read only."""
    found = queries.by_link(key)
    if found is None:
        raise Http404
    opened = _opened(request, found)
    if not isinstance(opened, Opened):
        return opened
    return render(request, "workbench/shared.html", around() | {"opened": opened})


@requires(Permission.USE_WORKBENCH)
@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """Show up to four saved scenarios beside each other, on the starting point of the first."""
    chosen = queries.several(request.GET.getlist("s"))[:MOST]
    if not chosen:
        return HttpResponseRedirect(resolve_url("workbench:scenarios"))
    found = at(request, QueryDict(read(chosen[0].position).address))
    if not isinstance(found, Desk):
        return found
    compared = comparing.cases(found.point, chosen)
    shown = {
        "figures": comparing.figures(found.point, compared),
        "rows": comparing.rows(found.point, compared),
        "left_out": compared.left_out,
        "chosen": chosen,
        "desk": found,
    }
    return render(request, "workbench/compare.html", around() | shown)


@requires(Permission.USE_WORKBENCH)
@require_POST
def share(request: HttpRequest, key: str) -> HttpResponse:
    """Make the link by which colleagues read a scenario."""
    found = _there(key)
    actions.share(
        found, maker=cast("Person", request.user), at=timezone.now(), by=by(request, Permission.USE_WORKBENCH)
    )
    messages.success(request, _("Wie de link heeft en mag inloggen kan het scenario nu lezen."))
    return HttpResponseRedirect(resolve_url("workbench:scenario", key))


@requires(Permission.USE_WORKBENCH)
@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Withdraw the link of a scenario."""
    found = _there(key)
    done = actions.withdraw(
        found, withdrawer=cast("Person", request.user), at=timezone.now(), by=by(request, Permission.USE_WORKBENCH)
    )
    messages.success(request, _("De link werkt niet meer.") if done else _("Er was geen link."))
    return HttpResponseRedirect(resolve_url("workbench:scenario", key))


@requires(Permission.USE_WORKBENCH)
@require_POST
def drop(request: HttpRequest, key: str) -> HttpResponse:
    """Take a scenario from the list."""
    found = _there(key)
    actions.drop(
        found, dropper=cast("Person", request.user), at=timezone.now(), by=by(request, Permission.USE_WORKBENCH)
    )
    messages.success(request, _("Het scenario staat niet meer in de lijst."))
    return HttpResponseRedirect(resolve_url("workbench:scenarios"))


def _there(key: str) -> SavedScenario:
    found = queries.one(key)
    if found is None:
        raise Http404
    return found


def _opened(request: HttpRequest, found: SavedScenario) -> Opened | HttpResponse:
    here = at(request, QueryDict(read(found.position).address))
    return Opened(found, here, answered(here.point, here.position, found.name)) if isinstance(here, Desk) else here
