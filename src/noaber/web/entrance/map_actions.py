"""What changes on the social map; each act one transaction with its one line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from noaber.web.journal.actions import By, write

from .hsds import Service
from .models import Activity, Provider, Session


@transaction.atomic
def keep(service: Service, *, checked_until: date, by: By) -> Activity:
    """Put an activity on the map, or update it; it is then checked until a day."""
    kept = _keep(service, checked_until)
    _tell("activity_kept", kept, by)
    return kept


@transaction.atomic
def take_in(services: Sequence[Service], *, checked_until: date, by: By) -> int:
    """Take in a whole map; what says until when it was checked keeps that, the rest is checked until a day."""
    for service in services:
        _keep(service, service.checked_until or checked_until)
    write("map_taken_in", by=by, object_name="de sociale kaart", details={"count": len(services)})
    return len(services)


def _keep(service: Service, checked_until: date) -> Activity:
    provider, _new = Provider.objects.update_or_create(
        key=service.provider_key,
        defaults={
            "name": service.provider_name,
            "about": service.provider_about,
            "website": service.website,
            "mail": service.mail,
            "phone": service.phone,
        },
    )
    names = ("name", "about", "district", "address", "min_age", "max_age", "cost_cents", "cost_note", "free_places")
    told = {name: getattr(service, name) for name in (*names, "how_to_join")}
    told |= {"themes": list(service.themes), "accessibility": list(service.accessibility)}
    told |= {"provider": provider, "checked_until": checked_until, "hidden_at": None, "why_hidden": ""}
    kept, _new = Activity.objects.update_or_create(key=service.key, defaults=told)
    kept.sessions.all().delete()
    Session.objects.bulk_create(
        Session(activity=kept, weekday=part.weekday, begins=part.begins, ends=part.ends) for part in service.times
    )
    return kept


@transaction.atomic
def check(activity: Activity, *, until: date, free_places: int | None, by: By) -> None:
    """Say that all is still as it stands there, until a day."""
    activity.checked_until, activity.free_places = until, free_places
    activity.hidden_at, activity.why_hidden = None, ""
    activity.save(update_fields=["checked_until", "free_places", "hidden_at", "why_hidden"])
    _tell("activity_checked", activity, by)


@transaction.atomic
def hide(activity: Activity, *, why: str, at: datetime, by: By) -> None:
    """Take an activity off the map, with the reason; it can come back."""
    activity.hidden_at, activity.why_hidden = at, why
    activity.save(update_fields=["hidden_at", "why_hidden"])
    _tell("activity_hidden", activity, by)


def _tell(event: str, activity: Activity, by: By) -> None:
    write(event, by=by, object=("activity", activity.key), object_name=activity.name)
