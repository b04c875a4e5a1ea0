"""Nobody changes what the journal says: the database refuses, and the chain would show it."""

import pytest
from django.db import DatabaseError, connection, transaction

from cast import somebody
from noaber.web.journal.actions import write
from noaber.web.journal.chain import verify
from noaber.web.journal.models import Entry

pytestmark = pytest.mark.django_db


def three_entries():
    for name in ("de eerste", "de tweede", "de derde"):
        write("person_added", by=somebody(), object=("person", name), object_name=name)
    return list(Entry.objects.order_by("number"))


def test_the_chain_holds():
    assert verify(three_entries()).broken_at is None


def test_the_database_refuses_to_change_an_entry():
    three_entries()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.update(actor_name="Iemand anders")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.all().delete()


@pytest.mark.parametrize("change", ["actor_name", "object_name", "origin"])
def test_who_goes_round_the_database_breaks_the_chain(change):
    entries = three_entries()
    setattr(entries[1], change, "iets anders")
    found = verify(entries)
    assert found.broken_at == entries[1].number


def test_an_entry_that_was_taken_out_is_missed():
    first, _, third = three_entries()
    assert verify([first, third]).broken_at == third.number


def test_the_last_entry_is_missed_by_the_one_after_it():
    assert connection.vendor in {"sqlite", "postgresql"}
    entries = three_entries()
    write("person_added", by=somebody(), object_name="de vierde")
    fourth = Entry.objects.order_by("-number").first()
    assert verify([*entries[:2], fourth]).broken_at == fourth.number
