"""The store: deliveries taken in, and the snapshots made of them, of which one stands.

    store/current                                   the hashes of all snapshots, one a line; the last one stands
    store/deliveries/DELIVERY-CONTENT/…             receipt.json, and one Parquet file per table
    store/snapshots/HASH/…                          manifest.json, support.parquet, cost.parquet

New files come first, under names of their own; the pointer `current` moves last. Whatever is killed before that leaves
files that no pointer leads to, and the next writer sweeps them. Nothing that a pointer leads to is ever written again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
import polars as pl

from noaber import __version__, pseudonym
from noaber.municipality import Municipality
from noaber.pseudonym import Pseudonymiser
from noaber.records import DELIVERED, Batch, Law, Privacy

from . import files
from .costs import fold_cost
from .errors import DamagedStoreError, OtherKeyError, StoreNotWrittenError, UnfitBatchError
from .manifest import File, Manifest, Taken, hash_of
from .reading import RECEIPT, Snapshot
from .spells import fold_support

_OFFICE: Final = "backoffice"
_FOLDS: Final = {
    "support": (fold_support, ("allocation", "start", "stop", "request")),
    "cost": (fold_cost, ("allocation", "claim", "reply")),
}
_BEGINNING: Final = date(1970, 1, 1)
_PSEUDONYMS: Final = {
    name: tuple(column.name for column in table.columns if column.privacy is Privacy.PSEUDONYM)
    for name, table in DELIVERED.items()
}


@dataclass(frozen=True, slots=True)
class Store:
    """The store of one municipality, in its folder. Many may read; one at a time writes."""

    folder: Path

    def current(self) -> Snapshot | None:
        """Return the snapshot that stands; None while nothing was taken in."""
        history = self.history()
        return self.at(history[-1]) if history else None

    def history(self) -> list[str]:
        """Return the hashes of the snapshots that can still be read, the oldest first."""
        try:
            return self._pointer.read_text("ascii").split()
        except FileNotFoundError:
            return []

    def at(self, snapshot_hash: str) -> Snapshot:
        """Return a snapshot by its hash; raises `DamagedStoreError` (N-403) when it cannot be read."""
        path = self._snapshots / snapshot_hash / "manifest.json"
        try:
            return Snapshot(self.folder, msgspec.json.decode(path.read_bytes(), type=Manifest))
        except (OSError, msgspec.MsgspecError) as error:
            raise DamagedStoreError(
                "The manifest of a snapshot is missing or cannot be read.",
                where=str(path),
                now="Restore the store from a backup, or take the deliveries in again into an empty store.",
            ) from error

    def has(self, delivery_id: str) -> bool:
        """Return whether a delivery was taken in already."""
        standing = self.current()
        return standing is not None and standing.manifest.delivery(delivery_id) is not None

    def add(self, batches: Iterable[Batch], *, town: Municipality, pseudonyms: Pseudonymiser | None = None) -> Snapshot:
        """Take in batches, all or none, and return the snapshot that stands then.

        A delivery that was taken in before changes nothing. With `pseudonyms` given, a store under another key ring
        refuses (`OtherKeyError`, N-404). Raises `StoreBusyError` (N-401), `StoreNotWrittenError` (N-402) and
        `UnfitBatchError` (N-405); then the snapshot before still stands.
        """
        with self._writing() as workshop:
            standing = self.current()
            ring = standing.manifest.ring if standing else ""
            if pseudonyms is not None:
                if ring not in ("", pseudonyms.mark):
                    raise _other_key(self.folder)
                ring = pseudonyms.mark
            taken = {item.delivery: item for item in standing.manifest.deliveries} if standing else {}
            for batch in batches:
                if batch.receipt.delivery not in taken:
                    _check(batch)
                    taken[batch.receipt.delivery] = self._take(workshop, batch)
            return self._fold(workshop, taken.values(), town=town, ring=ring, history=self.history())

    def rotate_key(self, key_file: Path, *, town: Municipality) -> Snapshot | None:
        """Add a key to the ring and give every pseudonym of the store its successor; nothing of the old ones stays.

        Killed at any moment, it is finished by calling it again: while the file `.before` stands beside the key file,
        no second key is added. Earlier snapshots go, as they hold the old pseudonyms. Raises as `add` does.
        """
        with self._writing() as workshop:
            standing, ring = self.current(), pseudonym.read(key_file)
            before = pseudonym.before(key_file) or ring
            if standing is not None and standing.manifest.ring not in ("", before.mark, ring.mark):
                raise _other_key(self.folder)
            if before.keys == ring.keys:
                ring = pseudonym.rotate(key_file)
            if standing is not None and standing.manifest.ring != ring.mark:
                taken = [self._rewritten(workshop, item, ring) for item in standing.manifest.deliveries]
                standing = self._fold(workshop, taken, town=town, ring=ring.mark, history=[])
            pseudonym.forget_before(key_file)
            return standing

    def prune(self, keep: int) -> None:
        """Let go of all but the last `keep` snapshots; deliveries stay, so every day can still be asked."""
        assert keep > 0, "the snapshot that stands is always kept"
        with self._writing():
            self._stand(self.history()[-keep:])

    @property
    def _pointer(self) -> Path:
        return self.folder / "current"

    @property
    def _deliveries(self) -> Path:
        return self.folder / "deliveries"

    @property
    def _snapshots(self) -> Path:
        return self.folder / "snapshots"

    @contextmanager
    def _writing(self) -> Iterator[Path]:
        """Hold the store alone, swept; give a folder for what is being made."""
        workshop = self.folder / "new"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with files.locked(self.folder / "lock"):
                self._open()
                self._sweep()
                shutil.rmtree(workshop, ignore_errors=True)
                workshop.mkdir()
                try:
                    yield workshop
                finally:
                    shutil.rmtree(workshop, ignore_errors=True)
        except OSError as error:
            raise StoreNotWrittenError(
                f"The store could not be written: {error.strerror or error}. What stood before still stands.",
                where=str(self.folder),
                now="Make room or make the folder writable, and do the same again.",
            ) from error

    def _open(self) -> None:
        """Make the parts of a new store, the pointer first: without it, nothing could be told from what may go."""
        if not self._pointer.exists():
            if self._deliveries.exists():
                raise DamagedStoreError(
                    "The pointer of the store is missing.",
                    where=str(self._pointer),
                    now="Restore the file `current` from a backup; it holds the hash of the snapshot that stands.",
                )
            files.point(self._pointer, "")
        self._deliveries.mkdir(exist_ok=True)
        self._snapshots.mkdir(exist_ok=True)

    def _stand(self, history: list[str]) -> None:
        files.point(self._pointer, "".join(f"{item}\n" for item in history))
        self._sweep()

    def _sweep(self) -> None:
        """Remove what no pointer leads to: the remains of a killed run, and what was let go of."""
        standing = self.current()
        used = set(self.history())
        if standing is not None:
            used |= {_folder(taken) for taken in standing.manifest.deliveries}
        for folder in (*self._deliveries.iterdir(), *self._snapshots.iterdir()):
            if folder.name not in used:
                shutil.rmtree(folder)

    def _rewritten(self, workshop: Path, taken: Taken, ring: Pseudonymiser) -> Taken:
        """Write a delivery once more with the pseudonyms of the ring; one without pseudonyms stays as it is."""
        if not any(_PSEUDONYMS.get(file.table) for file in taken.files):
            return taken
        part = _part(self.folder, [taken])
        rows = {table: _rekeyed(frame, _PSEUDONYMS[table], ring) for table, frame in part.delivered().items()}
        return self._take(workshop, Batch(receipt=part.receipts()[0], rows=rows))

    def _take(self, workshop: Path, batch: Batch) -> Taken:
        """Write a delivery to its place, where nothing leads to it yet."""
        receipt = msgspec.json.format(msgspec.json.encode(batch.receipt), indent=1)
        rows = {table: frame for table, frame in sorted(batch.rows.items()) if not frame.is_empty()}
        said = [f"{table} {files.digest(frame)}" for table, frame in rows.items()]
        content = hash_of([receipt.decode(), *said])
        folder = f"{batch.receipt.delivery}-{content}"
        (workshop / "deliveries" / folder).mkdir(parents=True)
        written = [_write(workshop, f"deliveries/{folder}/receipt.json", RECEIPT, 1, receipt)]
        for table, frame in rows.items():
            path = f"deliveries/{folder}/{table}.parquet"
            written.append(_write(workshop, path, table, len(frame), files.parquet(frame)))
        files.move(workshop / "deliveries" / folder, self._deliveries / folder)
        return Taken(
            delivery=batch.receipt.delivery,
            source=batch.receipt.source,
            known_on=max([batch.receipt.known_on, *(_last_known(frame) for frame in rows.values())]),
            content=content,
            files=tuple(written),
        )

    def _fold(
        self, workshop: Path, taken: Iterable[Taken], *, town: Municipality, ring: str, history: list[str]
    ) -> Snapshot:
        """Fold what was taken in to a snapshot that stands from now on, after `history`."""
        part = _part(self.folder, sorted(taken, key=lambda item: item.delivery))
        made_of = [_folder(item) for item in part.manifest.deliveries]
        inputs = hash_of([__version__, ring, *_care_forms(town), *made_of])
        standing = self.current()
        if standing is not None and standing.manifest.inputs == inputs:
            return standing
        folded = _folded(part, town)
        called = hash_of([ring, *made_of, *(files.digest(frame) for frame in folded.values())])
        if not (self._snapshots / called).exists():
            (workshop / "snapshots" / called).mkdir(parents=True)
            written = [
                _write(workshop, f"snapshots/{called}/{table}.parquet", table, len(frame), files.parquet(frame))
                for table, frame in folded.items()
            ]
            manifest = msgspec.structs.replace(
                part.manifest, hash=called, inputs=inputs, ring=ring, folded=tuple(written)
            )
            text = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
            files.write_once(workshop / "snapshots" / called / "manifest.json", text)
            files.move(workshop / "snapshots" / called, self._snapshots / called)
        self._stand([*(item for item in history if item != called), called])
        return self.at(called)


def _part(folder: Path, taken: list[Taken]) -> Snapshot:
    """Return some deliveries as a snapshot that has no name yet and nothing folded."""
    known_on = max((item.known_on for item in taken), default=_BEGINNING)
    manifest = Manifest(
        hash="", known_on=known_on, code=__version__, inputs="", ring="", deliveries=tuple(taken), folded=()
    )
    return Snapshot(folder, manifest)


def _folded(part: Snapshot, town: Municipality) -> dict[str, pl.DataFrame]:
    """Return the folded tables, made law by law, as no law speaks of another.

    Raises `UnfitBatchError` (N-405) for a care form that the municipality does not declare.
    """
    office = {item.delivery for item in part.manifest.deliveries if item.source == _OFFICE}
    folded = {
        table: pl.concat([fold(part.delivered(*needed, law=law), town=town, office=office) for law in sorted(Law)])
        for table, (fold, needed) in _FOLDS.items()
    }
    for frame in folded.values():
        unknown = frame.filter(pl.col("kind").is_null())["care_form"].unique().sort().to_list()
        if unknown:
            raise UnfitBatchError(
                f"Deliveries name care forms that the municipality does not declare: {', '.join(unknown)}.",
                where=str(town.folder / "municipality.toml"),
                now="Declare them under [[care_forms]]; one that ended stays declared while the store holds it.",
            )
    return folded


def _check(batch: Batch) -> None:
    """Raise `UnfitBatchError` unless every row fits its table and is of this delivery."""
    for table, frame in batch.rows.items():
        if problem := _problem(table, frame, batch.receipt.delivery):
            raise UnfitBatchError(
                f"Table {table} {problem}.",
                where=batch.receipt.name,
                now="This is a fault in the door, not in the delivery: please report it.",
            )


def _problem(table: str, frame: pl.DataFrame, delivery: str) -> str:
    """Return what is wrong with rows for a table; empty when nothing is."""
    if table not in DELIVERED:
        return "is no table of records"
    for line, problem in DELIVERED[table].problems(frame).head(1).iter_rows():
        return f"holds a row that it does not allow, of line {line}: {problem}"
    return "" if (frame["delivery"] == delivery).all() else "holds rows of another delivery"


def _last_known(frame: pl.DataFrame) -> date:
    last = frame["known_on"].max()
    assert isinstance(last, date), "every row was known on some day"
    return last


def _write(workshop: Path, path: str, table: str, rows: int, content: bytes) -> File:
    return File(path=path, table=table, rows=rows, sha256=files.write_once(workshop / path, content))


def _rekeyed(frame: pl.DataFrame, columns: tuple[str, ...], ring: Pseudonymiser) -> pl.DataFrame:
    for column in columns:
        old = frame[column].drop_nulls().unique()
        new = pl.Series([ring.rekey(pseudonym) for pseudonym in old], dtype=pl.String)
        frame = frame.with_columns(pl.col(column).replace_strict(old, new, default=None))
    return frame


def _care_forms(town: Municipality) -> list[str]:
    return sorted(f"{form.code} {form.layer} {form.kind}" for form in town.care_forms)


def _folder(taken: Taken) -> str:
    return f"{taken.delivery}-{taken.content}"


def _other_key(folder: Path) -> OtherKeyError:
    return OtherKeyError(
        "The pseudonyms of this store were made under another key than the one in the key file.",
        where=str(folder),
        now="Put back the key file of this store; was a rotation cut off, finish it with: noaber doctor --rotate-key",
    )
