"""Passing a question on to a team, and handing one over to the municipality: what is asked, and what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from noaber.web.access.door import requires
from noaber.web.access.presence import by, rights
from noaber.web.exchange.forms import HandoverForm
from noaber.web.exchange.models import Agreement
from noaber.web.exchange.queries import sending, what_may
from noaber.web.exchange.workflow import State

from . import actions, passing, passing_actions
from .models import PassedOn
from .passing_forms import PassOnForm, StaysForm
from .scope import HANDLE
from .views import oneself, status, visible_question

_HAND_OVER = passing.HAND_OVER
_MOMENT = "naar-maatwerk"
_OVER = frozenset({State.REJECTED, State.WITHDRAWN})
"""States after which another handover of the same question can be written."""


@requires(HANDLE)
@require_http_methods(["GET", "POST"])
def pass_on(request: HttpRequest, key: str) -> HttpResponse:
    """Ask what the next one needs to know and pass the question on, or say why it stays here."""
    question = visible_question(request, key)
    to, went = passing.GOES_TO.get(question.outcome), passing.passed(question)
    if to is None or (went is not None and not went.stays):
        return redirect("entrance:show", key=question.contact.key)
    form = PassOnForm(passing.missing(question), request.POST or None)
    stays = StaysForm(request.POST if "stays" in request.POST else None, auto_id="blijft_%s")
    told: dict[str, Any] = {"person": oneself(request), "at": timezone.now(), "by": by(request, HANDLE)}
    if stays.is_bound:
        form = PassOnForm(passing.missing(question))
        if stays.is_valid():
            passing_actions.keep_here(question, **stays.cleaned_data, **told)
            messages.success(request, _("Vastgelegd. De vraag blijft bij de wijkentree."))
            return redirect("entrance:contact")
    elif request.method == "POST" and form.is_valid():
        passing_actions.pass_on(question, **form.told, **told)
        messages.success(request, _("Doorgegeven. Op de pagina van het contact ziet u wie het oppakt."))
        return redirect("entrance:show", key=question.contact.key)
    shown = {"question": question, "to": to, "form": form, "stays": stays}
    return render(request, "entrance/pass_on.html", shown, status=max(status(form), status(stays)))


@requires(_HAND_OVER)
@require_GET
def handovers(request: HttpRequest) -> HttpResponse:
    """List what goes to the municipality: what asks something of us, what is on its way, and what arrived."""
    on = timezone.localdate()
    found = list(passing.handovers_visible_to(rights(request)))
    asking = [(item, passing.progress(item), passing.late(item, on)) for item in found if passing.asks(item)]
    rest = [(item, passing.progress(item)) for item in found if not passing.asks(item)]
    shown = {
        "asking": asking,
        "moving": [pair for pair in rest if pair[1] and pair[1].state != State.ACKNOWLEDGED],
        "arrived": [pair for pair in rest if pair[1] and pair[1].state == State.ACKNOWLEDGED],
    }
    passing_actions.look_at_handovers(len(found), by=by(request, _HAND_OVER))
    return render(request, "entrance/handovers.html", shown)


@requires(_HAND_OVER)
@require_GET
def choose_law(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for which law the municipality is asked to inquire; with one agreement there is nothing to choose."""
    found = _to_write(request, key)
    if found is None:
        return redirect("entrance:handovers")
    agreements = _agreements(request)
    if len(agreements) == 1:
        return redirect("entrance:hand_over", key=key, agreement=agreements[0].key)
    return render(request, "entrance/choose_law.html", {"passed": found, "agreements": agreements})


@requires(_HAND_OVER)
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, key: str, agreement: str) -> HttpResponse:
    """Ask what the law asks for at this moment, show per field what may go, and keep it as a draft that one sends."""
    found = _to_write(request, key)
    chosen = next((item for item in _agreements(request) if item.key == agreement), None)
    if found is None:
        return redirect("entrance:handovers")
    if chosen is None:
        raise Http404
    form = HandoverForm(chosen, timezone.localdate(), request.POST or None, initial=_known(found))
    if request.method == "POST" and form.is_valid():
        made = passing_actions.hand_over(
            found,
            agreement=chosen,
            number=form.cleaned_data["number"],
            born_on=form.cleaned_data["born_on"],
            content=form.content,
            person=oneself(request),
            by=by(request, _HAND_OVER),
        )
        return redirect("exchange:message", key=made.key) if made else redirect("entrance:handovers")
    if request.method == "GET":
        actions.look_at(found.question.contact, by=by(request, _HAND_OVER))
    whose = found.question.contact.whose
    resident = whose.resident if whose else None
    law = what_may(chosen, resident, whose.born_on if whose else None, timezone.localdate())
    shown = {"passed": found, "agreement": chosen, "form": form, "law": law}
    return render(request, "entrance/hand_over.html", shown, status=status(form))


def _agreements(request: HttpRequest) -> list[Agreement]:
    return [item for item in sending(rights(request), timezone.localdate()) if item.moment == _MOMENT]


def _to_write(request: HttpRequest, key: str) -> PassedOn | None:
    """Return a handover that may still be written; None when there is one that is on its way or has arrived."""
    found: PassedOn = get_object_or_404(passing.handovers_visible_to(rights(request)), key=key)
    now = passing.progress(found)
    return found if now is None or now.state in _OVER else None


def _known(found: PassedOn) -> dict[str, Any]:
    """Return what the contact told already, by the names that the handover uses; nobody types it twice."""
    contact, question = found.question.contact, found.question
    whose, caller = contact.whose, contact.caller
    clarified = getattr(question, "clarification", None)
    helped = caller is not None and whose is not None and caller.itself != whose
    return {
        "born_on": whose.born_on if whose else None,
        "naam": whose.name if whose else "",
        "telefoon": whose.phone if whose else "",
        "vraag": passing.told(question),
        "contactpersoon": passing.reach(contact) if helped else "",
        "netwerk": clarified.around if clarified else "",
        "doelen": clarified.difference if clarified else "",
    }
