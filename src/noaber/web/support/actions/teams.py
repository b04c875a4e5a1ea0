"""The work of a team: what people know, who is away, who attaches, what is discussed, and handing over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from noaber.records import NoaberError
from noaber.web.access.models import Person, Team
from noaber.web.journal.actions import By, write

from ..models import (
    Case,
    CaseWorker,
    ContactPerson,
    Discussion,
    Escalation,
    Expertise,
    Handover,
    Leave,
    Meeting,
    ShellMember,
    Task,
)
from .written import tell


class HandoverError(NoaberError):
    """A handover does not say of every case of somebody where it goes."""

    code = "N-980"
    exit_code = 2


@transaction.atomic
def keep_expertise(person: Person, *, words: list[str], on: date, by: By) -> None:
    """Record what somebody knows more of than most; what is not in the list ends."""
    Expertise.objects.filter(person=person, ends_on__isnull=True).exclude(words__in=words).update(ends_on=on)
    for item in words:
        Expertise.objects.update_or_create(person=person, words=item, defaults={"ends_on": None})
    write("expertise_kept", by=by, object=("person", person.key), object_name=person.name)


@transaction.atomic
def record_leave(person: Person, *, stand_in: Person, begins_on: date, ends_on: date, by: By) -> Leave:
    """Record that somebody is away and who stands in; the database refuses (IntegrityError) the person themselves."""
    leave = Leave.objects.create(person=person, stand_in=stand_in, begins_on=begins_on, ends_on=ends_on)
    write("leave_recorded", by=by, object=("person", person.key), object_name=person.name)
    return leave


@transaction.atomic
def attach(
    team: Team, *, person: Person, expertise: str, moments: str, begins_on: date, ends_on: date, by: By
) -> ShellMember:
    """Let somebody of the second shell attach to a team at set moments, until a day."""
    attached = ShellMember.objects.create(
        team=team, person=person, expertise=expertise, moments=moments, begins_on=begins_on, ends_on=ends_on
    )
    write(
        "shell_attached",
        by=by,
        object=("person", person.key),
        object_name=person.name,
        details={"team": team.name},
    )
    return attached


@transaction.atomic
def detach(attached: ShellMember, *, on: date, by: By) -> None:
    """End an attachment; from the next day on nothing that was shared is to be seen."""
    attached.ends_on = max(on, attached.begins_on)
    attached.save(update_fields=["ends_on"])
    person = attached.person
    write("shell_detached", by=by, object=("person", person.key), object_name=person.name)


@transaction.atomic
def keep_contact_person(team: Team, *, organisation: str, name: str, about: str, reach: str, by: By) -> ContactPerson:
    """Record whom to call at another organisation."""
    kept = ContactPerson.objects.create(team=team, organisation=organisation, name=name, about=about, reach=reach)
    write("contact_person_kept", by=by, object=("contact_person", kept.pk), object_name=organisation)
    return kept


@transaction.atomic
def end_contact_person(kept: ContactPerson, *, on: date, by: By) -> None:
    """Take a contact person off the list."""
    kept.ends_on = on
    kept.save(update_fields=["ends_on"])
    write("contact_person_ended", by=by, object=("contact_person", kept.pk), object_name=kept.organisation)


@transaction.atomic
def plan_meeting(team: Team, *, on: date, place: str, by: By) -> Meeting:
    """Plan a moment at which the team discusses cases; the same day twice is the same moment."""
    meeting, _new = Meeting.objects.update_or_create(team=team, on=on, defaults={"place": place})
    write("meeting_planned", by=by, object=("meeting", meeting.pk), object_name=team.name)
    return meeting


@transaction.atomic
def ask_discussion(
    case: Case, *, meeting: Meeting, question: str, consent: str, consent_words: str, person: Person, by: By
) -> Discussion:
    """Put a case on the agenda; the database refuses (IntegrityError) consent that does not say whose and when."""
    asked, _new = Discussion.objects.update_or_create(
        meeting=meeting,
        case=case,
        defaults={
            "question": question,
            "consent": consent,
            "consent_words": consent_words,
            "asked_by": person,
        },
    )
    tell("discussion_asked", case, by)
    return asked


@transaction.atomic
def conclude_discussion(
    discussion: Discussion, *, outcome: str, present: str, person: Person, at: datetime, by: By
) -> None:
    """Keep what came of a discussion, and who was there."""
    discussion.outcome, discussion.present = outcome, present
    discussion.outcome_at, discussion.outcome_by = at, person
    discussion.save(update_fields=["outcome", "present", "outcome_at", "outcome_by"])
    tell("discussion_concluded", discussion.case, by)


@transaction.atomic
def hand_over(
    person: Person, *, to: Mapping[int, Person | None], because: str, actor: Person, on: date, by: By
) -> Handover:
    """Hand the cases of somebody to others; `to` says of each case (by its number) who, or None when it stays.

    Raises HandoverError (N-980) when a case is forgotten or does not belong to this person: nobody gets lost. What the
    person owns in an escalation, and their open tasks, go along.
    """
    held = list(CaseWorker.objects.select_for_update().filter(person=person, ends_on__isnull=True))
    if {item.case_id for item in held} != set(to):
        raise HandoverError(
            "A handover must say of every case where it goes.",
            where=f"{len(held)} cases are held, {len(to)} were named",
            now="Open the page of the handover again: a case began or ended meanwhile.",
        )
    moves = [(item, new) for item in held if (new := to[item.case_id]) is not None and new != person]
    handover = Handover.objects.create(
        person=person,
        by=actor,
        on=on,
        because=because,
        before=len(held),
        moved=len(moves),
        stayed=len(held) - len(moves),
        tasks=0,
    )
    for item, new in moves:
        handover.tasks += _move(item, new, handover)
    handover.save(update_fields=["tasks"])
    counts = {"before": handover.before, "moved": handover.moved}
    write("cases_handed_over", by=by, object=("person", person.key), object_name=person.name, details=counts)
    return handover


def _move(held: CaseWorker, new: Person, handover: Handover) -> int:
    """Give one case to somebody else, and return how many open tasks went along."""
    held.ends_on = max(handover.on, held.begins_on)
    held.save(update_fields=["ends_on"])
    already = CaseWorker.objects.filter(case=held.case_id, person=new, ends_on__isnull=True)
    if held.part == "first":
        already.update(ends_on=F("begins_on") if already.filter(begins_on__gt=handover.on).exists() else handover.on)
    if not already.exists():
        CaseWorker.objects.create(
            case_id=held.case_id, person=new, part=held.part, begins_on=held.ends_on, handover=handover
        )
    running = Escalation.objects.filter(case=held.case_id, ended_on__isnull=True)
    running.filter(case_owner=held.person_id).update(case_owner=new)
    running.filter(process_owner=held.person_id).update(process_owner=new)
    return Task.objects.filter(case=held.case_id, owner=held.person_id, done_at__isnull=True).update(owner=new)
