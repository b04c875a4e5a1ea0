"""What changes in this room; each act in one transaction with its one line in the journal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from noaber.web.access.models import Person
from noaber.web.journal.actions import By, write

from .borrowed import Fetched
from .folder import Arrival
from .models import BorrowedFigure, Question, Version


@transaction.atomic
def take(arrivals: Sequence[Arrival], *, taker: Person, at: datetime, by: By) -> list[Version]:
    """Take in published files as drafts and return them; what was taken in before stays as it is."""
    known = set(Version.objects.values_list("content_hash", flat=True))
    fresh = [_draft(arrival, taker, at) for arrival in arrivals if arrival.content_hash not in known]
    if fresh:
        Version.objects.bulk_create(fresh)
        write("figures_taken", by=by, details={"count": len(fresh), "figures": [item.name for item in fresh]})
    return fresh


@transaction.atomic
def approve(content_hashes: Collection[str], *, approver: Person, at: datetime, by: By) -> list[str]:
    """Approve drafts by the hashes of the content that was read, and return which; deciding twice changes nothing.

    The database refuses (IntegrityError) an approval by who took a draft in.
    """
    waiting = Version.objects.select_for_update().waiting().filter(content_hash__in=content_hashes)
    decided = sorted(waiting.values_list("name", flat=True))
    if decided:
        waiting.update(decision="approved", decided_hash=F("content_hash"), decided_by=approver, decided_at=at)
        write("figures_approved", by=by, details={"count": len(decided), "figures": decided})
    return decided


@transaction.atomic
def reject(content_hash: str, *, reason: str, rejecter: Person, at: datetime, by: By) -> bool:
    """Reject a draft with a reason for who took it in; return whether this decided it."""
    waiting = Version.objects.waiting().filter(content_hash=content_hash)
    title = waiting.values_list("title_nl", flat=True).first()
    decided = waiting.update(
        decision="rejected", decided_hash=F("content_hash"), decided_by=rejecter, decided_at=at, rejection=reason
    )
    if decided:
        write("figure_rejected", by=by, object=("version", content_hash[:16]), object_name=title or "")
    return bool(decided)


@transaction.atomic
def withdraw(content_hash: str, *, reason: str, withdrawer: Person, at: datetime, by: By) -> bool:
    """Take a version from the shelf with a reason that everyone can read; return whether this withdrew it."""
    shown = Version.objects.shown().filter(content_hash=content_hash)
    title = shown.values_list("title_nl", flat=True).first()
    done = shown.update(withdrawn_by=withdrawer, withdrawn_at=at, withdrawal=reason)
    if done:
        write("figure_withdrawn", by=by, object=("version", content_hash[:16]), object_name=title or "")
    return bool(done)


@transaction.atomic
def borrow(fetched: Sequence[Fetched], *, source: str, at: datetime, by: By) -> int:
    """Keep what another organisation makes public now, and let go what it no longer shows; return how many count."""
    hashes = {item.content_hash for item in fetched}
    BorrowedFigure.objects.filter(gone_at__isnull=True).exclude(content_hash__in=hashes).update(gone_at=at)
    for item in fetched:
        BorrowedFigure.objects.update_or_create(
            content_hash=item.content_hash,
            defaults={"source": source, "fetched_at": at, "gone_at": None},
            create_defaults={
                "content": item.content,
                "name": item.entry.name,
                "indicator": item.entry.indicator,
                "frequency": item.entry.frequency,
                "known_on": item.entry.known_on,
                "source": source,
                "fetched_at": at,
            },
        )
    write("figures_borrowed", by=by, object_name=source, details={"count": len(fetched)})
    return len(fetched)


def hand_out(version: Version, *, what: str, by: By) -> None:
    """Record that figures that are not public were downloaded."""
    write(
        "unpublished_downloaded",
        by=by,
        object=("version", version.short),
        object_name=version.title_nl,
        details={"what": what},
    )


@transaction.atomic
def ask(*, indicator: str, figure_title: str, text: str, asker: Person, at: datetime, by: By) -> Question:
    """Ask a question under a figure; the same question by the same person is one question."""
    question, fresh = Question.objects.get_or_create(
        indicator=indicator,
        text=text,
        asked_by=asker,
        outcome="",
        defaults={"asked_at": at, "figure_title": figure_title},
    )
    if fresh:
        write("question_asked", by=by, object=("question", question.pk), object_name=figure_title)
    return question


@transaction.atomic
def answer(question: Question, *, text: str, publish: bool, answerer: Person, at: datetime, by: By) -> bool:
    """Answer a question, which makes both public, or with `publish` false close it with a reason for the asker only.

    Returns whether this answered it; the database refuses (IntegrityError) an answer by the asker.
    """
    done = Question.objects.filter(pk=question.pk, outcome="").update(
        outcome="answered" if publish else "closed", answer=text, answered_by=answerer, answered_at=at
    )
    if done:
        event = "question_answered" if publish else "question_closed"
        write(event, by=by, object=("question", question.pk), object_name=question.figure_title)
    return bool(done)


def _draft(arrival: Arrival, taker: Person, at: datetime) -> Version:
    result = arrival.result
    return Version(
        content_hash=arrival.content_hash,
        content=arrival.content.decode(),
        name=arrival.name,
        indicator=result.indicator,
        frequency=result.frequency,
        title_nl=result.title.nl,
        title_en=result.title.en,
        definition_version=result.provenance.version,
        known_on=result.provenance.known_on,
        snapshot=result.provenance.snapshot,
        taken_by=taker,
        taken_at=at,
    )
