"""What may leave the house: cells that went through the gate, with what the gate did to them.

Light on purpose: the web reads published figures through this and must not load the analysis.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import polars as pl

from noaber.municipality import Disclosure
from noaber.records import Text
from noaber.results import Break, Frequency, OverTime, Polarity, Provenance, Unit

Reason = Literal["small", "secondary", "no_base", "group", "empty"]
Relation = Literal["none", "within", "union", "adds"]
"""How the parts of a total stand to it, from loose to firm: nothing holds everywhere, each part lies within the total,
they cover it and may overlap, or they add up to it."""

REASONS: Final[Mapping[Reason, Text]] = {
    "small": Text(
        "Rust op te weinig inwoners.",
        "Rests on too few residents.",
    ),
    "secondary": Text(
        "Verborgen omdat een ander verborgen getal anders is uit te rekenen.",
        "Hidden because another hidden figure could be worked out otherwise.",
    ),
    "no_base": Text(
        "De groep waarover wordt gerekend is te klein.",
        "The group it is worked out over is too small.",
    ),
    "group": Text(
        "Zou iets zeggen over bijna iedereen in een groep.",
        "Would say something about almost everybody in a group.",
    ),
    "empty": Text(
        "Er is niets te meten.",
        "There is nothing to measure.",
    ),
}
"""Why a cell shows nothing, in words for the reader."""


@dataclass(frozen=True, kw_only=True)
class SafeResult:
    """Cells of one indicator that may leave the house.

    `cells` has `period`, the columns in `dimensions`, `value` (Float64; null when hidden or not measured) and `hidden`
    (text; null when shown, else why not: `small`, `secondary`, `no_base`, `group`, `empty`; see `REASONS`). Where the
    figure is a ratio they also have the `numerator` and `denominator` from which the value was computed, as protected
    as the value itself. A forecast also has `low` and `high`, shown where the value is.
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
    rule: Disclosure = field(default_factory=Disclosure)
    """The rule and the thresholds that were used."""
    persons: bool = True
    """Whether anything here rests on persons; budgets and counts of all inhabitants do not."""
    units: Mapping[str, Unit] = field(default_factory=dict)
    """Unit of each column of numbers: `value`, and for a ratio `numerator` and `denominator`."""
    relations: Mapping[str, Mapping[str, Relation]] = field(default_factory=dict)
    """Per column of numbers and dimension: how parts stand to their total, which an attacker may use."""
    bounded: bool = True
    """Whether each `small` count is small itself, not only the persons behind it, and nothing is negative."""
    whole: bool = True
    """Whether every count is a whole number; a quarter of a year's average is not."""
    over_time: OverTime = "none"
    """How a longer period follows from shorter ones."""


def name_of(result: SafeResult) -> str:
    """Return the name under which versions of a result follow each other: indicator, frequency, dimensions."""
    return re.sub(r"[^a-z0-9_.-]", "", ".".join((result.indicator, result.frequency, "-".join(result.dimensions))))
