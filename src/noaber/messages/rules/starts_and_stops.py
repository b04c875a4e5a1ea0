"""Rules about starts (305) and stops (307): each belongs to an allocation, and they follow each other in order."""

from __future__ import annotations

from typing import Final

from ..model import StartedProduct, StoppedProduct
from ..weeks import working_days_between
from .book import ON_HOLD
from .rule import At, Rule, refuses, remarks

Moved = StartedProduct | StoppedProduct

WITHDRAWN = "3"
_FIRST = "1"
_IN_TIME = 5


def _number(line: Moved) -> str:
    return str(line.allocation_number)


def _unknown(line: Moved, at: At) -> bool:
    return at.allocation is None or at.allocation.removed


def _not_theirs(line: Moved, at: At) -> bool:
    standing = at.allocation
    if standing is None:
        return False
    if (standing.person, standing.provider) != (at.person, at.provider):
        return True
    asked, given = line.product, standing.product
    if asked is None or given is None:
        return False
    return asked.category != given.category or (
        given.product_code is not None and asked.product_code not in (None, given.product_code)
    )


def _outside(line: Moved, at: At) -> bool:
    standing = at.allocation
    return standing is not None and not standing.valid_from <= line.begin <= standing.last_day


MESSAGE: Final[tuple[Rule, ...]] = (
    refuses(
        "CS058",
        "StatusAanlevering hoort 1 (eerste) of 3 (verwijderen) te zijn.",
        lambda line, _: line.status not in (_FIRST, WITHDRAWN),
    ),
)
"""What a start or stop must say by itself."""

STOP_MESSAGE: Final[tuple[Rule, ...]] = (
    *MESSAGE,
    refuses("TR018", "De Einddatum ligt voor de Begindatum.", lambda line, _: line.end < line.begin),
)

START_MESSAGE: Final[tuple[Rule, ...]] = (
    *MESSAGE,
    refuses(
        "OP011",
        "De Begindatum ligt na de dagtekening: een start meldt wat al begonnen is.",
        lambda line, at: line.begin > at.header.date,
    ),
)

_BOTH: Final[tuple[Rule, ...]] = (
    refuses("TR019", "Er is geen toewijzing met dit ToewijzingNummer.", _unknown, "9019"),
    refuses(
        "OP363",
        "De toewijzing is van een andere client, een andere aanbieder of een ander product.",
        _not_theirs,
        "9019",
    ),
    remarks("OP270", "De Begindatum ligt buiten de toewijzing.", _outside),
)


def _never_started(line: StartedProduct, at: At) -> bool:
    return line.status == WITHDRAWN and line.begin not in at.book.support[_number(line)].began


def _stopped_since(line: StartedProduct, at: At) -> bool:
    return line.status == WITHDRAWN and line.begin in at.book.support[_number(line)].stopped


def _started_so(line: StartedProduct, at: At) -> bool:
    return line.status == _FIRST and line.begin in at.book.support[_number(line)].began


def _running(line: StartedProduct, at: At) -> bool:
    return line.status == _FIRST and at.book.support[_number(line)].running is not None


def _late_start(line: StartedProduct, at: At) -> bool:
    since = line.begin if at.allocation is None else max(line.begin, at.allocation.at.date())
    return line.status == _FIRST and working_days_between(since, at.header.date) > _IN_TIME


START: Final[tuple[Rule, ...]] = (
    *_BOTH,
    refuses("TR063", "De start die verwijderd wordt, is niet eerder gemeld.", _never_started, "9063"),
    refuses("TR071", "Een start mag niet verwijderd worden als de stop al gemeld is.", _stopped_since, "9071"),
    refuses("TR074", "Deze start is al gemeld.", _started_so, "9074"),
    refuses("TR326", "Er loopt al een start bij deze toewijzing.", _running, "9326"),
    remarks("OP271", "De start is meer dan vijf werkdagen na de Begindatum gemeld.", _late_start),
)
"""What a start must be, given what stands."""


def _stop(line: StoppedProduct, at: At) -> tuple[object, str] | None:
    return at.book.support[_number(line)].stopped.get(line.begin)


def _never_stopped(line: StoppedProduct, at: At) -> bool:
    return line.status == WITHDRAWN and _stop(line, at) != (line.end, line.end_reason)


def _stopped_for_good(line: StoppedProduct, at: At) -> bool:
    stop = _stop(line, at)
    return line.status == _FIRST and stop is not None and stop[1] != ON_HOLD


def _on_hold_twice(line: StoppedProduct, at: At) -> bool:
    stop = _stop(line, at)
    return line.status == _FIRST and stop is not None and stop[1] == ON_HOLD == line.end_reason


def _ends_earlier(line: StoppedProduct, at: At) -> bool:
    stop = at.book.support[_number(line)].stopped.get(line.begin)
    return line.status == _FIRST and stop is not None and line.end < stop[0]


def _no_such_start(line: StoppedProduct, at: At) -> bool:
    return line.status == _FIRST and line.begin not in at.book.support[_number(line)].began


def _late_stop(line: StoppedProduct, at: At) -> bool:
    if line.status != _FIRST or _stop(line, at) is not None:
        return False
    return working_days_between(line.end, at.header.date) > _IN_TIME


STOP: Final[tuple[Rule, ...]] = (
    *_BOTH,
    refuses("TR063", "De stop die verwijderd wordt, is niet eerder gemeld.", _never_stopped, "9063"),
    refuses("TR382", "Er is geen start met deze Begindatum gemeld bij deze toewijzing.", _no_such_start, "9069"),
    refuses("TR415", "Deze levering is al definitief gestopt.", _stopped_for_good, "9415"),
    refuses(
        "TR413", "Na een tijdelijke stop (20) hoort een definitieve stop of een nieuwe start.", _on_hold_twice, "9413"
    ),
    refuses("TR414", "De Einddatum ligt voor die van de tijdelijke stop.", _ends_earlier, "9414"),
    remarks("OP272", "De stop is meer dan vijf werkdagen na de Einddatum gemeld.", _late_stop),
)
"""What a stop must be, given what stands."""
