"""The gate: a `Result` goes in, a `SafeResult` comes out, and nothing else may be drawn or published.

This file is the only place that makes a `SafeResult` and the only writer of published files.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from .records import Text
from .results import Break, Frequency, Polarity, Provenance, Unit


@dataclass(frozen=True, kw_only=True)
class SafeResult:
    """Cells of one indicator that may leave the house.

    `cells` has `period`, the columns in `dimensions`, `value` (Float64; null when hidden or not measured) and `hidden`
    (text; null when shown, else why not: `small`, `secondary`, `no_base`, `group`, `empty`).
    """

    indicator: str
    title: Text
    definition: Text
    unit: Unit
    frequency: Frequency
    dimensions: tuple[str, ...]
    cells: pl.DataFrame
    polarity: Polarity = "neutral"
    breaks: tuple[Break, ...] = ()
    provisional_from: str | None = None
    notes: tuple[Text, ...] = ()
    labels: dict[str, dict[str, Text]] = field(default_factory=dict)
    provenance: Provenance
    protection: Text
    """One sentence for the reader: what was hidden or rounded."""
