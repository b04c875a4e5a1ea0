"""The council's home, the search, and the moments of the cycle."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.web.access.door import public, requires
from noaber.web.access.models import Person
from noaber.web.access.permissions import Permission
from noaber.web.access.presence import by, rights
from noaber.web.published import shelf
from noaber.web.published.gallery import Exhibit, Gallery, gallery
from noaber.web.published.models import Question
from noaber.web.published.views import around

from . import actions
from .forms import MomentForm
from .models import Moment
from .search import search

_WHY = "What the council sees of published figures, everyone may see."
_HEADLINES = ("residents_with_support", "waiting", "spending_per_client", "funding_gap", "experience", "referrer_share")
"""Indicators whose first figure may be one of the three findings, in this order: those that compare come first."""
_PROMISED = ("certified_institutions", "budget_realisation")
"""Indicators that lay what happened beside what was agreed."""


@public(_WHY)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the pyramid, three findings, what was promised, what is next, and the last answers."""
    found = gallery()
    on = timezone.localdate()
    person = request.user
    waiting = Question.objects.filter(asked_by=person, outcome="") if isinstance(person, Person) else []
    shown = {
        "pyramid": next(iter(found.of_theme("piramide")), None),
        "findings": sorted(_firsts(found, _HEADLINES), key=lambda item: (not item.small, item.broken))[:3],
        "promised": _firsts(found, _PROMISED),
        "moments": Moment.objects.filter(dropped_at__isnull=True, on__gte=on)[:4],
        "answers": Question.objects.public()[:3],
        "my_questions": waiting,
        "known_on": min((item.known_on for item in shelf.current().values()), default=None),
        "may_plan": rights(request).may(Permission.KEEP_CYCLE),
    }
    return render(request, "council/home.html", shown | around(request))


@public(_WHY)
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Show what was found; the question stands in the address, so that it can be shared."""
    asked = request.GET.get("q", "").strip()[:100]
    shown = {"asked": asked, "hits": search(asked)}
    return render(request, "council/search.html", shown | around(request))


@public(_WHY)
@require_GET
def moments(request: HttpRequest) -> HttpResponse:
    """Show the moments of the cycle: what is coming, and what was."""
    return _moments(request, MomentForm())


@requires(Permission.KEEP_CYCLE)
@require_http_methods(["POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Put a moment in the plan."""
    form = MomentForm(request.POST)
    if not form.is_valid():
        return _moments(request, form, status=422)
    actions.plan(**form.cleaned_data, planner=cast("Person", request.user), by=by(request, Permission.KEEP_CYCLE))
    messages.success(request, _("Het staat in de planning."))
    return HttpResponseRedirect(resolve_url("council:moments"))


@requires(Permission.KEEP_CYCLE)
@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Take a moment out of the plan."""
    moment = get_object_or_404(Moment, pk=number)
    actions.drop(moment, at=timezone.now(), by=by(request, Permission.KEEP_CYCLE))
    messages.success(request, _("Het is uit de planning gehaald."))
    return HttpResponseRedirect(resolve_url("council:moments"))


def _moments(request: HttpRequest, form: MomentForm, status: int = 200) -> HttpResponse:
    on = timezone.localdate()
    kept = Moment.objects.filter(dropped_at__isnull=True)
    shown: dict[str, Any] = {
        "coming": kept.filter(on__gte=on),
        "past": kept.filter(on__lt=on).order_by("-on")[:20],
        "form": form,
        "may_plan": rights(request).may(Permission.KEEP_CYCLE),
    }
    return render(request, "council/moments.html", shown | around(request), status=status)


def _firsts(found: Gallery, indicators: tuple[str, ...]) -> list[Exhibit]:
    """Return the first figure of each of some indicators that are published."""
    return [exhibits[0] for name in indicators if (exhibits := found.of_indicator(name))]
