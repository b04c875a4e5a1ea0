"""The example municipality Hengelo, taken in; and the tables its figures were transcribed from, if they are at hand."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from noaber import examples, municipality
from noaber.pseudonym import Pseudonymiser
from noaber.records import Batch
from noaber.sources import indications, tables

DOORS = {"indications": indications, "tables": tables}
REPOSITORY = Path(__file__).parents[1]


def take_in(folder: Path) -> Iterator[Batch]:
    """Yield the batch of every delivery of the example, copied to `folder`."""
    town = municipality.read(examples.copy("hengelo", folder))
    for supplier in town.suppliers:
        for path in sorted(town.folder.glob(supplier.files)):
            yield DOORS[supplier.source].read(
                path,
                town=town,
                supplier=supplier,
                pseudonyms=Pseudonymiser((bytes(32),)),
                received=date(2026, 1, 1),
                known={},
            )


def together(batches: list[Batch], table: str) -> pl.DataFrame:
    """Return the rows of a table from all batches."""
    return pl.concat([batch.rows[table] for batch in batches if table in batch.rows])


def transcribed(name: str) -> list[dict[str, str]]:
    """Return the rows of a transcribed table; skips the test where the shared folder is not at hand."""
    shared = Path(os.environ.get("NOABER_SHARED", REPOSITORY.parent / "shared"))
    path = shared / "hengelo" / name
    if not path.exists():
        pytest.skip("the transcribed tables are not here; name their folder with NOABER_SHARED")
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
