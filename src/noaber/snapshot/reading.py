"""Reading a snapshot: its receipts, what was delivered, what was known on a day, and where a row came from."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import msgspec
import polars as pl

from noaber.records import DELIVERED, FOLDED, TABLES, Law, Receipt, Table, Type

from .errors import DamagedStoreError, StoreError
from .manifest import File, Manifest

RECEIPT: Final = "receipt"
_FOLDED_FROM: Final = {"support": ("allocation", "start", "stop"), "cost": ("claim",)}
_TYPES: Final = {
    Type.TEXT: "VARCHAR",
    Type.INTEGER: "BIGINT",
    Type.NUMBER: "DOUBLE",
    Type.CENTS: "BIGINT",
    Type.DATE: "DATE",
    Type.MONTH: "DATE",
    Type.MOMENT: "TIMESTAMP",
    Type.BOOLEAN: "BOOLEAN",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a row came from: the delivery by its name and door, and the file and line in it."""

    delivery: str
    source: str
    name: str
    known_on: date
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of the store. It never changes: another delivery makes another snapshot."""

    folder: Path
    """Folder of the store."""
    manifest: Manifest

    @property
    def hash(self) -> str:
        """Name of the snapshot (16 hex digits), from its content: the same deliveries in any order have the same."""
        return self.manifest.hash

    @property
    def known_on(self) -> date:
        """Latest day on which anything in it was known."""
        return self.manifest.known_on

    def receipts(self) -> list[Receipt]:
        """Return the receipts of all deliveries, by day and name."""
        found = [self._receipt(file) for file in self.manifest.files(RECEIPT)]
        return sorted(found, key=lambda receipt: (receipt.known_on, receipt.name, receipt.delivery))

    def delivered(self, *tables: str, law: Law | None = None) -> dict[str, pl.DataFrame]:
        """Return all rows ever delivered of some tables (of all, when none is named), with their lineage.

        With a `law` given, only the rows under that law; the tables must have one.
        """
        return {table: self._rows(DELIVERED[table], law) for table in tables or DELIVERED}

    def connect(self, known_on: date | None = None) -> duckdb.DuckDBPyConnection:
        """Return a connection with one view per table, as known on a day (by default: all that is known).

        Of delivered rows with the same key the latest stands; `support` and `cost` show the versions of that day. The
        connection can read the store and nothing else, and it loads no extension.
        """
        connection = duckdb.connect(
            config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        )
        allowed = ", ".join(sorted({_quoted(str(self.folder)), _quoted(_escaped(self.folder))}))
        connection.execute(f"SET allowed_directories = [{allowed}]")
        connection.execute("SET enable_external_access = false")
        for table in TABLES.values():
            connection.execute(f"CREATE VIEW {table.name} AS {self._view(table, known_on or self.known_on)}")
        connection.execute("SET lock_configuration = true")
        return connection

    def sources(self, tables: Iterable[str]) -> tuple[str, ...]:
        """Return each table with the doors its rows came in by; what is folded came in with what it is folded from."""
        found = []
        for table in tables:
            origins = _FOLDED_FROM.get(table, (table,))
            doors = {
                taken.source
                for taken in self.manifest.deliveries
                if any(file.table in origins and file.rows for file in taken.files)
            }
            found.append(f"{table} ({', '.join(sorted(doors)) or 'nothing came in'})")
        return tuple(found)

    def trace(self, delivery: str, line: int) -> Origin:
        """Return where a row with this lineage came from; raises `StoreError` (N-400) for an unknown delivery."""
        taken = self.manifest.delivery(delivery)
        if taken is None:
            raise StoreError(
                "This snapshot holds no such delivery.",
                where=delivery,
                now="Ask the snapshot that the figure names; its hash stands beside the figure.",
            )
        receipt = self._receipt(next(file for file in taken.files if file.table == RECEIPT))
        place = bisect_right([first for first, _ in receipt.parts], line) - 1
        first, file = receipt.parts[place] if place >= 0 else (1, receipt.name)
        return Origin(
            delivery=delivery,
            source=receipt.source,
            name=receipt.name,
            known_on=receipt.known_on,
            file=file,
            line=line - first + 1,
        )

    def verify(self) -> None:
        """Check every file against its hash; raises `DamagedStoreError` (N-403) at the first that differs."""
        for file in (*self.manifest.folded, *(file for taken in self.manifest.deliveries for file in taken.files)):
            path = self.folder / file.path
            if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != file.sha256:
                raise _damaged(file.path)

    def _receipt(self, file: File) -> Receipt:
        return msgspec.json.decode((self.folder / file.path).read_bytes(), type=Receipt)

    def _paths(self, table: str) -> list[Path]:
        return [self.folder / file.path for file in self.manifest.files(table)]

    def _rows(self, table: Table, law: Law | None) -> pl.DataFrame:
        paths = self._paths(table.name)
        if not paths:
            return table.empty()
        rows = pl.scan_parquet(paths, glob=False)
        try:
            return (rows if law is None else rows.filter(pl.col("law") == law.value)).collect()
        except (OSError, pl.exceptions.PolarsError) as error:
            raise _damaged(f"table {table.name}") from error

    def _view(self, table: Table, known_on: date) -> str:
        columns = ", ".join(f'"{column.name}"' for column in table.all_columns)
        paths = ", ".join(_quoted(_escaped(path)) for path in self._paths(table.name))
        if not paths:
            empty = ", ".join(f'NULL::{_TYPES[column.type]} AS "{column.name}"' for column in table.all_columns)
            return f"SELECT {empty} WHERE false"
        source, day = f"read_parquet([{paths}])", f"DATE '{known_on.isoformat()}'"  # no text from outside
        if table.name in FOLDED:
            return (
                f"SELECT {columns} FROM {source} "  # noqa: S608
                f"WHERE known_from <= {day} AND (known_until IS NULL OR known_until > {day})"
            )
        key = ", ".join(f'"{name}"' for name in table.key)
        return (
            f"SELECT {columns} FROM {source} WHERE known_on <= {day} "  # noqa: S608
            f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY known_on DESC, delivery DESC, line DESC) = 1"
        )


def _damaged(where: str) -> DamagedStoreError:
    return DamagedStoreError(
        "A file of the store is missing or is not what was written.",
        where=where,
        now="Restore the store from a backup, or take the deliveries in again into an empty store.",
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _escaped(path: Path) -> str:
    """Return a path in which no character stands for others."""
    return re.sub(r"([*?\[])", r"[\1]", str(path))
