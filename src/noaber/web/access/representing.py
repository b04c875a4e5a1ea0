"""Speaking for a resident: as what one may, on which ground, and for whom somebody may on a day."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import QuerySet

from noaber.records import Text

from .models import Representation, Resident

KINDS: Final[dict[str, tuple[Text, str]]] = {
    "parent": (Text("ouder met gezag", "parent with authority"), "BW 1:245"),
    "guardian": (Text("voogd", "guardian"), "BW 1:280"),
    "mentor": (Text("mentor", "mentor"), "BW 1:453"),
    "curator": (Text("curator", "curator"), "BW 1:381"),
    "authorised": (Text("gemachtigde", "authorised person"), "BW 3:60; Awb art. 2:1"),
}
"""As what somebody can speak for a resident, in words, and the article that it rests on."""


def represented_by(resident: Resident, on: date) -> QuerySet[Representation]:
    """Return for whom a resident may speak on a day, by name."""
    running = Representation.objects.filter(representative=resident, begins_on__lte=on, ends_on__gte=on)
    return running.select_related("represented").order_by("name", "pk")


def all_representations() -> QuerySet[Representation]:
    """Return every representation, those that end last first."""
    return Representation.objects.select_related("recorded_by").order_by("-ends_on", "-pk")
