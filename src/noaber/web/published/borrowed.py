"""Figures that another organisation made public: fetched whole, believed only when they are what their name says.

The partner has no figures of its own to publish; it reads those of the municipality, as everyone may. Each night the
index says what counts now, so that what the municipality withdraws is gone here the next morning.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from noaber import disclosure
from noaber.connections.figures import Source
from noaber.disclosure import PublishedFileError, SafeResult
from noaber.disclosure.published import INDEX, Entry, read_index

from .models import BorrowedFigure

_MOST = 200
"""An index that names more figures is not one of ours."""


_MOST_CHARACTERS = 64_000_000
"""All figures of a municipality together are a few million."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as it came: what the index says of it, its content, and the hash of that."""

    entry: Entry
    content: str
    content_hash: str


def fetch(source: Source) -> list[Fetched]:
    """Return all figures that a source shows now; all or none.

    Raises `FiguresUnreachableError` (N-255), and `PublishedFileError` (N-554) for a file that is not what its name
    says or that cannot be read.
    """
    told = read_index(source.read(INDEX), name=source.name)
    if len(told.results) > _MOST:
        raise PublishedFileError("An index names too many figures.", where=source.name)
    found: list[Fetched] = []
    for entry in told.results:
        found.append(_one(source, entry))
        if sum(len(item.content) for item in found) > _MOST_CHARACTERS:
            raise PublishedFileError("The figures together are too large.", where=source.name)
    return found


def _one(source: Source, entry: Entry) -> Fetched:
    content = source.read(entry.file)
    content_hash = hashlib.sha256(content).hexdigest()
    if not entry.file.endswith(f".{content_hash[:16]}.json"):
        raise PublishedFileError("A published file is not what its name says.", where=entry.file)
    if disclosure.parse(content, name=entry.file).indicator != entry.indicator:
        raise PublishedFileError("A published file counts something else than the index says.", where=entry.file)
    try:
        return Fetched(entry, content.decode(), content_hash)
    except UnicodeDecodeError as error:
        raise PublishedFileError("A published file holds no text.", where=entry.file) from error


def current() -> dict[str, BorrowedFigure]:
    """Return the borrowed figures that count now by their indicator; of several frequencies the yearly one."""
    found: dict[str, BorrowedFigure] = {}
    shown = BorrowedFigure.objects.filter(gone_at__isnull=True).defer("content").order_by("-known_on", "-pk")
    for item in sorted(shown, key=lambda item: item.frequency != "year"):
        found.setdefault(item.indicator, item)
    return found


def results(figures: Iterable[BorrowedFigure]) -> dict[str, SafeResult]:
    """Return what figures hold by their indicator; what was read before is not read again."""
    return {item.indicator: _result(item.content_hash) for item in figures}


@lru_cache(maxsize=128)
def _result(content_hash: str) -> SafeResult:
    content = BorrowedFigure.objects.values_list("content", flat=True).get(content_hash=content_hash).encode()
    return disclosure.parse(content, name=content_hash[:16])
