"""One's own account: what one may do here, a new password, new reserve codes, and the first password by invitation."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.tokens import default_token_generator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_otp.plugins.otp_static.models import StaticToken

from . import actions, queries
from .door import logged_in, public
from .forms import ChangePasswordForm, NewPasswordForm
from .models import Person
from .presence import by, language
from .roles import role_name


@logged_in("Everyone may see what is recorded of their own account.")
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account, roles and second step."""
    person = cast("Person", request.user)
    shown = {
        "roles": [(item, role_name(item.role, language())) for item in queries.roles_of(person)],
        "left": StaticToken.objects.filter(device__user=person).count(),
        "local": person.has_usable_password(),
        "today": timezone.localdate(),
    }
    return render(request, "access/account.html", shown)


@logged_in("Everyone may change their own password.")
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Choose another password; sessions elsewhere are over."""
    person = cast("Person", request.user)
    form = ChangePasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.choose_password(person, password=form.cleaned_data["new"], by=by(request))
        update_session_auth_hash(request, person)
        messages.success(request, _("Uw wachtwoord is veranderd. Op andere apparaten bent u uitgelogd."))
        return redirect("access:account")
    return render(request, "access/change_password.html", {"form": form}, status=422 if form.errors else 200)


@logged_in("Everyone may renew their own reserve codes.")
@never_cache
@require_POST
def renew_reserve_codes(request: HttpRequest) -> HttpResponse:
    """Make new reserve codes and show them once."""
    codes = actions.renew_reserve_codes(cast("Person", request.user), by=by(request))
    return render(request, "access/reserve_codes.html", {"codes": codes})


@public("It is opened from a mail; the link itself is checked, and works once.")
@never_cache
@require_http_methods(["GET", "POST"])
def choose_password(request: HttpRequest, marked: str, token: str) -> HttpResponse:
    """Choose a first password, or a new one after losing it."""
    person = _invited(marked, token)
    form = NewPasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.choose_password(person, password=form.cleaned_data["new"], by=by(request))
        messages.success(request, _("Uw wachtwoord is bewaard. U kunt nu inloggen."))
        return redirect("access:login")
    return render(request, "access/choose_password.html", {"form": form}, status=422 if form.errors else 200)


def _invited(marked: str, token: str) -> Person:
    """Return whom a link was sent to; raises Http404 when it was used, is too old, or was never sent."""
    try:
        number = int(urlsafe_base64_decode(marked).decode())
    except ValueError:
        raise Http404 from None
    person = Person.objects.filter(pk=number, closed_at__isnull=True).first()
    if person is None or not default_token_generator.check_token(person, token):
        raise Http404
    return person
