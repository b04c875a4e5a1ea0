"""A parcel: one file, a folder or a zip of files, opened without trusting it.

A zip may be made to hurt: to unpack into more than there is memory for, to write outside its folder, to hide a zip in
a zip. Nothing is ever written to disk here, and whatever looks like that is refused as a whole.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from noaber.records import NoaberError

MOST_BYTES: Final = 2_000_000_000
"""The most that a parcel may unpack to."""
MOST_FILES: Final = 500_000
MOST_RATIO: Final = 200
"""How many times larger than packed a file may be; the repetitive text of messages stays under 50."""
_SMALL: Final = 100_000
"""Up to this many bytes a file may shrink as far as it wants."""
_ENCRYPTED: Final = 0x1
_ZIP: Final = b"PK\x03\x04"


class ParcelError(NoaberError):
    """A zip, folder or file cannot be opened safely; nothing of it was taken in."""

    code = "N-241"
    exit_code = 3


@dataclass(frozen=True, slots=True)
class File:
    """One file of a parcel: its name within the parcel, and its bytes."""

    name: str
    content: bytes


def open_parcel(path: Path) -> list[File]:
    """Return the files at `path` in the order of their names; hidden files and system folders are left out.

    Raises `ParcelError` (N-241) when there is nothing to read, when a zip is damaged, encrypted, holds a zip or a path
    outside itself, or unpacks to more than `MOST_BYTES`, `MOST_FILES` or `MOST_RATIO` times its size.
    """
    try:
        if path.is_dir():
            files = _folder(path)
        elif zipfile.is_zipfile(path):
            files = _zip(path)
        else:
            files = [File(path.name, path.read_bytes())]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise _refused(path, "Het zipbestand is beschadigd of op een onbekende manier ingepakt.") from error
    except OSError as error:
        raise _refused(path, "Het bestand kan niet worden gelezen.") from error
    if not files:
        raise _refused(path, "Er zit geen bestand in.")
    return files


def _folder(path: Path) -> list[File]:
    found = sorted(item for item in path.rglob("*") if item.is_file() and not _hidden(item.relative_to(path).parts))
    if sum(item.stat().st_size for item in found) > MOST_BYTES or len(found) > MOST_FILES:
        raise _refused(path, "De map is groter dan een levering mag zijn.")
    files = [File(item.relative_to(path).as_posix(), item.read_bytes()) for item in found]
    if any(file.content.startswith(_ZIP) for file in files):
        raise _refused(path, "Er zit een zipbestand in de map; lever elk zipbestand apart.")
    return files


def _zip(path: Path) -> list[File]:
    with zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        _check(path, entries)
        names = [entry.filename for entry in entries]
        if len(set(names)) != len(names):
            raise _refused(path, "Twee bestanden in het zipbestand hebben dezelfde naam.")
        shown = sorted(
            (entry for entry in entries if not _hidden(PurePosixPath(entry.filename).parts)),
            key=lambda entry: entry.filename,
        )
        files = [File(entry.filename, _unpack(path, archive, entry)) for entry in shown]
    if any(file.content.startswith(_ZIP) for file in files):
        raise _refused(path, "Er zit een zipbestand in het zipbestand; lever het apart.")
    return files


def _check(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse on what a zip says of itself, before anything is unpacked."""
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise _refused(path, "Het zipbestand pakt groter uit dan een levering mag zijn.")
    for entry in entries:
        name = PurePosixPath(entry.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in entry.filename:
            raise _refused(path, "Een bestand in het zipbestand wil buiten de map staan.")
        if entry.flag_bits & _ENCRYPTED:
            raise _refused(path, "Het zipbestand heeft een wachtwoord.")
        if entry.file_size > max(_SMALL, MOST_RATIO * entry.compress_size):
            raise _refused(path, "Een bestand in het zipbestand pakt verdacht groot uit.")


def _unpack(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return the bytes of an entry, never more than it says it has: what it says was checked."""
    with archive.open(entry) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise _refused(path, "Een bestand in het zipbestand is groter dan het zipbestand zegt.")
    return content


def _hidden(parts: tuple[str, ...]) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in parts)


def _refused(path: Path, what: str) -> ParcelError:
    return ParcelError(
        what, where=path.name, now="Vraag de leverancier om een nieuwe levering; er is niets van overgenomen."
    )
