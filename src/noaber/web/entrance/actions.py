"""What changes at the entrance; each act one transaction with its one line in the journal."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from noaber.web.access.models import Person
from noaber.web.journal.actions import By, write

from .heard import NOT_ASKED, Choice, Heard, Promise, Sampled, Who
from .hsds import Service
from .lines import subject_of as _subject_of
from .lines import tell as _tell
from .models import (
    Activity,
    Attachment,
    Attempt,
    CallBack,
    Clarification,
    Client,
    Contact,
    LongForm,
    Note,
    OpeningHour,
    Place,
    Provider,
    Question,
    SamplingPlan,
    SamplingRate,
    Session,
    Shift,
    Task,
    TriageAdvice,
)
from .passing_actions import pass_on_when_ready
from .sampling import Name, rates
from .search import searchable


def _key() -> str:
    return secrets.token_hex(8)


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
    pass_on_when_ready(question, person=worker, at=at)
    _tell("contact_registered", contact, by)
    return question


@transaction.atomic
def ask_also(contact: Contact, *, theme: str, outcome: str, at: datetime, by: By, words: str = "") -> Question:
    """Add a question to a contact that is still going on."""
    number = (contact.questions.aggregate(last=Max("number"))["last"] or 0) + 1
    question = _ask(contact, number, theme=theme, outcome=outcome, words=words, at=at)
    pass_on_when_ready(question, person=contact.worker, at=at)
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
    pass_on_when_ready(question, person=worker, at=at)
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
    pass_on_when_ready(question, person=person, at=at)
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
    pass_on_when_ready(question, person=person, at=at)
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
    held = {row.pk: row for row in Client.objects.select_for_update().filter(pk__in=[twin.pk, into.pk]).order_by("pk")}
    twin, into = held[twin.pk], held[into.pk]
    if twin.merged_into_id or into.merged_into_id:
        return  # somebody was first, perhaps from the other side: never in a circle
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
        subject=_subject_of(file.contact),
    )


@transaction.atomic
def keep_activity(service: Service, *, checked_until: date, by: By) -> Activity:
    """Put an activity on the map, or update it; it is then checked until a day."""
    kept = _keep_activity(service, checked_until)
    _tell_activity("activity_kept", kept, by)
    return kept


@transaction.atomic
def take_in_map(services: Sequence[Service], *, checked_until: date, by: By) -> int:
    """Take in a whole map; what says until when it was checked keeps that, the rest is checked until a day."""
    for service in services:
        _keep_activity(service, service.checked_until or checked_until)
    write("map_taken_in", by=by, object_name="de sociale kaart", details={"count": len(services)})
    return len(services)


def _keep_activity(service: Service, checked_until: date) -> Activity:
    provider, _new = Provider.objects.update_or_create(
        key=service.provider_key,
        defaults={
            "name": service.provider_name,
            "about": service.provider_about,
            "website": service.website,
            "mail": service.mail,
            "phone": service.phone,
        },
    )
    names = ("name", "about", "district", "address", "min_age", "max_age", "cost_cents", "cost_note", "free_places")
    told = {name: getattr(service, name) for name in (*names, "how_to_join")}
    told |= {"themes": list(service.themes), "accessibility": list(service.accessibility)}
    told |= {"provider": provider, "checked_until": checked_until, "hidden_at": None, "why_hidden": ""}
    kept, _new = Activity.objects.update_or_create(key=service.key, defaults=told)
    kept.sessions.all().delete()
    Session.objects.bulk_create(
        Session(activity=kept, weekday=part.weekday, begins=part.begins, ends=part.ends) for part in service.times
    )
    return kept


@transaction.atomic
def check_activity(activity: Activity, *, until: date, free_places: int | None, by: By) -> None:
    """Say that all is still as it stands there, until a day."""
    activity.checked_until, activity.free_places = until, free_places
    activity.hidden_at, activity.why_hidden = None, ""
    activity.save(update_fields=["checked_until", "free_places", "hidden_at", "why_hidden"])
    _tell_activity("activity_checked", activity, by)


@transaction.atomic
def hide_activity(activity: Activity, *, why: str, at: datetime, by: By) -> None:
    """Take an activity off the map, with the reason; it can come back."""
    activity.hidden_at, activity.why_hidden = at, why
    activity.save(update_fields=["hidden_at", "why_hidden"])
    _tell_activity("activity_hidden", activity, by)


def _tell_activity(event: str, activity: Activity, by: By) -> None:
    write(event, by=by, object=("activity", activity.key), object_name=activity.name)


@transaction.atomic
def keep_place(
    place: Place | None,
    *,
    name: str,
    address: str,
    district: str,
    about: str,
    opened_on: date,
    hours: Sequence[tuple[int, time, time]],
    by: By,
) -> Place:
    """Keep an opening place with its hours (weekday, from, until); None makes a new one."""
    kept = place or Place(key=_key())
    kept.name, kept.address, kept.district, kept.about, kept.opened_on = name, address, district, about, opened_on
    kept.save()
    kept.hours.all().delete()
    OpeningHour.objects.bulk_create(
        OpeningHour(place=kept, weekday=weekday, begins=begins, ends=ends) for weekday, begins, ends in hours
    )
    write("place_kept", by=by, object=("place", kept.key), object_name=name)
    return kept


@transaction.atomic
def close_place(place: Place, *, on: date, why: str, by: By) -> None:
    """Close a place after a day; it stays to be read, with the reason."""
    place.closed_on, place.why_closed = on, why
    place.save(update_fields=["closed_on", "why_closed"])
    write("place_closed", by=by, object=("place", place.key), object_name=place.name)


@transaction.atomic
def set_shifts(place: Place, *, person: Person, on: date, weekly_until: date | None, by: By) -> int:
    """Let somebody staff a place on a day, and each week until another, as long as it is open; return how many days."""
    weeks = ((weekly_until or on) - on).days // 7
    days = [on + timedelta(weeks=number) for number in range(weeks + 1)]
    days = [day for day in days if place.closed_on is None or day <= place.closed_on]
    for day in days:
        Shift.objects.get_or_create(place=place, person=person, on=day)
    told = f"{place.name} op {on:%d-%m-%Y}" + (f" en {len(days) - 1} weken daarna" if len(days) > 1 else "")
    write("shift_set", by=by, object=("place", place.key), object_name=told)
    return len(days)


@transaction.atomic
def end_shift(place: Place, *, person: Person, on: date, by: By) -> None:
    """Say that somebody no longer staffs a place on a day."""
    Shift.objects.filter(place=place, person=person, on=on).delete()
    write("shift_ended", by=by, object=("place", place.key), object_name=f"{place.name} op {on:%d-%m-%Y}")


@transaction.atomic
def promise_margin(
    *,
    expected: Mapping[Name, int],
    weeks: int,
    margin: float,
    per_district: bool,
    on: date,
    set_by: Person,
    by: By,
) -> SamplingPlan:
    """Promise to know shares within a margin; from now on the system asks as often as that needs, in each stratum."""
    SamplingPlan.objects.filter(ends_on__isnull=True).update(ends_on=on)
    plan = SamplingPlan.objects.create(
        begins_on=on, weeks=weeks, margin=margin, per_district=per_district, set_by=set_by
    )
    asked = rates(expected, margin=margin, confidence=plan.confidence, per_district=per_district)
    SamplingRate.objects.bulk_create(
        SamplingRate(plan=plan, district=name[0], channel=name[1], one_in=k, expected=expected[name])
        for name, k in asked.items()
    )
    write("sampling_set", by=by, object=("sample", plan.pk), details={"margin": margin, "weeks": weeks})
    return plan


@transaction.atomic
def end_sampling(plan: SamplingPlan, *, on: date, by: By) -> None:
    """Stop asking more; what was answered stays."""
    plan.ends_on = on
    plan.save(update_fields=["ends_on"])
    write("sampling_ended", by=by, object=("sample", plan.pk))


@transaction.atomic
def keep_long_form(
    contact: Contact,
    *,
    answers: Mapping[str, str],
    at: datetime,
    by: By,
    why_not: str = "",
    seconds: int | None = None,
) -> LongForm:
    """Keep the long form of a contact that the system chose, or why it could not be asked."""
    kept, _new = LongForm.objects.update_or_create(
        contact=contact,
        defaults={"answers": {} if why_not else dict(answers), "why_not": why_not, "seconds": seconds, "at": at},
    )
    write("long_form_kept", by=by, object=("contact", contact.key))
    return kept


@transaction.atomic
def take_counts(*, begins_on: date, ends_on: date, by: By) -> None:
    """Keep that the counts of a period were downloaded."""
    write("counts_taken", by=by, details={"from": begins_on.isoformat(), "until": ends_on.isoformat()})
