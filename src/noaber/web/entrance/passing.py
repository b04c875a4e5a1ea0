"""Passing on: which questions go where, what is still missing, what waits for whom, and what waits too long."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from noaber.rules import value
from noaber.terms import working_days_after
from noaber.web.access.models import Team
from noaber.web.access.permissions import Permission
from noaber.web.access.rights import Rights
from noaber.web.exchange.queries import Progress, progress_of
from noaber.web.exchange.workflow import State

from .models import Clarification, Contact, PassedOn, Question
from .models.passed import TO_MUNICIPALITY, TO_TEAM
from .words import OUTCOMES, RELATIONS, named

GOES_TO: Final = {"basic_support": TO_TEAM, "indicated_support": TO_MUNICIPALITY}
"""Who takes up a question with this outcome; every other outcome is the end of it."""
_OUTCOME_OF: Final = {to: outcome for outcome, to in GOES_TO.items()}
assert set(GOES_TO) <= {word.key for word in OUTCOMES}
HAND_OVER: Final = Permission.HANDLE_EXCHANGE


def told(question: Question) -> str:
    """Return the question in the resident's own words: as it was read back, or as it was asked; empty when not kept."""
    clarified = Clarification.objects.filter(question=question).first()
    return (clarified.said if clarified else "") or question.words


def missing(question: Question) -> list[str]:
    """Return what must be asked before a question can be passed on: "name" (and how to reach somebody), "words"."""
    whose = question.contact.whose
    lacks = [] if whose else ["name"]
    if not reach(question.contact):
        lacks.append("reach")
    if GOES_TO.get(question.outcome) == TO_TEAM and not told(question):
        lacks.append("words")
    return lacks


def reach(contact: Contact) -> str:
    """Return how to reach the resident, or who called for them and what that person is to them."""
    caller, whose = contact.caller, contact.whose
    own = " ".join(filter(None, (whose.phone, whose.mail))) if whose else ""
    if caller is None or whose is None or caller.itself == whose:
        return own
    asked = " ".join(filter(None, (caller.phone, caller.mail)))
    by = f"{caller.itself.name} ({named(RELATIONS, contact.relation).nl})" if contact.relation else caller.itself.name
    return ", ".join(filter(None, (own, f"{by}: {asked}" if asked else "")))


def waiting(to: str) -> QuerySet[PassedOn]:
    """Return what waits to be taken up, longest first; an outcome that was changed since no longer counts."""
    return _passed(to).filter(reference="", stays="").order_by("at", "pk")


def _passed(to: str) -> QuerySet[PassedOn]:
    found = PassedOn.objects.filter(to=to, question__outcome=_OUTCOME_OF[to])
    return found.select_related("question__contact__caller", "question__contact__about", "person", "taken_by")


def handovers_visible_to(rights: Rights) -> QuerySet[PassedOn]:
    """Return what goes to the municipality and this person may hand over: of the districts of their teams, or all."""
    if not rights.may(HAND_OVER):
        return PassedOn.objects.none()
    teams, found = rights.teams_for(HAND_OVER), _passed(TO_MUNICIPALITY).filter(stays="").order_by("at", "pk")
    if teams is None:
        return found
    districts = {
        code for codes in Team.objects.filter(pk__in=teams).values_list("districts", flat=True) for code in codes
    }
    return found.filter(Q(question__contact__district__in=districts) | Q(question__contact__district=""))


def open_ends(questions: QuerySet[Question]) -> QuerySet[Question]:
    """Return the questions of which the outcome asks somebody else, and that were not passed on yet."""
    found = Q(pk__in=[])
    for outcome, to in GOES_TO.items():
        done = PassedOn.objects.filter(question=OuterRef("pk"), to=to)
        found |= Q(outcome=outcome) & ~Q(Exists(done))
    return questions.filter(found).order_by("contact__at", "number")


def passed(question: Question) -> PassedOn | None:
    """Return where a question went to, by the outcome that it has now, or else where it was taken up; None: nowhere."""
    found = question.passed.select_related("person", "taken_by")
    to = GOES_TO.get(question.outcome)
    return found.filter(to=to).first() if to else found.exclude(reference="").last()


def due_on(item: PassedOn) -> date:
    """Return the last working day on which the next one should take it up."""
    since = timezone.localdate(item.at)
    return working_days_after(since, int(value("choice/passed_on_norm", since).number))


def oldest_in_time(on: date) -> date:
    """Return the first day on which a question can have come in that is not late on a day."""
    norm = int(value("choice/passed_on_norm", on).number)
    return next(
        day for back in count(1) if working_days_after(day := on - timedelta(days=back), norm) < on
    ) + timedelta(days=1)


def asks(item: PassedOn) -> bool:
    """Return whether a handover asks something of who hands over: to write it, to send the draft, or to mend a no."""
    return (
        item.waits or (now := progress(item)) is None or now.state in {State.DRAFTED, State.REJECTED, State.WITHDRAWN}
    )


def progress(item: PassedOn) -> Progress | None:
    """Return how far the handover of a question is at the municipality; None when there is none."""
    return progress_of(item.reference) if item.to == TO_MUNICIPALITY and item.reference else None


def late(item: PassedOn, on: date) -> bool:
    """Return whether it waits longer than was agreed."""
    return item.waits and due_on(item) < on
