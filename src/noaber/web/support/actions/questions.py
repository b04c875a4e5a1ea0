"""Taking up a question, and judging it with four eyes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from noaber.web.access.models import Person, Team
from noaber.web.entrance import passing, passing_actions
from noaber.web.entrance.models import PassedOn
from noaber.web.entrance.words import THEMES, named
from noaber.web.journal.actions import By, looked, write

from ..models import Case, Member, Question

SAID_AS = {
    "support": "basic_support",
    "local": "social_basis",
    "information": "information",
    "indicated": "indicated_support",
    "elsewhere": "elsewhere",
}
"""What the entrance calls each outcome of four eyes."""


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
def take_up_from_entrance(
    passed: PassedOn, *, team: Team, person: Person, at: datetime, by: By
) -> tuple[Question | None, bool]:
    """Take up what the entrance passed on, for a team; once, however often one clicks.

    The entrance then knows who took it up. Returns the question, and whether this took it up: when somebody was first
    it is theirs, and None when the entrance meanwhile kept it.
    """
    source = f"entrance:{passed.key}"
    if known := Question.objects.filter(source=source).first():
        return known, False
    asked, contact = passed.question, passed.question.contact
    whose = contact.whose
    assert whose is not None, "what is passed on has a name"
    question = Question(
        source=source,
        team=team,
        district=contact.district or (team.districts or [""])[0],
        asked_on=timezone.localdate(contact.at),
        taken_by=contact.worker or passed.person,
        who=whose.name,
        client=whose,
        resident=whose.resident,
        own_words=passing.told(asked),
        themes=named(THEMES, asked.theme).nl,
        reach=passing.reach(contact)[:200],
    )
    if not passing_actions.taken_up(passed, reference=question.key, person=person, at=at):
        return Question.objects.filter(source=source).first(), False
    return take_up(question, by=by), True


def look_at_arrivals(count: int, *, by: By) -> None:
    """Record that somebody looked at the list of what the entrance passed on."""
    looked(by=by, object=("question", "list"), object_name=f"{count} vragen van de wijkentree")


@transaction.atomic
def lay_back(question: Question, *, because: str, by: By) -> None:
    """Give a question back to the entrance, with the reason, as long as nobody judged it; there it waits again."""
    held = Question.objects.select_for_update().filter(pk=question.pk).first()
    if held is None or held.first_by_id or not held.from_entrance:
        return
    passing_actions.laid_back(held.key, because=because)
    _tell("question_laid_back", held, by)
    held.delete()


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
    _tell_entrance(question, person, at)
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
    _tell_entrance(question, person, at)
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
            case=case,
            name=question.who,
            relation="self",
            reach=question.reach,
            resident=question.resident,
            client=question.client,
        )


def _tell_entrance(question: Question, person: Person, at: datetime) -> None:
    """Let the entrance know what came of what it passed on, so that other help than ours goes on from there."""
    if question.from_entrance and question.outcome:
        passing_actions.judged(question.key, outcome=SAID_AS[question.outcome], person=person, at=at)


def _tell(event: str, question: Question, by: By) -> None:
    about = question.resident or question.client
    write(event, by=by, object=("question", question.key), subject=about.key if about else "")
