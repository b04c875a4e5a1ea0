"""Who is here: whether both steps of logging in are done, and the words under which the journal knows who acts."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, cast

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from noaber.records import Language
from noaber.web.journal.actions import By

from .models import Person, Representation, Resident
from .permissions import MEANINGS, Permission
from .representing import KINDS, represented_by
from .rights import NOBODY, Rights

RESIDENT: Final = "resident"
"""Under which the session keeps the key of the resident who logged in."""
SPEAKS_FOR: Final = "speaks_for"
"""Under which the session keeps the representation by which a resident looks for another."""
_SPEAKING: Final = "Opkomen voor de inwoner"
BY_PROVIDER: Final = "second_step_by_provider"
BEGAN: Final = "began"


def second_step_done(request: HttpRequest) -> bool:
    """Return whether the second factor was shown: a code, or an identity provider that says it asked for one."""
    verified = getattr(request.user, "is_verified", None)
    return bool(verified and verified()) or bool(request.session.get(BY_PROVIDER))


def by(request: HttpRequest, permission: Permission | None = None) -> By:
    """Return who acts in this request; with `permission`, in which role that gives it and for its purpose."""
    nobody = By(
        at=timezone.now(),
        name="Iemand zonder account",
        origin=str(request.META.get("REMOTE_ADDR", "")),
        request=structlog.contextvars.get_contextvars().get("request", ""),
    )
    person = request.user
    if isinstance(person, Person):
        return replace(
            nobody,
            actor=person.key,
            name=person.name,
            role=rights(request).roles_for(permission) if permission else "",
            purpose=MEANINGS[permission].purpose.nl if permission else "",
            organisation=person.organisation.name,
        )
    if key := request.session.get(RESIDENT):
        if speaking := speaks_for(request):
            role = f"{KINDS[speaking.kind][0].nl}, namens de inwoner"
            return replace(nobody, actor=key, name="Een vertegenwoordiger", role=role, purpose=_SPEAKING)
        return replace(nobody, actor=key, name="De inwoner zelf", role="inwoner")
    return nobody


def rights(request: HttpRequest) -> Rights:
    """Return what whoever asks may do today, as the doorkeeper worked it out."""
    found: Rights = getattr(request, "rights", NOBODY)
    return found


def language() -> Language:
    """Return the language of the page that is being made."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def resident(request: HttpRequest) -> Resident:
    """Return the resident whose pages are shown: who is here, or for whom they speak.

    For views whose door lets in residents only.
    """
    speaking = speaks_for(request)
    return speaking.represented if speaking else oneself(request)


def oneself(request: HttpRequest) -> Resident:
    """Return the resident who logged in, whoever they speak for."""
    return Resident.objects.get(key=request.session[RESIDENT])


def speaks_for(request: HttpRequest) -> Representation | None:
    """Return for whom the resident who is here speaks now; asked anew in every request, for it may end."""
    chosen, key = request.session.get(SPEAKS_FOR), request.session.get(RESIDENT)
    if not chosen or not key:
        return None
    if not hasattr(request, "speaks_for"):
        found = represented_by(Resident.objects.get(key=key), timezone.localdate()).filter(pk=chosen).first()
        request.speaks_for = found  # type: ignore[attr-defined]
    return cast("Representation | None", request.speaks_for)  # type: ignore[attr-defined]


def stays_too_long(request: HttpRequest) -> bool:
    """Return whether this session lasts longer than is allowed, however busy; begins counting when first asked."""
    now = timezone.now().timestamp()
    began: float = request.session.setdefault(BEGAN, now)
    return bool(now - began > settings.NOABER.session_hours * 3600)
