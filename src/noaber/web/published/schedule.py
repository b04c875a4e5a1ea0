"""What this room does at night, in the background."""

from __future__ import annotations

import structlog
from django.conf import settings
from django.utils import timezone
from django_tasks import task

from noaber.connections.figures import source
from noaber.records import NoaberError
from noaber.web.journal.actions import By

from . import actions, borrowed

log = structlog.get_logger(__name__)


def address() -> str:
    """Return where the other organisation makes its figures public; empty for the municipality, which has its own."""
    here = settings.NOABER
    if here.role != "partner" or not here.peers:
        return ""
    return f"{here.peers[0].address.rstrip('/')}/cijfers/open"


@task()
def borrow_figures() -> int:
    """Fetch what the municipality makes public now; returns how many figures count. What fails is tried again."""
    if not address():
        return 0
    now = timezone.now()
    try:
        place = source(address())
        by = By(at=now, name="Noaber", role="systeem")
        return actions.borrow(borrowed.fetch(place), source=place.name, at=now, by=by)
    except NoaberError as error:
        log.warning("public figures did not come", code=error.code, where=error.where)
        return 0
