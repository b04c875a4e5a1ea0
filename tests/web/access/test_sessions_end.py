"""A session ends when nothing happens, and after a working day whatever happens."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

pytestmark = pytest.mark.django_db


def test_a_session_lives_on_while_somebody_works_and_ends_when_they_do_not(cast):
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        client = cast.client("berend")
        for _ in range(4):
            clock.shift(timedelta(minutes=settings.NOABER.session_minutes - 1))
            assert client.get("/toegang/mijn-account/").status_code == 200
        clock.shift(timedelta(minutes=settings.NOABER.session_minutes + 1))
        assert client.get("/toegang/mijn-account/")["Location"].startswith("/toegang/inloggen/")


def test_a_session_ends_after_a_working_day_however_busy(cast):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = cast.client("berend")
        for _ in range(settings.NOABER.session_hours * 60 // 20):
            assert client.get("/toegang/mijn-account/").status_code == 200
            clock.shift(timedelta(minutes=20))
        clock.shift(timedelta(minutes=1))
        assert client.get("/toegang/mijn-account/")["Location"].startswith("/toegang/inloggen/")
