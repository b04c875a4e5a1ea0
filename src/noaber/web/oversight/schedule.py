"""What this room does at night, in the background."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from . import actions


@task()
def verify_journal() -> bool:
    """Follow the chain of the journal and mark its head; returns whether it is whole."""
    return actions.verify_journal(by=actions.system(timezone.now())).whole


@task()
def destroy_due() -> int:
    """Destroy what is past its term; returns how many rows went."""
    now = timezone.now()
    return actions.destroy_due(at=now, by=actions.system(now)).destroyed
