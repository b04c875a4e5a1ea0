"""What is due at night is put in the queue once a day, and done by whoever works."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from noaber.web.journal.models import Entry
from noaber.web.site.schedule import NIGHTLY, enqueue_due

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def queue(settings):
    """The queue of an installation, rather than that of tests, which does everything at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def at(hour, day=0):
    return timezone.localtime().replace(hour=hour, minute=30) + timedelta(days=day)


def due(moment):
    with time_machine.travel(moment, tick=False):
        return len(enqueue_due(timezone.now()))


def test_a_job_waits_for_its_hour_and_runs_once_a_day():
    assert due(at(1)) == 0
    assert due(at(2)) == 1
    assert due(at(23)) == len(NIGHTLY) - 1
    assert due(at(23)) == 0
    assert due(at(23, day=1)) == len(NIGHTLY)


@pytest.mark.django_db(transaction=True)
def test_whoever_works_does_what_is_due():
    with time_machine.travel(at(4), tick=True):
        call_command("work", once=True)
    told = list(DBTaskResult.objects.values_list("status", flat=True))
    assert told == ["SUCCESSFUL"] * len(NIGHTLY)
    assert {"journal_whole", "destroyed"} <= set(Entry.objects.values_list("event", flat=True))
