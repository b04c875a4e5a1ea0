"""A group has a programme: planned once or each week, one time moved or called off, and then who came."""

from datetime import date, time, timedelta

import pytest

from noaber.web.journal.models import Entry
from noaber.web.support import actions
from noaber.web.support.counts import counts
from noaber.web.support.models import Group, Session
from noaber.web.support.today import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(team):
    """A meal that Janna leads each week, from last Thursday."""
    group = Group(
        team=team.noord,
        leader=team.janna,
        name="Eettafel",
        district="WK990100",
        moment="do",
        place="De Kern",
        begins_on=team.ago(100),
    )
    return actions.keep_group(group, by=team.by())


def plan(team, group, **told):
    client = team.client("janna")
    return client.post(f"/ondersteuning/groepen/{group.pk}/plannen/", {"begins": "17:00", "ends": "19:00"} | told)


def days(group, **which):
    return list(group.sessions.filter(**which).order_by("on").values_list("on", flat=True))


def test_each_week_until_a_day_in_one_go(team, table):
    first = team.on + timedelta(days=2)
    answer = plan(team, table, on=first, weekly_until=first + timedelta(weeks=3, days=2))
    assert answer.status_code == 302
    assert days(table, state="planned") == [first + timedelta(weeks=number) for number in range(4)]
    assert Entry.objects.filter(event="sessions_planned").count() == 1, "one act, one line"


def test_planning_again_doubles_nothing(team, table):
    first = team.on + timedelta(days=2)
    for _ in range(2):
        plan(team, table, on=first, weekly_until=first + timedelta(weeks=2))
    assert len(days(table)) == 3
    assert plan(team, table, on=first).status_code == 422, "one day has one session"


def test_a_programme_runs_forwards_and_not_for_ever(team, table):
    assert plan(team, table, on=team.on, weekly_until=team.ago(7)).status_code == 422
    assert plan(team, table, on=team.on, weekly_until=team.on + timedelta(days=400)).status_code == 422
    assert plan(team, table, on=team.on, begins="19:00", ends="17:00").status_code == 422


def test_one_time_is_moved_and_one_is_off_and_the_others_stay(team, table):
    first = team.on + timedelta(days=2)
    plan(team, table, on=first, weekly_until=first + timedelta(weeks=3))
    one, two = table.sessions.order_by("on")[:2]
    client, base = team.client("janna"), f"/ondersteuning/groepen/{table.pk}"
    client.post(f"{base}/verzetten/{one.pk}/", {"on": first + timedelta(days=1), "begins": "12:00", "ends": "14:00"})
    client.post(f"{base}/afzeggen/{two.pk}/", {"because": "De keuken is dicht"})
    assert days(table, state="planned") == [first + timedelta(days=number) for number in (1, 14, 21)]
    page = client.get(f"{base}/").content.decode()
    assert "12:00–14:00" in page
    assert "gaat niet door" in page
    assert "De keuken is dicht" in page
    client.post(f"{base}/verzetten/{two.pk}/", {"on": two.on, "begins": "17:00", "ends": "19:00"})
    assert Session.objects.get(pk=two.pk).state == "planned", "it goes on after all"
    clash = client.post(f"{base}/verzetten/{two.pk}/", {"on": first + timedelta(weeks=2)})
    assert clash.status_code == 422


def test_afterwards_who_came_by_name_and_how_many_without(team, table):
    gerard = actions.add_participant(table, name="Gerard", reach="", on=team.ago(50), by=team.by())
    actions.plan_sessions(
        table, on=team.ago(5), begins=time(17), ends=None, programme="Stamppot", weekly_until=None, by=team.by()
    )
    session = table.sessions.get()
    lines = today(team.viewer("janna")).now
    assert [(line.who, str(line.what)) for line in lines] == [("Eettafel", "Vastleggen wie er waren")]
    assert not today(team.viewer("ruud")).now, "who leads it writes it down"
    told = {"on": session.on, "programme": "Stamppot", "came": [gerard.pk], "unnamed": 7}
    team.client("janna").post(f"/ondersteuning/groepen/{table.pk}/bijeenkomst/{session.pk}/", told)
    session.refresh_from_db()
    assert (session.state, session.unnamed, session.attendances.count()) == ("met", 7, 1)
    assert not today(team.viewer("janna")).now


def test_what_is_only_planned_counts_nobody(team, table):
    month = date(2026, 6, 1)
    actions.record_session(table, on=date(2026, 6, 4), programme="", unnamed=6, came=[], by=team.by())
    Group.objects.filter(pk=table.pk).update(begins_on=date(2026, 6, 1))
    Session.objects.create(group=table, on=date(2026, 6, 25), state="planned")
    assert [row.persons for row in counts(month)] == [6]


def test_a_session_that_was_held_is_not_called_off(team, table):
    session = actions.record_session(table, on=team.ago(3), programme="", unnamed=6, came=[], by=team.by())
    client = team.client("janna")
    assert client.post(f"/ondersteuning/groepen/{table.pk}/afzeggen/{session.pk}/", {"because": "x"}).status_code == 404
