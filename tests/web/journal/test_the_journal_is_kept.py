"""Nobody changes what the journal says: the database refuses, the chain would show it, and so would the marks."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from cast import somebody
from noaber.web.journal.actions import downloaded, forget, looked, write
from noaber.web.journal.chain import START, link, verify
from noaber.web.journal.marks import mark, marks
from noaber.web.journal.models import Entry
from noaber.web.journal.queries import doctor
from noaber.web.journal.sentences import SENTENCES, sentence
from noaber.web.oversight import actions as oversight

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(settings, tmp_path):
    """This installation, with a folder of keys of its own, and so with marks of its own."""
    settings.NOABER = msgspec.structs.replace(django_settings.NOABER, keys=str(tmp_path / "keys"))
    return settings.NOABER


def add(*names, at=None):
    by = replace(somebody(), at=at or timezone.now())
    return [write("person_added", by=by, object=("person", name), object_name=name) for name in names]


def three_entries():
    add("de eerste", "de tweede", "de derde")
    return list(Entry.objects.order_by("number"))


def test_the_chain_holds():
    assert verify(three_entries()).whole


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
    entries = three_entries()
    add("de vierde")
    fourth = Entry.objects.first()
    assert verify([*entries[:2], fourth]).broken_at == fourth.number


def test_the_end_that_was_cut_off_is_missed_by_a_mark():
    entries = three_entries()
    at_the_end = {entries[2].number: entries[2].chain}
    assert verify(entries, marks=at_the_end).whole
    assert verify(entries[:2], marks=at_the_end).cut_at == entries[2].number


def test_a_chain_that_was_written_anew_does_not_pass_its_marks():
    entries = three_entries()
    assert verify(entries, marks={entries[1].number: "0" * 64}).cut_at == entries[1].number


def test_the_night_verifies_marks_the_head_and_says_so(house):
    three_entries()
    call_command("verify_journal", verbosity=0)
    last = Entry.objects.first()
    assert (last.event, last.details) == ("journal_whole", {"checked": 3})
    assert marks() == {last.number: last.chain}
    call_command("verify_journal", verbosity=0)
    assert doctor().whole


def test_the_night_says_when_it_does_not_hold(house):
    first, *_ = three_entries()
    mark(first.number, "f" * 64, at=timezone.now())
    with pytest.raises(CommandError, match=str(first.number)):
        call_command("verify_journal")
    assert Entry.objects.first().event == "journal_broken"


def test_old_entries_go_up_to_a_mark_and_the_rest_can_still_be_followed(house):
    now = timezone.now()
    long_ago = now - timedelta(days=6 * 366)
    _, second, third = add("a", "b", "c", at=long_ago)
    add("d", at=now)
    limit = now - timedelta(days=5 * 366)
    assert forget(limit) == 0, "nothing was marked yet"
    mark(second.number, second.chain, at=long_ago)
    assert forget(limit) == 2
    assert Entry.objects.last() == third
    assert doctor().whole
    assert verify(Entry.objects.order_by("number")).broken_at == third.number, "only the mark vouches for the beginning"


def test_the_night_that_destroys_takes_old_entries_along(house):
    _, second = add("a", "b", at=timezone.now() - timedelta(days=6 * 366))
    mark(second.number, second.chain, at=timezone.now())
    assert oversight.destroy_due(at=timezone.now(), by=somebody()).destroyed == 2
    assert doctor().whole


def test_a_moment_in_another_time_zone_is_the_same_moment():
    add("a", at=timezone.localtime(timezone.now()))
    assert verify(Entry.objects.order_by("number")).whole


def test_a_look_and_a_download_have_their_own_words():
    about = {"object": ("file", 7), "object_name": "het dossier van mevrouw De Vries", "subject": "abc"}
    looked(by=somebody(), **about)
    assert sentence(Entry.objects.first(), "nl") == "De toneelmeester keek in het dossier van mevrouw De Vries."
    downloaded(by=somebody(), **about)
    assert sentence(Entry.objects.first(), "en") == "De toneelmeester downloaded het dossier van mevrouw De Vries."


def test_every_sentence_can_be_said_whatever_an_entry_lacks():
    for event in SENTENCES:
        for language in ("nl", "en"):
            assert sentence(Entry(event=event, at=timezone.now()), language).endswith(".")
    assert sentence(Entry(event="van later"), "nl") == "van later"


@tried(max_examples=40)
@given(
    data=st.data(),
    names=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), min_size=2, max_size=6),
)
def test_whatever_is_changed_taken_out_or_swapped_is_seen(data, names):
    before, entries = START, []
    for number, name in enumerate(names, 1):
        entry = Entry(number=number, at=timezone.now(), event="looked", object_name=name, details={"n": name})
        entry.chain = before = link(entry, before)
        entries.append(entry)
    assert verify(entries).whole
    place = data.draw(st.integers(0, len(entries) - 2))
    act = data.draw(st.sampled_from(["change", "take out", "swap"]))
    if act == "change":
        entries[place].details = {"n": names[place] + "!"}
    if act == "take out":
        del entries[place]
    if act == "swap":
        entries[place], entries[place + 1] = entries[place + 1], entries[place]
    assert not verify(entries).whole
