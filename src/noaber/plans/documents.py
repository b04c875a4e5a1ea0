"""The documents of a plan: programme, package, measure, proposal, scenario, budget and fund; totals and percentages.

Amounts are in cents once read. A saving or an income is positive, a cost or a shortfall negative, unless a key says
otherwise. What belongs together refers to each other by code.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import field

from noaber.records import Law

from .effect import Effect, Estimate
from .row import Amounts, Cents, Code, Frozen, Part, Reference, Row, Unit, Year


class Base(Part, frozen=True, kw_only=True):
    """The base from which a stated amount must come: it cannot save more than is spent there."""

    on: tuple[Reference, ...]
    """Budget lines: `budget/line`, or `budget/*` for all lines of a budget."""
    amount: Cents | None = None
    """What must come from there; left out: all that the measure comes to."""


class Option(Row, frozen=True, kw_only=True):
    """One of the ways in which a measure can be carried out."""

    code: Code
    """A code within the measure."""
    costs: Cents | None = None
    """What it costs elsewhere."""
    net: Cents | None = None
    """What is left: the amount less the costs."""
    chosen: bool = False
    """Whether this one was chosen."""


class Resolution(Part, frozen=True, kw_only=True):
    """What council or executive decided about a measure later on."""

    year: Year
    """Its year; the last one holds."""
    status: Literal["booked", "realised", "on_hold", "resumed", "dropped"]
    """What it did."""
    amounts: Amounts = field(default_factory=dict)
    """Where it restates amounts: those of these years."""


class Measure(Row, frozen=True, kw_only=True):
    """A policy measure: what it is, what it is said to save, and what the flow engine must know to cost it itself.

    With amounts and without effects it is stated (a *taakstelling*); with effects the engine can cost it.
    """

    code: Code
    """A code of its own in the plan."""
    package: str = ""
    """Code of the package it belongs to."""
    theme: str = ""
    """What it is about, in the words of the document."""
    text: str = ""
    """What is done."""
    options: tuple[Option, ...] = ()
    """Ways in which it can be carried out."""
    bases: tuple[Base, ...] = ()
    """The bases from which its amount must come."""
    builds_on: tuple[Reference, ...] = ()
    """Measures whose saving it helps to reach."""
    resolutions: tuple[Resolution, ...] = ()
    """What was decided about it since, in order of time."""
    effects: tuple[Effect, ...] = ()
    """What it changes, for the flow engine."""
    investments: Amounts = field(default_factory=dict)
    """What it costs to set up and run, per year; positive is spent."""

    @property
    def status(self) -> str:
        """The status of the last resolution; empty when there is none."""
        return self.resolutions[-1].status if self.resolutions else ""


class Package(Row, frozen=True, kw_only=True):
    """Measures that were decided on together. Its own amounts are what the document says they add up to."""

    code: Code
    """A code of its own in the plan."""
    text: str = ""
    """What holds it together."""


class Conclusion(Row, frozen=True, kw_only=True):
    """A row of the balance of a programme, as its conclusion prints it."""

    of: str = ""
    """Code of the package, measure or total whose own amounts it repeats."""


class Programme(Row, frozen=True, kw_only=True):
    """Packages against a shortfall. Its own amounts are what the document says all packages add up to."""

    code: Code
    """A code of its own in the plan."""
    packages: tuple[str, ...] = ()
    """Codes of its packages."""
    target: Amounts = field(default_factory=dict)
    """What must be saved, per year."""
    shortfall: Amounts = field(default_factory=dict)
    """The balance at unchanged policy, per year; negative is a shortfall."""
    shortfall_of: str = ""
    """Code of the budget or total whose amounts the shortfall repeats."""
    conclusion: tuple[Conclusion, ...] = ()
    """The rows between shortfall and balance."""
    balance: Amounts = field(default_factory=dict)
    """What the document says is left: shortfall and rows together."""


class Expectation(Part, frozen=True, kw_only=True):
    """A saving that a proposal expects of its own."""

    words: str
    """As the document says it."""
    amount: Cents | None = None
    """Per year, where the document names one."""


class Proposal(Row, frozen=True, kw_only=True):
    """A worked-out proposal for money: its amounts are what it asks, and positive is spent."""

    code: Code
    """A code of its own in the plan."""
    kinds: tuple[Literal["innovation", "prevention", "acceleration"], ...]
    """What it is for."""
    goal: str
    """What should be reached."""
    means: str
    """What is done for it."""
    baseline: str
    """Where we stand now."""
    result: str
    """What it should bring, so that one can see it."""
    period: str = ""
    """From when until when."""
    monitoring: str
    """How it is followed."""
    fund: str = ""
    """Code of the fund that pays it."""
    fte: dict[Year, float] = field(default_factory=dict)
    """Full-time posts per year."""
    builds_on: tuple[Reference, ...] = ()
    """Measures whose booked saving it helps to reach."""
    expects: Expectation | None = None
    """A saving of its own, if it expects one."""
    books_extra: bool = False
    """Whether that saving is booked beside what is booked already."""


class Leaflet(Frozen, frozen=True, kw_only=True):
    """What a scenario would tell residents, on a leaflet."""

    title: str
    """Its heading."""
    lead: str
    """Its first sentences."""
    offers: tuple[str, ...] = ()
    """What the municipality offers."""
    asks: tuple[str, ...] = ()
    """What it asks of residents."""


class Scenario(Row, frozen=True, kw_only=True):
    """A way of doing everything. Its own amounts are what the document says its rows add up to."""

    code: Code
    """A code of its own in the plan."""
    philosophy: str
    """The idea behind it."""
    keywords: tuple[str, ...] = ()
    """Its idea in single words."""
    leaflet: Leaflet | None = None
    """What it would tell residents."""
    risks: tuple[str, ...] = ()
    """What may go wrong, as its authors see it."""
    rows: tuple[Row, ...] = ()
    """Its saving per law."""
    measures: tuple[Reference, ...] = ()
    """Codes of its measures."""


class BudgetLine(Row, frozen=True, kw_only=True):
    """A line of a budget; positive is money that comes in or goes out, as `kind` says."""

    code: Code
    """A code within the budget, often that of a care form."""
    kind: Literal["spending", "income"] = "spending"
    """Whether money goes out or comes in."""
    care_form: str = ""
    """Code of the care form that it pays."""
    of: str = ""
    """Code of the budget whose total it repeats."""
    inferred: bool = False
    """Whether the name of the line was separated from its numbers, and inferred."""


class Budget(Row, frozen=True, kw_only=True):
    """What is spent and comes in. Its own amounts are what the document says its spending adds up to."""

    code: Code
    """A code of its own in the plan."""
    lines: tuple[BudgetLine, ...]
    """Its lines."""
    balance: Amounts = field(default_factory=dict)
    """What the document says is left: income less spending."""


class CarryOver(Row, frozen=True, kw_only=True):
    """Money of a year that may be spent in a later one; its amounts stand under the year that it leaves."""

    code: Code
    """A code of its own in the plan."""
    to: Year
    """The year it goes to."""


class Fund(Row, frozen=True, kw_only=True):
    """Money set apart. Its own amounts are what there is per year; positive is money to spend."""

    code: Code
    """A code of its own in the plan."""
    available: Cents | None = None
    """What there is in all, where the document says no more than that."""
    spent: Amounts = field(default_factory=dict)
    """What the document says its proposals ask, per year."""
    spent_in_all: Cents | None = None
    """What the document says they ask in all years together."""
    left: Amounts = field(default_factory=dict)
    """What the document says is left, per year."""
    carry_overs: tuple[CarryOver, ...] = ()
    """What goes on to a later year."""


class Total(Row, frozen=True, kw_only=True):
    """A total that a document states about rows that stand elsewhere."""

    code: Code
    """A code of its own in the plan."""
    of: tuple[Reference, ...]
    """What it adds up."""


class Statement(Part, frozen=True, kw_only=True):
    """A percentage that a document states."""

    percent: Decimal
    """As printed: 60, or -3.32."""
    words: str
    """The words in which it is said."""
    within: Decimal | None = None
    """How many percentage points it may be off; left out: half of its last decimal."""

    def __post_init__(self) -> None:
        if not (self.percent.is_finite() and (self.within is None or self.within >= 0)):
            raise ValueError("a percentage is a number, and may be off by 0 points or more")

    @property
    def tolerance(self) -> Decimal:
        """How many percentage points it may be off."""
        return Decimal(5).scaleb(int(self.percent.as_tuple().exponent) - 1) if self.within is None else self.within


class Percentage(Part, frozen=True, kw_only=True):
    """Two numbers of which documents state the growth, or which share the one is of the other."""

    name: str
    """What grows, or what is a share of what."""
    kind: Literal["growth", "share"]
    """Growth: from `base` to `number`; share: `number` as a part of `base`."""
    base: Decimal
    """The number before, or the whole."""
    number: Decimal
    """The number after, or the part."""
    stated: tuple[Statement, ...]
    """What is said about it."""

    def __post_init__(self) -> None:
        if not (self.base and self.base.is_finite() and self.number.is_finite()):
            raise ValueError("a percentage needs two numbers, and the first may not be 0")

    @property
    def computed(self) -> Decimal:
        """The percentage that the two numbers make."""
        ratio = self.number / self.base
        return 100 * (ratio - 1 if self.kind == "growth" else ratio)


class Elsewhere(Part, frozen=True, kw_only=True):
    """A kind of support of which a snapshot knows nothing; a plan sends people there, or takes them from it.

    Basic support without an indication, debt help, a poverty scheme, care under another law: what it costs is an
    assumption of the plan, in euros.
    """

    code: Code
    """A code of its own, as the effects of measures name it."""
    name: str
    """What residents call it."""
    law: Law | None = None
    """Left out: none of the three laws."""
    payer: str = "municipality"
    """Who pays: `municipality`, or another payer by name, such as `zvw`, `wlz` or `resident`."""
    euros: Estimate
    """Euros per person and month, for who pays."""
    months: Estimate
    """How many months it lasts on average."""
    users: int = 0
    """How many residents use it already; as many come as go."""
    users_per_1000: float = 0
    """The same as a part of a thousand residents of those ages, for a plan that fits a town of any size."""
    ages: tuple[int, int] | None = None
    """First and last age of its users, both included; left out: everyone."""

    def __post_init__(self) -> None:
        if self.months.low < 1:
            raise ValueError("support lasts at least 1 month")
        if self.users < 0:
            raise ValueError("there are no fewer than 0 users")
        if not 0 <= self.users_per_1000 <= 1000:
            raise ValueError("of a thousand residents 0 to 1000 use it")
        if self.users and self.users_per_1000:
            raise ValueError("users are said once: as a number, or per thousand residents")


class Counts(Frozen, frozen=True, kw_only=True):
    """Residents of whom something came true for some."""

    yes: int
    """For how many it came true."""
    of: int
    """How many there were."""

    def __post_init__(self) -> None:
        if not 0 <= self.yes <= self.of or self.of == 0:
            raise ValueError(f"something came true for {self.yes} of {self.of} residents")


class Pilot(Part, frozen=True, kw_only=True):
    """Something new that is tried on a group first, with whatever was counted of it and what it is compared with."""

    code: Code
    """A code of its own in the plan."""
    name: str
    """What is tried."""
    outcome: str
    """What should come true for a resident, such as `helped without a referral`."""
    size: int = 0
    """How many residents are in it, where no outcome was counted."""
    share: float | None = None
    """For which part it came true, 0 to 1, where the document does not say of how many."""
    after: Counts | None = None
    """What was counted in the pilot group."""
    before: Counts | None = None
    """The same group before."""
    compared_after: Counts | None = None
    """A group like it that did not take part, at the time of `after`."""
    compared_before: Counts | None = None
    """That group at the time of `before`."""
    matched: bool = True
    """Whether that group is like the pilot group; one that chose itself is not."""

    def __post_init__(self) -> None:
        if sum((self.size > 0, self.share is not None, self.after is not None)) != 1:
            raise ValueError("a pilot says one thing: how many take part (size), a share, or what was counted (after)")
        if self.share is not None and not 0 <= self.share <= 1:
            raise ValueError("a share lies between 0 and 1")


class File(Frozen, frozen=True, kw_only=True):
    """One file of a plan. Its source and unit hold for all that is in it and says nothing else."""

    source: str = ""
    """Where the amounts stand: document and section or table."""
    unit: Unit
    """What one stands for: `eur`, `keur` (a thousand) or `meur` (a million)."""
    known_on: date | None = None
    """The day whose knowledge the plan was made with: it is costed as known then, unless another day is asked."""
    programmes: tuple[Programme, ...] = ()
    """Programmes: packages against a shortfall."""
    packages: tuple[Package, ...] = ()
    """Packages of measures."""
    measures: tuple[Measure, ...] = ()
    """Measures."""
    proposals: tuple[Proposal, ...] = ()
    """Proposals for money."""
    scenarios: tuple[Scenario, ...] = ()
    """Scenarios."""
    budgets: tuple[Budget, ...] = ()
    """Budgets."""
    funds: tuple[Fund, ...] = ()
    """Funds."""
    totals: tuple[Total, ...] = ()
    """Totals that no other document states."""
    percentages: tuple[Percentage, ...] = ()
    """Percentages that documents state."""
    elsewhere: tuple[Elsewhere, ...] = ()
    """Kinds of support of which the snapshot knows nothing."""
    pilots: tuple[Pilot, ...] = ()
    """Pilots, and what was counted of them."""
