"""Logging in through who knows who one is: staff by their organisation, residents by an identity connection."""

from __future__ import annotations

import jwt
import requests
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import View
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from noaber.connections.identity import IdentityConnection, IdentityError, Pending

from . import actions
from .door import public, resident
from .presence import BY_PROVIDER, RESIDENT, by
from .presence import oneself as whoever_is_here
from .representing import represented_by

RESIDENT_MINUTES = 15
"""How long a resident may be idle, as DigiD asks of whoever is connected to it."""
_PENDING = "identity_pending"


@public("Whoever wants to log in has not done so yet.")
@never_cache
@require_GET
def staff_start(request: HttpRequest) -> HttpResponse:
    """Send somebody to the identity provider of the organisation."""
    return _where_connected(OIDCAuthenticationRequestView, request)


@public("The provider sends whoever it knows back here; what it brings along is checked.")
@never_cache
@require_GET
def staff_back(request: HttpRequest) -> HttpResponse:
    """Take in whom the identity provider vouches for."""
    return _where_connected(_Back, request)


def _where_connected(view: type[View], request: HttpRequest) -> HttpResponse:
    if settings.NOABER.staff is None:
        raise Http404
    answer: HttpResponse = view.as_view()(request)
    return answer


class _Back(OIDCAuthenticationCallbackView):  # type: ignore[misc]
    """What the library does with who comes back, and what we do besides: who showed no second factor shows one here."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Take in or refuse; a provider that is away or says something odd lets nobody in."""
        try:
            answer: HttpResponse = super().get(request)
        except (requests.RequestException, jwt.PyJWTError, SuspiciousOperation, KeyError, ValueError):
            return self.login_failure()
        return answer

    def login_success(self) -> HttpResponse:
        """Begin the session, complete when the provider asked for a second factor."""
        done: HttpResponse = super().login_success()
        if not self.user.second_step_by_provider:
            return redirect("access:second_step")
        self.request.session[BY_PROVIDER] = True
        actions.log_in(by=by(self.request))
        return done

    def login_failure(self) -> HttpResponse:
        """Say that nobody was let in, and record it."""
        actions.refuse_login(name="", by=by(self.request))
        messages.error(self.request, _("Inloggen is niet gelukt. Er is hier geen account bij uw inlog."))
        return redirect("access:login")


@public("Whoever wants to log in has not done so yet.")
@never_cache
@require_GET
def resident_login(request: HttpRequest) -> HttpResponse:
    """Tell residents how they log in."""
    shown = {"there_is_one": settings.NOABER.residents is not None, "next": request.GET.get("next", "")}
    return render(request, "access/resident.html", shown)


@public("Whoever wants to log in has not done so yet.")
@never_cache
@require_POST
def resident_start(request: HttpRequest) -> HttpResponse:
    """Send a resident to the identity connection."""
    address, pending = _connection(request).begin()
    request.session[_PENDING] = pending.plain()
    back = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    request.session["next"] = back if inside else ""
    return HttpResponseRedirect(address)


@public("The identity connection sends residents back here; what it brings along is checked.")
@never_cache
@require_GET
def resident_back(request: HttpRequest) -> HttpResponse:
    """Begin the session of a resident whom the identity connection vouches for; nothing of an earlier one stays."""
    plain, after = request.session.pop(_PENDING, None), request.session.pop("next", "")
    try:
        number = _connection(request).finish(request.GET.dict(), Pending(**plain) if plain else None)
    except IdentityError:
        messages.error(request, _("Inloggen is niet gelukt. Probeer het opnieuw."))
        return redirect("access:resident")
    here = actions.welcome_resident(number=number, at=timezone.now(), by=by(request))
    request.session.flush()
    request.session[RESIDENT] = here.key
    request.session.set_expiry(RESIDENT_MINUTES * 60)
    if represented_by(here, timezone.localdate()).exists():
        return redirect("access:for_whom")
    return HttpResponseRedirect(after or resolve_url(settings.LOGIN_REDIRECT_URL))


@resident("Whoever came in may go out.")
@require_POST
def resident_logout(request: HttpRequest) -> HttpResponse:
    """End the session of a resident."""
    actions.see_resident_off(whoever_is_here(request), by=by(request))
    request.session.flush()
    return redirect("home")


def _connection(request: HttpRequest) -> IdentityConnection:
    """Return the identity connection of this installation; raises Http404 where there is none."""
    to = settings.NOABER.residents
    if to is None:
        raise Http404
    return IdentityConnection(
        issuer=to.issuer,
        client_id=to.client_id,
        client_secret=settings.NOABER.path(to.client_secret_file).read_text("utf-8").strip(),
        authorization_endpoint=to.authorization_endpoint,
        token_endpoint=to.token_endpoint,
        jwks_endpoint=to.jwks_endpoint,
        assurance=to.second_factor,
        claim=to.claim,
        back=request.build_absolute_uri(reverse("access:resident_back")),
    )
