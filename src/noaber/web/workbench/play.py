"""The workbench in the demo: two scenarios that an analyst saved, one of them shared, and a forecast asked for.

Everything goes through the actions of this room; a second time adds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from noaber.records import NoaberError
from noaber.web.access.models import Person
from noaber.web.journal.actions import By

from . import actions, schedule, starting_point
from .desk import answered
from .models import Calculation, SavedScenario
from .position import Position, Pull
from .starting_point import Ground, StartingPoint

ANALYST: Final = "analyst"
_NEIGHBOURHOOD: Final = "Nieuw model in de wijk, gezien vanaf eind 2022"
_SHORTER: Final = "Begeleiding een tiende korter, en een wijkteam ervoor"
_WHY: Final = {
    _NEIGHBOURHOOD: (
        "Voor de terugblik met de raad: wat hadden wij eind 2022 mogen verwachten van het model dat toen is gekozen? "
        "Alle aannamen zijn die van het plan."
    ),
    _SHORTER: (
        "Vraag van de wethouder: als individuele begeleiding een tiende korter duurt en een op de tien nieuwe vragen "
        "naar de wijk gaat, wat scheelt dat? De schuiven zijn een gedachte, geen meting."
    ),
}


def play(people: Mapping[str, Person], *, at: datetime, by: By) -> int:
    """Save two scenarios and ask for the forecast, where there is a snapshot; return how many scenarios were new."""
    here = starting_point.ground()
    if here is None or SavedScenario.objects.exists():
        return 0
    analyst, before = people[ANALYST], SavedScenario.objects.count()
    _save(here, _NEIGHBOURHOOD, _then(here), analyst, at, by)
    shorter = _save(here, _SHORTER, _now(here), analyst, at, by)
    if shorter is not None:
        actions.share(shorter, maker=analyst, at=at, by=by)
    _forecast(here, analyst, at, by)
    return SavedScenario.objects.count() - before


def _then(here: Ground) -> Position | None:
    """Return the second scenario of the plan as it stood before its measures began."""
    day = date(2022, 12, 31)
    if day not in here.days():
        return None
    point = _point(here, day)
    if point is None or len(point.plan.scenarios) < 2:
        return None
    known = {item.code for item in point.plan.measures}
    measures = tuple(code for code in point.plan.scenarios[1].measures if code in known)
    return Position(known_on=day, measures=measures)


def _now(here: Ground) -> Position | None:
    """Return two sliders on individual support, as known today."""
    point = _point(here, here.snapshot.known_on)
    if point is None or not {"OZL2", "WIJK_WMO"} <= set(point.baseline.forms):
        return None
    pulls = (
        Pull(lever="access", percent=10, where="OZL2", to="WIJK_WMO"),
        Pull(lever="duration", percent=-10, where="OZL2"),
    )
    return Position(known_on=here.snapshot.known_on, later=point.needed, pulls=pulls)


def _point(here: Ground, day: date) -> StartingPoint | None:
    try:
        point = starting_point.ready(here, day, Position(known_on=day).until)
    except NoaberError:
        return None
    return point if isinstance(point, StartingPoint) else None


def _save(
    here: Ground, name: str, position: Position | None, analyst: Person, at: datetime, by: By
) -> SavedScenario | None:
    """Save a position under a name, with what it comes to; None when it cannot be counted here."""
    point = _point(here, position.known_on) if position else None
    told = answered(point, position).told if point and position else None
    if told is None or position is None:
        return None
    return actions.keep(
        name=name,
        reason=_WHY[name],
        position=position,
        snapshot=here.snapshot.hash,
        sentence=told.sentence,
        saver=analyst,
        at=at,
        by=by,
    )


def _forecast(here: Ground, analyst: Person, at: datetime, by: By) -> None:
    if Calculation.objects.filter(kind="forecast").exists():
        return
    position = Position(known_on=here.snapshot.known_on)
    calculation, _fresh = actions.ask(
        kind="forecast",
        title="Raming",
        position=position,
        snapshot=here.snapshot.hash,
        asker=analyst,
        at=at,
        by=by,
    )
    schedule.calculate.enqueue(calculation.about)
