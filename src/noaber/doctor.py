"""Whether everything is in order here: the key, the suppliers' files, the store, the schemas, what is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from . import disclosure, pseudonym
from .municipality import Municipality, Supplier
from .records import NoaberError
from .snapshot import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at: good, worth knowing, or wrong, and what to do about it."""

    subject: str
    verdict: Literal["good", "note", "wrong"]
    words: str
    now: str = ""


def look(town: Municipality) -> list[Check]:
    """Return what is in order here and what is not, and change nothing."""
    return [
        _key(pseudonym.default_key_file(town.code)),
        *(_files(town, supplier) for supplier in town.suppliers),
        *_store(town),
        _schemas(town),
        _published(town),
    ]


def _key(file: Path) -> Check:
    try:
        pseudonym.read(file)
    except NoaberError as error:
        return Check(subject="key", verdict="wrong", words=error.what, now=error.now)
    return Check(subject="key", verdict="good", words=f"The key is in {file}, and only you can read it.")


def _files(town: Municipality, supplier: Supplier) -> Check:
    found = len(list(town.folder.glob(supplier.files)))
    words = f"{found} files of {supplier.name} ({supplier.files})."
    now = "" if found else "Ask the supplier, or correct `files` in municipality.toml."
    return Check(subject="deliveries", verdict="good" if found else "note", words=words, now=now)


def _store(town: Municipality) -> Iterator[Check]:
    try:
        held = Store(town.store).current()
        if held is None:
            yield Check(subject="store", verdict="note", words="Nothing was taken in yet.", now="Run: noaber take-in")
            return
        held.verify()
    except NoaberError as error:
        yield Check(subject="store", verdict="wrong", words=f"{error.what} ({error.where})", now=error.now)
    else:
        words = f"Snapshot {held.hash} is whole; known up to {held.known_on}."
        yield Check(subject="store", verdict="good", words=words)


def _schemas(town: Municipality) -> Check:
    if town.schemas and (town.folder / town.schemas).is_dir():
        return Check(subject="schemas", verdict="good", words="Messages are held to the official schemas too.")
    if town.schemas:
        return Check(
            subject="schemas",
            verdict="wrong",
            words="The folder of official schemas is not there.",
            now="Put it where `schemas` in municipality.toml says, or leave that key out.",
        )
    return Check(subject="schemas", verdict="note", words="Messages are held to Noaber's own checks only.")


def _published(town: Municipality) -> Check:
    count = len(disclosure.index(town.published).results)
    return Check(subject="published", verdict="good" if count else "note", words=f"{count} results are published.")
