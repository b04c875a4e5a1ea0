"""Reading for the pages of this room: questions, waiting, load, the team, groups, and who must act in an escalation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from noaber.rules import value
from noaber.terms import Deadline, is_working_day
from noaber.web.access.models import Person, Team
from noaber.web.access.permissions import Permission
from noaber.web.access.presence import language
from noaber.web.access.roles import ROLES

from .clock import clock
from .models import (
    Case,
    CaseWorker,
    ContactPerson,
    Escalation,
    Expertise,
    Finding,
    Group,
    Handover,
    Leave,
    Meeting,
    PhaseChange,
    Question,
    Session,
    ShellMember,
    Task,
)
from .viewer import Viewer, may_know, named, stood_in_for, visible_to


def questions(viewer: Viewer) -> QuerySet[Question]:
    """Return the questions of one's teams, those that wait longest first; not those of a case that one may not know."""
    known = Q(case__isnull=True) | Q(case__in=Case.objects.filter(may_know(viewer)))
    found = Question.objects.filter(known, team__in=viewer.teams())
    return found.select_related("team", "taken_by", "first_by", "second_by", "settled_by").order_by("asked_on", "pk")


def to_judge(viewer: Viewer) -> QuerySet[Question]:
    """Return the questions that wait for the eyes of this person: as first, as second, or to settle together."""
    me = viewer.person
    first = Q(first_by__isnull=True)
    second = Q(first_by__isnull=False, second_by__isnull=True) & ~Q(first_by=me)
    together = Q(second_by__isnull=False) & (Q(first_by=me) | Q(second_by=me))
    return questions(viewer).filter(first | second | together, settled_by__isnull=True)


def waiting(viewer: Viewer) -> QuerySet[Case]:
    """Return the visible cases that wait for help to begin, longest first."""
    return visible_to(viewer).filter(started_on__isnull=True, ended_on__isnull=True).order_by("asked_on", "pk")


def waited(case: Case, on: date) -> int:
    """Return how many working days somebody has waited for help to begin."""
    ends = case.started_on or case.ended_on or on
    return sum(
        is_working_day(case.asked_on + timedelta(days=step)) for step in range(1, (ends - case.asked_on).days + 1)
    )


def waiting_norm(on: date) -> int:
    """Return within how many working days help should begin."""
    return int(value("choice/support_waiting_norm", on).number)


def people_of(team: Team, on: date) -> QuerySet[Person]:
    """Return who works in a team on a day, by a role for it or for the whole organisation."""
    roles = [role.key for role in ROLES.values() if Permission.WORK_IN_SUPPORT in role.permissions]
    return (
        Person.objects.filter(closed_at__isnull=True, organisation=team.organisation)
        .filter(
            Q(assignments__team=team) | Q(assignments__team__isnull=True),
            assignments__role__in=roles,
            assignments__begins_on__lte=on,
            assignments__ends_on__gte=on,
        )
        .distinct()
        .order_by("name")
    )


def shell_of(team: Team, on: date) -> QuerySet[ShellMember]:
    """Return who of the second shell is attached to a team on a day."""
    return team.shell.filter(begins_on__lte=on, ends_on__gte=on).select_related("person").order_by("person__name")


def owners_for(case: Case, on: date) -> QuerySet[Person]:
    """Return who can own an escalation of a case: the team and its second shell."""
    known = [
        *people_of(case.team, on).values_list("pk", flat=True),
        *shell_of(case.team, on).values_list("person", flat=True),
    ]
    return Person.objects.filter(pk__in=known).order_by("name")


@dataclass(frozen=True, slots=True)
class Load:
    """What one person in a team carries, and how it compares with the others: `share` of the heaviest, in percent."""

    person: Person
    first: int
    second: int
    intensive: int
    escalated: int
    share: int
    expertises: tuple[str, ...]
    leave: Leave | None


def load(team: Team, on: date) -> list[Load]:
    """Return the case load of a team: per person how many cases, how heavy, and who is away."""
    people = list(people_of(team, on))
    held = CaseWorker.objects.filter(person__in=people, ends_on__isnull=True, case__ended_on__isnull=True)
    held = held.filter(case__merged_into__isnull=True)
    counts = {
        row["person"]: row
        for row in held.values("person").annotate(
            first=Count("pk", filter=Q(part="first")),
            second=Count("pk", filter=Q(part="second")),
            intensive=Count("pk", filter=Q(part="first", case__level="intensive")),
        )
    }
    owned = Escalation.objects.filter(case_owner__in=people, ended_on__isnull=True)
    escalated = dict(owned.values_list("case_owner").annotate(Count("pk")))
    knows = Expertise.objects.filter(person__in=people, ends_on__isnull=True).order_by("words")
    away = {
        item.person_id: item
        for item in Leave.objects.filter(person__in=people, ends_on__gte=on)
        .order_by("-begins_on")
        .select_related("stand_in")
    }
    heaviest = max((row["first"] for row in counts.values()), default=0) or 1
    none = {"first": 0, "second": 0, "intensive": 0}
    return [
        Load(
            person=person,
            first=(row := counts.get(person.pk, none))["first"],
            second=row["second"],
            intensive=row["intensive"],
            escalated=escalated.get(person.pk, 0),
            share=round(100 * row["first"] / heaviest),
            expertises=tuple(item.words for item in knows if item.person_id == person.pk),
            leave=away.get(person.pk),
        )
        for person in people
    ]


def held_by(person: Person, viewer: Viewer) -> list[tuple[CaseWorker, Case]]:
    """Return what somebody carries now, each with its case as this viewer may name it."""
    held = CaseWorker.objects.filter(person=person, ends_on__isnull=True).order_by("pk")
    cases = {case.pk: case for case in named(Case.objects.filter(pk__in=held.values("case")), viewer)}
    return [(item, cases[item.case_id]) for item in held]


def handovers(team: Team, on: date) -> QuerySet[Handover]:
    """Return the handovers of people of a team, newest first."""
    return Handover.objects.filter(person__in=people_of(team, on)).select_related("person", "by").order_by("-on", "-pk")


def contact_persons(team: Team) -> QuerySet[ContactPerson]:
    """Return whom a team can call elsewhere."""
    return ContactPerson.objects.filter(Q(team=team) | Q(team__isnull=True), ends_on__isnull=True)


def meetings(team: Team) -> QuerySet[Meeting]:
    """Return the moments at which a team discusses cases, the next first."""
    return team.meetings.order_by("-on").annotate(items=Count("discussions"))


def groups(viewer: Viewer) -> QuerySet[Group]:
    """Return the groups of one's teams; the running ones first."""
    return Group.objects.filter(team__in=viewer.teams()).select_related("team").order_by("ends_on", "name")


@dataclass(frozen=True, slots=True)
class Running:
    """An escalation as it stands: its phase, its clock, what is stuck, and whether somebody must act by a day."""

    escalation: Escalation
    case: Case
    change: PhaseChange
    clock: Deadline | None
    stuck: tuple[Finding, ...]

    @property
    def due(self) -> date | None:
        """By when somebody must act; None without a clock, or as long as it stands still."""
        return self.clock.on if self.clock else None

    @property
    def paused(self) -> bool:
        """Whether the clock stands still."""
        return self.clock is not None and self.clock.on is None

    @property
    def argument(self) -> list[tuple[date, str]]:
        """How the day came to be, in the language of the reader."""
        return [(moment.on, moment.words(language())) for moment in self.clock.argument] if self.clock else []


def standing(escalation: Escalation, case: Case | None = None) -> Running:
    """Return how an escalation stands."""
    changes = list(escalation.changes.select_related("phase").all())
    stuck = tuple(escalation.findings.filter(kind="stuck", solved_on__isnull=True))
    now = clock(changes[-1], escalation.clock_changes.all())
    return Running(escalation, case or escalation.case, changes[-1], now, stuck)


def escalations(viewer: Viewer) -> list[Running]:
    """Return the running escalations that a person may know of, who must act soonest first."""
    known = Case.objects.filter(may_know(viewer), escalations__ended_on__isnull=True, escalations__isnull=False)
    cases = {case.pk: case for case in named(known, viewer)}  # merged ones too: a clock does not stop by merging
    found = Escalation.objects.filter(case__in=cases, ended_on__isnull=True)
    running = [standing(item, cases[item.case_id]) for item in found.select_related("case_owner", "process_owner")]
    return sorted(running, key=lambda item: (item.due is None, item.due or date.max, -item.change.phase.number))


def stuck_reasons(viewer: Viewer) -> list[tuple[str, int, int]]:
    """Return per reason how often something was stuck, and how often it still is, in the cases of one's teams.

    Restricted cases are counted too: a count names nobody.
    """
    found = Finding.objects.filter(kind="stuck", escalation__case__team__in=viewer.teams())
    rows = found.values("reason").annotate(all=Count("pk"), now=Count("pk", filter=Q(solved_on__isnull=True)))
    words = dict(Finding._meta.get_field("reason").flatchoices)
    return [(str(words[row["reason"]]), row["all"], row["now"]) for row in rows.order_by("-all", "reason")]


def open_tasks(viewer: Viewer) -> QuerySet[Task]:
    """Return the tasks that a person can finish: their own, and those of whom they stand in for."""
    whose = Q(owner=viewer.person) | Q(owner__in=stood_in_for(viewer).values("person"))
    return Task.objects.filter(whose, done_at__isnull=True).select_related("owner", "case")


@dataclass(frozen=True, slots=True)
class Listed:
    """A case in a list, with who helps and how long somebody has waited."""

    case: Case
    worker: str
    waited: int


def with_first_workers(cases: Iterable[Case], on: date) -> list[Listed]:
    """Return cases with the name of their first worker, in one question for all of them."""
    found = list(cases)
    held = CaseWorker.objects.filter(case__in=found, part="first", ends_on__isnull=True).select_related("person")
    names = {item.case_id: item.person.name for item in held}
    return [Listed(case, names.get(case.pk, ""), waited(case, on)) for case in found]


def meetings_for(viewer: Viewer) -> QuerySet[Meeting]:
    """Return the discussions that a person attends: of their teams, and of the teams they are attached to now."""
    attached = ShellMember.objects.filter(person=viewer.person, begins_on__lte=viewer.on, ends_on__gte=viewer.on)
    return Meeting.objects.filter(Q(team__in=viewer.teams()) | Q(team__in=attached.values("team"))).select_related(
        "team"
    )


def programme(group: Group, on: date) -> QuerySet[Session]:
    """Return what is to come of a group, also what is off, and what was planned and not recorded yet; by day."""
    return group.sessions.filter(Q(state="planned") | Q(state="cancelled", on__gte=on)).order_by("on")


def sessions(group: Group) -> QuerySet[Session]:
    """Return the sessions of a group that were held, newest first, each with how many came by name."""
    return group.sessions.filter(state="met").annotate(by_name=Count("attendances")).order_by("-on")


def to_record(viewer: Viewer) -> QuerySet[Session]:
    """Return the sessions that somebody led and of which nobody wrote down who came."""
    mine = Session.objects.filter(group__leader=viewer.person, group__team__in=viewer.teams(), state="planned")
    return mine.filter(on__lte=viewer.on).select_related("group").order_by("on")
