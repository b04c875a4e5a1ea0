"""What an indicator is: a declaration that a council member can read and a formula that follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from noaber.municipality import Municipality
from noaber.records import Law, NoaberError, Text
from noaber.results import Break, Frequency, Polarity, Unit

Moment = Literal["reference_day", "period", "inflow", "outflow", "stated"]
"""When is counted: on the last day of the period, over the period, at a start, at an end, or as a document states."""
Counted = Literal["persons", "households", "allocations", "contacts", "none"]
ANALYST: Final = Text("Analist sociaal domein", "Analyst social domain")
Names = Mapping[str, Text]
"""Codes of a dimension and their words."""


class IndicatorError(NoaberError):
    """Something is asked of an indicator that it does not offer."""

    code = "N-502"
    exit_code = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a formula: for whom, as known on which day, per what and how often."""

    town: Municipality
    known_on: date
    frequency: Frequency
    dimensions: tuple[str, ...]
    """Dimensions that are asked for, each with its total `_T`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """The figure of Statistics Netherlands that ours can be laid beside: its table and our name for the figure."""

    table: str
    figure: str


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A figure that is followed, in one version of its definition.

    `formula` returns SQL on the views of a snapshot with the columns `period`, the asked dimensions, those of `split`,
    `value` and `count`, for a ratio also `numerator` and `denominator`, for an amount perhaps `largest` and `second`
    (see `Result`), and, where the source says so per row, `provisional` (boolean).
    """

    id: str
    version: int = 1
    defined_on: date
    """First day on which this version is in force."""
    name: Text
    definition: Text
    """What counts and what does not, in plain words (B1)."""
    numerator: Text | None = None
    denominator: Text | None = None
    ratio: tuple[Unit, Unit] | None = None
    """Units of numerator and denominator, where they do not count what `unit` and `counted` say."""
    unit: Unit
    counted: Counted
    moment: Moment
    population: Text
    tables: tuple[str, ...]
    laws: tuple[Law, ...] = tuple(Law)
    """Laws the figure is about; empty for a figure about no law, which then no event of a law touches."""
    dimensions: tuple[str, ...] = ()
    """Dimensions on offer, each with a total `_T`."""
    standard: tuple[str, ...] = ()
    """Dimensions shown when nobody asks otherwise."""
    split: tuple[str, ...] = ()
    """Dimensions that are always there and have no total: their parts cannot be added."""
    frequencies: tuple[Frequency, ...] = ("year",)
    """Frequencies on offer, the usual one first."""
    additive_over: tuple[str, ...] = ()
    polarity: Polarity = "neutral"
    decimals: int = 0
    """Decimals that a reader sees; the figure itself is not rounded here."""
    deflator: Text | None = None
    breaks: tuple[Break, ...] = ()
    """Breaks that come with the definition; those of the municipality come on top."""
    provisional_months: int = 0
    """Months before the day of knowledge whose figures may still change, because starts, stops and claims come late."""
    owner: Text = ANALYST
    rules: tuple[str, ...] = ()
    """Names of the rules that the formula uses, with their value on the day of knowledge."""
    twin: Twin | None = None
    labels: Mapping[str, Names] = field(default_factory=dict)
    formula: Callable[[Question], str]

    def __post_init__(self) -> None:
        assert set(self.standard) <= set(self.dimensions), f"{self.id} shows a dimension it does not offer"
        assert set(self.additive_over) <= {*self.dimensions, *self.split}, f"{self.id} adds over an unknown dimension"
        assert (self.numerator is None) == (self.denominator is None), f"{self.id} has half a ratio"


def in_force(versions: Iterable[Indicator], on: date) -> Indicator:
    """Return the version in force on a day: the latest defined on or before it.

    Raises `IndicatorError` (N-502) when none was.
    """
    known = list(versions)
    found = [item for item in known if item.defined_on <= on]
    if not found:
        raise IndicatorError(
            f"Indicator {known[0].id} had no definition on {on}.",
            now=f"Ask for {min(item.defined_on for item in known)} or later.",
        )
    return max(found, key=lambda item: item.defined_on)
