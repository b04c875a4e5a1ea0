"""What this room does in the background."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

from noaber.connections.exchange.sign import WINDOW_SECONDS

from .inbox.actions import forget_nonces
from .outbox.deliver import deliver
from .queries import waiting


def something_waits(now: datetime) -> bool:
    """Return whether there is something to say now."""
    return waiting(now).exists()


@task()
def deliver_waiting() -> int:
    """Say all that waits to the other side, and forget old nonces; returns how many things were said."""
    forget_nonces(timezone.now() - timedelta(seconds=3 * WINDOW_SECONDS))
    return deliver(now=timezone.now).said
