"""What changes here, and what is looked at: each act with its one line in the journal."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone

from noaber.web.access.models import Person
from noaber.web.journal.actions import By, forget, write
from noaber.web.journal.chain import Verdict
from noaber.web.journal.marks import mark
from noaber.web.journal.models import Entry
from noaber.web.journal.queries import doctor
from noaber.web.privacy.actions import Outcome, destroy, reseal
from noaber.web.privacy.retention import Due, due


@dataclass(frozen=True, slots=True)
class Cleared:
    """What one night destroyed: the batch under which the stubs stand, and how many rows went or were held."""

    batch: str
    destroyed: int
    held: int


def read_journal(*, limited_by: Sequence[str], by: By) -> None:
    """Record that somebody read the journal, and by what they limited it; not what they filled in."""
    write("journal_read", by=by, details={"limited_by": list(limited_by)})


def read_own_looks(subject: str, *, by: By) -> None:
    """Record that a resident read who looked into their own file."""
    write("own_looks_read", by=by, subject=subject)


def show_held(person: models.Model, *, by: By) -> None:
    """Record that somebody looked at all that is held on one person."""
    write("held_shown", by=by, **_about(person))


def look_for(found: int, *, by: By) -> None:
    """Record that somebody looked for whom a request for access is about; never by which words."""
    write("clients_searched", by=by, object_name="inwoners, voor een verzoek om inzage", details={"found": found})


def export_held(person: models.Model, *, by: By) -> None:
    """Record that somebody took along all that is held on one person."""
    write("held_exported", by=by, **_about(person))


def _about(person: models.Model) -> dict[str, object]:
    kind, key = person._meta.model_name, getattr(person, "key", person.pk)
    staff = isinstance(person, Person)
    return {
        "object": (kind, key),
        "object_name": person.name if staff else "een inwoner",
        "subject": "" if staff else key,
    }


def destroy_due(*, at: datetime, by: By) -> Cleared:
    """Destroy what is past its term, model by model; what something else leans on is held until that goes."""
    batch = secrets.token_hex(8)
    outcomes = [_destroy(past, batch, at) for past in due(timezone.localdate(at))]
    cleared = Cleared(batch, sum(item.destroyed for item in outcomes), sum(item.held for item in outcomes))
    write("destroyed", by=by, object=("batch", batch), details={"count": cleared.destroyed, "held": cleared.held})
    return cleared


def _destroy(past: Due, batch: str, at: datetime) -> Outcome:
    if past.declaration.model is not Entry:
        return destroy(past, batch=batch, at=at)
    with transaction.atomic():
        return Outcome(forget(timezone.make_aware(datetime.combine(past.before, datetime.min.time()))), 0)


def verify_journal(*, by: By) -> Verdict:
    """Follow the chain of the journal, record the outcome, and mark its head when all is well."""
    found = doctor()
    if not found.whole:
        write("journal_broken", by=by, result="refused", details={"number": found.broken_at or found.cut_at})
        return found
    entry = write("journal_whole", by=by, details={"checked": found.checked})
    mark(entry.number, entry.chain, at=by.at)
    return found


def renew_number_key(*, by: By) -> int:
    """Write all citizen numbers again under the newest key, and return how many were under an older one."""
    count = reseal()
    write("numbers_resealed", by=by, details={"count": count})
    return count


def system(at: datetime) -> By:
    """Return who acts when nobody does: the installation itself, at night."""
    return By(at=at, name="Noaber", role="systeem")
