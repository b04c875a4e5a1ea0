"""The stage of the entrance's tests: an installation of the partner with the districts of the made-up town."""

from datetime import date, datetime, time, timedelta
from importlib.resources import files

import msgspec
import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from noaber.web.entrance import actions
from noaber.web.entrance.heard import Heard
from noaber.web.entrance.hsds import Service, Times
from noaber.web.journal.actions import By


def acting(name="Jolien"):
    """Return who acts in a test."""
    return By(at=timezone.now(), name=name)


@pytest.fixture
def partner(settings):
    """The partner's installation: its addresses, and the municipality file of the made-up town."""
    settings.ROOT_URLCONF = "noaber.web.site.urls_partner"
    town = str(files("noaber.demo") / "noaberstad.toml")
    settings.NOABER = msgspec.structs.replace(
        django_settings.NOABER, role="partner", name="Stichting Naoberwerk", municipality=town
    )


def heard(**told):
    """Register a contact with what matters in a test, and return its question."""
    promise, worker = told.pop("promise", None), told.pop("worker", None)
    more = {name: told.pop(name) for name in ("sampled", "files", "at") if name in told}
    told = {"channel": "desk", "theme": "geld en schulden", "outcome": "information", "district": "WK990100"} | told
    return actions.register(
        Heard(**told),
        **{"at": timezone.now(), **more},
        by=acting(),
        worker=worker,
        promise=promise,
    )


def a_place(name="De Kulturhus", district="WK990100"):
    """Keep an opening place that is open every working day."""
    return actions.keep_place(
        None,
        name=name,
        address="Markt 1",
        district=district,
        about="Gewoon binnenlopen.",
        opened_on=date(2025, 1, 1),
        hours=[(weekday, time(9), time(12)) for weekday in range(5)],
        by=acting("Koen"),
    )


def an_activity(key="eetcafe", **told):
    """Put an activity on the map, checked for half a year."""
    until = told.pop("checked_until", timezone.localdate() + timedelta(days=180))
    told = {
        "name": "Eetcafé",
        "provider_key": "buurtkamer",
        "provider_name": "Buurtkamer",
        "themes": ("meedoen en ontmoeten",),
        "district": "WK990100",
        "times": (Times(weekday=2, begins=time(17), ends=time(19)),),
    } | told
    return actions.keep_activity(Service(key=key, **told), checked_until=until, by=acting())


def moment(day, hour=10):
    """Return a moment on a day here."""
    return timezone.make_aware(datetime.combine(day, time(hour)))
