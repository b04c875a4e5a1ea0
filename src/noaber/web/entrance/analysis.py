"""The district beside its supply: what is published about its residents, next to what the social map has for them."""

from __future__ import annotations

from noaber.municipality import District
from noaber.records import Language
from noaber.web.published import districts, shelf
from noaber.web.published.districts import Beside


def beside(district: District, language: Language) -> Beside | None:
    """Return the published figures of a district beside those of the municipality; None when there are none here."""
    results = shelf.results(shelf.current().values())
    return districts.beside(results, district, language) if results else None
