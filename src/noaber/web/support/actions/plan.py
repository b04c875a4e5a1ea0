"""The plan and the file: agreeing, goals, steps, notes with drafts, tasks and documents."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from noaber.web.access.models import Person
from noaber.web.journal.actions import By, write

from ..models import Case, Document, Goal, Note, Step, Task
from .written import tell


@transaction.atomic
def agree_plan(case: Case, *, words: str, agreed_on: date | None, by: By) -> None:
    """Keep what a person or family wants, in their own words, and when they agreed that it says so."""
    case.plan_words, case.plan_agreed_on = words, agreed_on
    case.save(update_fields=["plan_words", "plan_agreed_on"])
    tell("plan_agreed", case, by)


@transaction.atomic
def set_goal(case: Case, *, words: str, on: date, by: By) -> Goal:
    """Add a goal."""
    goal = Goal.objects.create(case=case, words=words, set_on=on)
    tell("goal_set", case, by)
    return goal


@transaction.atomic
def end_goal(case: Case, goal: Goal, *, outcome: str, words: str, on: date, by: By) -> None:
    """Close a goal: met, partly met or let go."""
    goal.outcome, goal.outcome_words, goal.ended_on = outcome, words, on
    goal.save(update_fields=["outcome", "outcome_words", "ended_on"])
    tell("goal_ended", case, by)


@transaction.atomic
def set_step(case: Case, goal: Goal, *, words: str, who: str, by_on: date | None, by: By) -> Step:
    """Agree a step towards a goal."""
    step = Step.objects.create(goal=goal, words=words, who=who, by_on=by_on)
    tell("step_set", case, by)
    return step


@transaction.atomic
def do_step(case: Case, step: Step, *, on: date, by: By) -> None:
    """Tick off a step."""
    step.done_on = step.done_on or on
    step.save(update_fields=["done_on"])
    tell("step_done", case, by)


@transaction.atomic
def write_note(case: Case, note: Note | None, *, words: str, draft: bool, author: Person, at: datetime, by: By) -> Note:
    """Write a note, or go on with one's own draft; once it is no draft it does not change."""
    note = note or Note(case=case, author=author)
    assert note.author_id == author.pk, "somebody else's draft"
    assert note.final_at is None, "what is part of the file does not change"
    note.words, note.written_at, note.final_at = words, at, None if draft else at
    note.save()
    tell("case_note_drafted" if draft else "case_note_kept", case, by)
    return note


@transaction.atomic
def delete_note(case: Case, note: Note, *, because: str, person: Person, at: datetime, by: By) -> None:
    """Take the words out of a note; that it was there, who took them out, when and why stays to be read."""
    note.words, note.deleted_at, note.deleted_by, note.deleted_because = "", at, person, because
    note.save(update_fields=["words", "deleted_at", "deleted_by", "deleted_because"])
    tell("case_note_deleted", case, by)


@transaction.atomic
def set_task(
    case: Case | None, *, owner: Person, words: str, due_on: date, promised: bool, at: datetime, by: By
) -> Task:
    """Note something that somebody will do, for a case or for nobody in particular."""
    task = Task.objects.create(case=case, owner=owner, words=words, due_on=due_on, promised=promised, added_at=at)
    details = {"who": owner.name}
    if case is None:
        write("case_task_set", by=by, object=("task", task.pk), details=details)
    else:
        tell("case_task_set", case, by, details)
    return task


@transaction.atomic
def do_task(task: Task, *, at: datetime, by: By) -> None:
    """Finish a task."""
    task.done_at = task.done_at or at
    task.save(update_fields=["done_at"])
    if task.case is None:
        write("case_task_done", by=by, object=("task", task.pk))
    else:
        tell("case_task_done", task.case, by)


@transaction.atomic
def add_document(
    case: Case, *, name: str, media_type: str, content: bytes, person: Person, at: datetime, by: By
) -> Document:
    """Add a document to the file."""
    document = Document.objects.create(
        case=case, name=name, media_type=media_type, size=len(content), content=content, added_at=at, added_by=person
    )
    tell("document_added", case, by)
    return document


@transaction.atomic
def delete_document(case: Case, document: Document, *, because: str, person: Person, at: datetime, by: By) -> None:
    """Take the content out of a document; that it was there stays to be read."""
    document.content, document.size = b"", 0
    document.deleted_at, document.deleted_by, document.deleted_because = at, person, because
    document.save(update_fields=["content", "size", "deleted_at", "deleted_by", "deleted_because"])
    tell("document_deleted", case, by)
