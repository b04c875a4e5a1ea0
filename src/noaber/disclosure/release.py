"""The release: results are audited together and beside what was published before, and only then written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .attacker import Area
from .audit import Audit, audit
from .published import index, read, write
from .safe import SafeResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What one release did: the files that are new, and the audit that let them through."""

    written: tuple[Path, ...]
    audit: Audit


def publish(results: Sequence[SafeResult], folder: Path, *, areas: Sequence[Area] = ()) -> Publication:
    """Write results to `folder`, one file each and an index that moves last; the same again changes nothing.

    First they are audited together with everything that was published there before, earlier versions included. Raises
    `RecoverableError` (N-551), naming cells and no numbers, when a hidden figure can be worked out; nothing is written
    then.
    """
    found = audit(results, published(folder), areas)
    found.require()
    return Publication(written=write(results, folder), audit=found)


def published(folder: Path) -> list[SafeResult]:
    """Return everything that was ever published in a folder, what counts now first."""
    entries = index(folder).results
    files = [entry.file for entry in entries] + [file for entry in entries for file in entry.earlier]
    return [read(folder / file) for file in files]
