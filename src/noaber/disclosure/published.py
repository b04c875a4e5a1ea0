"""The only writer of published files, and their reader: one file per result and version, and an index that moves last.

A file is named after its content, so publishing the same twice changes nothing and an older version is never
overwritten. docs/reference/published-files.md describes what a file holds.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

import msgspec
import polars as pl

from noaber.municipality import Disclosure
from noaber.records import Text
from noaber.results import Break, Frequency, OverTime, Polarity, Provenance, Unit

from .errors import PublishedFileError
from .safe import Relation, SafeResult, name_of

FORMAT: Final = 1
INDEX: Final = "index.json"
Kind = TypeVar("Kind", bound=msgspec.Struct)


class PublishedFile(msgspec.Struct, frozen=True, kw_only=True):
    """One published result as it stands on disk; `cells` holds a list per column, all of one length."""

    format: int
    indicator: str
    title: Text
    definition: Text
    unit: Unit
    frequency: Frequency
    dimensions: tuple[str, ...]
    polarity: Polarity
    breaks: tuple[Break, ...]
    provisional_from: str | None
    notes: tuple[Text, ...]
    labels: dict[str, dict[str, Text]]
    provenance: Provenance
    protection: Text
    rule: Disclosure
    persons: bool
    units: dict[str, Unit]
    relations: dict[str, dict[str, Relation]]
    bounded: bool
    whole: bool
    over_time: OverTime
    cells: dict[str, list[str | float | None]]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One result in the index: the file that counts now, and the files that counted before, latest first."""

    name: str
    indicator: str
    title: Text
    frequency: Frequency
    dimensions: tuple[str, ...]
    known_on: date
    snapshot: str
    file: str
    earlier: tuple[str, ...] = ()


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """What counts now: one entry per indicator, frequency and choice of dimensions."""

    format: int
    results: tuple[Entry, ...]


def index(folder: Path) -> Index:
    """Return the index of a folder; an empty one when nothing was published yet.

    Raises `PublishedFileError` (N-554) when it cannot be read.
    """
    path = folder / INDEX
    if not path.exists():
        return Index(format=FORMAT, results=())
    try:
        return read_index(path.read_bytes(), name=path.name)
    except OSError as error:
        raise _unreadable(path.name) from error


def read_index(content: bytes, *, name: str) -> Index:
    """Return an index from what its file holds; `name` is what a complaint calls it.

    Raises `PublishedFileError` (N-554) when it cannot be read.
    """
    return _decoded(content, Index, name)


def read(path: Path) -> SafeResult:
    """Return a published result.

    Raises `PublishedFileError` (N-554) when the file is missing, damaged, or of a later format than this version knows.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unreadable(path.name) from error
    return parse(content, name=path.name)


def parse(content: bytes, *, name: str) -> SafeResult:
    """Return a published result from what its file holds; `name` is what a complaint calls it.

    Raises `PublishedFileError` (N-554) when it is damaged, or of a later format than this version knows.
    """
    file = _decoded(content, PublishedFile, name)
    types = {name: pl.Float64() if name in file.units else pl.String() for name in file.cells}
    try:
        cells = pl.DataFrame(file.cells, schema=types)
    except (pl.exceptions.PolarsError, TypeError) as error:
        raise _unreadable(name) from error
    fields = {item: getattr(file, item) for item in PublishedFile.__struct_fields__ if item not in {"format", "cells"}}
    return SafeResult(cells=cells, **fields)


def current(folder: Path) -> dict[str, SafeResult]:
    """Return what counts now in a folder, by indicator; of several frequencies the yearly one.

    Raises `PublishedFileError` (N-554) when a file cannot be read.
    """
    found: dict[str, SafeResult] = {}
    for entry in sorted(index(folder).results, key=lambda entry: (entry.frequency != "year", entry.name)):
        if entry.indicator not in found:
            found[entry.indicator] = read(folder / entry.file)
    return found


def write(results: Sequence[SafeResult], folder: Path) -> tuple[Path, ...]:
    """Write results that passed the audit; return the new files.

    First the files, each whole or not at all, then the index; a crash in between leaves the old index in force.
    """
    folder.mkdir(parents=True, exist_ok=True)
    entries = {entry.name: entry for entry in index(folder).results}
    written = []
    for result in results:
        content = _encoded(result)
        name = name_of(result)
        file = f"{name}.{hashlib.sha256(content).hexdigest()[:16]}.json"
        before = entries.get(name)
        if before is not None and before.file == file:
            continue
        if not (folder / file).exists():
            _replace(folder / file, content)
            written.append(folder / file)
        past = () if before is None else tuple(item for item in (before.file, *before.earlier) if item != file)
        entries[name] = Entry(
            name=name,
            indicator=result.indicator,
            title=result.title,
            frequency=result.frequency,
            dimensions=result.dimensions,
            known_on=result.provenance.known_on,
            snapshot=result.provenance.snapshot,
            file=file,
            earlier=past,
        )
    now = msgspec.json.encode(Index(format=FORMAT, results=tuple(entries[name] for name in sorted(entries))))
    if not (folder / INDEX).exists() or (folder / INDEX).read_bytes() != now:
        _replace(folder / INDEX, now)
    return tuple(written)


def _encoded(result: SafeResult) -> bytes:
    fields = {
        name: getattr(result, name) for name in PublishedFile.__struct_fields__ if name not in {"format", "cells"}
    }
    file = PublishedFile(format=FORMAT, cells=result.cells.to_dict(as_series=False), **fields)
    return msgspec.json.format(msgspec.json.encode(file), indent=1)


def _decoded(content: bytes, kind: type[Kind], name: str) -> Kind:
    try:
        version = msgspec.json.decode(content, type=dict[str, msgspec.Raw]).get("format")
        if version is None or msgspec.json.decode(version) != FORMAT:
            raise PublishedFileError(
                "This published file is of another format.", where=name, now="Update noaber, or publish it again."
            )
        return msgspec.json.decode(content, type=kind)
    except msgspec.MsgspecError as error:
        raise _unreadable(name) from error


def _unreadable(name: str) -> PublishedFileError:
    return PublishedFileError("A published file cannot be read.", where=name, now="Publish it again.")


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
