"""Rotating the key: every pseudonym gets its successor, nothing of the old ones stays, and a wrong key is refused."""

from __future__ import annotations

import polars as pl
import pytest

from noaber import pseudonym
from noaber.snapshot import OtherKeyError, Store
from said import TOWN, allocation, said, start, unclaimed


@pytest.fixture
def key_file(tmp_path):
    pseudonym.make(tmp_path / "keys" / "9901.key")
    return tmp_path / "keys" / "9901.key"


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def delivery(ring, on="2024-01-10"):
    person, household = ring.person("999900006"), ring.household("7551AB", "1")
    return said(on, allocation(person=person, household=household), start("2024-02-01", person=person), name=on)


def people(snapshot):
    with snapshot.connect() as connection:
        return connection.execute("SELECT DISTINCT person, household FROM support").fetchall()


def test_the_same_resident_is_met_again_under_the_new_key(store, key_file):
    before = pseudonym.read(key_file)
    store.add([delivery(before)], town=TOWN, pseudonyms=before)
    snapshot = store.rotate_key(key_file, town=TOWN)
    ring = pseudonym.read(key_file)
    assert len(ring.keys) == 2
    assert people(snapshot) == [(ring.person("999900006"), ring.household("7551AB", "1"))]
    again = store.add([delivery(ring, "2024-03-01")], town=TOWN, pseudonyms=ring)
    assert people(again) == people(snapshot)


def test_nothing_of_the_old_pseudonyms_stays(store, key_file):
    before = pseudonym.read(key_file)
    store.add([delivery(before)], town=TOWN, pseudonyms=before)
    store.add([delivery(before, "2024-03-01")], town=TOWN, pseudonyms=before)
    old = people(store.current())[0]
    snapshot = store.rotate_key(key_file, town=TOWN)
    assert store.history() == [snapshot.hash]
    for frame in snapshot.delivered("allocation", "start").values():
        assert not set(old) & set(frame["person"])
    assert len(list((store.folder / "deliveries").iterdir())) == 2
    assert not key_file.with_suffix(".before").exists()


def test_tables_without_pseudonyms_stay_as_they_are(store, key_file):
    ring = pseudonym.read(key_file)
    mixed = said("2024-01-10", allocation(person=ring.person("999900006")), unclaimed("a"))
    alone = said("2024-02-10", unclaimed("b"))
    before = store.add([mixed, alone], town=TOWN, pseudonyms=ring)
    after = store.rotate_key(key_file, town=TOWN)
    assert after.delivered("reply")["reply"].sort("subject").equals(before_rows(mixed, alone))
    assert before.manifest.delivery(alone.receipt.delivery) == after.manifest.delivery(alone.receipt.delivery)


def before_rows(*batches):
    return pl.concat([batch.rows["reply"] for batch in batches]).sort("subject")


def test_receipts_and_deliveries_are_known_as_before(store, key_file):
    before = pseudonym.read(key_file)
    batch = delivery(before)
    store.add([batch], town=TOWN, pseudonyms=before)
    snapshot = store.rotate_key(key_file, town=TOWN)
    assert snapshot.receipts() == [batch.receipt]
    assert store.has(batch.receipt.delivery)
    snapshot.verify()


def test_pseudonyms_of_another_key_are_refused(store, key_file, tmp_path):
    store.add([delivery(pseudonym.read(key_file))], town=TOWN, pseudonyms=pseudonym.read(key_file))
    other = pseudonym.make(tmp_path / "keys" / "other.key")
    with pytest.raises(OtherKeyError):
        store.add([delivery(other, "2024-03-01")], town=TOWN, pseudonyms=other)
    with pytest.raises(OtherKeyError):
        store.rotate_key(tmp_path / "keys" / "other.key", town=TOWN)
    assert len(pseudonym.read(tmp_path / "keys" / "other.key").keys) == 1, "a key that is refused is not turned"


def test_while_a_rotation_is_cut_off_nothing_is_taken_in_and_it_can_be_finished(store, key_file):
    before = pseudonym.read(key_file)
    store.add([delivery(before)], town=TOWN, pseudonyms=before)
    ring = pseudonym.rotate(key_file)
    with pytest.raises(OtherKeyError, match="another key"):
        store.add([delivery(ring, "2024-03-01")], town=TOWN, pseudonyms=ring)
    snapshot = store.rotate_key(key_file, town=TOWN)
    assert pseudonym.read(key_file).keys == ring.keys, "no second key"
    assert people(snapshot)[0][0] == ring.person("999900006")


def test_a_key_cut_off_before_it_was_added_is_added(store, key_file):
    before = pseudonym.read(key_file)
    store.add([delivery(before)], town=TOWN, pseudonyms=before)
    kept = key_file.with_suffix(".before")
    kept.write_bytes(key_file.read_bytes())
    kept.chmod(0o600)
    store.rotate_key(key_file, town=TOWN)
    assert len(pseudonym.read(key_file).keys) == 2


def test_without_a_store_only_the_key_turns(store, key_file):
    assert store.rotate_key(key_file, town=TOWN) is None
    assert len(pseudonym.read(key_file).keys) == 2


def test_the_mark_of_a_ring_turns_as_its_pseudonyms_do(key_file):
    before = pseudonym.read(key_file)
    ring = pseudonym.rotate(key_file)
    assert ring.rekey(before.mark) == ring.mark != before.mark
