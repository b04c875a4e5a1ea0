"""The clock of a phase: a pure function of what happened to an escalation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from babel.dates import format_date

from noaber.records import Text
from noaber.rules import Unit
from noaber.terms import Deadline, Extension, Pause, deadline

from .models import ClockChange, PhaseChange


def clock(current: PhaseChange, changes: Iterable[ClockChange]) -> Deadline | None:
    """Return when the phase that an escalation is in now must have been looked at again, with its argument.

    None when this phase has no clock. Changes of the clock from before the phase belong to an earlier one.
    """
    if current.phase.working_days is None:
        return None
    name = current.phase.name
    return deadline(
        current.on,
        current.phase.working_days,
        Unit.WORKING_DAYS,
        because=Text(f"{name}, vanaf {_said(current.on, 'nl_NL')}", f"{name}, from {_said(current.on, 'en_GB')}"),
        changes=[_moved(item) for item in changes if item.on >= current.on],
    )


def _said(day: date, locale: str) -> str:
    return format_date(day, format="d MMMM y", locale=locale)


def _moved(change: ClockChange) -> Pause | Extension:
    because = Text(change.because, change.because)
    if change.working_days:
        return Extension(change.on, change.working_days, because)
    return Pause(change.on, change.until, because)
