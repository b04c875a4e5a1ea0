"""What a forecast can go by on a day: the spells, claims and residents that were known then, and where it begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import duckdb
import numpy as np

from noaber.municipality import Municipality

from . import population, spells
from .months import moved
from .population import Counted
from .spells import Register

LATE: Final = 6
"""Months in which messages and claims about the past still come in; the forecast begins with their quarter."""

_GONE: Final = np.timedelta64(730, "D")
"""A law under which nobody started for so long is waited for no more."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """Spells and claims, counts of residents, and the first month that is forecast."""

    register: Register
    counts: Counted
    opens: date

    def before(self, opens: date) -> Known:
        """Return what could be known in an earlier month, had every message come in at once."""
        return replace(self, counts=self.counts.until(opens.year), opens=opens)


def read(connection: duckdb.DuckDBPyConnection, town: Municipality, on: date) -> Known:
    """Return what a snapshot as known on a day holds; the errors of `spells.read` and `population.counted`.

    The forecast begins half a year before that day, or before the last start under a law of which less is known; with
    the quarter, because some ledgers book three months at once.
    """
    counts = population.counted(population.read(connection), area=town.gm_code)
    register = spells.read(connection, town, counts.areas)
    opens = moved(min([on, *_last_starts(register, on)]).replace(day=1), -LATE)
    return Known(register=register, counts=counts, opens=moved(opens, -((opens.month - 1) % 3)))


def _last_starts(register: Register, on: date) -> Iterator[date]:
    """Yield the last start under each law, of those that still go on: they may come in once a year, or every day."""
    laws = np.array(register.laws)[register.form]
    for law in set(register.laws):
        begun = register.begin[(laws == law) & (register.begin <= np.datetime64(on))]
        if len(begun) and begun.max() >= np.datetime64(on) - _GONE:
            yield begun.max().astype(date)
