"""Taking up a question, and judging it with four eyes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from noaber.web.access.models import Person
from noaber.web.journal.actions import By, write

from ..models import Case, Member, Question


@transaction.atomic
def take_up(question: Question, *, by: By) -> Question:
    """Take up a new question that may lead to support; from the same `source` (a contact) only once.

    `who` is empty when somebody asks without a name.
    """
    if question.source and (known := Question.objects.filter(source=question.source).first()):
        return known
    question.source = question.source or None
    question.save(force_insert=True)
    _tell("question_taken_up", question, by)
    return question


@transaction.atomic
def judge(question: Question, *, outcome: str, words: str, person: Person, at: datetime, by: By) -> Question:
    """Keep what a person makes of a question; when two agree, that is the outcome, and support can begin.

    Who judged before, or comes third, changes nothing: a double click decides once. The database refuses
    (IntegrityError) a second person who is the first.
    """
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.second_by_id or question.first_by_id == person.pk:
        return question
    place = "second" if question.first_by_id else "first"
    for name, value in {"by": person, "at": at, "outcome": outcome, "words": words}.items():
        setattr(question, f"{place}_{name}", value)
    if place == "second" and not question.differs:
        question.outcome, question.settled_by, question.settled_at = outcome, person, at
    question.save()
    _open_case(question)
    _tell("question_judged", question, by)
    return question


@transaction.atomic
def settle(question: Question, *, outcome: str, words: str, person: Person, at: datetime, by: By) -> Question:
    """Keep what two people who differed decided together; once."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.settled_by_id or not question.second_by_id:
        return question
    question.outcome, question.settled_words = outcome, words
    question.settled_by, question.settled_at = person, at
    question.save()
    _open_case(question)
    _tell("question_settled", question, by)
    return question


def _open_case(question: Question) -> None:
    """Let a case wait for support when that is the outcome; its journal line is that of the act that led to it."""
    if question.outcome != "support":
        return
    case = Case.objects.create(
        question=question,
        team=question.team,
        district=question.district,
        name=question.who or question.key[:6],
        asked_on=question.asked_on,
    )
    if question.who:
        Member.objects.create(
            case=case, name=question.who, relation="self", reach=question.reach, resident=question.resident
        )


def _tell(event: str, question: Question, by: By) -> None:
    about = question.resident.key if question.resident else ""
    write(event, by=by, object=("question", question.key), subject=about)
