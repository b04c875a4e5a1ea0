"""New from the entrance, and what may be double: two lists in which one thing is done to a line."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.web.access.door import requires
from noaber.web.access.permissions import Permission
from noaber.web.access.presence import by

from . import actions, duplicates, queries
from .arrivals import arrivals
from .forms import BecauseForm
from .models import Case, Member, Question
from .viewer import worked_by
from .views import form_page, viewer

_WORK = Permission.WORK_IN_SUPPORT


@requires(_WORK)
@require_GET
def new(request: HttpRequest) -> HttpResponse:
    """List what the entrance passed on to one's teams, longest waiting first, in the resident's own words."""
    looks = viewer(request)
    shown = {"arrivals": arrivals(looks), "many": looks.teams().count() > 1, "on": looks.on}
    actions.look_at_arrivals(len(shown["arrivals"]), by=by(request, _WORK))
    return render(request, "support/arrivals.html", shown)


@requires(_WORK)
@require_POST
def take(request: HttpRequest, key: str) -> HttpResponse:
    """Take up one of them for a team; who is second is told who was first."""
    looks = viewer(request)
    found = next((item for item in arrivals(looks) if item.passed.key == key), None)
    if found is None:
        taken = queries.questions(looks).filter(source=f"entrance:{key}").first()
        messages.info(request, _("Deze vraag is al opgenomen."))
        return redirect("support:question", key=taken.key) if taken else redirect("support:new")
    team = next((item for item in found.teams if str(item.pk) == request.POST.get("team")), found.teams[0])
    question, done = actions.take_up_from_entrance(
        found.passed, team=team, person=looks.person, at=timezone.now(), by=by(request, _WORK)
    )
    if question is None or not done:
        messages.info(request, _("Deze vraag is al opgenomen."))
        return redirect("support:new")
    messages.success(request, _("Opgenomen. Twee collega's kijken ernaar, elk eerst zelf; de wijkentree ziet dit."))
    return redirect("support:question", key=question.key)


@requires(_WORK)
@require_http_methods(["GET", "POST"])
def lay_back(request: HttpRequest, key: str) -> HttpResponse:
    """Give a question back to the entrance, as long as nobody judged it."""
    looks = viewer(request)
    unjudged = queries.questions(looks).filter(first_by__isnull=True, source__startswith="entrance:")
    found: Question = get_object_or_404(unjudged, key=key)
    form = BecauseForm(request.POST or None, viewer=looks, of=found)
    if request.method == "POST" and form.is_valid():
        actions.lay_back(found, **form.cleaned_data, by=by(request, _WORK))
        messages.success(request, _("Teruggelegd. De vraag wacht weer bij “Nieuw van de entree”."))
        return redirect("support:new")
    explain = _("Bijvoorbeeld: dit is een andere wijk. De vraag wacht weer tot een team haar opneemt.")
    return form_page(request, form, _("Teruggeven"), reverse("support:question", args=[key]), explain=explain)


@requires(_WORK)
@require_GET
def doubles(request: HttpRequest) -> HttpResponse:
    """Show pairs of households and of people that may be one, and what was merged before."""
    looks = viewer(request)
    shown = {
        "households": duplicates.households(looks),
        "people": duplicates.people(looks),
        "merged_cases": duplicates.merged_cases(looks),
        "merged_members": duplicates.merged_members(looks),
        "known": set(duplicates.worked_in(looks).values_list("pk", flat=True)),
    }
    actions.look_at_doubles(len(shown["households"]) + len(shown["people"]), by=by(request, _WORK))
    return render(request, "support/doubles.html", shown)


@requires(_WORK)
@require_POST
def merge_cases(request: HttpRequest, key: str, into: str) -> HttpResponse:
    """Say that two cases are of one household."""
    looks = viewer(request)
    twin: Case = get_object_or_404(duplicates.worked_in(looks), key=key)
    kept: Case = get_object_or_404(worked_by(looks).filter(team=twin.team, restricted=twin.restricted), key=into)
    if twin.ended_on is None and kept.ended_on is not None:
        raise Http404  # help that runs does not disappear into a case that ended
    if twin != kept and twin.merged_into is None:
        actions.merge_cases(twin, into=kept, person=looks.person, at=timezone.now(), by=by(request, _WORK))
        messages.success(request, _("Samengevoegd. Er is niets verplaatst; u kunt het losmaken."))
    return redirect("support:case", key=into)


@requires(_WORK)
@require_POST
def unmerge_case(request: HttpRequest, key: str) -> HttpResponse:
    """Take a merge of two cases back."""
    twin: Case = get_object_or_404(duplicates.merged_cases(viewer(request)), key=key)
    actions.unmerge_case(twin, by=by(request, _WORK))
    messages.success(request, _("Losgemaakt. Beide dossiers zijn weer zoals ze waren."))
    return redirect("support:case", key=key)


@requires(_WORK)
@require_POST
def merge_members(request: HttpRequest, number: int, into: int) -> HttpResponse:
    """Say that two members are one person."""
    looks = viewer(request)
    mine = duplicates.countable(looks)
    twin, kept = get_object_or_404(mine, pk=number), get_object_or_404(mine, pk=into)
    if twin != kept:
        actions.merge_members(twin, into=kept, person=looks.person, at=timezone.now(), by=by(request, _WORK))
        messages.success(request, _("Samengevoegd. Er is niets verplaatst; u kunt het losmaken."))
    return redirect("support:doubles")


@requires(_WORK)
@require_POST
def unmerge_member(request: HttpRequest, number: int) -> HttpResponse:
    """Take a merge of two members back."""
    twin: Member = get_object_or_404(duplicates.merged_members(viewer(request)), pk=number)
    actions.unmerge_member(twin, by=by(request, _WORK))
    messages.success(request, _("Losgemaakt."))
    return redirect("support:doubles")
