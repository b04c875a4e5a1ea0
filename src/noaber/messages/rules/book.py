"""The book: what stands while messages are judged, under one law, as far as a rule asks for it.

A door fills it from what the store holds and enters every line it keeps, so that later lines meet earlier ones.
Persons are called whatever the caller calls them: a pseudonym at the door, a number in a test.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from ..model import Extent, Product

REMOVED = "13"
"""Reason of change of an allocation that counts as never sent."""
ON_HOLD = "20"
"""Reason of end of support that may begin again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocated:
    """An allocation as it stands: the latest version under its number; `message` names the one it came with."""

    number: str
    person: str
    provider: str
    product: Product | None
    at: datetime
    valid_from: date
    valid_until: date | None
    change_reason: str | None = None
    extent: Extent | None = None
    budget_cents: int | None = None
    message: str = ""

    @property
    def removed(self) -> bool:
        """Whether it counts as never sent."""
        return self.change_reason == REMOVED or (self.change_reason == "01" and self.valid_until == self.valid_from)

    @property
    def last_day(self) -> date:
        """The last day, or the end of time when open."""
        return self.valid_until or date.max


@dataclass(slots=True)
class Support:
    """Starts and stops under one allocation number; `running` is the begin of the actual start."""

    began: set[date] = field(default_factory=set)
    running: date | None = None
    stopped: dict[date, tuple[date, str]] = field(default_factory=dict)
    """Per begin the last stop: its end and reason."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of a provider: about whom, and in which message."""

    person: str
    message: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim line that stands, as far as its credit must copy it."""

    allocation_number: str
    person: str
    period: tuple[date, date]
    product: tuple[str | None, str | None]
    volume: int | None
    unit: str | None
    cents: int

    @property
    def service(self) -> tuple[str, tuple[date, date], tuple[str | None, str | None]]:
        """What may be claimed once: allocation, period and product (TR389)."""
        return self.allocation_number, self.period, self.product


@dataclass(slots=True)
class Use:
    """What was claimed under one allocation, credits taken off: units (hours as minutes), cents, and services."""

    units: int = 0
    cents: int = 0
    debits: int = 0


@dataclass(slots=True)
class Book:
    """What stands under one law."""

    allocations: dict[str, Allocated] = field(default_factory=dict)
    numbers: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    """Allocation numbers per person and provider."""
    support: dict[str, Support] = field(default_factory=lambda: defaultdict(Support))
    claims: dict[tuple[str, str], Claimed] = field(default_factory=dict)
    """Debit lines per provider and reference."""
    references: set[tuple[str, str]] = field(default_factory=set)
    """Provider and reference of every claim line, debit or credit."""
    credited: set[tuple[str, str]] = field(default_factory=set)
    services: set[tuple[str, tuple[date, date], tuple[str | None, str | None]]] = field(default_factory=set)
    """What has been claimed and not credited."""
    used: dict[str, Use] = field(default_factory=lambda: defaultdict(Use))
    claim_numbers: set[tuple[str, str]] = field(default_factory=set)
    """Claim numbers per provider."""
    requests: dict[tuple[str, str], Asked] = field(default_factory=dict)
    """Requests per provider and reference."""
    pending: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    """References of requests per person and provider that wait for an allocation or a rejection."""
    answers: set[tuple[str, str, str]] = field(default_factory=set)
    identifications: set[tuple[str, str, str]] = field(default_factory=set)
    """Number, sender and identification of every message that was read."""

    def enter_allocation(self, fresh: Allocated) -> None:
        """Enter a version of an allocation; the latest moment stands, the later one entered when they are equal."""
        standing = self.allocations.get(fresh.number)
        if standing is None:
            self.numbers[fresh.person, fresh.provider].append(fresh.number)
        if standing is None or standing.at <= fresh.at:
            self.allocations[fresh.number] = fresh

    def enter_start(self, number: str, began: date) -> None:
        """Enter a start: it is the actual one until it is stopped or withdrawn."""
        support = self.support[number]
        support.began.add(began)
        if began not in support.stopped:
            support.running = began

    def withdraw_start(self, number: str, began: date) -> None:
        """Take a start back."""
        support = self.support[number]
        support.began.discard(began)
        if support.running == began:
            support.running = None

    def enter_stop(self, number: str, began: date, ended: date, reason: str) -> None:
        """Enter a stop of what began on `began`."""
        support = self.support[number]
        support.stopped[began] = (ended, reason)
        if support.running == began:
            support.running = None

    def withdraw_stop(self, number: str, began: date) -> None:
        """Take a stop back: what began runs again."""
        support = self.support[number]
        support.stopped.pop(began, None)
        if began in support.began:
            support.running = began

    def enter_request(self, provider: str, reference: str, asked: Asked) -> None:
        """Enter a request: it waits until it is answered."""
        self.requests[provider, reference] = asked
        self.pending[asked.person, provider].add(reference)

    def answer(self, provider: str, reference: str) -> None:
        """End the waiting of a request, by an allocation or a rejection."""
        asked = self.requests.get((provider, reference))
        if asked is not None:
            self.pending[asked.person, provider].discard(reference)

    def enter_claim(self, provider: str, reference: str, line: Claimed) -> None:
        """Enter a debit line."""
        self.references.add((provider, reference))
        self.claims[provider, reference] = line
        self.services.add(line.service)
        self._use(line, 1)

    def enter_credit(self, provider: str, reference: str, previous: str) -> None:
        """Enter a credit of an earlier debit line."""
        self.references.add((provider, reference))
        self.credited.add((provider, previous))
        line = self.claims.get((provider, previous))
        if line is not None:
            self.services.discard(line.service)
            self._use(line, -1)

    def reject_claim(self, provider: str, reference: str) -> None:
        """Take out a debit line that the municipality rejected: it may be claimed again, and is never credited."""
        line = self.claims.pop((provider, reference), None)
        if line is not None:
            self.services.discard(line.service)
            self._use(line, -1)

    def _use(self, line: Claimed, sign: int) -> None:
        use = self.used[line.allocation_number]
        use.units += sign * base_units(line.volume or 0, line.unit)
        use.cents += sign * line.cents
        use.debits += sign


def base_units(volume: int, unit: str | None) -> int:
    """Return a volume in what it is added up in: hours (04) become minutes, every other unit stays as it is."""
    return 60 * volume if unit == "04" else volume
