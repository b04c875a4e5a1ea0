"""Reading the journal: by person, subject, event and period; what residents may see of it; and whether it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from .chain import Verdict, verify
from .marks import marks
from .models import Entry

PAGE = 50
LOOKS = ("looked", "downloaded", "spoke_for")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What somebody wants to see of the journal; what is empty limits nothing."""

    who: str = ""
    subject: str = ""
    event: str = ""
    begins_on: date | None = None
    ends_on: date | None = None

    @property
    def used(self) -> list[str]:
        """The names of what limits, without what was filled in."""
        return [name for name in ("who", "subject", "event", "begins_on", "ends_on") if getattr(self, name)]


def entries(by: Filter, *, below: int | None = None) -> QuerySet[Entry]:
    """Return the newest entries that match, at most one more than a page; `below` continues after a number."""
    found = Entry.objects.all()
    if by.who:
        found = found.filter(Q(actor=by.who) | Q(actor_name__icontains=by.who))
    if by.subject:
        found = found.filter(subject=by.subject)
    if by.event:
        found = found.filter(event=by.event)
    if by.begins_on:
        found = found.filter(at__gte=_midnight(by.begins_on))
    if by.ends_on:
        found = found.filter(at__lt=_midnight(by.ends_on + timedelta(days=1)))
    return (found.filter(number__lt=below) if below else found)[: PAGE + 1]


def looks_at(*subjects: str) -> QuerySet[Entry]:
    """Return who looked at or took along something about a person, newest first; the person's own visits left out.

    A person can have more keys than one: of the law, and of a desk that never asked for a number.
    """
    return Entry.objects.filter(subject__in=subjects, event__in=LOOKS).exclude(actor__in=subjects)


def doctor(*, together: int = 5000) -> Verdict:
    """Follow the whole chain, past every mark, `together` entries at a time, and say what was found."""
    return verify(Entry.objects.order_by("number").iterator(chunk_size=together), marks=marks())


def head() -> Entry | None:
    """Return the last entry of the chain."""
    return Entry.objects.first()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
