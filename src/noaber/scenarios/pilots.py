"""Pilots: what an experiment shows, with how sure that is; too small to tell is an answer.

With a comparison group measured before and after, the effect is the difference in differences. Without one there is
only a before and an after, which anything else may have moved; then there is a share, and no effect.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, Literal

from .errors import PilotError

LEVEL: Final = 0.9
"""How often the interval holds the truth."""
FEWEST: Final = 10
"""Residents in a group below which nothing is estimated."""
Verdict = Literal["works", "works_against", "too_small_to_tell", "no_comparison", "not_measurable"]


@dataclass(frozen=True, kw_only=True)
class Group:
    """Residents of whom something came true for some: `yes` of `of`."""

    yes: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.yes <= self.of:
            raise PilotError(
                f"Something came true for {self.yes} of {self.of} residents.",
                where="pilot",
                now="Give a number from 0 to the size of the group.",
            )

    @property
    def share(self) -> float:
        """The part for whom it came true."""
        return self.yes / self.of

    @property
    def variance(self) -> float:
        """The variance of the share by chance, with two of each added so that none of few is not certain."""
        adjusted = (self.yes + 2) / (self.of + 4)
        return adjusted * (1 - adjusted) / (self.of + 4)


@dataclass(frozen=True, kw_only=True)
class Pilot:
    """A pilot group after, and whatever else was counted: the same group before, and another group before and after."""

    name: str
    outcome: str
    """What came true, such as "helped without a referral"."""
    after: Group
    before: Group | None = None
    compared_after: Group | None = None
    compared_before: Group | None = None
    matched: bool = True
    """Whether the other group is like the pilot group; a group that chose itself is not."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What a pilot shows."""

    pilot: Pilot
    verdict: Verdict
    effect: float | None
    """Difference in the share, in parts of one; None when there is nothing to compare with, or too few."""
    low: float | None
    high: float | None
    share: float
    """The share in the pilot group itself, and its interval."""
    share_low: float
    share_high: float
    needed: int | None
    """Residents per group that would show an effect of this size in eight pilots of ten; None without an effect."""


def estimate(pilot: Pilot) -> Estimate:
    """Return what a pilot shows; PilotError (N-716) for an empty group or a comparison that is there in part."""
    groups = [pilot.after, pilot.before, pilot.compared_after, pilot.compared_before]
    if any(group is not None and group.of == 0 for group in groups):
        raise PilotError("A group of the pilot is empty.", where=pilot.name, now="Leave it out, or count again.")
    if pilot.compared_before is not None and (pilot.compared_after is None or pilot.before is None):
        raise PilotError(
            "The comparison group has a before without an after, or the pilot group has no before.",
            where=pilot.name,
            now="Give before and after of both groups, or only the after of both.",
        )
    low, high = _wilson(pilot.after)
    plain = {"pilot": pilot, "share": pilot.after.share, "share_low": low, "share_high": high}
    nothing = {"effect": None, "low": None, "high": None, "needed": None}
    if min(group.of for group in groups if group is not None) < FEWEST:
        return Estimate(verdict="not_measurable", **nothing, **plain)  # type: ignore[arg-type]
    if pilot.compared_after is None or not pilot.matched:
        return Estimate(verdict="no_comparison", **nothing, **plain)  # type: ignore[arg-type]
    effect, variance = _effect(pilot)
    width = _z(LEVEL) * math.sqrt(variance)
    verdict: Verdict = "too_small_to_tell"
    if effect - width > 0:
        verdict = "works"
    elif effect + width < 0:
        verdict = "works_against"
    return Estimate(
        verdict=verdict,
        effect=effect,
        low=max(effect - width, -1.0),
        high=min(effect + width, 1.0),
        needed=_needed(pilot, effect),
        **plain,  # type: ignore[arg-type]
    )


def _effect(pilot: Pilot) -> tuple[float, float]:
    """Return the difference, or the difference in differences where there is a before, and its variance."""
    assert pilot.compared_after is not None
    effect = pilot.after.share - pilot.compared_after.share
    variance = pilot.after.variance + pilot.compared_after.variance
    if pilot.before is not None and pilot.compared_before is not None:
        effect -= pilot.before.share - pilot.compared_before.share
        variance += pilot.before.variance + pilot.compared_before.variance
    return effect, variance


def _needed(pilot: Pilot, effect: float) -> int | None:
    """Return how many residents a group needs, all groups alike, to show this effect eight times out of ten."""
    if abs(effect) < 1e-9:
        return None
    groups = [pilot.after, pilot.compared_after, pilot.before, pilot.compared_before]
    spread = sum(group.variance * (group.of + 4) for group in groups if group is not None)
    return math.ceil(spread * ((_z(LEVEL) + NormalDist().inv_cdf(0.8)) / effect) ** 2)


def _wilson(group: Group) -> tuple[float, float]:
    """Return the interval of a share (E. B. Wilson 1927), which stays within 0 and 1."""
    z = _z(LEVEL)
    middle = (group.share + z * z / (2 * group.of)) / (1 + z * z / group.of)
    width = (
        z * math.sqrt(group.share * (1 - group.share) / group.of + (z / (2 * group.of)) ** 2) / (1 + z * z / group.of)
    )
    return max(middle - width, 0.0), min(middle + width, 1.0)


def _z(level: float) -> float:
    return NormalDist().inv_cdf(0.5 + level / 2)
