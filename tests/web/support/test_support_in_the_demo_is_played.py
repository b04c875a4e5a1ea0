"""The demo fills the room through the actions, a second time adds nothing, and every page shows what was played."""

import pytest

from noaber.web.journal.models import Entry
from noaber.web.journal.queries import doctor
from noaber.web.support.models import Case, Escalation
from noaber.web.support.play import play

pytestmark = pytest.mark.django_db

LISTS = (
    "",
    "vragen/",
    "vragen/nieuw/",
    "dossiers/",
    "dossiers/?welke=wachten",
    "dossiers/?welke=team",
    "dossiers/?welke=gesloten",
    "dossiers/?zoek=wolter",
    "opschaling/",
    "teams/",
    "groepen/",
    "groepen/nieuw/",
)


def played(team):
    people = {"support_worker": team.janna, "support_lead": team.liesbeth, "second_shell": team.nelis}
    names = {role: person.name.lower() for role, person in people.items()}
    return play(people, at=team.at(), by=lambda role: team.by(names[role]))


def test_the_demo_is_played_once_and_shown(team):
    assert played(team) == 3
    lines = Entry.objects.count()
    assert played(team) == Case.objects.count() == 3
    assert Entry.objects.count() == lines > 40
    assert Escalation.objects.get().changes.last().phase.number == 3
    assert doctor().whole
    client = team.client("liesbeth")
    for page in LISTS:
        assert client.get(f"/ondersteuning/{page}", follow=True).status_code == 200, page
    for case in Case.objects.all():
        assert client.get(f"/ondersteuning/dossiers/{case.key}/").status_code == 200
