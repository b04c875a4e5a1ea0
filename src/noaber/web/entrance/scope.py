"""Whom one may see at the entrance: the districts of the teams that one works for, or all of them."""

from __future__ import annotations

from typing import Final

from noaber.web.access.models import Team
from noaber.web.access.permissions import Permission
from noaber.web.access.rights import Rights

HANDLE: Final = Permission.HANDLE_CONTACTS
MANAGE: Final = Permission.MANAGE_ENTRANCE
KEEP_MAP: Final = Permission.KEEP_SOCIAL_MAP


def districts_of(rights: Rights) -> set[str] | None:
    """Return the districts in which somebody handles contacts; None for all, an empty set for none."""
    if not rights.may(HANDLE):
        return set()
    teams = rights.teams_for(HANDLE)
    if teams is None:
        return None
    return {code for codes in Team.objects.filter(pk__in=teams).values_list("districts", flat=True) for code in codes}
