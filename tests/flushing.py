"""Lets tests with a browser or with threads empty the database afterwards, which the journal rightly refuses."""

from importlib import import_module

import pytest
from django.db import connection
from django.test import TransactionTestCase


@pytest.fixture(scope="session", autouse=True)
def the_journal_may_be_emptied_between_tests():
    """Take the triggers of SQLite away while a test is cleared up; PostgreSQL empties tables past them."""
    kept = import_module("noaber.web.journal.migrations.0002_append_only")
    clear = TransactionTestCase._fixture_teardown

    def cleared(self):
        if connection.vendor != "sqlite":
            clear(self)
            return
        with connection.cursor() as cursor:
            for act in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER {kept.TABLE}_kept_{act}")
        clear(self)
        with connection.cursor() as cursor:
            for statement in kept.SQLITE:
                cursor.execute(statement)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", cleared)
    yield
    patch.undo()
