"""The page of a resident: what was shared about me, with whom, why, and what I consented to."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from noaber.web.access import presence
from noaber.web.access.door import resident
from noaber.web.access.presence import by

from . import actions, queries

_WHY: Final = "Residents may know what was shared about them (AVG art. 15), and withdraw their consent (art. 7)."


@resident(_WHY)
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Show a resident what was shared about them."""
    here, today = presence.resident(request), timezone.localdate()
    actions.look_at_own(here, by=by(request))
    consents = list(queries.consents_of(here))
    shown = {
        "shared": queries.messages_about(here),
        "holding": [item for item in consents if item.given().holds(today)],
        "past": [item for item in consents if not item.given().holds(today)],
    }
    return render(request, "exchange/own.html", shown)


@resident(_WHY)
@require_POST
def withdraw_own(request: HttpRequest, key: str) -> HttpResponse:
    """Let a resident withdraw their own consent."""
    here = presence.resident(request)
    found = get_object_or_404(queries.consents_of(here), key=key, withdrawn_on=None)
    how = _("Door de inwoner zelf, op de eigen pagina.")
    if presence.speaks_for(request):
        how = _("Door de vertegenwoordiger, op de pagina van de inwoner.")
    actions.withdraw_consent(found, on=timezone.localdate(), how=how, by=by(request))
    messages.success(request, _("Uw toestemming is ingetrokken. Wij delen dit vanaf nu niet meer."))
    return redirect("exchange:own")
