"""An imitation of CBS: tables in memory, the same answers and the same errors, no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from .table import Api, CbsUnreachableError, Table, nothing, only_used, unknown


@dataclass(frozen=True)
class Fake:
    """CBS with these tables, by number; `offline` imitates a network that is not there."""

    tables: Mapping[str, Table] = field(default_factory=dict)
    offline: bool = False

    def table(
        self, identifier: str, *, areas: Sequence[str], periods: Sequence[str] = (), api: Api | None = None
    ) -> Table:
        """Return the part of a table that was asked for (see `Cbs.table`)."""
        if self.offline:
            raise CbsUnreachableError("Het CBS is niet bereikbaar.", where=identifier, now="Probeer het later opnieuw.")
        if identifier not in self.tables:
            raise unknown(identifier)
        whole = self.tables[identifier]
        asked = {
            dimension.name: tuple(areas if dimension.kind == "area" else periods)
            for dimension in whole.dimensions
            if dimension.kind != "other"
        }
        found = tuple(
            observation
            for observation in whole.observations
            if all(not begins or observation.codes[name].startswith(begins) for name, begins in asked.items())
        )
        if not found:
            raise nothing(identifier, areas)
        return msgspec.structs.replace(
            whole,
            api=api or whole.api,
            observations=found,
            dimensions=tuple(only_used(dimension, found) for dimension in whole.dimensions),
        )
