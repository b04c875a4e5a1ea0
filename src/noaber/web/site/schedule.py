"""What is done at night, by hand: each job once a day, from an hour on, by whoever works through the tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from noaber.web.exchange import schedule as exchange
from noaber.web.oversight import schedule as oversight
from noaber.web.published import schedule as published


@dataclass(frozen=True, slots=True)
class Nightly:
    """A task, and the hour from which it may run; once a day, and once when a day was missed."""

    task: Any
    from_hour: int


NIGHTLY: Final = (
    Nightly(oversight.verify_journal, 2),
    Nightly(oversight.destroy_due, 3),
    Nightly(published.borrow_figures, 4),
)
"""All jobs; each room adds its own."""


def enqueue_due(now: datetime) -> list[str]:
    """Put the jobs of today that were not put there yet in the queue, and what waits to be said; return their names."""
    here = timezone.localtime(now)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    put = []
    for job in NIGHTLY:
        done = DBTaskResult.objects.filter(task_path=job.task.module_path, enqueued_at__gte=midnight)
        if here.hour >= job.from_hour and not done.exists():
            job.task.enqueue()
            put.append(job.task.name)
    if exchange.something_waits(now):
        exchange.deliver_waiting.enqueue()
        put.append(exchange.deliver_waiting.name)
    return put
