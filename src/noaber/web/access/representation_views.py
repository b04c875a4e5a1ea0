"""Representatives: staff record who may speak for whom, and a resident chooses for whom to look."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from . import actions
from .door import requires, resident
from .forms import RepresentationForm
from .models import Person
from .permissions import Permission
from .presence import SPEAKS_FOR, by, language, oneself, speaks_for
from .representing import KINDS, all_representations, represented_by

_KEEP = Permission.KEEP_REPRESENTATIVES
_WHY = "A representative may see what the resident may see (Wmo 2015 art. 1.1.1; Jeugdwet art. 7.3.4)."


@requires(_KEEP)
@require_GET
def representatives(request: HttpRequest) -> HttpResponse:
    """Show who may speak for whom, by the names under which that was recorded; no citizen number is shown."""
    today, tongue = timezone.localdate(), language()
    found = list(all_representations()[:500])
    actions.look_at_representations(by=by(request, _KEEP))
    listed = [(item, KINDS[item.kind][0](tongue), item.begins_on <= today <= item.ends_on) for item in found]
    return render(request, "access/representatives.html", {"listed": listed, "today": today})


@requires(_KEEP)
@require_http_methods(["GET", "POST"])
def record_representation(request: HttpRequest) -> HttpResponse:
    """Record that one resident may speak for another, after seeing what shows it."""
    form = RepresentationForm(timezone.localdate(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = cast("Person", request.user)
        actions.record_representation(**form.cleaned_data, recorded_by=person, by=by(request, _KEEP))
        messages.success(request, _("Vastgelegd. Vanaf de eerste dag kan deze persoon meekijken."))
        return redirect("access:representatives")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "access/record_representation.html", {"form": form}, status=status)


@requires(_KEEP)
@require_POST
def end_representation(request: HttpRequest, number: int) -> HttpResponse:
    """End a representation today."""
    today = timezone.localdate()
    found = get_object_or_404(all_representations().filter(ends_on__gte=today), pk=number)
    actions.end_representation(found, on=today, by=by(request, _KEEP))
    messages.success(request, _("Beëindigd. Vandaag is de laatste dag."))
    return redirect("access:representatives")


@resident(_WHY)
@never_cache
@require_GET
def for_whom(request: HttpRequest) -> HttpResponse:
    """Let a resident choose for whom to look: for oneself, or for somebody they may speak for."""
    found = represented_by(oneself(request), timezone.localdate())
    listed = [(item, KINDS[item.kind][0](language())) for item in found]
    return render(request, "access/for_whom.html", {"listed": listed, "now": speaks_for(request)})


@resident(_WHY)
@require_POST
def speak_for(request: HttpRequest) -> HttpResponse:
    """Look for another from now on, or for oneself again."""
    number = request.POST.get("voor", "")
    request.session.pop(SPEAKS_FOR, None)
    if number:
        running = represented_by(oneself(request), timezone.localdate())
        found = get_object_or_404(running, pk=int(number) if number.isdigit() else 0)
        request.session[SPEAKS_FOR] = found.pk
        actions.speak_for(found, by=by(request))
    return redirect("home")
