"""Groups: keeping them, who takes part, and who came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from noaber.web.journal.actions import By, write

from ..models import Attendance, Group, Participant, Session


@transaction.atomic
def keep_group(group: Group, *, by: By) -> Group:
    """Record a group, or what changed of it."""
    group.save()
    _tell("group_kept", group, by)
    return group


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
def record_session(
    group: Group, *, on: date, programme: str, unnamed: int, came: Iterable[Participant], by: By
) -> Session:
    """Record that a group met: who came by name, and how many came without; the same day again corrects it."""
    session, _new = Session.objects.update_or_create(
        group=group, on=on, defaults={"programme": programme, "unnamed": unnamed}
    )
    session.attendances.all().delete()
    Attendance.objects.bulk_create(Attendance(session=session, participant=item) for item in came)
    _tell("session_recorded", group, by)
    return session


def count(*, month: date, by: By) -> None:
    """Record that somebody downloaded the counts of a month."""
    write("support_counted", by=by, object=("month", month.isoformat()), object_name=f"{month:%m-%Y}")


def _tell(event: str, group: Group, by: By) -> None:
    write(event, by=by, object=("group", group.pk), object_name=group.name)
