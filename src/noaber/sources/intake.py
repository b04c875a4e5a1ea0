"""Which files are there, under which supplier, and reading them one after another through the right doors."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from noaber.municipality import Municipality, Supplier
from noaber.pseudonym import Pseudonymiser
from noaber.records import DELIVERED, Batch, NoaberError, Receipt

from . import backoffice, cbs, indications, messages, tables
from .delimited import SourceError
from .standing import NEEDED

_DOORS: Final = {
    "messages": messages.read,
    "backoffice": backoffice.read,
    "tables": tables.read,
    "cbs": cbs.read,
    "indications": indications.read,
}


class DeliveryError(SourceError):
    """There is nothing to take in, or a file belongs to no supplier."""

    code = "N-209"
    exit_code = 2


def deliveries(town: Municipality, paths: Sequence[Path] = ()) -> list[tuple[Supplier, Path]]:
    """Return the files to read (`paths`, or all), each under its supplier; messages last, judged against all else.

    Raises `DeliveryError` (N-209) for a file of no supplier, and when there is no file at all.
    """
    wanted = {path.resolve() for path in paths}
    found: dict[Path, Supplier] = {}
    for supplier in town.suppliers:
        for path in sorted(town.folder.glob(supplier.files)):
            found.setdefault(path.resolve(), supplier)
    if strange := wanted - set(found):
        raise DeliveryError(
            "A file belongs to no supplier of this municipality.",
            where=", ".join(sorted(path.name for path in strange)),
            now="Put it where municipality.toml says the supplier's files are, or add the supplier there.",
        )
    chosen = [(supplier, path) for path, supplier in found.items() if not wanted or path in wanted]
    if not chosen:
        raise DeliveryError(
            "No supplier has any file here.",
            where=str(town.folder),
            now="Put the deliveries where `files` in municipality.toml says; paths are relative to that file.",
        )
    return sorted(chosen, key=lambda item: (item[0].source == "messages", item[1].name))


def read_all(
    chosen: Sequence[tuple[Supplier, Path]],
    *,
    town: Municipality,
    pseudonyms: Pseudonymiser,
    received: date,
    standing: dict[str, pl.DataFrame],
    unread: list[tuple[str, NoaberError]],
    tell: Callable[[str, float], None],
) -> Iterator[Batch]:
    """Yield a batch per delivery, each judged against `standing` (tables by name) and the deliveries before it.

    `standing` grows on the way. A delivery that cannot be read at all is added to `unread` with the reason, and keeps
    no other out.
    """
    for done, (supplier, path) in enumerate(chosen):
        tell(path.name, done / len(chosen))
        door = _DOORS[supplier.source]
        try:
            batch = door(path, town=town, supplier=supplier, pseudonyms=pseudonyms, received=received, known=standing)
        except NoaberError as error:
            unread.append((path.name, error))
            continue
        for table, columns in NEEDED.items():
            if table in batch.rows:
                before = standing.get(table, DELIVERED[table].empty())
                standing[table] = pl.concat([before.select(columns), batch.rows[table].select(columns)])
        yield batch


def write_receipts(folder: Path, receipts: Iterable[Receipt]) -> None:
    """Write each receipt as a file for its supplier: what was refused and what was remarked, line by line (Dutch)."""
    folder.mkdir(parents=True, exist_ok=True)
    for receipt in receipts:
        with (folder / f"{receipt.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(["oordeel", "regel", "plaats", "code", "retourcode", "reden"])
            for item in receipt.refusals:
                writer.writerow(["geweigerd", item.line, item.place, item.rule, item.return_code, item.reason])
            for remark in receipt.remarks:
                writer.writerow(["opgemerkt", remark.line, remark.place, remark.code, "", remark.text])
