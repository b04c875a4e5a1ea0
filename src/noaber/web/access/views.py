"""Logging in, in two steps, setting up the second step, and out again."""

from __future__ import annotations

import base64
from typing import cast

import segno
from django.conf import settings
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import devices_for_user, match_token
from django_otp import login as pass_second_step
from django_otp.plugins.otp_totp.models import TOTPDevice

from . import actions
from .door import logged_in, public
from .forms import CodeForm, LoginForm
from .models import Person
from .presence import by


@public("Whoever wants to log in has not done so yet.")
@never_cache
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Ask for a mail address and a password; then for the second step."""
    form = LoginForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        assert form.person is not None
        start_session(request, form.person)
        request.session["next"] = _inside(request, request.GET.get("next", ""))
        return HttpResponseRedirect(resolve_url("access:second_step"))
    if form.is_bound and form.non_field_errors():
        actions.refuse_login(name=form.cleaned_data.get("username", ""), by=by(request))
    shown = {"form": form, "provider": settings.NOABER.staff, "residents": settings.NOABER.residents}
    return render(request, "access/login.html", shown, status=_status(form))


@public("It follows on the first step, and checks itself that the first step was done.")
@never_cache
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the second step; who has none yet, sets it up first."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(resolve_url("access:login"))
    if not any(devices_for_user(request.user)):
        return HttpResponseRedirect(resolve_url("access:set_up"))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = match_token(request.user, form.cleaned_data["code"].replace(" ", ""))
        if device is not None:
            pass_second_step(request, device)
            actions.log_in(by=by(request))
            return HttpResponseRedirect(request.session.pop("next", "") or resolve_url(settings.LOGIN_REDIRECT_URL))
        actions.refuse_login(name=cast("Person", request.user).email, by=by(request))
        form.add_error("code", _("Deze code klopt niet, of is al gebruikt. Wacht op de volgende."))
    return render(request, "access/second_step.html", {"form": form}, status=_status(form))


@public("It follows on the first step of somebody without a second one, and checks that itself.")
@never_cache
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Show the code for an app once, and keep it when a code made with it comes back."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(resolve_url("access:login"))
    if any(devices_for_user(request.user)):
        return HttpResponseRedirect(resolve_url("access:second_step"))
    person = cast("Person", request.user)
    device, _new = TOTPDevice.objects.get_or_create(user=person, name="app", confirmed=False)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if device.verify_token(form.cleaned_data["code"].replace(" ", "")):
            reserve = actions.keep_second_step(person, device, by=by(request))
            pass_second_step(request, device)
            return render(request, "access/reserve_codes.html", {"codes": reserve})
        form.add_error("code", _("Deze code klopt niet. Staat de klok van uw telefoon goed?"))
    picture = segno.make(device.config_url, error="m").svg_inline(scale=5, border=2, svgclass="qr", omitsize=False)
    shown = {"form": form, "picture": mark_safe(picture), "key": _in_fours(device.bin_key)}  # noqa: S308 (our own drawing)
    return render(request, "access/set_up.html", shown, status=_status(form))


@logged_in("Whoever came in may go out.")
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    actions.log_out(by=by(request))
    end_session(request)
    return HttpResponseRedirect(resolve_url(settings.LOGOUT_REDIRECT_URL))


def _inside(request: HttpRequest, address: str) -> str:
    """Return an address within this site, or nothing."""
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}) else ""


def _in_fours(key: bytes) -> str:
    """Return a key as an app asks it, in groups of four letters."""
    plain = base64.b32encode(key).decode().rstrip("=")
    return " ".join(plain[place : place + 4] for place in range(0, len(plain), 4))


def _status(form: CodeForm | LoginForm) -> int:
    return 422 if form.is_bound and form.errors else 200
