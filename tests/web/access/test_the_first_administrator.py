"""On a new installation one person is let in from the server; all others by another person."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from noaber.web.access.management.commands import first_administrator
from noaber.web.access.models import Person
from noaber.web.access.permissions import Permission
from noaber.web.access.rights import rights_of

pytestmark = pytest.mark.django_db


def let_in(monkeypatch, password):
    monkeypatch.setattr(first_administrator, "getpass", lambda _: password)
    call_command("first_administrator", "derk@example.org", "Derk", verbosity=0)


def test_the_first_one_may_let_in_others(monkeypatch):
    let_in(monkeypatch, "een lange zin over noabers")
    rights = rights_of(Person.objects.get(), timezone.localdate())
    assert rights.may(Permission.MANAGE_PEOPLE)
    assert not rights.may(Permission.READ_JOURNAL)


def test_a_weak_password_is_refused(monkeypatch):
    with pytest.raises(CommandError):
        let_in(monkeypatch, "kort")
    assert not Person.objects.exists()


def test_there_is_no_second_first_one(monkeypatch, cast):
    with pytest.raises(CommandError, match="roles here already"):
        let_in(monkeypatch, "een lange zin over noabers")
