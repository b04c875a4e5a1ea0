"""Reading the social map: what is shown, by need, district, age, day, cost, accessibility and free places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from .hsds import Service, Times
from .models import Activity
from .search import nearness, plain
from .words import THEMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for; what is empty limits nothing."""

    words: str = ""
    theme: str = ""
    district: str = ""
    age: int | None = None
    weekday: int | None = None
    free_of_charge: bool = False
    free_places: bool = False
    accessibility: tuple[str, ...] = ()


def shown(wanted: Wanted, on: date) -> list[Activity]:
    """Return the activities on the map that fit, those in the district itself first."""
    found = Activity.objects.shown(on).select_related("provider").prefetch_related("sessions")
    if wanted.district:
        found = found.filter(district__in=(wanted.district, ""))
    if wanted.age is not None:
        found = found.filter(
            Q(min_age__isnull=True) | Q(min_age__lte=wanted.age), Q(max_age__isnull=True) | Q(max_age__gte=wanted.age)
        )
    if wanted.weekday is not None:
        found = found.filter(sessions__weekday=wanted.weekday).distinct()
    if wanted.free_of_charge:
        found = found.filter(cost_cents=0)
    if wanted.free_places:
        found = found.filter(Q(free_places__isnull=True) | Q(free_places__gt=0))
    fitting = [item for item in found if _fits(item, wanted)]
    return (
        sorted(fitting, key=lambda item: (item.district != wanted.district, item.name)) if wanted.district else fitting
    )


def _fits(item: Activity, wanted: Wanted) -> bool:
    """Return whether an activity fits in lists and words, which not every database compares alike."""
    if wanted.theme and wanted.theme not in item.themes:
        return False
    if not set(wanted.accessibility) <= set(item.accessibility):
        return False
    asked = plain(wanted.words)
    return not asked or nearness(asked, plain(f"{item.name} {item.about} {item.provider.name}")) >= 0.6


def everything() -> QuerySet[Activity]:
    """Return all activities, also those that left the map, for who keeps it."""
    return Activity.objects.select_related("provider").prefetch_related("sessions")


def services(activities: Iterable[Activity]) -> list[Service]:
    """Return activities as they go out."""
    return [_service(item) for item in activities]


def _service(item: Activity) -> Service:
    owner = item.provider
    return Service(
        key=item.key,
        name=item.name,
        about=item.about,
        provider_key=owner.key,
        provider_name=owner.name,
        provider_about=owner.about,
        website=owner.website,
        mail=owner.mail,
        phone=owner.phone,
        themes=tuple(item.themes),
        district=item.district,
        address=item.address,
        min_age=item.min_age,
        max_age=item.max_age,
        cost_cents=item.cost_cents,
        cost_note=item.cost_note,
        accessibility=tuple(item.accessibility),
        free_places=item.free_places,
        how_to_join=item.how_to_join,
        checked_until=item.checked_until,
        times=tuple(Times(weekday=part.weekday, begins=part.begins, ends=part.ends) for part in item.sessions.all()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """What a district has for one need: in itself, and for the whole municipality."""

    theme: str
    here: int
    everywhere: int
    full: int = 0
    """How many of those in the district itself have no free place."""

    @property
    def missing(self) -> bool:
        """Whether there is nothing at all."""
        return not self.here and not self.everywhere


def supply(district: str, on: date) -> list[Supply]:
    """Return what there is for each need in a district, the scarcest first."""
    here, wide, full = Counter[str](), Counter[str](), Counter[str]()
    seen = Activity.objects.shown(on).filter(district__in=(district, ""))
    for code, themes, free in seen.values_list("district", "themes", "free_places"):
        (here if code else wide).update(themes)
        full.update(themes if code and free == 0 else ())
    found = [
        Supply(theme=word.key, here=here[word.key], everywhere=wide[word.key], full=full[word.key])
        for word in THEMES
        if word.key != "anders"
    ]
    return sorted(found, key=lambda item: (item.here, item.everywhere))
