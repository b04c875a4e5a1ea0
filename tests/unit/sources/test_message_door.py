"""The door for messages on all that a made-up town sends: what is refused, what is kept, and what stays outside."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judged import allocation, claim, day, line, start
from noaber import demo, municipality
from noaber.messages import Finding, Message, SchemaFolderError, answer, wrap, write
from noaber.messages.model import ClaimAnswer325
from noaber.municipality import Municipality, Supplier
from noaber.pseudonym import Pseudonymiser
from noaber.records import DELIVERED, Batch, is_citizen_number
from noaber.sources import backoffice, messages
from noaber.sources.parcel import ParcelError

KEY = Pseudonymiser((bytes(range(32)),))
RECEIVED = date(2026, 7, 1)
SUPPLIER = Supplier(name="Berichten", source="messages", files="*.zip")
ALL = tuple(DELIVERED)


@dataclass(slots=True)
class Store:
    """What came in so far, as doors are told it."""

    town: Municipality
    batches: list[Batch] = field(default_factory=list)

    def known(self) -> dict[str, pl.DataFrame]:
        frames: dict[str, list[pl.DataFrame]] = defaultdict(list)
        for batch in self.batches:
            for name, frame in batch.rows.items():
                frames[name].append(frame)
        return {name: pl.concat(frames[name]) if name in frames else DELIVERED[name].empty() for name in ALL}

    def take(self, path: Path) -> Batch:
        batch = messages.read(
            path, town=self.town, supplier=SUPPLIER, pseudonyms=KEY, received=RECEIVED, known=self.known()
        )
        self.batches.append(batch)
        return batch


def with_back_office(made: demo.Town) -> Store:
    """Return a store in which all exports stand that were made before the first message."""
    store = Store(municipality.read(made.folder / "municipality.toml"))
    suppliers = {item.mapping and item.files: item for item in store.town.suppliers if item.source == "backoffice"}
    for pattern, supplier in suppliers.items():
        for path in sorted(made.folder.glob(pattern)):
            store.batches.append(
                backoffice.read(
                    path,
                    town=store.town,
                    supplier=supplier,
                    pseudonyms=KEY,
                    received=RECEIVED,
                    known=store.known(),
                )
            )
    return store


def parcels(made: demo.Town) -> list[Path]:
    """Return the zips of the town by month, and within a month by standard."""
    found = (made.folder / "deliveries" / "messages").glob("*.zip")
    return sorted(found, key=lambda path: (path.stem.partition("-")[2], path.name))


@pytest.fixture(scope="module")
def office(small_town: demo.Town) -> Store:
    return with_back_office(small_town)


@pytest.fixture(scope="module")
def received(small_town: demo.Town, office: Store) -> list[Batch]:
    store = Store(office.town, list(office.batches))
    return [store.take(path) for path in parcels(small_town)]


def test_every_flaw_is_refused_and_nothing_else(small_town: demo.Town, received: list[Batch]) -> None:
    rules = Counter(refusal.rule for batch in received for refusal in batch.receipt.refusals)
    flaws = small_town.flaws
    assert rules == {
        "CS002": flaws["message_citizen_number"],
        "OP259": flaws["overlap"],
        "TR019": flaws["unknown_allocation"],
        "TR338": flaws["claim_without_allocation"],
    }


def test_every_line_of_every_message_stands_on_a_receipt(small_town: demo.Town, received: list[Batch]) -> None:
    lines = re.compile(
        rb"<(?:ToegewezenProduct|StartProduct|StopProduct|AangevraagdProduct|TeWijzigenProduct|Antwoord|Prestatie)>"
    )
    codes = 0
    for path, batch in zip(parcels(small_town), received, strict=True):
        with zipfile.ZipFile(path) as archive:
            contents = [archive.read(entry) for entry in archive.infolist()]
        sent = [content for content in contents if b"<RetourCode>" not in content]
        kept = sum(len(frame) for name, frame in batch.rows.items() if name != "reply")
        assert sum(len(lines.findall(content)) for content in sent) == kept + len(batch.receipt.refusals)
        assert len(batch.receipt.parts) == len(contents)
        codes += len(batch.rows.get("reply", ()))
    assert codes > 0


def test_lines_are_unique_and_lead_back_to_their_file(received: list[Batch]) -> None:
    for batch in received:
        lines = [number for frame in batch.rows.values() for number in frame["line"]]
        lines += [refusal.line for refusal in batch.receipt.refusals]
        assert len(lines) == len(set(lines))
        firsts = [first for first, _ in batch.receipt.parts]
        assert firsts == sorted(set(firsts))
        for refusal in batch.receipt.refusals:
            name = next(name for first, name in reversed(batch.receipt.parts) if first <= refusal.line)
            assert refusal.place.startswith(f"{name}, ")


def test_rows_are_known_from_the_day_of_their_message(received: list[Batch]) -> None:
    for batch in received:
        for frame in batch.rows.values():
            assert frame["known_on"].max() <= batch.receipt.known_on
    moved = pl.concat([batch.rows["start"] for batch in received if "start" in batch.rows])
    assert moved.filter(pl.col("known_on") < pl.col("began_on")).is_empty()


def citizen_numbers(path: Path) -> set[str]:
    """Return every citizen number in a zip, those that fail the eleven-test too."""
    with zipfile.ZipFile(path) as archive:
        found = [re.findall(rb"<Bsn>(\d+)</Bsn>", archive.read(entry)) for entry in archive.infolist()]
    return {number.decode() for numbers in found for number in numbers}


def test_no_personal_detail_passes_the_door(small_town: demo.Town, received: list[Batch]) -> None:
    said = "\n".join(
        [repr(batch.receipt) for batch in received]
        + [frame.write_csv() for batch in received for frame in batch.rows.values()]
    )
    citizens = {number for path in parcels(small_town) for number in citizen_numbers(path)}
    assert len(citizens) > 100
    assert not [number for number in citizens if number in said]
    assert not [number for number in re.findall(r"\b\d{9}\b", said) if is_citizen_number(number)]
    assert "Inwoner" not in said, "every resident of the town is called so"
    postcodes = {
        code
        for district in municipality.read(small_town.folder / "municipality.toml").districts
        for code in district.postcodes
    }
    assert not re.findall(rf"\b(?:{'|'.join(code[:4] for code in postcodes)})[A-Z]{{2}}\b", said)


def test_residents_are_recognised_and_districts_follow_the_address(office: Store, received: list[Batch]) -> None:
    before = pl.concat([batch.rows["allocation"] for batch in office.batches if "allocation" in batch.rows])
    after = pl.concat([batch.rows["allocation"] for batch in received if "allocation" in batch.rows])
    assert set(after["person"]) & set(before["person"])
    assert set(after["district"]) <= {district.code for district in office.town.districts}
    claims = pl.concat([batch.rows["claim"] for batch in received if "claim" in batch.rows])
    assert claims["district"].null_count() == 0
    assert claims.filter(pl.col("amount_cents") < 0)["previous_reference"].null_count() == 0


# Deliveries of our own


@pytest.fixture(scope="module")
def town(small_town: demo.Town, tmp_path_factory: pytest.TempPathFactory) -> Municipality:
    """The town under the code that the messages of `judged` name, with their product declared for guidance."""
    plain = (small_town.folder / "municipality.toml").read_text("utf-8").replace('code = "9901"', 'code = "0164"', 1)
    added = '\n[[products]]\nlaw = "wmo"\ncategory = "02"\ncode = "02A15"\ncare_form = "OZL1"\n'
    path = tmp_path_factory.mktemp("dorp") / "municipality.toml"
    path.write_text(plain + added, "utf-8")
    return municipality.read(path)


def packed(folder: Path, files: dict[str, bytes], name: str = "berichten.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for inner, content in files.items():
            archive.writestr(inner, content)
    return path


def written(*said: Message) -> dict[str, bytes]:
    return {f"{place:02d}.xml": write(message) for place, message in enumerate(said)}


YEAR = (allocation(), start(), claim(line()), claim(line("2026-02-01"), month="2026-02-01"))


def test_one_file_a_folder_and_a_zip_say_the_same(town: Municipality, tmp_path: Path) -> None:
    inside = tmp_path / "map"
    inside.mkdir()
    for name, content in written(*YEAR).items():
        (inside / name).write_bytes(content)
    as_zip = Store(town).take(packed(tmp_path, written(*YEAR)))
    as_folder = Store(town).take(inside)
    one_by_one = Store(town)
    singly = [one_by_one.take(path) for path in sorted(inside.iterdir())]
    assert as_zip.receipt.rows_kept == as_folder.receipt.rows_kept == 4
    assert [batch.receipt.rows_kept for batch in singly] == [1, 1, 1, 1]
    assert as_zip.rows["claim"].drop("delivery").equals(as_folder.rows["claim"].drop("delivery"))
    assert len({batch.receipt.delivery for batch in (as_zip, as_folder, *singly)}) == 6


def test_the_same_bytes_have_the_same_identity(town: Municipality, tmp_path: Path) -> None:
    path = packed(tmp_path, written(*YEAR))
    assert Store(town).take(path).receipt == Store(town).take(path).receipt


def test_a_broken_file_is_one_refused_row_and_leaves_the_others(town: Municipality, tmp_path: Path) -> None:
    files = {**written(*YEAR), "kapot.xml": b"<Bericht", "brief.txt": b"Beste gemeente,"}
    receipt = Store(town).take(packed(tmp_path, files)).receipt
    assert (receipt.rows_in, receipt.rows_kept) == (6, 4)
    assert {refusal.rule for refusal in receipt.refusals} == {"N-202"}
    assert {refusal.place for refusal in receipt.refusals} == {"kapot.xml", "brief.txt"}


def test_a_citizen_number_in_a_file_name_stays_outside(town: Municipality, tmp_path: Path) -> None:
    files = {"999900006.xml": b"<Bericht", "301-123456789012.xml": b"<Bericht"}
    receipt = Store(town).take(packed(tmp_path, files, "999900006.zip")).receipt
    assert receipt.name == "#########.zip"
    assert [name for _, name in receipt.parts] == ["#########.xml", "301-123456789012.xml"]


def test_a_product_without_a_care_form_is_refused_with_all_that_follows(small_town: demo.Town, tmp_path: Path) -> None:
    plain = municipality.read(small_town.folder / "municipality.toml")
    undeclared = Municipality(
        code="0164", name="Elders", districts=plain.districts, care_forms=plain.care_forms, folder=plain.folder
    )
    receipt = Store(undeclared).take(packed(tmp_path, written(*YEAR))).receipt
    assert [refusal.rule for refusal in receipt.refusals] == ["TR381", "TR019", "TR381", "TR381"]
    assert all(refusal.reason for refusal in receipt.refusals)


def test_a_message_for_another_municipality_is_refused(small_town: demo.Town, tmp_path: Path) -> None:
    elsewhere = municipality.read(small_town.folder / "municipality.toml")
    receipt = Store(elsewhere).take(packed(tmp_path, written(*YEAR))).receipt
    assert {refusal.rule for refusal in receipt.refusals} == {"IV046"}
    assert receipt.rows_kept == 0


def test_messages_in_an_envelope_are_unpacked(town: Municipality, tmp_path: Path) -> None:
    enveloped = {
        name: wrap(
            message,
            reference=f"00000000-0000-4000-8000-{place:012d}",
            sent=datetime(2026, 3, 1, tzinfo=UTC),
            application="proef",
        )
        for place, (name, message) in enumerate(zip(written(*YEAR), YEAR, strict=True))
    }
    assert Store(town).take(packed(tmp_path, enveloped)).receipt.rows_kept == 4


def test_what_stands_in_the_store_is_remembered(town: Municipality, tmp_path: Path) -> None:
    store = Store(town)
    for place, message in enumerate(YEAR):
        assert store.take(packed(tmp_path, written(message), f"{place}.zip")).receipt.refusals == ()
    again = store.take(packed(tmp_path, written(*YEAR[1:]), "again.zip")).receipt
    assert [refusal.rule for refusal in again.refusals] == ["TR074", "TR333", "TR333"]


def test_a_claim_line_that_was_rejected_may_be_claimed_again_without_a_credit(
    town: Municipality, tmp_path: Path
) -> None:
    """IV085: a rejected line is never credited. Its reference stays used, and the period is free again."""
    first, again = claim(line(reference="P1")), claim(line(reference="P2"), month="2026-02-01")
    found = Finding(first.claim.clients[0].deliveries[0], "9321")
    rejection = answer(first, [found], identification="A1", on=day("2026-02-12"))
    assert isinstance(rejection, ClaimAnswer325)
    refused = {
        "in one delivery": Store(town).take(packed(tmp_path, written(allocation(), first, rejection, again))),
        "without the rejection": Store(town).take(packed(tmp_path, written(allocation(), first, again))),
    }
    store = Store(town)
    for place, message in enumerate((allocation(), first, rejection, again)):
        refused[f"in deliveries of their own, {place}"] = store.take(packed(tmp_path, written(message), "one.zip"))
    rules = {how: [refusal.rule for refusal in batch.receipt.refusals] for how, batch in refused.items()}
    assert rules.pop("without the rejection") == ["TR389"]
    assert not any(rules.values())
    (row,) = refused["in one delivery"].rows["reply"].filter(pl.col("return_code") == "9321").iter_rows(named=True)
    assert row["subject"] == "P1"


def test_a_rejected_client_is_a_rejection_of_all_lines_about_them(town: Municipality, tmp_path: Path) -> None:
    first = claim(line(reference="P1"), line("2026-02-01", reference="P2"), month="2026-02-01")
    rejection = answer(first, [Finding(first.claim.clients[0], "8187")], identification="A1", on=day("2026-03-12"))
    reply = Store(town).take(packed(tmp_path, written(rejection))).rows["reply"]
    assert set(reply.filter(pl.col("return_code") == "8187")["subject"]) == {"P1", "P2"}


def test_a_folder_of_schemas_that_is_not_there_stops_the_delivery(town: Municipality, tmp_path: Path) -> None:
    """It is the municipality's own setting; refusing every message for it would blame the suppliers."""
    wrong = msgspec.structs.replace(town, schemas="weg")
    with pytest.raises(SchemaFolderError):
        Store(wrong).take(packed(tmp_path, written(*YEAR)))


def test_a_door_that_knows_nothing_yet_may_be_told_nothing(town: Municipality, tmp_path: Path) -> None:
    path = packed(tmp_path, written(*YEAR))
    batch = messages.read(path, town=town, supplier=SUPPLIER, pseudonyms=KEY, received=RECEIVED, known={})
    assert batch.receipt.rows_kept == 4


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), parts=st.integers(1, 4))
def test_however_messages_are_shuffled_the_receipts_close(
    small_town: demo.Town, office: Store, tmp_path_factory: pytest.TempPathFactory, seed: int, parts: int
) -> None:
    """Some messages then miss what they stand on and are refused; none is lost and none counts twice."""
    luck = random.Random(seed)
    contents = []
    for path in luck.sample(parcels(small_town), 6):
        with zipfile.ZipFile(path) as archive:
            contents += [archive.read(entry) for entry in archive.infolist()]
    contents = luck.sample(contents, 60)
    folder = tmp_path_factory.mktemp("shuffled")
    whole = Store(office.town, list(office.batches)).take(packed(folder, dict(zip(names(60), contents, strict=True))))
    store = Store(office.town, list(office.batches))
    batches = [
        store.take(packed(folder, dict(zip(names(60), contents[part::parts], strict=False)), f"{part}.zip"))
        for part in range(parts)
    ]
    for batch in (whole, *batches):
        kept = sum(len(frame) for frame in batch.rows.values())
        assert batch.receipt.rows_in == kept + len(batch.receipt.refusals)
    assert sum(batch.receipt.rows_in for batch in batches) == whole.receipt.rows_in


def test_names_of_files_and_their_order_say_nothing(small_town: demo.Town, office: Store, tmp_path: Path) -> None:
    (path,) = (small_town.folder / "deliveries" / "messages").glob("ijw-2024-01.zip")
    with zipfile.ZipFile(path) as archive:
        contents = [archive.read(entry) for entry in archive.infolist()]
    as_sent = Store(office.town, list(office.batches)).take(path)
    random.Random(4).shuffle(contents)
    shuffled = packed(tmp_path, dict(zip(names(len(contents)), contents, strict=True)))
    again = Store(office.town, list(office.batches)).take(shuffled)
    assert len(as_sent.receipt.refusals) > 1
    assert [item.rule for item in again.receipt.refusals] == [item.rule for item in as_sent.receipt.refusals]
    for name, frame in as_sent.rows.items():
        assert frame.drop("delivery").equals(again.rows[name].drop("delivery"))


def names(number: int) -> list[str]:
    return [f"{place:03d}.xml" for place in range(number)]


# Parcels that are made to hurt


def hostile(name: str) -> bytes:
    """Return a zip that no supplier would send by accident."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        match name:
            case "outside":
                archive.writestr("../../etc/cron.d/x", b"x")
            case "absolute":
                archive.writestr("/etc/x", b"x")
            case "zip in a zip":
                archive.writestr("meer.zip", hostile("outside"))
            case "bomb":
                archive.writestr("groot.xml", bytes(40_000_000))
            case "empty":
                archive.writestr("map/", b"")
            case _:
                archive.writestr("a.xml", b"x")
    content = buffer.getvalue()
    if name == "password":  # the bit that says so, in the local and in the central header
        content = content.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01")
        content = content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    if name == "damaged":
        content = content.replace(b"a.xml", b"b.xml", 1)
    return content


@pytest.mark.parametrize("name", ["outside", "absolute", "zip in a zip", "bomb", "empty", "password", "damaged"])
def test_a_zip_that_is_made_to_hurt_is_refused_whole(town: Municipality, tmp_path: Path, name: str) -> None:
    path = tmp_path / "levering.zip"
    path.write_bytes(hostile(name))
    with pytest.raises(ParcelError):
        Store(town).take(path)


def test_two_files_of_one_name_are_refused(town: Municipality, tmp_path: Path) -> None:
    path = tmp_path / "levering.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xml", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.xml", b"2")
    with pytest.raises(ParcelError):
        Store(town).take(path)


def test_a_missing_file_is_an_error_with_its_name(town: Municipality, tmp_path: Path) -> None:
    with pytest.raises(ParcelError) as caught:
        Store(town).take(tmp_path / "weg.zip")
    assert caught.value.where == "weg.zip"
    assert day("2026-01-01") < RECEIVED
