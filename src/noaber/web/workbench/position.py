"""Where everything on the workbench stands: from which day one looks, which measures are on, how far each slider is."""

from __future__ import annotations

from datetime import date
from typing import Final
from urllib.parse import urlencode

import msgspec

from noaber.plans import Lever

NAMES: Final[dict[Lever, str]] = {
    "inflow": "instroom",
    "access": "toegang",
    "throughflow": "doorstroom",
    "duration": "duur",
    "intensity": "intensiteit",
    "price": "tarief",
    "contribution": "bijdrage",
}
"""The sliders in causal order, and how an address calls them."""
LIMIT: Final = 120
"""The income limit of today, in percent of the social minimum."""
AHEAD: Final = 4
MONTHS: Final = 12
OFF: Final = 25


class Pull(msgspec.Struct, frozen=True, kw_only=True):
    """How far one slider is pulled, and on what: a law or a care form; `to` is where access sends people."""

    lever: Lever
    percent: int
    where: str
    to: str = ""


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """The position of everything on the workbench: all that an answer follows from, beside snapshot and plan."""

    known_on: date
    """As if it is asked on this day."""
    ahead: int = AHEAD
    """How many years beyond that day."""
    later: int = 0
    """How many years later the measures of the plan begin than it says."""
    measures: tuple[str, ...] = ()
    """Codes of the measures that are on."""
    pulls: tuple[Pull, ...] = ()
    """Sliders that do not stand at zero."""
    begin: int = 0
    """From which whole year on the sliders work: 0 is the first."""
    months: int = MONTHS
    """Months until they work in full."""
    off: int = OFF
    """How far off a slider may be, in percent of what it says."""
    limit: int = LIMIT
    """Income limit, in percent of the social minimum."""

    @property
    def until(self) -> int:
        """The last year that is looked at."""
        return self.known_on.year + self.ahead

    @property
    def untouched(self) -> bool:
        """Whether nothing changes: unchanged policy."""
        return not self.measures and not self.pulls and self.limit >= LIMIT

    @property
    def address(self) -> str:
        """The position as the end of an address, so that it can be kept, sent and come back to."""
        asked: list[tuple[str, object]] = [("bekend", self.known_on.isoformat())]
        for name, value, usual in (
            ("vooruit", self.ahead, AHEAD),
            ("begin", self.begin, 0),
            ("maanden", self.months, MONTHS),
            ("ernaast", self.off, OFF),
            ("grens", self.limit, LIMIT),
        ):
            asked += [(name, value)] if value != usual else []
        asked.append(("later", self.later))
        asked += [("m", code) for code in self.measures]
        for pull in self.pulls:
            name = NAMES[pull.lever]
            asked += [(name, pull.percent), (f"{name}-waar", pull.where)]
            asked += [(f"{name}-heen", pull.to)] if pull.to else []
        return urlencode(asked)

    def kept(self) -> str:
        """Return the position as it is kept in the database."""
        return msgspec.json.encode(self).decode()


def read(kept: str) -> Position:
    """Return a position that was kept."""
    return msgspec.json.decode(kept, type=Position)
