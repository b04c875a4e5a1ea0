"""What is read in this room: saved scenarios that are still there, and calculations."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.db.models import Prefetch, QuerySet

from noaber.records import Language

from .calculating import Section
from .models import Calculation, CalculationFile, SavedScenario, ScenarioLink


def saved() -> QuerySet[SavedScenario]:
    """Return the scenarios of the list, each with the link that is open."""
    open_links = ScenarioLink.objects.filter(withdrawn_at__isnull=True)
    return (
        SavedScenario.objects.filter(dropped_at__isnull=True)
        .select_related("saved_by")
        .prefetch_related(Prefetch("links", open_links, to_attr="open_links"))
    )


def one(key: str) -> SavedScenario | None:
    """Return a scenario of the list by its key."""
    return saved().filter(key=key).first()


def several(keys: Sequence[str]) -> list[SavedScenario]:
    """Return scenarios of the list in the order in which they are asked for, each once."""
    found = {item.key: item for item in saved().filter(key__in=keys)}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def by_link(key: str) -> SavedScenario | None:
    """Return the scenario that an open link leads to."""
    link = ScenarioLink.objects.filter(key=key, withdrawn_at__isnull=True, scenario__dropped_at__isnull=True)
    found = link.select_related("scenario__saved_by").first()
    return found.scenario if found else None


def calculation(about: str) -> Calculation | None:
    """Return a calculation."""
    return Calculation.objects.filter(about=about).first()


def file(about: str, name: str) -> CalculationFile | None:
    """Return a file that a calculation left."""
    return CalculationFile.objects.filter(calculation__about=about, name=name).select_related("calculation").first()


def recent() -> QuerySet[Calculation]:
    """Return the reports that were asked for, the latest first."""
    return Calculation.objects.filter(kind="report").select_related("asked_by").prefetch_related("files")[:20]


def last_forecast() -> Calculation | None:
    """Return the forecast that was asked for last."""
    return Calculation.objects.filter(kind="forecast").first()


def sections(calculation: Calculation, language: Language) -> list[Section]:
    """Return what a calculation came to, in a language."""
    if not calculation.figures:
        return []
    return msgspec.json.decode(calculation.figures, type=dict[Language, list[Section]]).get(language, [])
