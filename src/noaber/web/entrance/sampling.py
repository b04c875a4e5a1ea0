"""How often must we ask to know a share well enough, and what do the answers say; pure arithmetic, no tables.

Contacts fall into strata (district and channel). In each stratum the system asks one in k at random, each contact on
its own, so that nobody can foresee whom it asks. Given how many were asked, each stratum is a simple random sample of
its contacts, and the estimate is the stratified one: sum of N_h/N times the share in stratum h, with the variance of
Cochran (Sampling Techniques, 1977, ch. 5) and its correction for a sample that is a large part of the whole. Intervals
are Wilson's on the effective sample size (Korn and Graubard, 1998), so that they stay between 0 and 1 and have a width
where nobody said yes.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt
from statistics import NormalDist
from typing import Final

Name = tuple[str, str]
"""A stratum: its district and channel."""

WORST: Final = 0.5
"""The share that is hardest to know; promises hold for it, and so for every other."""
SAFE: Final = 0.9
"""How surely enough contacts are asked, since each is drawn on its own."""
FEWEST: Final = 2
"""Answers that a stratum needs to say how much its contacts differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """A stratum after the fact: how many contacts it had, how many answered, and how many of those said yes."""

    name: Name
    contacts: int
    answered: int
    yes: int

    def __post_init__(self) -> None:
        assert 0 <= self.yes <= self.answered <= self.contacts, "more answers than contacts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A share with its interval, and on how many answers out of how many contacts it rests.

    `covered` is the part of the contacts in strata of which somebody answered; below 1 the estimate is silent about the
    rest. A share of None: nobody answered.
    """

    share: float | None
    low: float
    high: float
    answered: int
    contacts: int
    covered: float

    @property
    def margin(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2


def z(confidence: float) -> float:
    """Return how many standard errors an interval of this confidence reaches to each side."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def estimate(strata: Sequence[Stratum], confidence: float = 0.95) -> Estimate:
    """Return the share of yes among all contacts, with its interval.

    Strata with too few answers to stand alone are joined, first within their channel, then with all others.
    """
    contacts = sum(item.contacts for item in strata)
    answered = sum(item.answered for item in strata)
    joined = _joined(strata)
    known = sum(item.contacts for item in joined)
    if not known or not answered:
        return Estimate(share=None, low=0.0, high=1.0, answered=answered, contacts=contacts, covered=0.0)
    share = sum(item.contacts * item.yes / item.answered for item in joined) / known
    variance = sum((item.contacts / known) ** 2 * _variance(item) for item in joined)
    low, high = _wilson(share, _effective(share, variance, joined, known), z(confidence))
    return Estimate(share=share, low=low, high=high, answered=answered, contacts=contacts, covered=known / contacts)


def _joined(strata: Sequence[Stratum]) -> list[Stratum]:
    """Return strata that each have enough answers, by joining those that have too few; one without any stays out."""
    enough = [item for item in strata if item.answered >= min(FEWEST, item.contacts)]
    channels: dict[str, list[Stratum]] = defaultdict(list)
    for item in strata:
        if item.answered < min(FEWEST, item.contacts):
            channels[item.name[1]].append(item)
    poor = []
    for channel, items in channels.items():
        whole = _sum(("", channel), items)
        (enough if whole.answered >= FEWEST else poor).append(whole)
    rest = _sum(("", ""), poor)
    if rest.answered >= FEWEST:
        enough.append(rest)
    elif rest.answered and enough:
        largest = max(enough, key=lambda item: item.contacts)
        enough[enough.index(largest)] = _sum(largest.name, [largest, rest])
    elif rest.answered:
        enough.append(rest)
    return [item for item in enough if item.answered]


def _sum(name: Name, items: Iterable[Stratum]) -> Stratum:
    listed = list(items)
    return Stratum(
        name=name,
        contacts=sum(item.contacts for item in listed),
        answered=sum(item.answered for item in listed),
        yes=sum(item.yes for item in listed),
    )


def _variance(item: Stratum) -> float:
    """Return the variance of the share in one stratum; a stratum that was asked whole has none."""
    if item.answered < FEWEST:
        return 0.0 if item.answered == item.contacts else WORST * WORST
    share = item.yes / item.answered
    return (1 - item.answered / item.contacts) * share * (1 - share) / (item.answered - 1)


def _effective(share: float, variance: float, strata: Sequence[Stratum], known: int) -> float:
    """Return the size of a simple sample that would know as much; where all agree, the one by the weights alone."""
    if variance > 0 and 0 < share < 1:
        return share * (1 - share) / variance
    spread = sum((item.contacts / known) ** 2 * (1 - item.answered / item.contacts) / item.answered for item in strata)
    return 1 / spread if spread else float("inf")


def _wilson(share: float, size: float, reach: float) -> tuple[float, float]:
    if size == float("inf"):
        return share, share
    scale = 1 + reach**2 / size
    middle = (share + reach**2 / (2 * size)) / scale
    half = reach * sqrt(share * (1 - share) / size + reach**2 / (4 * size**2)) / scale
    return max(0.0, middle - half), min(1.0, middle + half)


def needed(contacts: int, margin: float, confidence: float = 0.95) -> int:
    """Return how many answers out of so many contacts know any share within `margin`; all of them at most."""
    assert 0 < margin < 1, "a margin is a share"
    if contacts <= 0:
        return 0
    endless = (z(confidence) / margin) ** 2 * WORST * (1 - WORST)
    return min(contacts, ceil(contacts * endless / (contacts + endless - 1)))


def one_in(contacts: int, answers: int) -> int:
    """Return the largest k with which one in k, each on its own, gives `answers` with a chance of at least SAFE."""
    if contacts <= 0 or answers <= 0:
        return 1
    reach = NormalDist().inv_cdf(SAFE)
    low, high = 1, max(1, floor(contacts / answers))
    while low < high:
        k = (low + high + 1) // 2
        mean = contacts / k
        if mean - reach * sqrt(mean * (1 - 1 / k)) >= answers:
            low = k
        else:
            high = k - 1
    return low


def rates(
    contacts: Mapping[Name, int], *, margin: float, confidence: float = 0.95, per_district: bool = False
) -> dict[Name, int]:
    """Return one in how many to ask in each stratum, so that shares of the whole are known within `margin`.

    `contacts` is how many contacts are expected in each stratum within the time of the promise. With `per_district` the
    promise holds in each district. A stratum is asked more often than that when it would else have too few answers.
    """
    groups: dict[str, dict[Name, int]] = defaultdict(dict)
    for name, count in contacts.items():
        groups[name[0] if per_district else ""][name] = count
    found = {}
    for strata in groups.values():
        whole = sum(strata.values())
        common = one_in(whole, needed(whole, margin, confidence))
        for name, count in strata.items():
            found[name] = max(1, min(common, one_in(count, FEWEST)))
    return found


def expected_answers(contacts: Mapping[Name, int], asked: Mapping[Name, int]) -> float:
    """Return how many answers to expect when one in `asked` is asked in each stratum."""
    return sum(count / asked[name] for name, count in contacts.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What asking within a margin would take: answers, one in how many on the whole, and minutes spent and saved."""

    margin: float
    answers: int
    one_in: float
    minutes: float
    saved: float


def outlook(
    contacts: Mapping[Name, int], *, margin: float, minutes_each: float, per_district: bool, confidence: float = 0.95
) -> Outlook:
    """Return what a promise would take, given the contacts that are expected within its time."""
    whole = sum(contacts.values())
    asked = rates(contacts, margin=margin, confidence=confidence, per_district=per_district)
    answers = expected_answers(contacts, asked)
    return Outlook(
        margin=margin,
        answers=round(answers),
        one_in=whole / answers if answers else 1.0,
        minutes=answers * minutes_each,
        saved=(whole - answers) * minutes_each,
    )


def chosen(k: int, below: Callable[[int], int] = secrets.randbelow) -> bool:
    """Return whether the system asks this one: with a chance of one in `k`, from a source that nobody can foresee."""
    return below(k) == 0
