"""The pages of handover workers: what asks something now, writing a handover, and one message with its whole trail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.web.access.door import requires
from noaber.web.access.models import Person
from noaber.web.access.permissions import Permission
from noaber.web.access.presence import by, rights

from . import actions, queries, schedule
from .faults import MayNotLeaveError, WrongStepError
from .forms import HandoverForm, ReasonForm
from .models import Message
from .peers import peers
from .workflow import State, may_become

_SEE: Final = Permission.SEE_EXCHANGE
_HANDLE: Final = Permission.HANDLE_EXCHANGE


@requires(_SEE)
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Show what asks something now, what is on its way and what is done; `richting` limits it to one direction."""
    found = queries.messages_visible_to(rights(request))
    direction = request.GET.get("richting", "")
    if direction in ("in", "uit"):
        found = found.filter(outgoing=direction == "uit")
    actions.look_at_messages(by=by(request, _SEE))
    shown = {
        "desk": queries.desk(found, timezone.now()),
        "direction": direction,
        "handles": rights(request).may(_HANDLE),
        "connected": bool(peers()),
    }
    return render(request, "exchange/desk.html", shown)


@requires(_HANDLE)
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Ask under which agreement something is handed over."""
    return render(
        request,
        "exchange/choose.html",
        {"agreements": queries.sending(rights(request), timezone.localdate()), "handles": True},
    )


@requires(_HANDLE)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, key: str) -> HttpResponse:
    """Ask what the agreement names, and keep it as a draft."""
    agreement = next((item for item in queries.sending(rights(request), timezone.localdate()) if item.key == key), None)
    if agreement is None:
        raise Http404
    form = HandoverForm(agreement, timezone.localdate(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.draft_message(
            agreement=agreement,
            number=form.cleaned_data["number"],
            born_on=form.cleaned_data["born_on"],
            content=form.content,
            person=cast("Person", request.user),
            by=by(request, _HANDLE),
        )
        return redirect("exchange:message", key=made.key)
    return render(
        request, "exchange/write.html", {"form": form, "agreement": agreement, "handles": True}, status=_status(form)
    )


@requires(_HANDLE)
@require_http_methods(["GET", "POST"])
def rewrite(request: HttpRequest, key: str) -> HttpResponse:
    """Change a draft."""
    found = _mine(request, key)
    agreement = next(
        (item for item in queries.sending(rights(request), timezone.localdate()) if item.key == found.agreement), None
    )
    if found.state != State.DRAFTED or agreement is None or found.resident is None:
        raise Http404
    before = {**found.content, "number": found.resident.number, "born_on": found.born_on}
    form = HandoverForm(agreement, timezone.localdate(), request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        actions.rewrite_draft(
            found,
            agreement=agreement,
            number=form.cleaned_data["number"],
            born_on=form.cleaned_data["born_on"],
            content=form.content,
            by=by(request, _HANDLE),
        )
        return redirect("exchange:message", key=key)
    actions.look_at_message(found, by=by(request, _HANDLE))
    return render(
        request, "exchange/write.html", {"form": form, "agreement": agreement, "handles": True}, status=_status(form)
    )


@requires(_SEE)
@require_GET
def message(request: HttpRequest, key: str) -> HttpResponse:
    """Show one message: what was shared, with whom, why and on which ground; and what can be done now."""
    found = _mine(request, key)
    actions.look_at_message(found, by=by(request, _SEE))
    return _message(request, found)


@requires(_HANDLE)
@require_POST
def send(request: HttpRequest, key: str) -> HttpResponse:
    """Send a draft."""
    found = _mine(request, key)
    return _act(
        request,
        found,
        lambda: actions.send_message(found, fields=request.POST.getlist("gaat_mee"), by=by(request, _HANDLE)),
        _("Verstuurd. Het is op weg naar de andere organisatie."),
    )


@requires(_HANDLE)
@require_POST
def acknowledge(request: HttpRequest, key: str) -> HttpResponse:
    """Take over what was received."""
    found = _mine(request, key)
    return _act(
        request,
        found,
        lambda: actions.acknowledge_message(found, by=by(request, _HANDLE)),
        _("Overgenomen. De afzender krijgt daar bericht van."),
    )


@requires(_HANDLE)
@require_POST
def reject(request: HttpRequest, key: str) -> HttpResponse:
    """Reject what was received."""
    found, form = _mine(request, key), ReasonForm(request.POST)
    if not form.is_valid():
        return _message(request, found, reject_form=form, status=422)
    return _act(
        request,
        found,
        lambda: actions.reject_message(found, reason=form.cleaned_data["reason"], by=by(request, _HANDLE)),
        _("Afgewezen. Wat was ontvangen is gewist, en de afzender krijgt bericht."),
    )


@requires(_HANDLE)
@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Withdraw what was sent."""
    found, form = _mine(request, key), ReasonForm(request.POST)
    if not form.is_valid():
        return _message(request, found, withdraw_form=form, status=422)
    return _act(
        request,
        found,
        lambda: actions.withdraw_message(found, reason=form.cleaned_data["reason"], by=by(request, _HANDLE)),
        _("Ingetrokken. Was het al weg, dan wist de andere organisatie het."),
    )


def _act(request: HttpRequest, found: Message, act: Callable[[], None], done: str) -> HttpResponse:
    """Do one act, let what it says leave soon, and say what came of it on the page of the message."""
    try:
        act()
    except MayNotLeaveError as error:
        messages.error(request, str(error.ground))
    except WrongStepError:
        messages.error(request, _("Dit kan met dit bericht niet meer. Kijk hieronder wat er intussen gebeurde."))
    else:
        transaction.on_commit(schedule.deliver_waiting.enqueue)
        messages.success(request, done)
    return redirect("exchange:message", key=found.key)


def _message(
    request: HttpRequest,
    found: Message,
    *,
    reject_form: ReasonForm | None = None,
    withdraw_form: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    handles = rights(request).may(_HANDLE)
    drafted = found.state == State.DRAFTED
    decided = queries.decision(found, queries.fields_of(found), on=timezone.localdate()) if drafted else None
    shown: dict[str, Any] = {
        "message": found,
        "steps": found.steps.all(),
        "handles": handles,
        "decided": decided,
        "may_withdraw": handles and found.outgoing and may_become(found.state, State.WITHDRAWN, "sender"),
        "may_answer": handles and not found.outgoing and found.state == State.DELIVERED,
        "waiting": found.outbound.filter(done_at=None).first(),
        "reject_form": reject_form or ReasonForm(auto_id="afwijzen-%s"),
        "withdraw_form": withdraw_form or ReasonForm(auto_id="intrekken-%s"),
    }
    return render(request, "exchange/message.html", shown, status=status)


def _mine(request: HttpRequest, key: str) -> Message:
    return get_object_or_404(queries.messages_visible_to(rights(request)), key=key)


def _status(form: HandoverForm) -> int:
    return 422 if form.is_bound and form.errors else 200
