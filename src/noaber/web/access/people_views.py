"""Managing who may do what: people and their roles, teams, mandates, the yearly review, and who is shut out.

Whom one manages follows from one's own organisation (queries.managed); nobody is found outside it.
"""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from . import actions, queries
from .door import logged_in, requires
from .forms import GuestForm, MandateForm, PersonForm, RoleForm, TeamForm
from .models import Person
from .permissions import MEANINGS, Permission
from .presence import by, language, rights
from .roles import ROLES, role_name

_MANAGE = Permission.MANAGE_PEOPLE
_REVIEW = Permission.REVIEW_RIGHTS


@requires(_MANAGE)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """List the people one manages; first whom one must do something about."""
    looking_for, closed = request.GET.get("zoek", "").strip(), request.GET.get("gesloten") == "ja"
    found = queries.people(rights(request), looking_for=looking_for, closed=closed)
    page = Paginator(found, 50).get_page(request.GET.get("blad"))
    running = queries.running_roles(page.object_list, timezone.localdate())
    shown = {
        "page": page,
        "people": [(item, [role_name(role, language()) for role in running[item.pk]]) for item in page],
        "looking_for": looking_for,
        "closed": closed,
        "guests": settings.NOABER.role == "partner",
        "shut_out": queries.shut_out(rights(request), timezone.now()),
    }
    return render(request, "access/people.html", shown)


@requires(_MANAGE)
@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    """Add somebody, who gets no role yet."""
    form = PersonForm(rights(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = actions.add_person(**form.cleaned_data, at=timezone.now(), by=by(request, _MANAGE))
        messages.success(request, _("%s is toegevoegd. Geef nu een rol en stuur een uitnodiging.") % person.name)
        return redirect("access:person", key=person.key)
    return render(request, "access/add_person.html", {"form": form}, status=_status(form))


@requires(_MANAGE)
@require_http_methods(["GET", "POST"])
def add_guest(request: HttpRequest) -> HttpResponse:
    """Let somebody of the municipality in at the partner, by name, for the second shell and until a day."""
    if settings.NOABER.role != "partner":
        raise Http404
    today, sent_by = timezone.localdate(), [peer.name for peer in settings.NOABER.peers]
    initial = {"begins_on": today, "organisation": sent_by[0] if len(sent_by) == 1 else ""}
    form = GuestForm(today, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        added = actions.add_guest(
            actions.Guest(**form.cleaned_data),
            role="second_shell",
            given_by=_oneself(request),
            at=timezone.now(),
            by=by(request, _MANAGE),
        )
        messages.success(request, _("%s is toegevoegd. Stuur nu een uitnodiging.") % added.name)
        return redirect("access:person", key=added.key)
    return render(request, "access/add_guest.html", {"form": form}, status=_status(form))


@requires(_MANAGE)
@require_GET
def person(request: HttpRequest, key: str) -> HttpResponse:
    """Show one person with all roles, past and to come."""
    found = _managed(request, key)
    roles = [(item, role_name(item.role, language())) for item in queries.roles_of(found)]
    shown = {"person": found, "roles": roles, "today": timezone.localdate(), "oneself": found == request.user}
    return render(request, "access/person.html", shown)


@requires(_MANAGE)
@require_http_methods(["GET", "POST"])
def give_role(request: HttpRequest, key: str) -> HttpResponse:
    """Give somebody else a role."""
    found = _managed(request, key)
    giver = _oneself(request)
    if found == giver:
        raise PermissionDenied
    today = timezone.localdate()
    form = RoleForm(found, today, request.POST or None, initial={"begins_on": today})
    if request.method == "POST" and form.is_valid():
        actions.give_role(found, **form.cleaned_data, given_by=giver, by=by(request, _MANAGE))
        messages.success(request, _("De rol is gegeven."))
        return redirect("access:person", key=key)
    return render(request, "access/give_role.html", {"form": form, "person": found}, status=_status(form))


@requires(_MANAGE)
@require_POST
def end_role(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """End a role of somebody today."""
    role = get_object_or_404(queries.roles_of(_managed(request, key)), pk=number)
    actions.end_role(role, on=timezone.localdate(), by=by(request, _MANAGE))
    messages.success(request, _("De rol is beëindigd."))
    return redirect("access:person", key=key)


@requires(_MANAGE)
@require_POST
def invite(request: HttpRequest, key: str) -> HttpResponse:
    """Send somebody the mail with which to choose a password."""
    found = _managed(request, key)
    marked = urlsafe_base64_encode(force_bytes(found.pk))
    path = reverse("access:choose_password", args=[marked, default_token_generator.make_token(found)])
    actions.invite(found, link=settings.NOABER.address.rstrip("/") + path, by=by(request, _MANAGE))
    messages.success(request, _("De uitnodiging is verstuurd naar %s.") % found.email)
    return redirect("access:person", key=key)


@requires(_MANAGE)
@require_POST
def clear_second_step(request: HttpRequest, key: str) -> HttpResponse:
    """Take away the second step of somebody who lost a telephone."""
    found = _managed(request, key)
    if found == request.user:
        raise PermissionDenied
    actions.clear_second_step(found, by=by(request, _MANAGE))
    messages.success(request, _("De tweede stap is gewist. Bij de volgende keer inloggen wordt een nieuwe ingesteld."))
    return redirect("access:person", key=key)


@requires(_MANAGE)
@require_POST
def lift_lock(request: HttpRequest, key: str) -> HttpResponse:
    """Let somebody who tried too often try again."""
    found = _managed(request, key)
    actions.lift_lock(found, by=by(request, _MANAGE))
    messages.success(request, _("%s kan weer inloggen.") % found.name)
    return redirect("access:people")


@requires(_MANAGE)
@require_http_methods(["GET", "POST"])
def close_person(request: HttpRequest, key: str) -> HttpResponse:
    """Ask whether an account must be closed, and close it."""
    found = _managed(request, key)
    if found == request.user or not found.is_active:
        raise PermissionDenied
    if request.method == "POST":
        actions.close_person(found, at=timezone.now(), by=by(request, _MANAGE))
        messages.success(request, _("Het account van %s is gesloten.") % found.name)
        return redirect("access:person", key=key)
    return render(request, "access/close_person.html", {"person": found})


@requires(_MANAGE)
@require_GET
def teams(request: HttpRequest) -> HttpResponse:
    """List the teams."""
    return render(request, "access/teams.html", {"teams": queries.teams(rights(request))})


@requires(_MANAGE)
@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Record a new team, or what changed of one."""
    found = get_object_or_404(queries.teams(rights(request)), pk=number) if number else None
    form = TeamForm(rights(request), request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.keep_team(found, **form.cleaned_data, by=by(request, _MANAGE))
        return redirect("access:teams")
    return render(request, "access/team.html", {"form": form, "team": found}, status=_status(form))


@logged_in("Everyone who works here may know which roles there are and what they allow.")
@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """Show the register of roles and permissions, made from the code."""
    tongue = language()
    listed = [
        {
            "key": role.key,
            "name": role.name(tongue),
            "description": role.description(tongue),
            "kinds": role.kinds,
            "permissions": [
                (MEANINGS[item].words(tongue), MEANINGS[item].purpose(tongue), MEANINGS[item].basis)
                for item in Permission
                if item in role.permissions
            ],
        }
        for role in ROLES.values()
    ]
    return render(request, "access/roles.html", {"roles": listed})


@logged_in("Whoever decides or prepares a decision may know in whose name.")
@require_GET
def mandates(request: HttpRequest) -> HttpResponse:
    """Show the register of mandates."""
    found = [(item, role_name(item.role, language())) for item in queries.mandates(timezone.localdate())]
    return render(request, "access/mandates.html", {"mandates": found})


@requires(_MANAGE)
@require_http_methods(["GET", "POST"])
def record_mandate(request: HttpRequest) -> HttpResponse:
    """Record a mandate."""
    form = MandateForm(request.POST or None, initial={"begins_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        actions.record_mandate(**form.cleaned_data, by=by(request, _MANAGE))
        return redirect("access:mandates")
    return render(request, "access/record_mandate.html", {"form": form}, status=_status(form))


@requires(_MANAGE)
@require_POST
def end_mandate(request: HttpRequest, number: int) -> HttpResponse:
    """End a mandate today."""
    today = timezone.localdate()
    actions.end_mandate(get_object_or_404(queries.mandates(today), pk=number), on=today, by=by(request, _MANAGE))
    return redirect("access:mandates")


@requires(_REVIEW)
@require_GET
def review(request: HttpRequest) -> HttpResponse:
    """List the roles that nobody looked at for a year, to be confirmed or ended one by one."""
    due = queries.to_review(rights(request), _oneself(request), timezone.localdate())
    return render(request, "access/review.html", {"due": [(item, role_name(item.role, language())) for item in due]})


@requires(_REVIEW)
@require_POST
def review_role(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm that a role is still needed, or end it."""
    today, reviewer = timezone.localdate(), _oneself(request)
    role = get_object_or_404(queries.to_review(rights(request), reviewer, today), pk=number)
    if request.POST.get("uitkomst") == "nodig":
        actions.confirm_role(role, reviewer=reviewer, on=today, by=by(request, _REVIEW))
    else:
        actions.end_role(role, on=today, by=by(request, _REVIEW))
    return HttpResponseRedirect(reverse("access:review"))


def _managed(request: HttpRequest, key: str) -> Person:
    return get_object_or_404(queries.managed(rights(request)), key=key)


def _oneself(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def _status(form: GuestForm | PersonForm | RoleForm | TeamForm | MandateForm) -> int:
    return 422 if form.is_bound and form.errors else 200
