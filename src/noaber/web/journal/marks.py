"""The marks of the chain: its head at many moments, in a file in the folder of keys, where the database cannot reach.

One line per mark: the number of the entry, its chain, and when it was marked.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.conf import settings


def _file() -> Path:
    file: Path = settings.NOABER.path(settings.NOABER.keys) / "journal.marks"
    return file


def marks() -> dict[int, str]:
    """Return the chain at every number that was marked; none when nothing was marked yet."""
    if not _file().exists():
        return {}
    lines = [line.split() for line in _file().read_text("ascii").splitlines()]
    return {int(number): chain for number, chain, _at in lines}


def mark(number: int, chain: str, *, at: datetime) -> None:
    """Add a mark; one line in one write, so that two processes do not mix theirs."""
    _file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"{number} {chain} {at.isoformat(timespec='seconds')}\n".encode("ascii"))
    finally:
        os.close(handle)
