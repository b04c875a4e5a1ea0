"""Messages through the door: how many per second, and what judging and pseudonyms add to reading.

    python bench/message_door.py [--town FOLDER] [--scale 0.1]

Beside it stands what one would do without Noaber: parse with lxml and pick the rows into Polars frames, with nothing
checked, judged or hidden. `--town` is a made-up town (`noaber demo`); without it a small one is made. All zips go
through in the order of their months, each judged against all that came before; seconds are CPU seconds of one process.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from lxml import etree

from noaber import demo, municipality
from noaber.messages import read
from noaber.municipality import Municipality
from noaber.pseudonym import Pseudonymiser
from noaber.records import DELIVERED
from noaber.sources import backoffice, messages

KEY = Pseudonymiser((bytes(range(32)),))
SAFE = etree.XMLParser(resolve_entities=False, no_network=True)
LINES = {"ToegewezenProduct", "StartProduct", "StopProduct", "AangevraagdProduct", "TeWijzigenProduct", "Prestatie"}
RECEIVED = date(2026, 11, 24)


def zips(folder: Path) -> list[Path]:
    """Return the zips of messages, month by month."""
    found = (folder / "deliveries" / "messages").glob("*.zip")
    return sorted(found, key=lambda path: (path.stem.partition("-")[2], path.name))


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every message."""
    for path in zips(folder):
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                yield entry.filename, archive.read(entry)


def picked(folder: Path) -> int:
    """Parse, and pick the texts of every line into a frame per kind; return the rows."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for _, content in contents(folder):
        for element in etree.fromstring(content, SAFE).iter():
            name = etree.QName(element).localname
            if name in LINES:
                rows[name].append({etree.QName(leaf).localname: leaf.text or "" for leaf in element.iter()})
    return sum(len(pl.DataFrame(found, infer_schema_length=None)) for found in rows.values())


def only_read(folder: Path) -> int:
    """Read every message into structs, typed and checked; return how many."""
    return sum(read(content, name=name) is not None for name, content in contents(folder))


class Store:
    """What came in so far."""

    def __init__(self, town: Municipality) -> None:
        self.town = town
        self.known = {name: table.empty() for name, table in DELIVERED.items()}

    def take(self, path: Path, door: Any, supplier: municipality.Supplier) -> int:
        """Take a delivery in, and return how many rows stand on its receipt."""
        batch = door.read(path, town=self.town, supplier=supplier, pseudonyms=KEY, received=RECEIVED, known=self.known)
        for name, frame in batch.rows.items():
            self.known[name] = pl.concat([self.known[name], frame])
        return int(batch.receipt.rows_in)


def office(folder: Path) -> Store:
    """Return a store with the exports of the back office."""
    store = Store(municipality.read(folder / "municipality.toml"))
    for supplier in store.town.suppliers:
        if supplier.source == "backoffice":
            for path in sorted(folder.glob(supplier.files)):
                store.take(path, backoffice, supplier)
    return store


def through_the_door(folder: Path, store: Store) -> int:
    """Take every zip in; return the rows."""
    supplier = next(item for item in store.town.suppliers if item.source == "messages")
    return sum(store.take(path, messages, supplier) for path in zips(folder))


def timed(way: Callable[[], int]) -> tuple[float, int]:
    """Return CPU seconds and what came out."""
    begin = time.process_time()
    count = way()
    return time.process_time() - begin, count


def measure(folder: Path) -> None:
    """Print the page's table."""
    count = sum(1 for _ in contents(folder))
    store = office(folder)
    before = sum(len(frame) for frame in store.known.values())
    plain, rows = timed(lambda: picked(folder))
    reading, _ = timed(lambda: only_read(folder))
    door, judged = timed(lambda: through_the_door(folder, store))
    print(f"{count:,} messages, {judged:,} rows, judged against {before:,} rows of the back office and each other.")
    print(f"Python {platform.python_version()}, lxml {etree.__version__}, Polars {pl.__version__}\n")
    print("| what | messages per CPU second | rows per CPU second | time ÷ lxml and Polars |")
    print("| --- | --: | --: | --: |")
    for what, seconds, out in (
        ("lxml and Polars: parsed and picked, nothing checked", plain, rows),
        ("Noaber: read, typed and checked", reading, judged),
        ("Noaber: through the door: judged, pseudonymised, in tables", door, judged),
    ):
        print(f"| {what} | {count / seconds:,.0f} | {out / seconds:,.0f} | {seconds / plain:.1f} |")


def main() -> None:
    """Measure a town that is there, or a small one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--town", type=Path)
    parser.add_argument("--scale", type=float, default=0.1)
    asked = parser.parse_args()
    if asked.town:
        measure(asked.town)
        return
    with tempfile.TemporaryDirectory() as place:
        demo.make(Path(place) / "town", seed=1, until=date(2026, 6, 30), scale=asked.scale)
        measure(Path(place) / "town")


if __name__ == "__main__":
    main()
