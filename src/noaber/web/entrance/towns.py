"""The districts of this installation, and which one a postcode or a name means."""

from __future__ import annotations

from django.utils.translation import get_language

from noaber.municipality import District
from noaber.records import Language
from noaber.web.published import shelf


def districts() -> tuple[District, ...]:
    """Return the districts of the municipality; none when its file is not named."""
    town = shelf.town()
    return town.districts if town else ()


def district_of(typed: str) -> str | None:
    """Return the code of the district that a postcode, a name or the beginning of one name means; None when unclear."""
    asked = typed.strip()
    town = shelf.town()
    if town is None or not asked:
        return None
    if asked[:4].isdigit():
        return town.district(asked)
    named = [item for item in town.districts if item.name.lower() == asked.lower() or item.code == asked]
    begun = named or [item for item in town.districts if item.name.lower().startswith(asked.lower())]
    return begun[0].code if len(begun) == 1 else None


def name_of(code: str) -> str:
    """Return the name of a district; its code when it is not known here."""
    return next((item.name for item in districts() if item.code == code), code)


def language_now() -> Language:
    """Return the language of the page."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"
