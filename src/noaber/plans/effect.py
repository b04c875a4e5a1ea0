"""What the flow engine must know of a policy measure, as a policy adviser writes it; `scenarios` makes arrays of it."""

from __future__ import annotations

import math
from datetime import date
from typing import Annotated, Literal

import msgspec

from noaber.records import Law

from .row import Frozen

Lever = Literal[
    "eligibility", "inflow", "access", "throughflow", "duration", "intensity", "price", "contribution", "fixed"
]
"""The levers of the flow engine, in the causal order in which they work."""
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Percent = Annotated[float, msgspec.Meta(gt=0)]
Months = Annotated[int, msgspec.Meta(ge=0)]


class Estimate(Frozen, frozen=True, kw_only=True):
    """A number that somebody estimates, with how far off it may be."""

    value: float
    """The best estimate."""
    low: float
    """It is as good as never below this."""
    high: float
    """It is as good as never above this."""
    because: Annotated[str, msgspec.Meta(min_length=3)]
    """Why this number, for who doubts it: a source, a comparison, or that it is a guess."""

    def __post_init__(self) -> None:
        if not -math.inf < self.low <= self.value <= self.high < math.inf:
            raise ValueError(f"an estimate of {self.value:g} does not lie between {self.low:g} and {self.high:g}")


class Waterbed(Frozen, frozen=True, kw_only=True):
    """What an effect keeps away and comes back elsewhere."""

    share: Estimate
    """Which part comes back: 0 is nothing, 1 is all."""
    delay: Months = 0
    """After how many months."""
    to: str
    """The care form in which it comes back; a care form may be another payer's."""

    def __post_init__(self) -> None:
        if self.share.low < 0 or self.share.high > 1:
            raise ValueError("a waterbed gives back between nothing (0) and all (1)")


class IncomeLimit(Frozen, frozen=True, kw_only=True):
    """An income limit that moves, in percent of the social minimum."""

    before: Percent
    """Who earned at most this much had a right."""
    after: Percent
    """Who earns at most this much keeps it."""


class Effect(Frozen, frozen=True, kw_only=True):
    """One thing that a measure changes: what it pulls, whom it touches, how much, and from when."""

    lever: Lever
    """What it pulls."""
    law: Law
    """The law whose support it touches."""
    care_forms: tuple[str, ...] = ()
    """Codes of care forms; left out: all of the law."""
    ages: tuple[int, int] | None = None
    """First and last age touched, both included; left out: everyone."""
    areas: tuple[str, ...] = ()
    """Codes of districts; left out: all."""
    referrers: tuple[str, ...] = ()
    """Codes of the referrers whose referrals it touches; left out: all."""
    clients: Literal["new", "all"] = "all"
    """Whether it touches only who starts after it does, or also who has support already."""
    size: Estimate
    """Relative change: -0.07 is 7 percent less. For access: the share that goes elsewhere, 0 to 1."""
    income_limit: IncomeLimit | None = None
    """For eligibility: the size is counted from the households of the municipality; `size` stands where these are not
    known."""
    reach: Share = 1.0
    """The part of those described that it reaches."""
    to: str = ""
    """For access and throughflow: the care form they go to instead; left out: nothing starts."""
    from_: date = msgspec.field(name="from")
    """First day of the month from which it works."""
    months: Months = 0
    """Months from then until it works in full."""
    shape: Literal["linear", "logistic"] = "linear"
    """How it grows in those months."""
    people: str = ""
    """A name for the group touched: effects with the same name touch the same people."""
    overlap: Literal["same", "apart"] = "same"
    """Among effects with that name: the same people, or none in common."""
    waterbed: Waterbed | None = None
    """What comes back elsewhere."""

    def __post_init__(self) -> None:
        if self.lever == "duration" and self.size.low <= -1:
            raise ValueError(f"a duration that changes by {self.size.low:g} is none at all, or less than none")
        if self.size.low < -1:
            raise ValueError("a size below -1 takes away more than there is")
        if self.income_limit is not None and self.lever != "eligibility":
            raise ValueError("an income limit says who is eligible, and moves no other lever")
        if self.lever == "access" and not 0 <= self.size.low <= self.size.high <= 1:
            raise ValueError("for access the size is the share that goes elsewhere, from 0 to 1")
        if self.to and self.lever not in {"access", "throughflow"}:
            raise ValueError(f"{self.lever} sends nobody elsewhere, so 'to' says nothing")
        if self.from_.day != 1:
            raise ValueError("an effect begins on the first day of a month")
        if self.ages is not None and not 0 <= self.ages[0] <= self.ages[1]:
            raise ValueError("ages run from the first to the last")
