"""The store: all or nothing, the same whatever the order, and never written over."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from msgspec.structs import replace

from noaber.records import TABLES, Batch, Law, Layer, Receipt
from noaber.snapshot import DamagedStoreError, Store, StoreBusyError, StoreError, UnfitBatchError, files
from said import TOWN, allocation, claim, said, start, stop

THREE = (
    said("2024-01-10", allocation(at="2024-01-10")),
    said("2024-02-05", start("2024-02-01"), claim("R1", 1000)),
    said("2024-05-02", stop("2024-02-01", "2024-04-30")),
)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def names(store):
    return sorted(str(path.relative_to(store.folder)) for path in store.folder.rglob("*"))


def test_an_empty_store_has_no_snapshot_and_makes_no_files(store):
    assert store.current() is None
    assert not store.has("0123456789abcdef")
    assert not store.folder.exists()


def test_every_table_has_a_view_with_its_columns(store):
    snapshot = store.add(THREE, town=TOWN)
    with snapshot.connect() as connection:
        for name, table in TABLES.items():
            found = connection.execute(f"SELECT * FROM {name}").description
            assert [column[0] for column in found] == list(table.schema)


def test_the_same_delivery_twice_changes_nothing(store):
    first = store.add(THREE, town=TOWN)
    before = {name: (store.folder / name).stat().st_mtime_ns for name in names(store)}
    assert store.add(THREE, town=TOWN).hash == first.hash
    assert set(before) == set(names(store))
    assert store.history() == [first.hash]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_any_order_gives_the_same_snapshot(tmp_path, order):
    whole = Store(tmp_path / "whole").add(THREE, town=TOWN)
    one_by_one = Store(tmp_path / "one by one")
    for place in order:
        snapshot = one_by_one.add([THREE[place]], town=TOWN)
    assert snapshot.hash == whole.hash
    assert snapshot.manifest == whole.manifest
    files_of = [[file.sha256 for file in item.manifest.folded] for item in (snapshot, whole)]
    assert files_of[0] == files_of[1]


def test_another_delivery_makes_another_snapshot_and_the_first_can_still_be_read(store):
    first = store.add(THREE[:2], town=TOWN)
    second = store.add(THREE[2:], town=TOWN)
    assert first.hash != second.hash
    assert store.history() == [first.hash, second.hash]
    for snapshot, ended in ((store.at(first.hash), None), (store.current(), date(2024, 4, 30))):
        with snapshot.connect() as connection:
            assert connection.execute("SELECT ended_on FROM support").fetchall() == [(ended,)]


def test_pruning_lets_go_of_old_snapshots_but_not_of_deliveries(store):
    for batch in THREE:
        last = store.add([batch], town=TOWN)
    store.prune(keep=1)
    assert store.history() == [last.hash]
    last.verify()
    assert len(list((store.folder / "deliveries").iterdir())) == 3


def test_another_layer_for_a_care_form_makes_another_snapshot_of_the_same_deliveries(store):
    first = store.add(THREE, town=TOWN)
    basic = tuple(replace(form, layer=Layer.BASIC_SUPPORT) for form in TOWN.care_forms)
    second = store.add((), town=replace(TOWN, care_forms=basic))
    assert first.hash != second.hash
    with second.connect() as connection:
        assert connection.execute("SELECT DISTINCT layer FROM support").fetchall() == [("basic_support",)]
    assert store.add((), town=TOWN).hash == first.hash


def test_files_are_for_their_owner_only_and_cannot_be_written(store):
    store.add(THREE, town=TOWN)
    assert store.folder.stat().st_mode & 0o077 == 0
    parquet = list(store.folder.rglob("*.parquet"))
    assert parquet
    assert all(path.stat().st_mode & 0o777 == 0o400 for path in parquet)


def test_who_writes_keeps_others_out_with_a_clear_message(store):
    store.add(THREE[:1], town=TOWN)
    with files.locked(store.folder / "lock"), pytest.raises(StoreBusyError, match="Another process"):
        store.add(THREE[1:], town=TOWN)
    assert len(store.add(THREE[1:], town=TOWN).receipts()) == 3


def test_rows_that_a_table_does_not_allow_are_refused_and_nothing_changes(store):
    before = store.add(THREE[:1], town=TOWN)
    wrong = said("2024-03-01", start("2024-02-20"), start("2024-02-21", status="2"))
    with pytest.raises(UnfitBatchError, match=r"line 2: status"):
        store.add([THREE[1], wrong], town=TOWN)
    assert store.current().hash == before.hash
    assert not store.has(THREE[1].receipt.delivery)


def test_rows_of_another_delivery_and_unknown_tables_are_refused(store):
    mine, other = THREE[1], THREE[2]
    with pytest.raises(UnfitBatchError, match="another delivery"):
        store.add([Batch(receipt=mine.receipt, rows=other.rows)], town=TOWN)
    with pytest.raises(UnfitBatchError, match="no table of records"):
        store.add([Batch(receipt=mine.receipt, rows={"support": mine.rows["start"]})], town=TOWN)


def test_a_care_form_that_is_not_declared_is_refused(store):
    strange = said("2024-03-01", allocation("7", care_form="UNKNOWN"))
    with pytest.raises(UnfitBatchError, match="UNKNOWN"):
        store.add([strange], town=TOWN)
    assert store.current() is None


def test_a_changed_file_is_found(store):
    snapshot = store.add(THREE, town=TOWN)
    snapshot.verify()
    path = next((store.folder / "deliveries").rglob("start.parquet"))
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(DamagedStoreError, match="not what was written"):
        snapshot.verify()


def test_a_lost_pointer_is_damage_and_nothing_is_swept(store):
    store.add(THREE, town=TOWN)
    before = names(store)
    (store.folder / "current").unlink()
    with pytest.raises(DamagedStoreError, match="pointer"):
        store.add((), town=TOWN)
    assert names(store) == [name for name in before if name != "current"]


def test_receipts_come_back_as_they_were(store):
    snapshot = store.add(THREE, town=TOWN)
    assert snapshot.receipts() == [batch.receipt for batch in THREE]


def test_delivered_rows_come_back_as_they_were(store):
    snapshot = store.add(THREE, town=TOWN)
    found = snapshot.delivered("start", "stop", "budget")
    assert found["start"].equals(THREE[1].rows["start"])
    assert found["stop"].equals(THREE[2].rows["stop"])
    assert found["budget"].is_empty()


def test_delivered_rows_can_be_those_of_one_law(store):
    youth = said("2024-03-01", start("2024-02-20", law="jeugdwet"))
    snapshot = store.add([*THREE, youth], town=TOWN)
    assert snapshot.delivered("start", law=Law.YOUTH)["start"].equals(youth.rows["start"])


def test_a_lost_file_is_damage_and_not_a_full_disk(store):
    snapshot = store.add(THREE, town=TOWN)
    next((store.folder / "deliveries").rglob("start.parquet")).unlink()
    with pytest.raises(DamagedStoreError, match="missing"):
        snapshot.delivered("start")
    with pytest.raises(DamagedStoreError, match="missing"):
        store.add([said("2024-06-01", allocation("2"))], town=TOWN)


def test_a_connection_reads_the_store_and_nothing_else(store, tmp_path):
    elsewhere = tmp_path / "secret.txt"
    elsewhere.write_text("secret")
    with store.add(THREE, town=TOWN).connect() as connection:
        with pytest.raises(Exception, match="Permission"):
            connection.execute(f"SELECT * FROM read_text('{elsewhere}')")
        with pytest.raises(Exception, match="locked"):
            connection.execute("SET enable_external_access = true")


def test_a_folder_may_have_any_name(tmp_path):
    store = Store(tmp_path / "it's [1] * odd?")
    with store.add(THREE, town=TOWN).connect() as connection:
        assert connection.execute("SELECT count(*) FROM support").fetchone() == (1,)


def test_a_row_leads_back_to_its_file_and_line(store):
    plain = said("2024-01-10", allocation(at="2024-01-10"), name="post")
    receipt = Receipt(
        delivery=plain.receipt.delivery,
        source="messages",
        name="post",
        known_on=date(2024, 1, 10),
        rows_in=1,
        rows_kept=1,
        parts=((1, "a.xml"), (41, "b.xml"), (90, "c.xml")),
    )
    snapshot = store.add([Batch(receipt=receipt, rows=plain.rows), THREE[1]], town=TOWN)
    found = [snapshot.trace(receipt.delivery, line) for line in (1, 40, 41, 89, 95)]
    assert [(item.file, item.line) for item in found] == [
        ("a.xml", 1), ("a.xml", 40), ("b.xml", 1), ("b.xml", 49), ("c.xml", 6)
    ]  # fmt: skip
    alone = snapshot.trace(THREE[1].receipt.delivery, 2)
    assert (alone.name, alone.file, alone.line) == ("messages-2024-02-05", "messages-2024-02-05", 2)
    with pytest.raises(StoreError, match="no such delivery"):
        snapshot.trace("0" * 16, 1)
