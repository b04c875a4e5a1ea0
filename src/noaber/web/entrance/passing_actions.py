"""What changes when a question is passed on: asking what is missing, passing on or not, taking up and laying back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from noaber.web.access.actions import resident_with
from noaber.web.access.models import Person
from noaber.web.exchange import actions as exchange
from noaber.web.exchange.models import Agreement, Message
from noaber.web.journal.actions import By, looked

from . import passing
from .lines import tell
from .models import Client, Contact, PassedOn, Question
from .search import searchable


def pass_on_when_ready(question: Question, *, person: Person | None, at: datetime) -> PassedOn | None:
    """Let a question wait for the next one when its outcome asks so and nothing is missing; a part of other acts."""
    to = passing.GOES_TO.get(question.outcome)
    if to is None or person is None or passing.missing(question):
        return None
    defaults = {"key": secrets.token_hex(8), "at": at, "person": person}
    made, _new = PassedOn.objects.select_for_update().get_or_create(question=question, to=to, defaults=defaults)
    if made.stays:
        made.stays, made.at, made.person = "", at, person
        made.save(update_fields=["stays", "at", "person"])
    return made


@transaction.atomic
def pass_on(
    question: Question, *, name: str, phone: str, mail: str, words: str, person: Person, at: datetime, by: By
) -> PassedOn | None:
    """Keep what was missing with the contact, and pass the question on; None when something is still missing."""
    contact = question.contact
    known = contact.whose
    if name and known is None:
        known = _get_to_know(contact, name, at)
    if known is not None:
        _keep_reach(known, phone, mail)
    if words and not passing.told(question):
        question.words = words
        question.save(update_fields=["words"])
    made = pass_on_when_ready(question, person=person, at=at)
    tell("question_passed_on", contact, by)
    return made


def _get_to_know(contact: Contact, name: str, at: datetime) -> Client:
    """Remember who was anonymous; somebody of whom only the caller has a name stays known by that."""
    known = Client.objects.create(
        key=secrets.token_hex(8), name=name, district=contact.district, added_at=at, last_here_at=at
    )
    contact.caller = known
    contact.save(update_fields=["caller"])
    return known


def _keep_reach(known: Client, phone: str, mail: str) -> None:
    known.phone, known.mail = phone or known.phone, mail or known.mail
    known.search = searchable(name=known.name, born_on=known.born_on, phone=known.phone, mail=known.mail)
    known.save(update_fields=["phone", "mail", "search"])


@transaction.atomic
def keep_here(question: Question, *, because: str, person: Person, at: datetime, by: By) -> PassedOn:
    """Say why a question is not passed on, such as a resident who gives no name; it then waits for nobody.

    What was taken up already stays taken up.
    """
    made, _new = PassedOn.objects.select_for_update().get_or_create(
        question=question,
        to=passing.GOES_TO[question.outcome],
        defaults={"key": secrets.token_hex(8), "at": at, "person": person, "stays": because},
    )
    if made.waits:
        made.stays, made.person, made.at = because, person, at
        made.save(update_fields=["stays", "person", "at"])
    tell("question_kept_here", question.contact, by)
    return made


def taken_up(passed: PassedOn, *, reference: str, person: Person, at: datetime) -> bool:
    """Keep what a question became where it was taken up, once; a part of the act there, which writes the line."""
    held = PassedOn.objects.select_for_update().get(pk=passed.pk)
    if not held.waits:
        return False
    held.reference, held.taken_by, held.taken_at = reference, person, at
    held.save(update_fields=["reference", "taken_by", "taken_at"])
    return True


def laid_back(reference: str, *, because: str) -> None:
    """Let a question wait again that was taken up as `reference`, with the reason; a part of the act there."""
    PassedOn.objects.filter(reference=reference).update(
        reference="", taken_by=None, taken_at=None, returned=because[:300]
    )


def judged(reference: str, *, outcome: str, person: Person, at: datetime) -> None:
    """Keep what a team made of a question it took up: other help than its own goes on from here; a part of the act."""
    passed = PassedOn.objects.filter(to=passing.TO_TEAM, reference=reference).select_related("question").first()
    if passed is None or passed.question.outcome == outcome:
        return
    passed.question.outcome, passed.question.answered_at = outcome, at
    passed.question.save(update_fields=["outcome", "answered_at"])
    pass_on_when_ready(passed.question, person=person, at=at)


@transaction.atomic
def hand_over(
    passed: PassedOn,
    *,
    agreement: Agreement,
    number: str,
    born_on: date,
    content: Mapping[str, str],
    person: Person,
    by: By,
) -> Message | None:
    """Write the handover of a question to the municipality as a draft; None when it was written already.

    After a rejection or withdrawal another can be written, which then is the one that counts.
    """
    held = PassedOn.objects.select_for_update().get(pk=passed.pk)
    if held.reference != passed.reference:
        return None
    message = exchange.draft_message(
        agreement=agreement, number=number, born_on=born_on, content=content, person=person, by=by
    )
    held.reference, held.taken_by, held.taken_at = message.key, person, by.at
    held.save(update_fields=["reference", "taken_by", "taken_at"])
    whose = held.question.contact.whose
    if whose is not None:
        whose.resident, whose.born_on = resident_with(number, at=by.at), whose.born_on or born_on
        whose.save(update_fields=["resident", "born_on"])
    return message


def look_at_handovers(count: int, *, by: By) -> None:
    """Record that somebody looked at the list of what goes to the municipality."""
    looked(by=by, object=("handover", "list"), object_name=f"{count} vragen voor de gemeente")
