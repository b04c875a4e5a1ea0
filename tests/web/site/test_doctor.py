"""`noaber-web doctor` says per thing whether it is well, and health says what waits for the other organisation."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from noaber.web.journal.models import Entry

pytestmark = pytest.mark.django_db


def told():
    written = StringIO()
    call_command("doctor", stdout=written)
    return written.getvalue()


def test_all_is_well_and_looking_is_itself_in_the_journal(cast):
    said = told()
    assert "the chain holds" in said
    assert "database: current" in said
    assert "nothing waits" in said
    assert "WRONG" not in said
    assert Entry.objects.first().event == "journal_whole"


def test_a_journal_that_was_changed_is_found(cast, monkeypatch):
    monkeypatch.setattr("noaber.web.journal.chain.link", lambda entry, before: "iets anders")
    with pytest.raises(CommandError, match="1 of these must be mended"):
        told()


def test_a_backlog_makes_us_no_less_ready(cast, monkeypatch):
    monkeypatch.setattr("noaber.web.site.health.backlog", lambda: {"99030001": 3})
    answer = Client().get("/gereed/")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "outbox": {"99030001": 3}}
