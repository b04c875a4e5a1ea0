"""The team of these tests: who works where, and what they do without thinking.

Janna and Ruud work in Noord, Liesbeth leads it. Marijke works in Zuid. Nelis is of the municipality and attaches to
Noord. Otto manages. Gerrit has another role at the same partner; Hilda has none.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from cast import Cast, somebody
from noaber.web.access import actions as access
from noaber.web.access.models import Organisation, Team
from noaber.web.access.rights import rights_of
from noaber.web.support import actions
from noaber.web.support.models import Case, Member, Phase, Question
from noaber.web.support.viewer import Viewer

TODAY = date(2026, 11, 24)
ROLES = {
    "janna": ("partner", "support_worker", "noord"),
    "ruud": ("partner", "support_worker", "noord"),
    "liesbeth": ("partner", "support_lead", "noord"),
    "marijke": ("partner", "support_worker", "zuid"),
    "nelis": ("municipality", "second_shell", None),
    "otto": ("partner", "support_manager", None),
}


@dataclass(frozen=True)
class Crew:
    """Everyone, the teams, and what they do."""

    cast: Cast
    noord: Team
    zuid: Team
    on: date

    def __getattr__(self, name):
        return self.cast.people[name]

    def client(self, name):
        return self.cast.client(name)

    def at(self, days=0):
        return timezone.make_aware(datetime.combine(self.on - timedelta(days=days), datetime.min.time())) + timedelta(
            hours=9
        )

    def ago(self, days):
        return self.on - timedelta(days=days)

    def by(self, name="janna", days=0):
        person = self.cast.people[name]
        return replace(somebody(), at=self.at(days), actor=person.key, name=person.name)

    def viewer(self, name, on=None):
        on = on or self.on
        return Viewer(self.cast.people[name], rights_of(self.cast.people[name], on), on)

    def question(self, who="Familie Wolters", team=None, days=10, **more):
        asked = Question(
            team=team or self.noord,
            district=(team or self.noord).districts[0],
            own_words="Het lukt ons niet meer.",
            asked_on=self.ago(days),
            taken_by=self.janna,
            who=who,
            **more,
        )
        return actions.take_up(asked, by=self.by())

    def judge(self, question, name, outcome="support", words="Dit past."):
        return actions.judge(
            question, outcome=outcome, words=words, person=self.cast.people[name], at=self.at(), by=self.by(name)
        )

    def waiting(self, who="Familie Wolters", team=None, days=10, **more):
        """A case that waits for help to begin."""
        question = self.question(who, team, days, **more)
        self.judge(question, "janna")
        self.judge(question, "ruud")
        return Case.objects.get(question=question)

    def case(self, who="Familie Wolters", worker="janna", team=None, days=10, **more):
        """A case in which somebody helps."""
        waiting = self.waiting(who, team, days, **more)
        actions.start(waiting, worker=self.cast.people[worker], on=self.ago(days), by=self.by())
        waiting.refresh_from_db()
        return waiting

    def member(self, case, name, relation="child", **more):
        return actions.keep_member(Member(case=case, name=name, relation=relation, **more), by=self.by())

    def phase(self, number):
        return Phase.objects.get(number=number)

    def escalated(self, case, number=2, days=0, process_owner="liesbeth"):
        return actions.escalate(
            case,
            phase=self.phase(number),
            trigger="De verhuurder dreigt",
            case_owner=self.janna,
            process_owner=self.cast.people[process_owner],
            person=self.janna,
            on=self.ago(days),
            by=self.by(),
        )


@pytest.fixture
def team(cast):
    """The team, in an installation of the partner."""
    with override_settings(ROOT_URLCONF="noaber.web.site.urls_partner"):
        yield gather(cast)


def gather(cast):
    """Let everyone of the team come in, and give them their roles."""
    partner = Organisation.objects.get(kind="partner")
    teams = {
        name: Team.objects.create(organisation=partner, name=f"Wijkteam {name.capitalize()}", districts=[code])
        for name, code in {"noord": "WK990100", "zuid": "WK990101"}.items()
    }
    today = timezone.localdate()
    for name, (kind, role, where) in ROLES.items():
        person = access.add_person(
            email=f"{name}@noaberstad.example",
            name=name.capitalize(),
            organisation=Organisation.objects.get(kind=kind),
            at=timezone.now(),
            by=somebody(),
            password=f"het wachtwoord van {name}",
        )
        access.give_role(
            person,
            role=role,
            team=teams.get(where),
            begins_on=today - timedelta(days=300),
            ends_on=today + timedelta(days=300),
            reason="toneel",
            given_by=None,
            by=somebody(),
        )
        cast.people[name] = person
    return Crew(cast, teams["noord"], teams["zuid"], today)
