"""Forecasts: what to expect of residents, clients and euros when the policy stays as it is.

What lives here: the projection of residents, and two ways to unchanged policy that say which they are: tables (price ×
volume) and flows (the engine, calibrated on spells), each with its band and its trials on the past. What does not:
measures, which are for scenarios. Scenarios and jobs may call; only calibration inputs are read, through the connection
that is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import duckdb

from noaber.results import Frequency, Result

from . import by_flows, by_tables
from .ages import OLDEST, Band
from .baseline import Baseline
from .by_flows import Flows
from .by_tables import Table
from .demography import Assumptions, Projection
from .errors import ForecastError, HorizonError, NoBasisError, TooShortError
from .growth import Growth
from .population import Population
from .residents import projection
from .shape import Origin
from .spells import AGES, Register

__all__ = [
    "AGES",
    "OLDEST",
    "WAYS",
    "Assumptions",
    "Band",
    "Baseline",
    "Flows",
    "ForecastError",
    "Growth",
    "HorizonError",
    "NoBasisError",
    "Origin",
    "Population",
    "Projection",
    "Register",
    "Table",
    "TooShortError",
    "Way",
    "by_flows",
    "by_tables",
    "from_flows",
    "from_tables",
    "projection",
    "unchanged",
]

Way = Literal["tables", "flows"]
WAYS: Final[tuple[Way, ...]] = ("tables", "flows")


def unchanged(
    connection: duckdb.DuckDBPyConnection,
    origin: Origin,
    *,
    until: int,
    ways: Sequence[Way] = WAYS,
    frequency: Frequency = "year",
    earlier: by_flows.Earlier | None = None,
) -> tuple[list[Result], dict[Way, ForecastError]]:
    """Return unchanged policy until a year by each way, and why a way cannot be gone.

    `frequency` is that of the flows; tables know years. `earlier` gives the snapshot as known on an earlier day, for
    trials on the past. Raises the `ForecastError` (N-73x) when no way can be gone.
    """
    found: dict[str, Result] = {}
    missed: dict[Way, ForecastError] = {}
    for way in ways:
        try:
            made = (
                from_tables(connection, origin, until=until)
                if way == "tables"
                else from_flows(connection, origin, until=until, frequency=frequency, earlier=earlier)
            )
        except ForecastError as error:
            missed[way] = error
            continue
        found |= {item.indicator: item for item in made}
    if not found and missed:
        raise next(iter(missed.values()))
    return list(found.values()), missed


def from_tables(connection: duckdb.DuckDBPyConnection, origin: Origin, *, until: int) -> list[Result]:
    """Return what tables say of unchanged policy until a year: spending, balance, indications, trials and residents.

    Raises a `ForecastError` (N-73x) when there is nothing to go on, or the year cannot be reached.
    """
    found = by_tables.unchanged(connection, origin, until=until)
    made = [by_tables.spending(found, origin), by_tables.balance(found, origin)]
    made += [item for item in (by_tables.volume(found, origin), by_tables.trials(found, origin)) if item is not None]
    return [*made, *([projection(found.population, origin)] if found.population else [])]


def from_flows(
    connection: duckdb.DuckDBPyConnection,
    origin: Origin,
    *,
    until: int,
    frequency: Frequency = "year",
    earlier: by_flows.Earlier | None = None,
) -> list[Result]:
    """Return what the flows of a snapshot say of unchanged policy until a year: clients, euros, trials and residents.

    `earlier` gives the snapshot as known on an earlier day, so that trials see what was known then. Raises a
    `ForecastError` (N-73x) when there is nothing to go on, or the year cannot be reached.
    """
    found = by_flows.unchanged(connection, origin.town, known_on=origin.known_on, until=until, earlier=earlier)
    made = [
        by_flows.clients(found, origin, frequency=frequency),
        by_flows.spending(found, origin, frequency=frequency),
        by_flows.trials(found, origin),
        projection(found.population, origin),
    ]
    return [item for item in made if item is not None]
