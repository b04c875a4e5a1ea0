"""What changes in this room; each act in one transaction with its one line in the journal."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from noaber.web.access.models import Person
from noaber.web.journal.actions import By, write

from .models import Moment


@transaction.atomic
def plan(*, on: date, kind: str, title: str, remark: str, planner: Person, by: By) -> Moment:
    """Put a moment in the plan; the same moment on the same day is one moment."""
    moment, fresh = Moment.objects.get_or_create(
        on=on, title=title, dropped_at=None, defaults={"kind": kind, "remark": remark, "planned_by": planner}
    )
    if fresh:
        write("moment_planned", by=by, object=("moment", moment.pk), object_name=title)
    return moment


@transaction.atomic
def drop(moment: Moment, *, at: datetime, by: By) -> bool:
    """Take a moment out of the plan; return whether this did it."""
    done = Moment.objects.filter(pk=moment.pk, dropped_at__isnull=True).update(dropped_at=at)
    if done:
        write("moment_dropped", by=by, object=("moment", moment.pk), object_name=moment.title)
    return bool(done)
