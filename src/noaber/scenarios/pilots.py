"""Pilots: what an experiment shows, with how sure that is; too small to tell is an answer.

With a comparison group measured before and after, the effect is the difference in differences. Without one there is
only a before and an after, which anything else may have moved; then there is a share, and no effect.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Final, Literal

from noaber.plans import Counts, Pilot
from noaber.records import Text

from .errors import PilotError

LEVEL: Final = 0.9
"""How often the interval holds the truth."""
FEWEST: Final = 10
"""Residents in a group below which nothing is estimated."""
Verdict = Literal["works", "works_against", "too_small_to_tell", "no_comparison", "not_counted", "not_measurable"]
_POWER: Final = 0.8
"""In how many pilots of ten (0.8: eight) an effect must show to be counted on."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What a pilot shows."""

    pilot: Pilot
    verdict: Verdict
    effect: float | None = None
    """Difference in the share, in parts of one; None when there is nothing to compare with, or too few."""
    low: float | None = None
    high: float | None = None
    share: float | None = None
    """The share in the pilot group itself; None when nothing was counted."""
    share_low: float | None = None
    """Its interval; None where nobody says of how many it is the share."""
    share_high: float | None = None
    needed: int | None = None
    """Residents per group that would show an effect of this size in eight pilots of ten; None without an effect."""
    detectable: float | None = None
    """The smallest difference that a group of this size and one like it show in eight pilots of ten."""


def estimate(pilot: Pilot) -> Estimate:
    """Return what a pilot shows; PilotError (N-716) for a comparison that is there in part."""
    if pilot.compared_before is not None and (pilot.compared_after is None or pilot.before is None):
        raise PilotError(
            "The comparison group has a before without an after, or the pilot group has no before.",
            where=pilot.name,
            now="Give before and after of both groups, or only the after of both.",
        )
    if pilot.after is None:
        return _uncounted(pilot)
    low, high = _wilson(pilot.after)
    plain = Estimate(pilot=pilot, verdict="not_measurable", share=_share(pilot.after), share_low=low, share_high=high)
    groups = [pilot.after, pilot.before, pilot.compared_after, pilot.compared_before]
    if min(group.of for group in groups if group is not None) < FEWEST:
        return plain
    if pilot.compared_after is None or not pilot.matched:
        return replace(plain, verdict="no_comparison")
    effect, variance = _effect(pilot.after, pilot.compared_after, pilot)
    width = _z(LEVEL) * math.sqrt(variance)
    verdict: Verdict = "too_small_to_tell"
    if effect - width > 0:
        verdict = "works"
    elif effect + width < 0:
        verdict = "works_against"
    return replace(
        plain,
        verdict=verdict,
        effect=effect,
        low=max(effect - width, -1.0),
        high=min(effect + width, 1.0),
        needed=_needed(pilot, effect),
    )


def sentence(found: Estimate) -> Text:
    """Return in one or two sentences what a pilot shows."""
    pilot = found.pilot
    size = pilot.after.of if pilot.after is not None else pilot.size
    percent = {
        name: f"{100 * value:.0f}"
        for name in ("effect", "low", "high", "share", "share_low", "share_high", "detectable")
        if (value := getattr(found, name)) is not None
    }
    said = _SENTENCES[found.verdict]
    if found.verdict == "no_comparison" and found.share_low is None:
        said = _STATED
    if found.verdict == "too_small_to_tell" and found.needed is not None:
        said = Text(f"{said.nl} {_NEEDED.nl}", f"{said.en} {_NEEDED.en}")
    about = {**percent, "outcome": pilot.outcome, "size": size, "fewest": FEWEST, "needed": found.needed}
    return Text(said.nl.format(**about), said.en.format(**about))


_SENTENCES: Final[dict[Verdict, Text]] = {
    "works": Text(
        "Het werkt: ‘{outcome}’ kwam {effect} procentpunt vaker voor dan anders ({low} tot {high}).",
        "It works: ‘{outcome}’ came true {effect} percentage points more often than otherwise ({low} to {high}).",
    ),
    "works_against": Text(
        "Het werkt averechts: bij ‘{outcome}’ is het verschil {effect} procentpunt ({low} tot {high}).",
        "It works against: the difference in ‘{outcome}’ is {effect} percentage points ({low} to {high}).",
    ),
    "too_small_to_tell": Text(
        "Te klein om te zeggen: bij ‘{outcome}’ is het verschil {effect} procentpunt, maar {low} tot {high} kan ook.",
        "Too small to tell: the difference in ‘{outcome}’ is {effect} percentage points, or any from {low} to {high}.",
    ),
    "no_comparison": Text(
        "‘{outcome}’ bij {share}% van {size} inwoners ({share_low} tot {share_high}%). Zonder een groep die ermee te "
        "vergelijken is, zegt dat niets over het effect.",
        "‘{outcome}’ for {share}% of {size} residents ({share_low} to {share_high}%). Without a group that can be "
        "compared, that says nothing about the effect.",
    ),
    "not_counted": Text(
        "Er is nog niets geteld. Met {size} inwoners en een even grote groep ernaast valt pas een verschil van "
        "{detectable} procentpunt in ‘{outcome}’ op.",
        "Nothing was counted yet. With {size} residents and a group as large beside it, only a difference of "
        "{detectable} percentage points in ‘{outcome}’ would show.",
    ),
    "not_measurable": Text(
        "Niet te meten: een groep van minder dan {fewest} inwoners, waarin elk verschil toeval kan zijn. Leer van de "
        "gevallen zelf.",
        "Not measurable: a group of fewer than {fewest} residents, in which any difference may be chance. Learn from "
        "the cases themselves.",
    ),
}
_STATED: Final = Text(
    "‘{outcome}’ bij {share}%. Van hoeveel inwoners staat er niet bij, en er is geen groep om mee te vergelijken: over "
    "het effect valt niets te zeggen.",
    "‘{outcome}’ for {share}%. Of how many residents is not said, and there is no group to compare with: nothing can "
    "be said about the effect.",
)
_NEEDED: Final = Text(
    "Om zo'n verschil te zien zijn {needed} inwoners per groep nodig.",
    "To see such a difference {needed} residents per group are needed.",
)


def _uncounted(pilot: Pilot) -> Estimate:
    """Return what can be said of a pilot of which only a size or a share is known."""
    if pilot.share is not None:
        return Estimate(pilot=pilot, verdict="no_comparison", share=pilot.share)
    if pilot.size < FEWEST:
        return Estimate(pilot=pilot, verdict="not_measurable")
    widest = 2 * 0.25 / pilot.size  # a share of one in two is the hardest to see a difference in
    return Estimate(pilot=pilot, verdict="not_counted", detectable=min((_z(LEVEL) + _reach()) * math.sqrt(widest), 1.0))


def _effect(after: Counts, compared: Counts, pilot: Pilot) -> tuple[float, float]:
    """Return the difference, or the difference in differences where there is a before, and its variance."""
    effect, variance = _share(after) - _share(compared), _variance(after) + _variance(compared)
    if pilot.before is not None and pilot.compared_before is not None:
        effect -= _share(pilot.before) - _share(pilot.compared_before)
        variance += _variance(pilot.before) + _variance(pilot.compared_before)
    return effect, variance


def _share(group: Counts) -> float:
    return group.yes / group.of


def _variance(group: Counts) -> float:
    """Return the variance of the share by chance, with two of each added so that none of few is not certain."""
    adjusted = (group.yes + 2) / (group.of + 4)
    return adjusted * (1 - adjusted) / (group.of + 4)


def _needed(pilot: Pilot, effect: float) -> int | None:
    """Return how many residents a group needs, all groups alike, to show this effect eight times out of ten."""
    if abs(effect) < 1e-9:
        return None
    groups = [pilot.after, pilot.compared_after, pilot.before, pilot.compared_before]
    spread = sum(_variance(group) * (group.of + 4) for group in groups if group is not None)
    return math.ceil(spread * ((_z(LEVEL) + _reach()) / effect) ** 2)


def _wilson(group: Counts) -> tuple[float, float]:
    """Return the interval of a share (E. B. Wilson 1927), which stays within 0 and 1."""
    z, share = _z(LEVEL), _share(group)
    middle = (share + z * z / (2 * group.of)) / (1 + z * z / group.of)
    width = z * math.sqrt(share * (1 - share) / group.of + (z / (2 * group.of)) ** 2) / (1 + z * z / group.of)
    return max(middle - width, 0.0), min(middle + width, 1.0)


def _z(level: float) -> float:
    return NormalDist().inv_cdf(0.5 + level / 2)


def _reach() -> float:
    return NormalDist().inv_cdf(_POWER)
