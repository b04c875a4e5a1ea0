"""The social map in the shape of Open Referral HSDS 3: what goes out comes in the same; what is wrong is told."""

from datetime import date, time

import pytest

from noaber.web.entrance import hsds
from noaber.web.entrance.hsds import Service, Times

WHOLE = Service(
    key="eetcafe",
    name="Eetcafé",
    about="Samen eten",
    provider_key="buurtkamer",
    provider_name="Buurtkamer",
    website="https://buurtkamer.example",
    phone="074 000 00 00",
    themes=("meedoen en ontmoeten", "mantelzorg"),
    district="WK990100",
    address="Markt 1",
    min_age=55,
    cost_cents=450,
    cost_note="met koffie",
    accessibility=("wheelchair", "loop"),
    free_places=0,
    how_to_join="Bel even",
    checked_until=date(2027, 1, 31),
    times=(Times(weekday=2, begins=time(17), ends=time(19, 30)),),
)


def test_what_goes_out_comes_in_the_same():
    assert hsds.read(hsds.write([WHOLE])).services == [WHOLE]


def test_a_service_says_its_things_where_hsds_has_them():
    told = hsds.write([WHOLE])[0]
    assert told["schedules"] == [{"freq": "WEEKLY", "byday": "WE", "opens_at": "17:00", "closes_at": "19:30"}]
    assert told["cost_options"] == [{"amount": 4.5, "currency": "EUR", "option": "met koffie"}]
    assert told["assured_date"] == "2027-01-31"
    assert told["organization"]["name"] == "Buurtkamer"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "../.."}, "Een id bestaat uit letters"),
        ({"minimum_age": 400}, "Een leeftijd ligt tussen 0 en 120."),
        ({"cost_options": [{"amount": -1}]}, "Een prijs is niet negatief."),
        ({"schedules": [{"byday": "MO", "opens_at": "12:00", "closes_at": "9:00"}]}, ""),
        ({"organization": None}, "Een veld heeft een andere vorm dan HSDS zegt."),
        ({"organization": {"id": "x", "name": "x", "website": "javascript:alert(1)"}}, "Een website begint met"),
    ],
)
def test_what_is_wrong_is_refused_with_its_reason_and_the_rest_comes_in(change, reason):
    found = hsds.read({"contents": [hsds.write([WHOLE])[0] | change, *hsds.write([WHOLE])]})
    assert found.services == [WHOLE]
    assert found.refused[0].number == 1
    assert reason in found.refused[0].reason


@pytest.mark.parametrize("told", [None, 3, {}, {"contents": "x"}, [None], [[]]])
def test_nonsense_is_refused(told):
    found = hsds.read(told)
    assert not found.services
    assert found.refused
