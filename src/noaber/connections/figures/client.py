"""A place where somebody lays down figures for everyone: an address over HTTP, or a folder that imitates one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

import httpx

from noaber import __version__
from noaber.records import NoaberError

LARGEST: Final = 8_000_000
"""No published file is larger (bytes); what is, is not read to its end."""
_FILE: Final = re.compile(r"[\w.-]{1,200}\.json")
_NEAR: Final = {"127.0.0.1", "::1", "localhost"}


class FiguresUnreachableError(NoaberError):
    """Figures that another organisation makes public cannot be fetched."""

    code = "N-255"
    exit_code = 5


class Source(Protocol):
    """Where public figures lie: `name` says so to readers, `read` gives a file by its name."""

    @property
    def name(self) -> str:
        """Where it is, in words for a reader."""

    def read(self, file: str) -> bytes:
        """Return the content of a file. Raises `FiguresUnreachableError` (N-255)."""


@dataclass(frozen=True)
class Folder:
    """A folder of published files."""

    path: Path

    @property
    def name(self) -> str:
        """The name of the folder; never its whole path, which is nobody's business."""
        return self.path.name

    def read(self, file: str) -> bytes:
        """Return the content of a file. Raises `FiguresUnreachableError` (N-255)."""
        try:
            return (self.path / _plain(file)).read_bytes()
        except OSError as error:
            raise FiguresUnreachableError("There are no public figures here.", where=str(self.path / file)) from error


@dataclass(frozen=True)
class Address:
    """An address of public files; only over https, or on this machine itself."""

    base: str
    timeout: float = 20.0
    transport: httpx.BaseTransport | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The address itself."""
        return self.base.rstrip("/")

    def read(self, file: str) -> bytes:
        """Return the content of a file. Raises `FiguresUnreachableError` (N-255)."""
        told = urlsplit(self.base)
        if told.scheme != "https" and told.hostname not in _NEAR:
            raise self._unreachable("no https")
        url = f"{self.name}/{_plain(file)}"
        agent = {"User-Agent": f"noaber/{__version__}"}
        try:
            with (
                httpx.Client(timeout=self.timeout, transport=self.transport, trust_env=False, headers=agent) as line,
                line.stream("GET", url) as answer,
            ):
                if answer.status_code != 200:
                    raise self._unreachable(f"HTTP {answer.status_code}")
                content = b""
                for part in answer.iter_bytes():
                    content += part
                    if len(content) > LARGEST:
                        raise self._unreachable("too large")
                return content
        except httpx.HTTPError as error:
            raise self._unreachable(type(error).__name__) from error

    def _unreachable(self, why: str) -> FiguresUnreachableError:
        return FiguresUnreachableError(
            "The public figures did not come.", where=f"{self.name}: {why}", now="It is tried again the next night."
        )


def source(named: str) -> Source:
    """Return the source that an address or the path of a folder names."""
    return Address(named) if named.startswith(("http://", "https://")) else Folder(Path(named))


def _plain(file: str) -> str:
    """Return the name of a file that is a name only: an index of somebody else leads nowhere but beside itself."""
    if not _FILE.fullmatch(file):
        raise FiguresUnreachableError("An index names a file that is no name.", where=file[:80])
    return file
