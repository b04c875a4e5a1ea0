"""The story of a case in plain sentences, oldest below: made from dated facts, so that it cannot say something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Case, Document, Escalation, Finding, Note, PhaseChange


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the story; `note` and `document` when there is something to read or take along."""

    on: date
    words: str
    note: Note | None = None
    document: Document | None = None


def story(case: Case, parts: frozenset[str]) -> list[Line]:
    """Return what happened, newest first, as far as the parts of the case that somebody may see go."""
    lines = [Line(case.asked_on, _("De vraag kwam binnen."))]
    if "story" in parts:
        lines += [*_course(case), *_notes(case)]
    if "plan" in parts:
        lines += _plan(case)
    if "documents" in parts:
        lines += _documents(case)
    if "escalation" in parts:
        for escalation in case.escalations.all():
            lines += _escalated(escalation)
    return [line for _place, line in sorted(enumerate(lines), key=lambda item: (item[1].on, item[0]), reverse=True)]


def _course(case: Case) -> Iterator[Line]:
    if case.question and case.question.settled_at:
        on = timezone.localdate(case.question.settled_at)
        names = {"first": case.question.first_by, "second": case.question.second_by}
        yield Line(on, _("%(first)s en %(second)s keken beiden naar de vraag: basisondersteuning past.") % names)
    for item in case.workers.select_related("person"):
        told = {"who": item.person.name, "part": item.get_part_display()}
        yield Line(item.begins_on, _("%(who)s: %(part)s.") % told)
        if item.ends_on:
            yield Line(item.ends_on, _("%(who)s helpt niet meer mee.") % told)
    for scaling in case.scalings.all():
        told = {"level": scaling.get_level_display(), "because": scaling.because}
        yield Line(scaling.on, _("De hulp is nu %(level)s: %(because)s") % told)
    for talk in case.discussions.filter(outcome_at__isnull=False).select_related("meeting"):
        yield Line(talk.meeting.on, _("Besproken in het team. Uitkomst: %s") % talk.outcome)
    if case.ended_on:
        yield Line(case.ended_on, _("De ondersteuning is afgesloten: %s.") % case.get_end_reason_display())
    if case.looked_back_on:
        told = {"how": case.get_looked_back_display(), "words": case.look_back_words}
        yield Line(case.looked_back_on, _("Teruggekeken. %(how)s. %(words)s") % told)


def _notes(case: Case) -> Iterator[Line]:
    for note in case.notes.filter(final_at__isnull=False).select_related("author", "deleted_by"):
        yield Line(timezone.localdate(note.written_at), _("%s schreef:") % note.author.name, note=note)


def _plan(case: Case) -> Iterator[Line]:
    if case.plan_agreed_on:
        yield Line(case.plan_agreed_on, _("Samen eens over het plan."))
    for goal in case.goals.prefetch_related("steps"):
        yield Line(goal.set_on, _("Doel: %s") % goal.words)
        for step in goal.steps.all():
            if step.done_on:
                yield Line(step.done_on, _("Gedaan: %(words)s (%(who)s)") % {"words": step.words, "who": step.who})
        if goal.ended_on:
            told = {"words": goal.words, "outcome": goal.get_outcome_display()}
            yield Line(goal.ended_on, _("Doel %(outcome)s: %(words)s") % told)


def _documents(case: Case) -> Iterator[Line]:
    for document in case.documents.select_related("added_by", "deleted_by"):
        on = timezone.localdate(document.added_at)
        yield Line(on, _("%s voegde een document toe:") % document.added_by.name, document=document)


def _escalated(escalation: Escalation) -> Iterator[Line]:
    changes = list(escalation.changes.select_related("phase"))
    if changes:
        yield Line(changes[0].on, _("Opgeschaald naar %(phase)s: %(because)s") % _named(changes[0]))
    for before, change in pairwise(changes):
        words = _("Opnieuw bekeken, blijft %(phase)s: %(because)s")
        if change.phase.number > before.phase.number:
            words = _("Opgeschaald naar %(phase)s: %(because)s")
        elif change.phase.number < before.phase.number:
            words = _("Afgeschaald naar %(phase)s: %(because)s")
        yield Line(change.on, words % _named(change))
    for finding in escalation.findings.all():
        yield Line(finding.on, _finding(finding))
        if finding.solved_on:
            yield Line(finding.solved_on, _("Er is weer beweging: %s") % finding.words)
    if escalation.ended_on:
        yield Line(escalation.ended_on, _("De opschaling is voorbij."))


def _finding(finding: Finding) -> str:
    if finding.kind == "stuck":
        return _("Zit vast (%(reason)s): %(words)s") % {"reason": finding.get_reason_display(), "words": finding.words}
    if finding.kind == "dissent":
        return _("%(who)s ziet het anders: %(words)s") % {"who": finding.who or "–", "words": finding.words}
    return _("Geprobeerd: %s") % finding.words


def _named(change: PhaseChange) -> dict[str, str]:
    return {"phase": change.phase.name.lower(), "because": change.because}
