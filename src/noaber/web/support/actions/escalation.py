"""Escalating and scaling down: phases, owners, the clock, the table, and what is found there."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from noaber.web.access.models import Person
from noaber.web.journal.actions import By, write

from ..models import Case, ClockChange, Escalation, Finding, Phase, PhaseChange, Seat
from .written import tell


@transaction.atomic
def keep_phase(phase: Phase, *, by: By) -> Phase:
    """Record a phase, or what changed of one; clocks that run now count with the new term at once."""
    phase.save()
    write("phase_kept", by=by, object=("phase", phase.pk), object_name=phase.name)
    return phase


@transaction.atomic
def escalate(
    case: Case,
    *,
    phase: Phase,
    trigger: str,
    case_owner: Person,
    process_owner: Person,
    person: Person,
    on: date,
    by: By,
) -> Escalation:
    """Scale a case up for the first time; one that was scaled up already stays as it is."""
    running = Escalation.objects.select_for_update().filter(case=case, ended_on__isnull=True).first()
    if running:
        return running
    escalation = Escalation.objects.create(
        case=case, trigger=trigger, begins_on=on, case_owner=case_owner, process_owner=process_owner
    )
    PhaseChange.objects.create(escalation=escalation, phase=phase, on=on, because=trigger, by=person)
    tell("escalated", case, by, {"phase": phase.name})
    return escalation


@transaction.atomic
def change_phase(
    escalation: Escalation,
    *,
    phase: Phase,
    because: str,
    person: Person,
    on: date,
    by: By,
    dissent: str = "",
    dissent_who: str = "",
) -> PhaseChange:
    """Go to another phase, up or down; staying in one, after looking again, starts a new clock.

    Whoever at the table sees it otherwise is recorded with it.
    """
    change = PhaseChange.objects.create(escalation=escalation, phase=phase, on=on, because=because, by=person)
    if dissent:
        Finding.objects.create(escalation=escalation, kind="dissent", who=dissent_who, words=dissent, on=on, by=person)
    tell("phase_changed", escalation.case, by, {"phase": phase.name})
    return change


@transaction.atomic
def end_escalation(escalation: Escalation, *, because: str, person: Person, on: date, by: By) -> None:
    """End an escalation: the lowest phase was reached and ordinary support is enough."""
    lowest = Phase.objects.first()
    assert lowest is not None, "phases come with the installation"
    PhaseChange.objects.create(escalation=escalation, phase=lowest, on=on, because=because, by=person)
    escalation.ended_on = on
    escalation.save(update_fields=["ended_on"])
    tell("escalation_ended", escalation.case, by)


@transaction.atomic
def move_clock(
    escalation: Escalation,
    *,
    on: date,
    until: date | None,
    working_days: int | None,
    because: str,
    person: Person,
    by: By,
) -> ClockChange:
    """Let the clock stand still until a day (or further notice), or give the phase more working days."""
    change = ClockChange.objects.create(
        escalation=escalation, on=on, until=until, working_days=working_days, because=because, by=person
    )
    tell("clock_changed", escalation.case, by)
    return change


@transaction.atomic
def resume_clock(escalation: Escalation, *, on: date, by: By) -> None:
    """Let a clock that stood still until further notice run again."""
    ClockChange.objects.filter(escalation=escalation, until__isnull=True, working_days__isnull=True).update(until=on)
    tell("clock_changed", escalation.case, by)


@transaction.atomic
def name_owners(escalation: Escalation, *, case_owner: Person, process_owner: Person, by: By) -> None:
    """Say who directs the case and who directs the process."""
    escalation.case_owner, escalation.process_owner = case_owner, process_owner
    escalation.save(update_fields=["case_owner", "process_owner"])
    tell("owner_changed", escalation.case, by)


@transaction.atomic
def take_seat(escalation: Escalation, *, name: str, organisation: str, on: date, by: By) -> Seat:
    """Let somebody sit down at the table."""
    seat = Seat.objects.create(escalation=escalation, name=name, organisation=organisation, begins_on=on)
    tell("seat_changed", escalation.case, by)
    return seat


@transaction.atomic
def leave_seat(escalation: Escalation, seat: Seat, *, on: date, by: By) -> None:
    """Let somebody leave the table."""
    seat.ends_on = on
    seat.save(update_fields=["ends_on"])
    tell("seat_changed", escalation.case, by)


@transaction.atomic
def record_finding(
    escalation: Escalation, *, kind: str, words: str, person: Person, on: date, by: By, reason: str = "", who: str = ""
) -> Finding:
    """Keep what was tried, who sees it otherwise, or why nothing moves; the last with its reason, to be counted."""
    finding = Finding.objects.create(
        escalation=escalation, kind=kind, reason=reason, who=who, words=words, on=on, by=person
    )
    tell("finding_recorded", escalation.case, by)
    return finding


@transaction.atomic
def solve_finding(escalation: Escalation, finding: Finding, *, on: date, by: By) -> None:
    """Record that what was stuck moves again."""
    finding.solved_on = on
    finding.save(update_fields=["solved_on"])
    tell("finding_solved", escalation.case, by)
