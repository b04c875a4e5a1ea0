"""The doorkeeper: works out the rights of who asks, once, and lets no view be opened that its door does not allow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from noaber.web.journal.actions import write

from .door import Door as ViewDoor
from .door import door_of
from .presence import RESIDENT, by, second_step_done, stays_too_long
from .rights import NOBODY, rights_of

Answer = Callable[[HttpRequest], HttpResponse]


class Door:
    """Sets `request.rights` and opens or shuts each view by its door; a view without a door is shut for everyone."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with `request.rights` in place; half a login (one step of two) has none, an old session is over."""
        known = request.user.is_authenticated or RESIDENT in request.session
        if known and stays_too_long(request):
            logout(request)
        here = request.user.is_authenticated and second_step_done(request)
        request.rights = rights_of(request.user, timezone.localdate()) if here else NOBODY  # type: ignore[attr-defined, arg-type]
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Return nothing when the view may be opened, the way to log in, or raise PermissionDenied (403)."""
        door = door_of(view)
        if door is None:
            raise PermissionDenied
        if door.kind in {"public", "peer"}:
            return None
        if door.kind == "resident":
            return (
                None if request.session.get(RESIDENT) else redirect_to_login(request.path, reverse("access:resident"))
            )
        return _let_in(request, door)


def _let_in(request: HttpRequest, door: ViewDoor) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse("access:login"))
    if not second_step_done(request):
        return HttpResponseRedirect(reverse("access:second_step"))
    if door.kind == "permission":
        assert door.permission is not None
        if not request.rights.may(door.permission):  # type: ignore[attr-defined]
            write("refused", by=by(request), object_name=request.resolver_match.view_name or "", result="refused")
            raise PermissionDenied
    return None
