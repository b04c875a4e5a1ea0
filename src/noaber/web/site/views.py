"""The few pages that belong to no room: the entrance hall, the choice of language, and what to say when all fails."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from noaber.web.access.door import public


@public("The first page says what this is and where to go.")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the entrance hall of this role."""
    return render(request, "site/home.html")


@public("It says how accessible this site is, as the law asks.")
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return render(request, "site/accessibility.html")


@public("Everyone may read in their own language.")
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language in a cookie and go back to the page that asked."""
    wanted = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    answer = HttpResponseRedirect(back)
    if wanted in dict(settings.LANGUAGES):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted, max_age=31_536_000, samesite="Lax", httponly=True)
    return answer


def unclear(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the question was not understood."""
    return render(request, "site/unclear.html", status=400)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that what was sent came from a page that no longer holds: it stood open too long, or somebody logged in."""
    return render(request, "site/stale.html", status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this is not for the person who asks; not what it is."""
    return render(request, "site/forbidden.html", status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing here (or nothing for you)."""
    return render(request, "site/missing.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault, and by which number we can find it."""
    return render(request, "site/broken.html", status=500)
