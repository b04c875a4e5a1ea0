"""Today: what needs somebody now, this week, and what was promised; one line each, with one thing to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from noaber.web.access.permissions import Permission

from . import queries
from .arrivals import arrivals
from .models import Case, Discussion, Note, Step, Task
from .viewer import Viewer, named, own, shown


@dataclass(frozen=True, slots=True)
class Line:
    """Who it is about (or "anoniem"), what, until when, and the one thing to do; `posts` when a button does it."""

    who: str
    what: str
    until: date | None
    address: str
    action: str
    posts: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """The three groups of the page."""

    now: tuple[Line, ...]
    week: tuple[Line, ...]
    promised: tuple[Line, ...]

    @property
    def calm(self) -> bool:
        """Whether nothing waits."""
        return not (self.now or self.week or self.promised)


def today(viewer: Viewer) -> Today:
    """Return the page of one worker."""
    sunday = viewer.on + timedelta(days=6 - viewer.on.weekday())
    tasks = list(_tasks(viewer))
    others = [
        *_arrivals(viewer),
        *_questions(viewer),
        *_clocks(viewer),
        *_waiting(viewer),
        *_own_cases(viewer),
        *_talks(viewer),
        *_attended(viewer),
        *_groups(viewer),
        *_drafts(viewer),
    ]
    dated = [line for task, line in tasks if not task.promised] + others
    dated.sort(key=lambda line: line.until or viewer.on)
    return Today(
        now=tuple(line for line in dated if (line.until or viewer.on) <= viewer.on),
        week=tuple(line for line in dated if viewer.on < (line.until or viewer.on) <= sunday),
        promised=tuple(line for task, line in tasks if task.promised),
    )


def _tasks(viewer: Viewer) -> Iterator[tuple[Task, Line]]:
    found = list(queries.open_tasks(viewer))
    cases = {case.pk: case for case in named(Case.objects.filter(tasks__in=found), viewer)}
    for task in found:
        who = shown(cases[task.case_id]) if task.case_id else _("anoniem")
        what = (
            task.words
            if task.owner == viewer.person
            else _("%(what)s (voor %(who)s)") % {"what": task.words, "who": task.owner}
        )
        yield task, Line(who, what, task.due_on, reverse("support:do_task", args=[task.pk]), _("Gedaan"), posts=True)


def _arrivals(viewer: Viewer) -> Iterator[Line]:
    for item in arrivals(viewer):
        what = _("Nieuw van de entree: %s") % Truncator(item.words).chars(80)
        if item.late:
            what = _("Wacht te lang op een team: %s") % Truncator(item.words).chars(80)
        yield Line(item.whose.name, what, item.until, reverse("support:new"), _("Opnemen"))


def _questions(viewer: Viewer) -> Iterator[Line]:
    for question in queries.to_judge(viewer):
        what = _("Nieuwe vraag: kijk als eerste mee")
        if question.differs:
            what = _("U verschilde van mening: besluit samen")
        elif question.first_by_id:
            what = _("Nieuwe vraag: kijk als tweede mee")
        address = reverse("support:question", args=[question.key])
        yield Line(question.who or _("anoniem"), what, viewer.on, address, _("Bekijken"))


def _clocks(viewer: Viewer) -> Iterator[Line]:
    for item in queries.escalations(viewer):
        if viewer.person in (item.escalation.case_owner, item.escalation.process_owner) and item.due:
            what = _("%s: u bent aan zet") % item.change.phase.name
            address = reverse("support:case", args=[item.case.key]) + "#opschaling"
            yield Line(shown(item.case), what, item.due, address, _("Bekijken"))


def _waiting(viewer: Viewer) -> Iterator[Line]:
    for case in queries.waiting(viewer).filter(team__in=viewer.teams(Permission.LEAD_SUPPORT)):
        days = queries.waited(case, viewer.on)
        what = _("Wacht %d werkdagen op een begeleider") % days
        address = reverse("support:case_act", args=[case.key, "beginnen"])
        yield Line(shown(case), what, viewer.on, address, _("Verdelen"))


def _own_cases(viewer: Viewer) -> Iterator[Line]:
    cases = own(viewer)
    for case in cases.filter(look_back_on__isnull=False, looked_back_on__isnull=True):
        address = reverse("support:case_act", args=[case.key, "terugkijken"])
        yield Line(shown(case), _("Samen terugkijken"), case.look_back_on, address, _("Terugkijken"))
    names = {case.pk: case for case in cases.filter(ended_on__isnull=True)}
    steps = Step.objects.filter(
        goal__case__in=names, done_on__isnull=True, by_on__isnull=False, goal__ended_on__isnull=True
    )
    for step in steps.select_related("goal"):
        case = names[step.goal.case_id]
        address = reverse("support:case_act_row", args=[case.key, "stap-gedaan", step.pk])
        yield Line(
            shown(case),
            _("Stap van %(who)s: %(what)s") % {"who": step.who, "what": step.words},
            step.by_on,
            address,
            _("Gedaan"),
            posts=True,
        )


def _talks(viewer: Viewer) -> Iterator[Line]:
    for talk in Discussion.objects.filter(asked_by=viewer.person, outcome_at__isnull=True).select_related("meeting"):
        address = reverse("support:meeting", args=[talk.meeting_id])
        yield Line(_("casusoverleg"), talk.question, talk.meeting.on, address, _("Agenda"))


def _attended(viewer: Viewer) -> Iterator[Line]:
    """The discussions that somebody of the second shell attends, each with how many questions wait there."""
    if viewer.teams().exists():
        return
    for meeting in queries.meetings_for(viewer).filter(on__gte=viewer.on).annotate(items=Count("discussions")):
        what = ngettext("%d vraag op de agenda", "%d vragen op de agenda", meeting.items) % meeting.items
        yield Line(meeting.team.name, what, meeting.on, reverse("support:meeting", args=[meeting.pk]), _("Agenda"))


def _groups(viewer: Viewer) -> Iterator[Line]:
    for session in queries.to_record(viewer):
        address = reverse("support:group_act_row", args=[session.group_id, "bijeenkomst", session.pk])
        yield Line(session.group.name, _("Vastleggen wie er waren"), session.on, address, _("Vastleggen"))


def _drafts(viewer: Viewer) -> Iterator[Line]:
    drafts = list(Note.objects.filter(author=viewer.person, final_at__isnull=True, deleted_at__isnull=True))
    cases = {case.pk: case for case in named(Case.objects.filter(notes__in=drafts), viewer)}
    tomorrow = viewer.on + timedelta(days=1)
    for note in drafts:
        case = cases[note.case_id]
        address = reverse("support:case_act_row", args=[case.key, "notitie", note.pk])
        yield Line(shown(case), _("Concept dat nog niet in het dossier staat"), tomorrow, address, _("Afmaken"))
