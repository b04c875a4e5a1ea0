"""What lies in the folder of published files and was not taken in yet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from noaber import disclosure
from noaber.disclosure import SafeResult
from noaber.municipality import Municipality
from noaber.web.access.presence import language

from .models import Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A published file that nobody took in: what it holds, under the hash of its content."""

    name: str
    content: bytes
    content_hash: str
    result: SafeResult

    @property
    def title(self) -> str:
        """Its name in the language of the page."""
        return self.result.title(language())

    @property
    def short(self) -> str:
        """The beginning of the hash, as it stands in the name of the file."""
        return self.content_hash[:16]


@dataclass(frozen=True, slots=True)
class Post:
    """What came in: files to take in, and the names of files that are not what they were when they were written."""

    arrivals: tuple[Arrival, ...] = ()
    damaged: tuple[str, ...] = ()


def post(town: Municipality) -> Post:
    """Return what counts now in the folder of a municipality and was not taken in.

    The name of a published file carries the hash of its content; a file that was changed after it passed the audit is
    damaged, and cannot be taken in. Raises `PublishedFileError` (N-554) when the index cannot be read.
    """
    known = set(Version.objects.values_list("content_hash", flat=True))
    arrivals, damaged = [], []
    for entry in disclosure.index(town.published).results:
        try:
            content = (town.published / entry.file).read_bytes()
            content_hash = hashlib.sha256(content).hexdigest()
            if not entry.file.endswith(f".{content_hash[:16]}.json"):
                raise disclosure.PublishedFileError("A published file was changed.", where=entry.file)
            if content_hash not in known:
                result = disclosure.parse(content, name=entry.file)
                arrivals.append(Arrival(name=entry.name, content=content, content_hash=content_hash, result=result))
        except (OSError, disclosure.PublishedFileError):
            damaged.append(entry.file)
    return Post(tuple(arrivals), tuple(damaged))
