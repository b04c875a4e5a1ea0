"""What changes in this room; each act in one transaction with its one line in the journal."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import datetime

from django.db import transaction

import noaber
from noaber.web.access.models import Person
from noaber.web.journal.actions import By, write

from .models import Calculation, CalculationFile, SavedScenario, ScenarioLink
from .position import Position


@transaction.atomic
def keep(
    *, name: str, reason: str, position: Position, snapshot: str, sentence: str, saver: Person, at: datetime, by: By
) -> SavedScenario:
    """Save a position under a name, with a reason and what it comes to now."""
    scenario = SavedScenario.objects.create(
        key=uuid.uuid4().hex,
        name=name,
        reason=reason,
        position=position.kept(),
        known_on=position.known_on,
        snapshot=snapshot,
        code_version=noaber.__version__,
        sentence=sentence[:600],
        saved_by=saver,
        saved_at=at,
    )
    write("scenario_saved", by=by, object=("scenario", scenario.key), object_name=name)
    return scenario


@transaction.atomic
def drop(scenario: SavedScenario, *, dropper: Person, at: datetime, by: By) -> bool:
    """Take a scenario from the list, its link with it; return whether this did it."""
    done = SavedScenario.objects.filter(pk=scenario.pk, dropped_at__isnull=True).update(
        dropped_by=dropper, dropped_at=at
    )
    if done:
        scenario.links.filter(withdrawn_at__isnull=True).update(withdrawn_by=dropper, withdrawn_at=at)
        write("scenario_dropped", by=by, object=("scenario", scenario.key), object_name=scenario.name)
    return bool(done)


@transaction.atomic
def share(scenario: SavedScenario, *, maker: Person, at: datetime, by: By) -> ScenarioLink:
    """Return the link by which colleagues read a scenario, made when there is none."""
    link, fresh = ScenarioLink.objects.get_or_create(
        scenario=scenario,
        withdrawn_at=None,
        defaults={"key": secrets.token_urlsafe(32), "made_by": maker, "made_at": at},
    )
    if fresh:
        write("scenario_shared", by=by, object=("scenario", scenario.key), object_name=scenario.name)
    return link


@transaction.atomic
def withdraw(scenario: SavedScenario, *, withdrawer: Person, at: datetime, by: By) -> bool:
    """Withdraw the link of a scenario; return whether this did it."""
    done = scenario.links.filter(withdrawn_at__isnull=True).update(withdrawn_by=withdrawer, withdrawn_at=at)
    if done:
        write("scenario_link_withdrawn", by=by, object=("scenario", scenario.key), object_name=scenario.name)
    return bool(done)


@transaction.atomic
def ask(
    *, kind: str, title: str, position: Position, snapshot: str, asker: Person, at: datetime, by: By
) -> tuple[Calculation, bool]:
    """Return the calculation of a position and whether it must be done: one that failed is asked anew."""
    kept = position.kept()
    asked = "\n".join((kind, title if kind == "report" else "", kept, snapshot, noaber.__version__))
    about = hashlib.sha256(asked.encode()).hexdigest()
    Calculation.objects.filter(about=about).exclude(failure="").delete()
    calculation, fresh = Calculation.objects.get_or_create(
        about=about,
        defaults={
            "kind": kind,
            "title": title,
            "position": kept,
            "snapshot": snapshot,
            "asked_by": asker,
            "asked_at": at,
        },
    )
    if fresh:
        write("calculation_asked", by=by, object=("calculation", about[:16]), object_name=title, details={"kind": kind})
    return calculation, fresh


def hand_out(file: CalculationFile, *, by: By) -> None:
    """Record that somebody took a costing along."""
    write("downloaded", by=by, object=("calculation", file.calculation.about[:16]), object_name=file.name)
