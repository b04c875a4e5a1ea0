"""Who attaches from the municipality reads of an agenda what names nobody, or was shared with them."""

from datetime import timedelta

import pytest

from noaber.web.access import actions as access
from noaber.web.support import actions
from noaber.web.support.models import Share
from noaber.web.support.today import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def agenda(team):
    """A meeting with a question about nobody, and one by name with consent."""
    actions.attach(
        team.noord,
        person=team.nelis,
        expertise="Wmo",
        moments="dinsdag",
        begins_on=team.ago(9),
        ends_on=team.on + timedelta(days=9),
        by=team.by("liesbeth"),
    )
    meeting = actions.plan_meeting(team.noord, on=team.on, place="De Kern", by=team.by())
    for who, question, consent in (
        ("Sanne Nijhof", "Wie kent een oppas?", "anonymous"),
        ("Familie Wolters", "Kan Rob Wolters naar schuldhulp?", "given"),
    ):
        actions.ask_discussion(
            team.case(who),
            meeting=meeting,
            question=question,
            consent=consent,
            consent_words="Rob, aan tafel" if consent == "given" else "",
            person=team.janna,
            by=team.by(),
        )
    return team, meeting


def read(team, meeting, name="nelis"):
    return team.client(name).get(f"/ondersteuning/overleg/{meeting.pk}/")


def test_a_question_by_name_is_read_only_once_the_case_was_shared(agenda):
    team, meeting = agenda
    page = read(team, meeting).content.decode()
    assert "Wie kent een oppas?" in page
    assert "Sanne" not in page
    assert "Wolters" not in page
    assert "Nog 1 vraag gaat over iemand van wie niets met u is gedeeld" in page
    case = meeting.discussions.get(consent="given").case
    shared = Share(
        case=case,
        person=team.nelis,
        parts=["plan"],
        purpose="Schuldhulp",
        consent="Rob",
        begins_on=team.on,
        ends_on=team.on,
        shared_by=team.janna,
    )
    actions.share(shared, by=team.by())
    assert "Kan Rob Wolters naar schuldhulp?" in read(team, meeting).content.decode()


def test_the_team_reads_everything(agenda):
    assert "Kan Rob Wolters" in read(*agenda, name="ruud").content.decode()


def test_the_day_of_the_second_shell_says_which_discussion_comes(agenda):
    team, meeting = agenda
    (line,) = today(team.viewer("nelis")).now
    assert line.address == f"/ondersteuning/overleg/{meeting.pk}/"
    assert line.what == "2 vragen op de agenda"


def test_an_ended_role_or_attachment_shuts_the_door(agenda):
    team, meeting = agenda
    access.end_role(team.nelis.assignments.get(), on=team.ago(1), by=team.by())
    assert read(team, meeting).status_code == 403
