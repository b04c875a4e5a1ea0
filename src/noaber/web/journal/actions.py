"""Writing the journal: the only way an entry comes to be. Called inside the transaction of the act itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal

from django.db import connection, transaction

from .chain import START, link
from .marks import marks
from .models import Entry
from .sentences import SENTENCES

_LOCK = 7_101_994
"""A number of our own for the PostgreSQL lock that keeps the chain a chain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who acts: the key and name of the account as they are now, role, purpose, organisation, origin and request."""

    at: datetime
    actor: str = ""
    name: str = ""
    role: str = ""
    purpose: str = ""
    organisation: str = ""
    origin: str = ""
    request: str = ""


def write(
    event: str,
    *,
    by: By,
    object: tuple[str, object] | None = None,  # noqa: A002  # the field's own word, in BIO2 as well
    object_name: str = "",
    subject: str = "",
    purpose: str = "",
    result: Literal["done", "refused"] = "done",
    details: Mapping[str, Any] = MappingProxyType({}),
) -> Entry:
    """Write one entry and tie it to the one before it; raises KeyError for an event without a sentence.

    `object` is (kind, key); `subject` is the key of the resident whom it is about; `purpose` is that of the permission
    unless told otherwise. The entry stands when the surrounding transaction does, and not otherwise.
    """
    assert event in SENTENCES, f"there is no sentence for {event}"
    entry = Entry(
        at=by.at,
        event=event,
        result=result,
        actor=by.actor,
        actor_name=by.name,
        actor_role=by.role,
        organisation=by.organisation,
        subject=subject,
        object=f"{object[0]}:{object[1]}" if object else "",
        object_name=object_name,
        purpose=purpose or by.purpose,
        origin=by.origin,
        request=by.request,
        details=dict(details),
    )
    with transaction.atomic():
        _queue_up()
        last = Entry.objects.order_by("-number").values_list("chain", flat=True).first()
        entry.chain = link(entry, last or START)
        entry.save(force_insert=True)
    return entry


def looked(
    *,
    by: By,
    object: tuple[str, object],  # noqa: A002
    object_name: str,
    subject: str = "",
    purpose: str = "",
) -> Entry:
    """Write that somebody looked at something about a person: a file, a letter, a list with names in it."""
    return write("looked", by=by, object=object, object_name=object_name, subject=subject, purpose=purpose)


def downloaded(
    *,
    by: By,
    object: tuple[str, object],  # noqa: A002
    object_name: str,
    subject: str = "",
    purpose: str = "",
) -> Entry:
    """Write that somebody took something along: a letter, an export, an attachment."""
    return write("downloaded", by=by, object=object, object_name=object_name, subject=subject, purpose=purpose)


def _queue_up() -> None:
    """Let one entry be written at a time; SQLite does so by itself, since a transaction that writes is alone."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def forget(before: datetime) -> int:
    """Destroy the entries before a moment, up to a mark so that the chain can still be followed; return how many.

    The database itself refuses (DatabaseError) to part with an entry that is younger than five years.
    """
    for number in sorted(marks(), reverse=True):
        old = Entry.objects.filter(number__lte=number)
        if old.exists() and not old.filter(at__gte=before).exists():
            return old.delete()[0]
    return 0
