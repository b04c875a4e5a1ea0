"""Ask small snapshots what was known on a day, for the specification of the snapshot."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from noaber.records import Batch
from noaber.snapshot import Store
from said import TOWN


def known(query: str, deliveries: Iterable[Batch], on: str = "2030-01-01") -> list[tuple[object, ...]]:
    """Return the rows of a query over what some deliveries said, as known on a day; days come back as ISO texts."""
    with TemporaryDirectory() as folder:
        snapshot = Store(Path(folder) / "store").add(deliveries, town=TOWN)
        with snapshot.connect(date.fromisoformat(on)) as connection:
            rows = connection.execute(query).fetchall()
    return [tuple(value.isoformat() if isinstance(value, date) else value for value in row) for row in rows]


def spells(deliveries: Iterable[Batch], on: str = "2030-01-01") -> list[tuple[object, ...]]:
    """Return (first day, last day) of each spell of support, as known on a day."""
    return known("SELECT began_on, ended_on FROM support ORDER BY began_on NULLS FIRST", deliveries, on)


def euros(deliveries: Iterable[Batch], on: str = "2030-01-01") -> float:
    """Return what everything cost, as known on a day."""
    return known("SELECT coalesce(sum(amount_cents), 0)::BIGINT FROM cost", deliveries, on)[0][0] / 100
