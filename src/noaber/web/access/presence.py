"""Who is here: whether both steps of logging in are done, and the words under which the journal knows who acts."""

from __future__ import annotations

import structlog
from django.http import HttpRequest
from django.utils import timezone

from noaber.web.journal.actions import By

from .models import Person
from .permissions import Permission


def second_step_done(request: HttpRequest) -> bool:
    """Return whether the second factor was shown: a code, or an identity provider that says it asked for one."""
    verified = getattr(request.user, "is_verified", None)
    return bool(verified and verified()) or bool(request.session.get("second_step_by_provider"))


def by(request: HttpRequest, permission: Permission | None = None) -> By:
    """Return who acts in this request; with `permission`, in which role that gives it."""
    here = structlog.contextvars.get_contextvars().get("request", "")
    origin = str(request.META.get("REMOTE_ADDR", ""))
    person = request.user
    if not isinstance(person, Person):
        return By(at=timezone.now(), name="Iemand zonder account", origin=origin, request=here)
    rights = getattr(request, "rights", None)
    role = rights.roles_for(permission) if rights and permission else ""
    return By(
        at=timezone.now(),
        actor=person.key,
        name=person.name,
        role=role,
        organisation=person.organisation.name,
        origin=origin,
        request=here,
    )
