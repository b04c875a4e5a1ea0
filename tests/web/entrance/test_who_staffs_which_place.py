"""Who staffs which place this week, once or each week; and every weekly time of an activity on the map."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from stage import a_place, acting, an_activity

from noaber.web.entrance import actions, queries
from noaber.web.entrance.models import Activity, Shift

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partner")]
TUESDAY = date(2026, 11, 24)


def roster(place, person, on, until=None):
    return actions.set_shifts(place, person=person, on=on, weekly_until=until, by=acting("Koen"))


def test_somebody_is_there_each_week_until_a_day_or_until_the_place_closes(cast):
    place = a_place()
    assert roster(place, cast.jolien, TUESDAY, TUESDAY + timedelta(weeks=4)) == 5
    actions.close_place(place, on=TUESDAY + timedelta(weeks=5), why="te weinig mensen", by=acting("Koen"))
    assert roster(place, cast.jolien, TUESDAY, TUESDAY + timedelta(weeks=9)) == 6, "never after it closed"
    assert Shift.objects.count() == 6


def test_the_week_says_who_is_there_who_is_missing_and_what_is_closed(cast):
    roster(a_place(), cast.jolien, TUESDAY)
    days, rows = queries.week(TUESDAY)
    assert [day.weekday() for day in days] == [0, 1, 2, 3, 4], "nothing is open in the weekend"
    assert [(item.names, item.alone) for item in rows[0][1][:2]] == [((), True), (("Jolien",), False)]


def test_the_coordinator_rosters_in_the_browser_and_takes_off_again(cast):
    place, client = a_place(), cast.client("koen")
    told = {"person": cast.jolien.pk, "on": TUESDAY, "weekly_until": TUESDAY + timedelta(weeks=1)}
    client.post(f"/entree/plekken/{place.key}/rooster/", told)
    client.post(f"/entree/plekken/{place.key}/rooster/", {"person": cast.jolien.pk, "on": TUESDAY, "how": "off"})
    assert list(Shift.objects.values_list("on", flat=True)) == [TUESDAY + timedelta(weeks=1)]
    backwards = client.post(
        f"/entree/plekken/{place.key}/rooster/", told | {"weekly_until": date(2026, 1, 1)}, follow=True
    )
    assert "binnen een jaar" in backwards.content.decode()


def test_residents_see_hours_and_no_names(cast):
    roster(a_place(), cast.jolien, timezone.localdate())
    assert "Jolien" not in Client().get("/entree/plekken/").content.decode()


def test_the_contact_screen_knows_where_one_is_today(cast):
    roster(a_place(), cast.jolien, timezone.localdate())
    page = cast.client("jolien").get("/entree/contact/").content.decode()
    assert 'value="Oale Markt"' in page, "so a plain contact is theme, outcome, Enter"


TOLD = {
    "name": "Koffie",
    "provider_name": "Buurtkamer",
    "themes": ["meedoen en ontmoeten"],
    "euros": "0",
    "checked_until": timezone.localdate() + timedelta(days=90),
}


def times(key="eetcafe"):
    found = Activity.objects.get(key=key).sessions
    return [(item.weekday, f"{item.begins:%H:%M}", f"{item.ends:%H:%M}") for item in found.all()]


def test_an_activity_has_as_many_times_a_week_as_it_has(cast):
    an_activity()
    client, page = cast.client("jolien"), "/entree/sociale-kaart/bijhouden/eetcafe/"
    told = TOLD | {"weekday_0": 2, "begins_0": "17:00", "ends_0": "19:00"}
    told |= {
        "weekday_1": 4,
        "begins_1": "10:00",
        "ends_1": "12:00",
        "weekday_2": 0,
        "begins_2": "9:00",
        "ends_2": "10:00",
    }
    assert client.post(page, told).status_code == 302
    assert times() == [(0, "09:00", "10:00"), (2, "17:00", "19:00"), (4, "10:00", "12:00")]
    shown = client.get(page).content.decode()
    assert shown.count('name="weekday_') == 6, "three that are there, three to add"


def test_an_emptied_day_is_gone_and_a_half_time_is_refused(cast):
    an_activity()
    client, page = cast.client("jolien"), "/entree/sociale-kaart/bijhouden/eetcafe/"
    half = client.post(page, TOLD | {"weekday_0": "", "begins_0": "17:00", "ends_0": "19:00"})
    assert half.status_code == 422
    assert "of maak de tijden leeg" in half.content.decode()
    assert client.post(page, TOLD | {"weekday_0": 2, "begins_0": "19:00", "ends_0": "17:00"}).status_code == 422
    assert client.post(page, TOLD | {"weekday_0": "", "begins_0": "", "ends_0": ""}).status_code == 302
    assert times() == []
