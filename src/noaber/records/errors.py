"""Errors that say what, where and what now.

Every error a person can meet descends from `NoaberError` and carries a code with a page section in
docs/how-to/errors/. A message never contains personal data: no citizen number, name, address or birth date.
"""

from __future__ import annotations

from typing import ClassVar


class NoaberError(Exception):
    """A problem that a person can act on.

    `what` happened, `where` it happened (file, line, table) and what to do `now`: three short sentences.
    """

    code: ClassVar[str] = "N-000"
    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str = "", now: str = "") -> None:
        self.what = what
        self.where = where
        self.now = now
        super().__init__(what)

    def __str__(self) -> str:
        lines = [f"{self.code} {self.what}"]
        if self.where:
            lines.append(f"  where: {self.where}")
        if self.now:
            lines.append(f"  now: {self.now}")
        return "\n".join(lines)


class RecordError(NoaberError):
    """Rows do not fit the table they claim to fill."""

    code = "N-101"
    exit_code = 3
