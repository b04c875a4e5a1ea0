"""The demo of this room: made-up people ask, two colleagues look, a team helps; all through the actions.

Nobody here exists. The people who act are those of the demo, by their role.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from noaber.terms import working_days_after
from noaber.web.access import actions as access
from noaber.web.access.models import Person, Team
from noaber.web.entrance import passing
from noaber.web.entrance.models.passed import TO_TEAM
from noaber.web.journal.actions import By

from . import actions
from .models import Case, Group, Member, Phase, Question, Share

DISTRICTS: Final = ("WK990100", "WK990101", "WK990102")

_TEAM: Final = "Wijkteam Noord"

ASKED: Final = (
    # who, in own words, themes, days ago, what the first and the second person made of it
    (
        "Familie Wolters",
        "Het lukt ons niet meer met de rekeningen, en Timo gaat bijna niet naar school.",
        "geld, opgroeien",
        120,
        "support",
        "support",
    ),
    ("Mevrouw Kuipers", "Sinds mijn man er niet meer is, kom ik nergens meer.", "meedoen", 75, "support", "support"),
    (
        "Sanne en Bram Nijhof",
        "We slapen niet meer sinds de tweeling er is. Wie kijkt er met ons mee?",
        "opvoeden",
        40,
        "support",
        "support",
    ),
    (
        "Meneer Asbroek",
        "Mijn moeder vergeet steeds meer. Ik woon in Zwolle en kan er niet elke dag zijn.",
        "mantelzorg",
        17,
        "support",
        "indicated",
    ),
    ("", "Ik durf de post niet open te maken.", "geld", 3, "support", ""),
    ("Jolanda Wiggers", "Mijn zoon van negentien zit de hele dag op zijn kamer.", "opgroeien", 1, "", ""),
)


@dataclass(frozen=True, slots=True)
class _Scene:
    """Who acts, and what day it is."""

    people: Mapping[str, Person]
    at: datetime
    by: Callable[[str], By]

    def ago(self, days: int) -> datetime:
        """Return the moment some days ago."""
        return self.at - timedelta(days=days)

    def acts(self, role: str, days: int = 0) -> By:
        """Return who acts in a role, some days ago."""
        return replace(self.by(role), at=self.ago(days))


def play(people: Mapping[str, Person], *, at: datetime, by: Callable[[str], By]) -> int:
    """Fill the room with questions, cases, a group and an escalation; return how many cases there are.

    `people` holds a support_worker, a support_lead and somebody of the second_shell, by role. Twice adds nothing.
    """
    if Question.objects.exists():
        return Case.objects.count()
    scene = _Scene(people, at, by)
    organisation = people["support_worker"].organisation
    team = access.keep_team(
        Team.objects.filter(organisation=organisation, name=_TEAM).first(),
        organisation=organisation,
        name=_TEAM,
        districts=list(DISTRICTS),
        by=scene.acts("support_lead"),
    )
    _team(scene, team)
    cases = [case for number in range(len(ASKED)) if (case := _ask(scene, team, number))]
    _family(scene, cases[0])
    _widow(scene, cases[1])
    _parents(scene, cases[2])
    _groups(scene, team)
    arrived = _arrived(scene, team)
    return len(cases) + arrived


def _arrived(scene: _Scene, team: Team) -> int:
    """Take up the first that the entrance passed on and pay the first visit; others wait. Returns how many cases."""
    passed = passing.waiting(TO_TEAM).first()
    if passed is None:
        return 0
    lead, worker = scene.people["support_lead"], scene.people["support_worker"]
    question, _taken = actions.take_up_from_entrance(
        passed, team=team, person=lead, at=scene.ago(5), by=scene.acts("support_lead", 5)
    )
    assert question is not None, "the demo is played by one at a time"
    for role, days in (("support_worker", 5), ("support_lead", 4)):
        actions.judge(
            question,
            outcome="support",
            words="Eerst samen eten en kijken wie er in de buurt is.",
            person=scene.people[role],
            at=scene.ago(days),
            by=scene.acts(role, days),
        )
    case = Case.objects.get(question=question)
    _start(scene, case, 3)
    actions.write_note(
        case,
        None,
        words="Eerste bezoek, Els aan de telefoon erbij. Wim wil mee-eten, als iemand hem de eerste keer ophaalt.",
        draft=False,
        author=worker,
        at=scene.ago(2),
        by=scene.acts("support_worker", 2),
    )
    _meet_twice(scene, team)
    return 1


def _meet_twice(scene: _Scene, team: Team) -> None:
    """Somebody asked before under a name spelled otherwise: two questions that may be one household."""
    question = Question(
        team=team,
        district=DISTRICTS[0],
        own_words="Wie helpt mijn vader met koken?",
        asked_on=scene.ago(2).date(),
        taken_by=scene.people["support_lead"],
        who="W. Roelofs",
        reach="06 00 00 00 21",
    )
    actions.take_up(question, by=scene.acts("support_lead", 2))
    for role in ("support_worker", "support_lead"):
        actions.judge(
            question,
            outcome="support",
            words="Dit lijkt de vader van Els.",
            person=scene.people[role],
            at=scene.ago(1),
            by=scene.acts(role, 1),
        )


def _team(scene: _Scene, team: Team) -> None:
    worker, lead, shell = (scene.people[role] for role in ("support_worker", "support_lead", "second_shell"))
    by, today = scene.acts("support_lead"), scene.at.date()
    actions.keep_expertise(worker, words=["geld en schulden", "opvoeden"], on=today, by=by)
    actions.keep_expertise(lead, words=["mantelzorg"], on=today, by=by)
    actions.attach(
        team,
        person=shell,
        expertise="Wmo",
        moments="dinsdag van 9 tot 11 uur, in De Kern",
        begins_on=today - timedelta(days=60),
        ends_on=today + timedelta(days=300),
        by=by,
    )
    actions.keep_contact_person(
        team,
        organisation="Woningcorporatie Ons Erf",
        name="Hanneke Pol",
        about="huurschuld",
        reach="06 00 00 00 01",
        by=by,
    )
    begins_on = today + timedelta(days=30)
    actions.record_leave(worker, stand_in=lead, begins_on=begins_on, ends_on=begins_on + timedelta(days=14), by=by)


def _ask(scene: _Scene, team: Team, number: int) -> Case | None:
    who, words, themes, days, first, second = ASKED[number]
    question = Question(
        team=team,
        district=DISTRICTS[number % len(DISTRICTS)],
        own_words=words,
        asked_on=scene.ago(days).date(),
        taken_by=scene.people["support_lead"],
        who=who,
        themes=themes,
        reach="06 00 00 00 0" + str(number + 2) if who else "",
    )
    actions.take_up(question, by=scene.acts("support_lead", days))
    for role, outcome, later in (("support_worker", first, 0), ("support_lead", second, 1)):
        if outcome:
            moment = max(0, days - later)
            actions.judge(
                question,
                outcome=outcome,
                words="Dit kan dicht bij huis."
                if outcome == "support"
                else "Hier is vast meer nodig dan wij kunnen geven.",
                person=scene.people[role],
                at=scene.ago(moment),
                by=scene.acts(role, moment),
            )
    return Case.objects.filter(question=question).first()


def _start(scene: _Scene, case: Case, days: int) -> Person:
    worker = scene.people["support_worker"]
    actions.start(case, worker=worker, on=scene.ago(days).date(), by=scene.acts("support_lead", days))
    case.refresh_from_db()
    return worker


def _member(scene: _Scene, case: Case, name: str, relation: str, birth_year: int | None = None, **more: object) -> None:
    member = Member(case=case, name=name, relation=relation, birth_year=birth_year, **more)
    actions.keep_member(member, by=scene.acts("support_worker"))


def _family(scene: _Scene, case: Case) -> None:
    """A family with more and more on its plate, scaled up to phase 3, with the second shell at the table."""
    worker, by = _start(scene, case, 112), scene.acts("support_worker")
    first = case.members.get()
    first.name, first.birth_year = "Anja Wolters", 1984
    actions.keep_member(first, by=by)
    _member(scene, case, "Rob Wolters", "partner", 1982)
    _member(scene, case, "Timo", "child", 2011)
    _member(scene, case, "Noor", "child", 2007)
    _member(scene, case, "Oma Riet", "family", household=False, tie="strong")
    _member(scene, case, "Juf Els", "professional", household=False, tie="plain")
    _member(scene, case, "Buurman Henk", "neighbour", household=False, tie="strained")
    actions.agree_plan(
        case,
        words="Wij willen weer rust in huis. De rekeningen op orde, en Timo weer naar school.",
        agreed_on=scene.ago(105).date(),
        by=by,
    )
    money = actions.set_goal(case, words="Weten wat er binnenkomt en wat eruit gaat", on=scene.ago(105).date(), by=by)
    school = actions.set_goal(case, words="Timo gaat drie dagen per week naar school", on=scene.ago(105).date(), by=by)
    step = actions.set_step(case, money, words="Alle post in één doos", who="Anja", by_on=scene.ago(98).date(), by=by)
    actions.do_step(case, step, on=scene.ago(99).date(), by=by)
    actions.set_step(
        case, money, words="Naar het spreekuur schulden", who="Rob", by_on=(scene.at + timedelta(days=2)).date(), by=by
    )
    actions.set_step(case, school, words="Gesprek met juf Els", who=worker.name, by_on=scene.at.date(), by=by)
    for days, words in (
        (100, "Eerste bezoek. Anja vertelt, Rob luistert. Ze willen niet nog een loket."),
        (60, "Timo was deze week één dag op school. Hij zegt dat hij er niemand kent."),
        (14, "De verhuurder dreigt met een rechter. Rob wil nu wel hulp bij de schulden."),
    ):
        actions.write_note(
            case,
            None,
            words=words,
            draft=False,
            author=worker,
            at=scene.ago(days),
            by=scene.acts("support_worker", days),
        )
    actions.set_task(
        case,
        owner=worker,
        words="Rob terugbellen over de verhuurder",
        due_on=scene.at.date(),
        promised=True,
        at=scene.ago(1),
        by=by,
    )
    actions.scale(
        case, level="intensive", because="Er dreigt een ontruiming.", person=worker, on=scene.ago(14).date(), by=by
    )
    _escalate(scene, case)


def _escalate(scene: _Scene, case: Case) -> None:
    worker, lead, shell = (scene.people[role] for role in ("support_worker", "support_lead", "second_shell"))
    by, phases = scene.acts("support_worker"), {phase.number: phase for phase in Phase.objects.all()}
    shared = Share(
        case=case,
        person=shell,
        parts=["plan", "escalation"],
        purpose="Samen bepalen wat nodig is om een ontruiming te voorkomen",
        consent="Anja en Rob, samen, tijdens het bezoek",
        begins_on=scene.ago(12).date(),
        ends_on=(scene.at + timedelta(days=80)).date(),
        shared_by=worker,
    )
    actions.share(shared, by=by)
    escalation = actions.escalate(
        case,
        phase=phases[2],
        trigger="De verhuurder vraagt een ontruiming aan",
        case_owner=worker,
        process_owner=lead,
        person=worker,
        on=scene.ago(13).date(),
        by=by,
    )
    actions.take_seat(
        escalation, name="Hanneke Pol", organisation="Woningcorporatie Ons Erf", on=scene.ago(12).date(), by=by
    )
    actions.record_finding(
        escalation,
        kind="tried",
        words="Betalingsregeling voorgesteld; de verhuurder wil eerst zekerheid.",
        person=worker,
        on=scene.ago(9).date(),
        by=by,
    )
    actions.record_finding(
        escalation,
        kind="stuck",
        reason="waiting",
        words="Schuldhulp heeft pas over drie weken plaats.",
        person=worker,
        on=scene.ago(8).date(),
        by=by,
    )
    actions.change_phase(
        escalation,
        phase=phases[3],
        because="Geld, wonen en school hangen nu samen.",
        dissent="Te vroeg; eerst de betalingsregeling afwachten.",
        dissent_who="Hanneke Pol",
        person=lead,
        on=scene.ago(8).date(),
        by=scene.acts("support_lead", 8),
    )
    actions.name_owners(escalation, case_owner=worker, process_owner=shell, by=scene.acts("support_lead", 8))


def _widow(scene: _Scene, case: Case) -> None:
    """Somebody for whom a little was enough: ended, and soon looked back on."""
    _start(scene, case, 70)
    by = scene.acts("support_worker")
    actions.agree_plan(case, words="Ik wil weer iemand zien op een dag.", agreed_on=scene.ago(68).date(), by=by)
    goal = actions.set_goal(case, words="Elke week naar de eettafel", on=scene.ago(68).date(), by=by)
    actions.end_goal(case, goal, outcome="met", words="Ik help nu mee in de keuken.", on=scene.ago(20).date(), by=by)
    actions.end(
        case,
        reason="local",
        words="Verder met de eettafel en de buren.",
        on=scene.ago(20).date(),
        by=scene.acts("support_worker", 20),
    )


def _parents(scene: _Scene, case: Case) -> None:
    """Young parents with a plan in the making: a draft, and a question for the team."""
    worker, by = _start(scene, case, 33), scene.acts("support_worker")
    _member(scene, case, "Bram Nijhof", "partner", 1994)
    actions.write_note(
        case, None, words="Bram belde: de eerste nacht van vijf uur.", draft=True, author=worker, at=scene.ago(1), by=by
    )
    meeting = actions.plan_meeting(
        case.team, on=working_days_after(scene.at.date(), 2), place="De Kern", by=scene.acts("support_lead")
    )
    actions.ask_discussion(
        case,
        meeting=meeting,
        question="Wie kent een oppascentrale waar het lukt met een tweeling?",
        consent="anonymous",
        consent_words="",
        person=worker,
        by=by,
    )


def _groups(scene: _Scene, team: Team) -> None:
    group = Group(
        team=team,
        name="Eettafel Noord",
        district=DISTRICTS[0],
        programme="Samen koken en eten. Iedereen kan binnenlopen.",
        moment="elke donderdag om 17 uur",
        place="Buurthuis De Kern",
        begins_on=scene.ago(200).date(),
        leader=scene.people["support_worker"],
    )
    by = scene.acts("support_worker")
    actions.keep_group(group, by=by)
    known = [
        actions.add_participant(group, name=name, reach="", on=scene.ago(90).date(), by=by)
        for name in ("Mevrouw Kuipers", "Gerard Ooink")
    ]
    today = scene.at.date()
    last = today - timedelta(days=(today.weekday() - 3) % 7 or 7)  # the Thursday before today
    for weeks, unnamed in ((1, 9), (2, 11), (3, 8)):
        actions.record_session(
            group,
            on=last - timedelta(weeks=weeks),
            programme="Stamppot",
            unnamed=unnamed,
            came=known[: weeks % 2 + 1],
            by=by,
        )
    actions.plan_sessions(
        group,
        on=last,
        begins=time(17),
        ends=time(19),
        programme="Samen koken en eten",
        weekly_until=last + timedelta(weeks=6),
        by=by,
    )
    fourth = group.sessions.get(on=last + timedelta(weeks=4))
    actions.cancel_session(group, fourth, because="De keuken van De Kern wordt geverfd.", by=by)
