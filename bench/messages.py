"""Messages per second: parsed, typed and checked; by the official schema as well; written; answered.

    python bench/messages.py [--schemas FOLDER] [--files FOLDER] [--rounds 5]

Beside it stands what one would use without Noaber: lxml with a safe parser, and that with validation by the official
schema; both give a tree of texts, not types. `--files` is a folder with zips of messages; without it a made-up town
writes them. Every way does the same files one by one and keeps none, in turn, in one process on one core, and the best
round counts. Reading them off disk, pseudonyms and storing are not in it.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
from lxml import etree

from noaber import demo
from noaber.messages import ANSWERED_BY, answer, read, write

Files = list[tuple[str, bytes]]
SAFE = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
DAY = date(2026, 11, 24)


def files_of(folder: Path, most: int) -> Files:
    """Return about `most` messages from the zips in a folder, spread over the zips."""
    found: Files = []
    archives = sorted(folder.glob("*.zip"))
    for path in archives:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            step = max(1, len(entries) * len(archives) // most)
            found += [(entry.filename, archive.read(entry)) for entry in entries[::step]]
    return found


def made(most: int) -> Files:
    """Return messages of a small made-up town."""
    with tempfile.TemporaryDirectory() as place:
        town = demo.make(Path(place) / "town", seed=1, until=date(2026, 6, 30), scale=0.1)
        return files_of(town.folder / "deliveries" / "messages", most)


class Ways:
    """What is measured: each way does all its messages, one by one."""

    def __init__(self, files: Files, schemas: Path | None) -> None:
        self.files = files
        self.said = [read(content, name=name) for name, content in files]
        self.asked = [message for message in self.said if message.number in ANSWERED_BY]
        self.schemas = schemas
        official = schemas.glob("*/*[0-9].xsd") if schemas else ()
        self.compiled = {path.stem: etree.XMLSchema(etree.parse(path)) for path in official}

    def all(self) -> dict[str, tuple[Callable[[], None], int]]:
        """Return every way by name, and how many messages it does."""
        count = len(self.files)
        found = {"lxml: parsed": (self.parsed, count), "Noaber: parsed, typed and checked": (self.checked, count)}
        if self.schemas:
            found["lxml: parsed, official schema"] = (self.validated, count)
            found["Noaber: parsed, typed and checked, official schema"] = (self.both, count)
        found["Noaber: written"] = (self.written, count)
        found["Noaber: answered, and the answer written"] = (self.answered, len(self.asked))
        return found

    def parsed(self) -> None:
        for _, content in self.files:
            etree.fromstring(content, SAFE)

    def validated(self) -> None:
        for name, content in self.files:
            self.compiled[name.partition("-")[0]].assertValid(etree.fromstring(content, SAFE))

    def checked(self) -> None:
        for name, content in self.files:
            read(content, name=name)

    def both(self) -> None:
        for name, content in self.files:
            read(content, name=name, schemas=self.schemas)

    def written(self) -> None:
        for message in self.said:
            write(message)

    def answered(self) -> None:
        for message in self.asked:
            write(answer(message, identification="R1", on=DAY))


def main() -> None:
    """Measure each way and print the table of the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schemas", type=Path, help="folder with iwmo_3_2/ and ijw_3_2/")
    parser.add_argument("--files", type=Path, help="folder with zips of messages")
    parser.add_argument("--most", type=int, default=10_000, help="messages to use, about")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    files = files_of(options.files, options.most) if options.files else made(options.most)
    ways = Ways(files, options.schemas).all()
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(options.rounds):
        for name, (run, count) in ways.items():
            before = time.process_time()
            run()
            best[name] = min(best[name], (time.process_time() - before) / count)
    size = sum(len(content) for _, content in files) / len(files)
    print(f"Messages: {len(files):,}, {size:,.0f} bytes on average.")
    print(f"Python {platform.python_version()}, lxml {etree.__version__}, msgspec {msgspec.__version__}\n")
    print("| what | messages per CPU second | time ÷ lxml parsed |")
    print("| --- | --: | --: |")
    for name, seconds in best.items():
        print(f"| {name} | {1 / seconds:,.0f} | {seconds / best['lxml: parsed']:.1f} |")


if __name__ == "__main__":
    main()
