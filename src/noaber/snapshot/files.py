"""Files that are whole or not there: written once, made durable, moved into place, and locked while at it."""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import polars as pl

from .errors import StoreBusyError

_SLICE: Final = 100_000


def write_once(path: Path, content: bytes) -> str:
    """Write a new file that only its owner can read and nobody changes; return its SHA-256. Never overwrites."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return hashlib.sha256(content).hexdigest()


def parquet(frame: pl.DataFrame) -> bytes:
    """Return the frame as Parquet: the same bytes for the same rows."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def digest(frame: pl.DataFrame) -> str:
    """Return a hash of what the frame says (64 hex digits), whatever library or version wrote it down."""
    found = hashlib.sha256(",".join(frame.columns).encode())
    for part in frame.iter_slices(_SLICE):
        found.update(part.write_csv(include_header=False, null_value="\\N").encode())
    return found.hexdigest()


def settle(folder: Path) -> None:
    """Make durable which files stand in `folder`."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def move(folder: Path, to: Path) -> None:
    """Move a finished folder to its place, durably."""
    settle(folder)
    folder.rename(to)
    settle(to.parent)


def point(path: Path, text: str) -> None:
    """Let the pointer at `path` say `text`, at once or not at all."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    write_once(fresh, text.encode("ascii"))
    fresh.replace(path)
    settle(path.parent)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock at `path`; it goes with the process, however that ends. Raises `StoreBusyError` when it is held."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreBusyError(
                "Another process is writing to this store.",
                where=str(path.parent),
                now="Wait until it is done and try again; reading goes on meanwhile.",
            ) from None
        yield
