"""What changes at the entrance about residents and their questions; each act one transaction with its one line."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from noaber.web.access.models import Person
from noaber.web.journal.actions import By, write

from .models import (
    Attachment,
    Attempt,
    CallBack,
    Clarification,
    Client,
    Contact,
    Note,
    Place,
    Question,
    Task,
    TriageAdvice,
)
from .search import searchable


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """What somebody told of themselves: a resident who is known, or a name; nothing for who stays anonymous."""

    known: Client | None = None
    name: str = ""
    phone: str = ""
    mail: str = ""
    born_on: date | None = None

    @property
    def somebody(self) -> bool:
        """Whether there is anyone to remember."""
        return bool(self.known or self.name)


ANONYMOUS = Who()


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise to call back: which number, on which day, in which window, and who will."""

    phone: str
    on: date
    part: str
    owner: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was heard in a contact; an empty `outcome` is a question that still waits for an answer."""

    channel: str
    theme: str
    outcome: str
    district: str = ""
    words: str = ""
    place: Place | None = None
    caller: Who = ANONYMOUS
    about: Who = ANONYMOUS
    relation: str = ""
    answer_by: str = ""
    seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the tree advised along which path, and what a person chose; who differs says why."""

    tree: str
    path: Sequence[tuple[str, str]]
    advice: str
    advised: str
    decided: str
    because: str = ""
    disagrees: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """How the system drew: one in how many, and whether it chose this contact. None asked: one_in is None."""

    one_in: int | None = None
    chosen: bool = False


NOT_ASKED = Sampled()


def _key() -> str:
    return secrets.token_hex(8)


def subject_of(contact: Contact) -> str:
    """Return the key of the resident whom a contact is about, for the journal; empty when anonymous."""
    whose = contact.whose
    return whose.key if whose else ""


def _tell(event: str, contact: Contact, by: By, **details: Any) -> None:
    write(
        event,
        by=by,
        object=("contact", contact.key),
        object_name=f"contact van {contact.at:%d-%m-%Y}",
        subject=subject_of(contact),
        details=details,
    )


def _remember(who: Who, district: str, at: datetime) -> Client | None:
    """Return the resident of a contact: the known one, refreshed, or a new one; None when anonymous."""
    if not who.somebody:
        return None
    client = who.known.itself if who.known else Client(key=_key(), name=who.name, added_at=at)
    client.phone = who.phone or client.phone
    client.mail = who.mail or client.mail
    client.born_on = who.born_on or client.born_on
    client.district = district or client.district
    client.last_here_at = at
    client.search = searchable(name=client.name, born_on=client.born_on, phone=client.phone, mail=client.mail)
    client.save()
    return client


@transaction.atomic
def register(
    heard: Heard,
    *,
    at: datetime,
    by: By,
    worker: Person | None,
    promise: Promise | None = None,
    sampled: Sampled = NOT_ASKED,
    files: Sequence[tuple[str, str, bytes]] = (),
) -> Question:
    """Register a contact with its first question; `files` are (name, kind, content) that a resident sent along."""
    other = heard.about.somebody
    contact = Contact.objects.create(
        key=_key(),
        at=at,
        channel=heard.channel,
        district=heard.district,
        place=heard.place,
        worker=worker,
        caller=_remember(heard.caller, "" if other else heard.district, at),
        about=_remember(heard.about, heard.district, at),
        relation=heard.relation if other else "",
        answer_by=heard.answer_by,
        seconds=heard.seconds,
        one_in=sampled.one_in,
        sampled=sampled.chosen,
    )
    question = _ask(contact, 1, theme=heard.theme, outcome=heard.outcome, words=heard.words, at=at)
    if promise:
        _promise(contact, promise)
    for name, kind, content in files:
        Attachment.objects.create(key=_key(), contact=contact, name=name, kind=kind, content=content, added_at=at)
    _tell("contact_registered", contact, by)
    return question


@transaction.atomic
def ask_also(contact: Contact, *, theme: str, outcome: str, at: datetime, by: By, words: str = "") -> Question:
    """Add a question to a contact that is still going on."""
    number = (contact.questions.aggregate(last=Max("number"))["last"] or 0) + 1
    question = _ask(contact, number, theme=theme, outcome=outcome, words=words, at=at)
    _tell("question_added", contact, by)
    return question


def _ask(contact: Contact, number: int, *, theme: str, outcome: str, words: str, at: datetime) -> Question:
    return Question.objects.create(
        key=_key(),
        contact=contact,
        number=number,
        words=words,
        theme=theme,
        outcome=outcome,
        answered_at=at if outcome else None,
    )


@transaction.atomic
def answer(question: Question, *, outcome: str, at: datetime, by: By, worker: Person, words: str = "") -> None:
    """Answer a question that waited, or mend what was registered: what came of it, and what was said."""
    question.outcome, question.answer, question.answered_at = outcome, words, at
    question.save(update_fields=["outcome", "answer", "answered_at"])
    if question.contact.worker is None:
        question.contact.worker = worker
        question.contact.save(update_fields=["worker"])
    _tell("contact_answered", question.contact, by)


@transaction.atomic
def place_contact(contact: Contact, *, district: str, by: By) -> None:
    """Say in which district a contact belongs, such as one from the web without a postcode."""
    contact.district = district
    contact.save(update_fields=["district"])
    _tell("contact_placed", contact, by)


def _promise(contact: Contact, promise: Promise) -> CallBack:
    return CallBack.objects.create(
        key=_key(), contact=contact, phone=promise.phone, on=promise.on, part=promise.part, owner=promise.owner
    )


@transaction.atomic
def promise_call(contact: Contact, promise: Promise, *, by: By) -> CallBack:
    """Promise to call somebody back."""
    made = _promise(contact, promise)
    _tell("call_promised", contact, by)
    return made


@transaction.atomic
def try_call(call_back: CallBack, *, reached: bool, person: Person, at: datetime, by: By) -> None:
    """Keep that somebody tried to call back; reaching ends the promise."""
    Attempt.objects.create(call_back=call_back, at=at, person=person, reached=reached)
    if reached:
        call_back.ended_at, call_back.result = at, "reached"
        call_back.save(update_fields=["ended_at", "result"])
    _tell("call_tried", call_back.contact, by, reached="bereikt" if reached else "niet bereikt")


@transaction.atomic
def give_up_call(call_back: CallBack, *, at: datetime, by: By) -> None:
    """Stop trying to call somebody back."""
    call_back.ended_at, call_back.result = at, "given_up"
    call_back.save(update_fields=["ended_at", "result"])
    _tell("call_given_up", call_back.contact, by)


@transaction.atomic
def hand_over_call(call_back: CallBack, *, owner: Person, by: By) -> None:
    """Give a promise to call back to a colleague."""
    call_back.owner = owner
    call_back.save(update_fields=["owner"])
    _tell("call_handed_over", call_back.contact, by, owner=owner.name)


@transaction.atomic
def clarify(question: Question, *, told: Mapping[str, Any], person: Person, at: datetime, by: By) -> Clarification:
    """Keep what came out of a conversation; `told` has the fields of Clarification."""
    kept, _new = Clarification.objects.update_or_create(
        question=question, defaults={**told, "person": person, "at": at}
    )
    _tell("question_clarified", question.contact, by)
    return kept


@transaction.atomic
def decide(question: Question, choice: Choice, *, person: Person, at: datetime, by: By) -> TriageAdvice:
    """Decide after the advice of the tree; the database refuses (IntegrityError) to differ without a reason."""
    differs = choice.decided != choice.advised
    made = TriageAdvice.objects.create(
        question=question,
        at=at,
        person=person,
        tree=choice.tree,
        path=[list(step) for step in choice.path],
        advice=choice.advice,
        advised=choice.advised,
        decided=choice.decided,
        because=choice.because if differs else "",
        disagrees=choice.disagrees,
    )
    question.outcome, question.answered_at = choice.decided, at
    question.save(update_fields=["outcome", "answered_at"])
    _tell("triage_decided", question.contact, by, differs="anders dan" if differs else "volgens")
    return made


@transaction.atomic
def note(contact: Contact, *, text: str, draft: bool, writer: Person, at: datetime, by: By) -> Note:
    """Write a note about a contact, or a draft that only the writer sees."""
    kept = Note.objects.create(key=_key(), contact=contact, writer=writer, at=at, text=text, draft=draft)
    _tell("note_written", contact, by)
    return kept


@transaction.atomic
def finish_note(kept: Note, *, text: str, draft: bool, at: datetime, by: By) -> None:
    """Go on with a draft, or make it a note that colleagues see."""
    kept.text, kept.draft, kept.at = text, draft, at
    kept.save(update_fields=["text", "draft", "at"])
    _tell("note_written", kept.contact, by)


@transaction.atomic
def delete_note(kept: Note, *, why: str, person: Person, at: datetime, by: By) -> None:
    """Take away the text of a note; that it was there, who deleted it and why stays to be seen."""
    kept.text, kept.deleted_at, kept.deleted_by, kept.why_deleted = "", at, person, why
    kept.save(update_fields=["text", "deleted_at", "deleted_by", "why_deleted"])
    _tell("note_deleted", kept.contact, by)


@transaction.atomic
def agree_task(
    *, what: str, due_on: date, owner: Person, contact: Contact, promised: bool, at: datetime, by: By
) -> Task:
    """Agree who does what by when about a contact."""
    made = Task.objects.create(
        key=_key(),
        what=what,
        due_on=due_on,
        owner=owner,
        contact=contact,
        client=contact.whose,
        promised=promised,
        made_at=at,
    )
    _tell("task_agreed", contact, by)
    return made


@transaction.atomic
def finish_task(task: Task, *, at: datetime, by: By) -> None:
    """Say that a task is done."""
    task.done_at = at
    task.save(update_fields=["done_at"])
    write(
        "task_done",
        by=by,
        object=("task", task.key),
        object_name=f"taak voor {task.due_on:%d-%m-%Y}",
        subject=task.client.key if task.client else "",
    )


@transaction.atomic
def merge(twin: Client, *, into: Client, person: Person, at: datetime, by: By) -> None:
    """Say that two rows are one person: the first points to the second; nothing moves, and nothing is lost."""
    assert twin.pk != into.pk, "a row is not merged into itself"
    assert into.merged_into is None, "merge into the row that counts"
    twin.merged_into, twin.merged_at, twin.merged_by = into, at, person
    twin.save(update_fields=["merged_into", "merged_at", "merged_by"])
    write("client_merged", by=by, object=("client", twin.key), object_name="een dubbele inwoner", subject=into.key)


@transaction.atomic
def unmerge(twin: Client, *, by: By) -> None:
    """Take a merge back: both rows are as they were."""
    kept = twin.merged_into
    twin.merged_into = twin.merged_at = twin.merged_by = None
    twin.save(update_fields=["merged_into", "merged_at", "merged_by"])
    write(
        "client_unmerged",
        by=by,
        object=("client", twin.key),
        object_name="een dubbele inwoner",
        subject=kept.key if kept else "",
    )


@transaction.atomic
def look_at(contact: Contact, *, by: By) -> None:
    """Keep that somebody opened a contact."""
    _tell("contact_looked_at", contact, by)


@transaction.atomic
def look_at_client(client: Client, *, by: By) -> None:
    """Keep that somebody opened all contacts of a resident."""
    write(
        "looked", by=by, object=("client", client.key), object_name="de contacten van een inwoner", subject=client.key
    )


@transaction.atomic
def look_for(found: int, *, by: By) -> None:
    """Keep that somebody searched among residents; never for what."""
    write("clients_searched", by=by, object_name="inwoners bij de entree", details={"found": found})


@transaction.atomic
def take_attachment(file: Attachment, *, by: By) -> None:
    """Keep that somebody opened a file that a resident sent."""
    write(
        "downloaded",
        by=by,
        object=("attachment", file.key),
        object_name="een bijlage",
        subject=subject_of(file.contact),
    )
