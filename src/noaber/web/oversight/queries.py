"""Reading for oversight: whom a request for access is about, and when the journal was last verified."""

from __future__ import annotations

from django.db.models import Count, Max, Min, QuerySet

from noaber.web.access.models import Person, Resident
from noaber.web.journal.models import Entry
from noaber.web.privacy.models import Destroyed
from noaber.web.privacy.numbers import blind


def resident_with(number: str) -> Resident | None:
    """Return the resident with a citizen number, or None."""
    return Resident.objects.filter(number_index__in=blind(number)).first()


def person_with(email: str) -> Person | None:
    """Return the member of staff with a mail address, or None."""
    return Person.objects.filter(email__iexact=email).first()


def last_verified() -> Entry | None:
    """Return the entry that says when the journal was last verified and how that went."""
    return Entry.objects.filter(event__in=("journal_whole", "journal_broken")).first()


def batches() -> QuerySet[Destroyed, dict[str, object]]:
    """Return what was destroyed, by batch, model and rule, newest first."""
    counted = Destroyed.objects.values("batch", "model", "rule", "source")
    return counted.annotate(at=Max("at"), count=Count("pk"), first=Min("pk")).order_by("-at", "model")
