"""What a rule is: a description, a unit, a kind, and values that each hold from a day, with their source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from noaber.records import Language, Text

Plain = int | float | str
"""A value as it stands in the file: amounts are whole cents, shares lie between 0 and 1."""


class RuleKind(StrEnum):
    """Who can change a rule, and how: by law, by agreement, or by thinking again."""

    LAW = "law"
    BYLAW = "bylaw"
    CONTRACT = "contract"
    TARIFF = "tariff"
    ESTIMATE = "estimate"
    CHOICE = "choice"


class Sure(StrEnum):
    """How sure we are of a value."""

    HIGH = "high"
    """Read in the text itself, or in what its publisher writes about it."""
    MEDIUM = "medium"
    """Read in a second source, or in an older version of the text."""
    LOW = "low"
    """Known from the field, not yet read back in a text."""


class Unit(StrEnum):
    """What a value counts."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    CENTS = "cents"
    CENTS_PER_DAY = "cents_per_day"
    CENTS_PER_MONTH = "cents_per_month"
    CENTS_PER_YEAR = "cents_per_year"
    PERCENT = "percent"
    SHARE = "share"
    COUNT = "count"
    AGE = "age"
    MEGABYTES = "megabytes"
    YEAR = "year"
    DAY_OF_YEAR = "day_of_year"
    VERSION = "version"


KIND_NAMES: Final[dict[RuleKind, Text]] = {
    RuleKind.LAW: Text("wet", "law"),
    RuleKind.BYLAW: Text("verordening", "bylaw"),
    RuleKind.CONTRACT: Text("contract", "contract"),
    RuleKind.TARIFF: Text("tarief", "tariff"),
    RuleKind.ESTIMATE: Text("schatting", "estimate"),
    RuleKind.CHOICE: Text("keuze", "choice"),
}

SURE_NAMES: Final[dict[Sure, Text]] = {
    Sure.HIGH: Text("nagelezen in de bron", "read in the source"),
    Sure.MEDIUM: Text("uit een tweede bron of een oudere tekst", "from a second source or an older text"),
    Sure.LOW: Text("nog niet in een bron nagelezen", "not yet read back in a source"),
}

UNIT_NAMES: Final[dict[Unit, Text]] = {
    Unit.HOURS: Text("uur", "hours"),
    Unit.DAYS: Text("dagen", "days"),
    Unit.WORKING_DAYS: Text("werkdagen", "working days"),
    Unit.WEEKS: Text("weken", "weeks"),
    Unit.MONTHS: Text("maanden", "months"),
    Unit.YEARS: Text("jaar", "years"),
    Unit.CENTS: Text("euro", "euros"),
    Unit.CENTS_PER_DAY: Text("euro per dag", "euros a day"),
    Unit.CENTS_PER_MONTH: Text("euro per maand", "euros a month"),
    Unit.CENTS_PER_YEAR: Text("euro per jaar", "euros a year"),
    Unit.PERCENT: Text("procent", "percent"),
    Unit.SHARE: Text("aandeel", "share"),
    Unit.COUNT: Text("aantal", "count"),
    Unit.AGE: Text("jaar oud", "years old"),
    Unit.MEGABYTES: Text("MB", "MB"),
    Unit.YEAR: Text("jaartal", "calendar year"),
    Unit.DAY_OF_YEAR: Text("dag van het jaar (maand-dag)", "day of the year (month-day)"),
    Unit.VERSION: Text("versie", "version"),
}

_BEFORE: Final = frozenset({Unit.SHARE, Unit.COUNT, Unit.YEAR, Unit.DAY_OF_YEAR, Unit.VERSION})
"""Units that do not follow their value: one does not say "4 count"."""
_ONE: Final[dict[Unit, Text]] = {
    Unit.DAYS: Text("dag", "day"),
    Unit.WORKING_DAYS: Text("werkdag", "working day"),
    Unit.WEEKS: Text("week", "week"),
    Unit.MONTHS: Text("maand", "month"),
    Unit.YEARS: Text("jaar", "year"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of a rule, the days it holds (`until` is the last one; None: still), and where it stands."""

    name: str
    """The rule's name, such as wmo/inquiry_term."""
    description: Text
    value: Plain
    unit: Unit
    kind: RuleKind
    source: str
    sure: Sure
    from_: date
    until: date | None = None
    low: float | None = None
    """With `high`: the range of an estimate."""
    high: float | None = None
    because: str = ""
    """Why an estimate is what it is."""
    chosen_by: str = ""
    """Who made a choice."""
    planned: bool = False
    """Announced but not in force: never returned unless asked for."""

    @property
    def number(self) -> float:
        """The value as a number; raises `TypeError` for a version or a day of the year."""
        if isinstance(self.value, str):
            raise TypeError(f"{self.name} is a text, not a number")
        return float(self.value)

    @property
    def whole(self) -> int:
        """The value as a whole number; raises `TypeError` when it is not one."""
        if not isinstance(self.value, int):
            raise TypeError(f"{self.name} is not a whole number")
        return self.value

    def stated(self, language: Language) -> str:
        """Return the value with its unit, as a sentence would: "6 weken", "€ 20,60 per maand", "90 percent"."""
        if self.unit.startswith("cents"):
            amount = _decimal(f"{self.number / 100:,.2f}", language)
            return f"€ {amount}{UNIT_NAMES[self.unit](language).removeprefix('euros').removeprefix('euro')}"
        plain = self.value if isinstance(self.value, str) else _decimal(f"{self.value:.10g}", language)
        if self.unit in _BEFORE:
            return plain
        words = _ONE.get(self.unit) if self.value == 1 else None
        return f"{plain} {(words or UNIT_NAMES[self.unit])(language)}"

    def cited(self, language: Language) -> str:
        """Return the value with its source, and how sure that is where it could mislead."""
        doubt = "" if self.sure is Sure.HIGH else f"; {SURE_NAMES[self.sure](language)}"
        if self.low is not None and self.high is not None:
            low, high = (replace(self, value=end).stated(language) for end in (self.low, self.high))
            doubt = f"; {low} – {high}"
        ahead = {"nl": "; nog niet van kracht", "en": "; not in force"}[language] if self.planned else ""
        return f"{self.stated(language)} ({self.source}{doubt}{ahead})"

    def __str__(self) -> str:
        return f"{self.name} = {self.cited('en')}"


def _decimal(plain: str, language: Language) -> str:
    """Write a number with the comma and point of the language."""
    return plain if language == "en" else plain.translate(str.maketrans(",.", ".,"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A named rule and its values, in order of time; planned values stand apart."""

    name: str
    description: Text
    unit: Unit
    kind: RuleKind
    values: tuple[Value, ...]
    planned: tuple[Value, ...] = ()

    @property
    def theme(self) -> str:
        """The folder a rule stands in: a law, or a subject such as prices."""
        return self.name.partition("/")[0]

    def on(self, day: date, *, planned: bool = False) -> Value | None:
        """Return the value that holds on a day, or what is planned for it; None when there is none."""
        for item in self.planned if planned else self.values:
            if item.from_ <= day and (item.until is None or day <= item.until):
                return item
        return None
