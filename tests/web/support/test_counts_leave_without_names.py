"""What leaves for the figures is how many, never who; and the door of the core takes it in as it is."""

from datetime import date

import pytest

from noaber.sources import tables
from noaber.web.support import actions
from noaber.web.support.counts import counts, csv
from noaber.web.support.models import Group
from office import desk

pytestmark = pytest.mark.django_db

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


def told(month):
    return {row.kind: (row.persons, row.households, row.started, row.ended) for row in counts(month)}


@pytest.fixture
def summer(team):
    """A family of three from June, a single person in June and July, and a meal."""
    family, single = team.waiting("Familie Wolters", days=200), team.waiting("Mevrouw Kuipers", days=200)
    for name in ("Rob", "Timo"):
        team.member(family, name)
    team.member(family, "Oma", relation="family", household=False)
    for case, on in ((family, date(2026, 6, 8)), (single, date(2026, 6, 30))):
        actions.start(case, worker=team.janna, on=on, by=team.by())
        case.refresh_from_db()
    actions.end(single, reason="met", words="", on=date(2026, 7, 31), by=team.by())
    group = Group(
        team=team.noord, name="Eettafel", district="WK990100", moment="do", place="De Kern", begins_on=date(2026, 6, 1)
    )
    actions.keep_group(group, by=team.by())
    known = actions.add_participant(group, name="Gerard", reach="", on=date(2026, 6, 4), by=team.by())
    for on, unnamed in ((date(2026, 6, 11), 9), (date(2026, 6, 25), 7), (date(2026, 7, 9), 4)):
        actions.record_session(group, on=on, programme="", unnamed=unnamed, came=[known], by=team.by())
    return team


def test_people_and_households_are_counted_on_the_last_day(summer):
    assert told(JUNE) == {"individual": (4, 2, 4, 0), "group": (8, 0, 8, 0)}
    assert told(JULY) == {"individual": (3, 1, 0, 1), "group": (5, 0, 0, 3)}


def test_each_month_closes_on_the_one_before(summer):
    before = {row.kind: row.persons for row in counts(JUNE)}
    for row in counts(JULY):
        assert row.persons == before[row.kind] + row.started - row.ended


def test_the_door_for_tables_takes_the_file_in(summer, tmp_path):
    batch = desk(tmp_path).take(tables, "partner_count_2026-07-01.csv", csv(counts(JUNE)))
    assert batch.receipt.refusals == ()
    assert batch.rows["partner_count"]["persons"].sum() == 12


def test_nobody_is_named_and_only_who_counts_may_download(summer):
    content = summer.client("otto").post("/ondersteuning/tellingen/bestand/", {"month": "2026-06"}).content.decode()
    assert content.startswith("month,district,layer,kind,persons,households,started,ended\n2026-06-01,WK990100,")
    assert not {"Wolters", "Timo", "Gerard"} & set(content.replace(",", " ").split())
    assert summer.client("janna").get("/ondersteuning/tellingen/").status_code == 403
