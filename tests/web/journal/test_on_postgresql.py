"""On PostgreSQL: the chain stays a chain when many write at once, and the application's own user cannot undo it."""

from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction

from cast import somebody
from noaber.web.journal.actions import write
from noaber.web.journal.models import Entry
from noaber.web.journal.queries import doctor

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="needs PostgreSQL: python3 tests/postgresql.py"
)
GRANTS = """
CREATE ROLE noaber_app;
GRANT SELECT, INSERT, DELETE ON journal_entry TO noaber_app;
GRANT USAGE ON SEQUENCE journal_entry_number_seq TO noaber_app;
"""
"""As docs/how-to/verify-the-journal.md tells it."""


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_chain():
    writers, each = 8, 12
    together, failed = Barrier(writers), []

    def work():
        try:
            together.wait()
            for number in range(each):
                with transaction.atomic():
                    write("person_added", by=somebody(), object_name=f"nummer {number}")
                    if number % 5 == 4:
                        transaction.set_rollback(True)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert Entry.objects.count() == writers * (each - each // 5)
    assert doctor().whole


@pytest.mark.django_db
@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE journal_entry SET actor_name = 'een ander'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "DROP TABLE journal_entry",
        "CREATE OR REPLACE FUNCTION journal_entry_kept() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
    ],
    ids=lambda attempt: " ".join(attempt.split()[:2]),
)
def test_the_user_of_the_application_writes_and_reads_and_can_do_nothing_else(attempt):
    with connection.cursor() as cursor:
        cursor.execute(GRANTS)
        cursor.execute("SET LOCAL ROLE noaber_app")
        write("person_added", by=somebody(), object_name="iemand")
        with pytest.raises(DatabaseError, match=r"append-only|permission denied|must be owner"), transaction.atomic():
            cursor.execute(attempt)
        assert doctor().whole
        cursor.execute("RESET ROLE")
