"""What every page knows: the installation, the person, and the entries of the navigation that the person may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import get_language

from noaber.web.access import presence
from noaber.web.access.door import may_open

from .configuration import Installation
from .rooms import rooms_of


def house(request: HttpRequest) -> dict[str, Any]:
    """Return `house` (the installation) and `navigation` (entries with name, address and whether we are there)."""
    here: Installation = settings.NOABER
    language = "en" if (get_language() or "nl").startswith("en") else "nl"
    entries = []
    for room in rooms_of(here.role):
        if not room.entry or room.label is None:
            continue
        try:
            address = reverse(room.entry)
        except NoReverseMatch:
            continue
        if may_open(resolve(address).func, request):
            here_now = request.path.startswith(f"/{room.path}")
            entries.append({"label": room.label(language), "address": address, "current": here_now})
    return {
        "house": here,
        "navigation": entries,
        "in_dutch": language == "nl",
        "resident_here": presence.RESIDENT in request.session,
        "speaks_for": presence.speaks_for(request),
    }
