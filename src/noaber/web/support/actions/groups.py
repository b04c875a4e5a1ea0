"""Groups: keeping them, their programme, who takes part, and who came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta

from django.db import transaction
from django.utils import timezone

from noaber.web.journal.actions import By, looked, write

from ..models import Attendance, Group, Participant, Session


@transaction.atomic
def keep_group(group: Group, *, by: By) -> Group:
    """Record a group, or what changed of it; when it is over, nobody takes part any more."""
    group.save()
    if group.ends_on and group.ends_on <= timezone.localdate(by.at):
        for participant in group.participants.filter(ends_on__isnull=True):
            participant.ends_on = max(group.ends_on, participant.begins_on)
            participant.save(update_fields=["ends_on"])
    _tell("group_kept", group, by)
    return group


def look_at_group(group: Group, *, by: By) -> None:
    """Record that somebody looked at a group, with who takes part in it by name."""
    looked(by=by, object=("group", group.pk), object_name=group.name)


@transaction.atomic
def add_participant(group: Group, *, name: str, reach: str, on: date, by: By) -> Participant:
    """Enrol somebody who wishes to be known by name."""
    participant = Participant.objects.create(group=group, name=name, reach=reach, begins_on=on)
    _tell("participant_added", group, by)
    return participant


@transaction.atomic
def end_participant(group: Group, participant: Participant, *, on: date, by: By) -> None:
    """Take somebody off the list."""
    participant.ends_on = max(on, participant.begins_on)
    participant.save(update_fields=["ends_on"])
    _tell("participant_ended", group, by)


@transaction.atomic
def plan_sessions(
    group: Group,
    *,
    on: date,
    begins: time | None,
    ends: time | None,
    programme: str,
    weekly_until: date | None,
    by: By,
) -> int:
    """Put a session on the programme, and each week until a day but where there is one already; return how many."""
    weeks = ((weekly_until or on) - on).days // 7
    days = [on + timedelta(weeks=number) for number in range(weeks + 1)]
    taken = set(Session.objects.filter(group=group, on__in=days).values_list("on", flat=True))
    planned = [
        Session(group=group, on=day, begins=begins, ends=ends, programme=programme, state="planned")
        for day in days
        if day not in taken
    ]
    Session.objects.bulk_create(planned)
    _tell("sessions_planned", group, by, count=len(planned))
    return len(planned)


@transaction.atomic
def change_session(
    group: Group, session: Session, *, on: date, begins: time | None, ends: time | None, programme: str, by: By
) -> None:
    """Change one session of the programme; one that was off is on again."""
    session.on, session.begins, session.ends, session.programme = on, begins, ends, programme
    session.state, session.because = "planned", ""
    session.save(update_fields=["on", "begins", "ends", "programme", "state", "because"])
    _tell("session_changed", group, by)


@transaction.atomic
def cancel_session(group: Group, session: Session, *, because: str, by: By) -> None:
    """Say that one session is off, and why; the others go on."""
    session.state, session.because = "cancelled", because
    session.save(update_fields=["state", "because"])
    _tell("session_cancelled", group, by)


@transaction.atomic
def record_session(
    group: Group, *, on: date, programme: str, unnamed: int, came: Iterable[Participant], by: By
) -> Session:
    """Record that a group met: who came by name, and how many came without; the same day again corrects it."""
    told = {"programme": programme, "unnamed": unnamed, "state": "met", "because": ""}
    session, _new = Session.objects.update_or_create(group=group, on=on, defaults=told)
    session.attendances.all().delete()
    Attendance.objects.bulk_create(Attendance(session=session, participant=item) for item in came)
    _tell("session_recorded", group, by)
    return session


def count(*, month: date, by: By) -> None:
    """Record that somebody downloaded the counts of a month."""
    write("support_counted", by=by, object=("month", month.isoformat()), object_name=f"{month:%m-%Y}")


def _tell(event: str, group: Group, by: By, **details: object) -> None:
    write(event, by=by, object=("group", group.pk), object_name=group.name, details=details)
