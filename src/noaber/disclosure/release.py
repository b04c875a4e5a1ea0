"""The release: results are audited together and beside what was published before, and only then written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .published import write
from .safe import SafeResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What one release did: the files that are new."""

    written: tuple[Path, ...]


def publish(results: Sequence[SafeResult], folder: Path) -> Publication:
    """Write results to `folder`, one file each and an index that moves last; the same again changes nothing."""
    return Publication(written=write(results, folder))
