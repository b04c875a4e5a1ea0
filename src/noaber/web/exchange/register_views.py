"""The registers: agreements, with the approval of a second person, and consents."""

from __future__ import annotations

from typing import Final, cast

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.web.access.door import requires
from noaber.web.access.models import Organisation, Person
from noaber.web.access.permissions import Permission
from noaber.web.access.presence import by, rights

from . import actions, queries
from .faults import WrongStepError
from .forms import AgreementForm, AskedForm, ConsentForm
from .models import Agreement
from .workflow import State

_SEE: Final = Permission.SEE_EXCHANGE
_HANDLE: Final = Permission.HANDLE_EXCHANGE
_MANAGE: Final = Permission.MANAGE_AGREEMENTS


@requires(_SEE)
@require_GET
def agreements(request: HttpRequest) -> HttpResponse:
    """Show all agreements: what waits for approval, what holds, and what is past."""
    today = timezone.localdate()
    found = list(queries.agreements_visible_to(rights(request)))
    running = [item for item in found if item.runs(today)]
    waiting = [item for item in found if item.approved_at is None and item.last_day >= today]
    shown = {
        "waiting": waiting,
        "running": running,
        "rest": [item for item in found if item not in running and item not in waiting],
        "manages": rights(request).may(_MANAGE),
        "handles": rights(request).may(_HANDLE),
    }
    return render(request, "exchange/agreements.html", shown)


@requires(_SEE)
@require_GET
def agreement(request: HttpRequest, key: str) -> HttpResponse:
    """Show one agreement, and what can be done with it."""
    found, today = _agreement(request, key), timezone.localdate()
    manages = rights(request).may(_MANAGE)
    shown = {
        "agreement": found,
        "handles": rights(request).may(_HANDLE),
        "runs": found.runs(today),
        "may_approve": manages and found.approved_at is None and found.drawn_up_by != request.user,
        "own": manages and found.approved_at is None and found.drawn_up_by == request.user,
        "may_end": manages and found.last_day > today,
    }
    return render(request, "exchange/agreement.html", shown)


@requires(_MANAGE)
@require_http_methods(["GET", "POST"])
def draw_up(request: HttpRequest) -> HttpResponse:
    """Draw up an agreement."""
    organisation = _organisation(request)
    form = AgreementForm(organisation, request.POST or None, initial={"begins_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        made = actions.draw_up_agreement(
            form.terms,
            organisation=organisation,
            necessity=form.cleaned_data["necessity"],
            person=cast("Person", request.user),
            by=by(request, _MANAGE),
        )
        messages.success(request, _("De afspraak is opgesteld. Een ander moet haar nog goedkeuren."))
        return redirect("exchange:agreement", key=made.key)
    return render(
        request, "exchange/draw_up.html", {"form": form, "handles": rights(request).may(_HANDLE)}, status=_status(form)
    )


@requires(_MANAGE)
@require_POST
def approve(request: HttpRequest, key: str) -> HttpResponse:
    """Approve an agreement that another drew up."""
    found = _agreement(request, key)
    if found.drawn_up_by == request.user:
        messages.error(request, _("U stelde deze afspraak zelf op. Een ander moet haar goedkeuren."))
        return redirect("exchange:agreement", key=key)
    try:
        seen = request.POST.get("gezien", "")
        actions.approve_agreement(found, seen=seen, person=cast("Person", request.user), by=by(request, _MANAGE))
    except WrongStepError:
        messages.error(request, _("De afspraak is intussen goedgekeurd of veranderd. Lees haar opnieuw."))
    else:
        messages.success(request, _("De afspraak is goedgekeurd."))
    return redirect("exchange:agreement", key=key)


@requires(_MANAGE)
@require_POST
def end(request: HttpRequest, key: str) -> HttpResponse:
    """End an agreement today."""
    actions.end_agreement(_agreement(request, key), on=timezone.localdate(), by=by(request, _MANAGE))
    messages.success(request, _("De afspraak eindigt vandaag. Wat nog wachtte, gaat vanaf morgen niet meer weg."))
    return redirect("exchange:agreement", key=key)


@requires(_HANDLE)
@require_GET
def consents(request: HttpRequest) -> HttpResponse:
    """Show the consents that were asked for, those that hold first."""
    today = timezone.localdate()
    found = list(queries.consents_visible_to(rights(request)).order_by("ends_on"))
    actions.look_at_consents(by=by(request, _HANDLE))
    holding = [item for item in found if item.given().holds(today)]
    shown = {"handles": True, "holding": holding, "rest": [item for item in found if item not in holding]}
    return render(request, "exchange/consents.html", shown)


@requires(_HANDLE)
@require_http_methods(["GET", "POST"])
def record_consent(request: HttpRequest) -> HttpResponse:
    """Record that a resident consented."""
    today = timezone.localdate()
    form = ConsentForm(today, request.POST or None, initial={"begins_on": today})
    if request.method == "POST" and form.is_valid():
        actions.record_consent(
            form.terms,
            organisation=_organisation(request),
            number=form.cleaned_data["number"],
            asked_how=form.cleaned_data["asked_how"],
            person=cast("Person", request.user),
            by=by(request, _HANDLE),
        )
        messages.success(request, _("De toestemming is vastgelegd. De inwoner kan haar altijd intrekken."))
        return redirect("exchange:consents")
    return render(request, "exchange/record_consent.html", {"form": form, "handles": True}, status=_status(form))


@requires(_HANDLE)
@require_http_methods(["GET", "POST"])
def consent_for(request: HttpRequest, key: str) -> HttpResponse:
    """Record that the resident of a draft consented to what stays behind; nobody types the citizen number again."""
    drafts = queries.messages_visible_to(rights(request)).filter(outgoing=True, state=State.DRAFTED)
    found, today = get_object_or_404(drafts.exclude(resident=None), key=key), timezone.localdate()
    form = AskedForm(today, request.POST or None, initial={"begins_on": today})
    if request.method == "POST" and form.is_valid() and found.resident is not None:
        actions.record_consent(
            form.given(found.peer, found.purpose),
            organisation=_organisation(request),
            number=found.resident.number,
            asked_how=form.cleaned_data["asked_how"],
            person=cast("Person", request.user),
            by=by(request, _HANDLE),
        )
        messages.success(request, _("De toestemming is vastgelegd. Hieronder ziet u wat nu mee mag."))
        return redirect("exchange:message", key=key)
    shown = {"form": form, "handles": True, "message": found}
    return render(request, "exchange/record_consent.html", shown, status=_status(form))


@requires(_HANDLE)
@require_POST
def withdraw_consent(request: HttpRequest, key: str) -> HttpResponse:
    """Withdraw a consent for a resident who asked so."""
    found = get_object_or_404(queries.consents_visible_to(rights(request)), key=key, withdrawn_on=None)
    how = request.POST.get("hoe", "").strip()[:300] or _("Gemeld bij een medewerker.")
    actions.withdraw_consent(found, on=timezone.localdate(), how=how, by=by(request, _HANDLE))
    messages.success(request, _("De toestemming is ingetrokken. Wat daarop steunde en nog wachtte, blijft hier."))
    return redirect("exchange:consents")


def _agreement(request: HttpRequest, key: str) -> Agreement:
    return get_object_or_404(queries.agreements_visible_to(rights(request)), key=key)


def _organisation(request: HttpRequest) -> Organisation:
    return get_object_or_404(Organisation, pk=rights(request).organisation)


def _status(form: Form) -> int:
    return 422 if form.is_bound and form.errors else 200
