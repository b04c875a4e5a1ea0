"""One delivered file at a door: its bytes, its identity, and how its rows and its receipt leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from noaber.records import DELIVERED, Batch, Receipt, RecordError, Refusal, Remark, delivery_id

from .delimited import UnreadableFileError, known_on


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file as it was delivered, through which door, and the day its supplier said it."""

    source: str
    name: str
    known_on: date
    content: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """The identity: same bytes through the same door, same identity."""
        return delivery_id(self.source, self.content)

    def stamp(self, table: str, rows: pl.DataFrame) -> pl.DataFrame:
        """Return `rows` (with `line`) in the shape of `table`: columns it does not have are empty, lineage is filled.

        Raises `RecordError` (N-101) when a row breaks the declaration: a door refuses such a row before.
        """
        declared = DELIVERED[table]
        lineage = {"delivery": pl.lit(self.id), "known_on": pl.lit(self.known_on)}
        given = {name: pl.col(name) for name in rows.columns} | lineage
        nothing = pl.lit(None)
        shaped = rows.select(given.get(name, nothing).cast(kind).alias(name) for name, kind in declared.schema.items())
        if not (wrong := declared.problems(shaped)).is_empty():
            raise RecordError(
                f"A door let rows through that table {table} does not allow: {wrong['problem'][0]}.",
                where=f"{self.name}, line {wrong['line'][0]}",
                now="This is a fault in the door, not in the delivery: please report it.",
            )
        return shaped

    def batch(
        self,
        rows: Mapping[str, pl.DataFrame],
        *,
        rows_in: int,
        refusals: Iterable[Refusal] = (),
        remarks: Iterable[Remark] = (),
    ) -> Batch:
        """Return the batch: every row that came in and was not refused counts as kept, whatever it filled."""
        refused = tuple(sorted(refusals, key=lambda refusal: refusal.line))
        receipt = Receipt(
            delivery=self.id,
            source=self.source,
            name=self.name,
            known_on=self.known_on,
            rows_in=rows_in,
            rows_kept=rows_in - len(refused),
            refusals=refused,
            remarks=tuple(remarks),
        )
        return Batch(receipt=receipt, rows={table: self.stamp(table, frame) for table, frame in rows.items()})


def open_delivery(path: Path, source: str, received: date) -> Delivery:
    """Return the file at `path` as delivered through `source`.

    Raises `UnreadableFileError` (N-211) when it cannot be opened, and `SourceError` (N-210) for an impossible date in
    its name.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            f"Het bestand kan niet worden geopend: {error.strerror}.",
            where=path.name,
            now="Controleer of het er staat en of u het mag lezen.",
        ) from None
    return Delivery(source, path.name, known_on(path, received), content)
