"""What a measure can pull: its effects on flows, ramps, overlap of people, stated amounts and investments.

Only the words and their checks live here; pipeline.py applies them in the fixed causal order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from .errors import DurationError, FlowInputError, OverlapError, RampError, ShareError, UnknownFormError
from .words import Floats, floats, shares

Lever = Literal[
    "eligibility", "inflow", "access", "throughflow", "duration", "intensity", "price", "contribution", "fixed"
]
PIPELINE: tuple[Lever, ...] = get_args(Lever)
"""The causal order in which levers work, whatever the order of a list."""
BY_CLIENT = ("duration", "intensity", "price", "contribution")
"""Levers that touch clients, and so can touch new clients only, or present ones too."""


@dataclass(frozen=True, kw_only=True)
class Waterbed:
    """The share of what an effect keeps away that comes back, in another form or with another payer."""

    share: float | Floats
    """0..1, or [D]"""
    to: Floats
    """[F, F] row: the form that was kept away; over which forms it comes back (a row adds up to at most 1)."""
    delay: int = 0
    """Months."""

    def __post_init__(self) -> None:
        shares(np.atleast_1d(self.share), "D", "waterbed share")
        _routes(self.to, "waterbed")
        if self.delay < 0:
            raise DurationError(
                "A waterbed comes back before it went.", where="waterbed", now="Give a delay of 0 or more."
            )


@dataclass(frozen=True, kw_only=True)
class Effect:
    """One thing that a measure changes.

    `size` is the relative change of what it touches: -0.07 is 7 percent less. For access it is the share, 0..1, of the
    starters touched that goes elsewhere (`to`); for duration the change of how long support lasts.
    """

    lever: Lever
    size: float | Floats
    """Relative change, or [D] one per draw."""
    touches: Floats
    """[C, F] share of the people (or flow) of a cell and form that is within reach, 0..1: the resolved selector."""
    ramp: Floats
    """[T] 0..1: how far the measure has come."""
    to: Floats | None = None
    """[F, F], access: where the starters of a form (row) go instead, what a row lacks to 1 starts nothing;
    throughflow: which pairs are touched, 0..1, all when None."""
    present: bool = True
    """Whether clients who have support already are reached too, at the pace of the ramp; only new ones otherwise."""
    people: str = ""
    """Effects of one lever with the same name touch the same group of people; without, they meet by chance."""
    overlap: Literal["same", "apart"] = "same"
    """Within `people`: `same` puts the smaller reach inside the larger one, `apart` says nobody is in both."""
    waterbed: Waterbed | None = None

    def __post_init__(self) -> None:
        if self.lever not in PIPELINE:
            raise FlowInputError(
                f"There is no lever {self.lever!r}.", where="lever", now=f"Choose: {', '.join(PIPELINE)}."
            )
        shares(self.touches, "CF", "reach")
        ramp = floats(self.ramp, "T", "ramp")
        if ramp.min() < 0 or ramp.max() > 1:
            raise RampError(
                "A ramp leaves the range 0 to 1.", where=self.lever, now="0 is not begun, 1 is full effect."
            )
        size = floats(np.atleast_1d(self.size), "D", "size")
        if self.lever == "duration" and size.min() <= -1:
            raise DurationError(
                f"A duration that changes by {size.min():.0%} is zero or less.", where="size", now="Stay above -100%."
            )
        if size.min() < -1 or (self.lever in {"eligibility", "access"} and size.max() > 1):
            raise ShareError(
                f"A size of {size.min():g} to {size.max():g} takes away more than there is.",
                where=self.lever,
                now="Give a part of one (7 percent less is -0.07).",
            )
        self._check_routes(size)

    def _check_routes(self, size: Floats) -> None:
        if self.lever == "access":
            if self.to is None or size.min() < 0:
                raise FlowInputError(
                    "An access effect needs a share from 0 to 1 and the form to which starters go.",
                    where="access",
                    now="Give `to`; a row of zeros means that nothing starts.",
                )
            _routes(self.to, "access")
        elif self.to is not None and self.lever != "throughflow":
            raise FlowInputError(f"{self.lever} sends nobody elsewhere.", where=self.lever, now="Leave `to` out.")
        elif self.to is not None:
            shares(self.to, "FF", "throughflow")
        if self.waterbed is not None and self.lever not in {"eligibility", "inflow", "access", "duration"}:
            raise FlowInputError(
                f"A waterbed under {self.lever} keeps nobody away, so nobody comes back.",
                where=self.lever,
                now="Write what comes back as an effect of its own.",
            )
        if self.lever == "duration" and self.present and (np.diff(self.ramp) < 0).any():
            raise RampError(
                "A duration measure for present clients cannot be undone by a falling ramp.",
                where="duration",
                now="Let the ramp rise, or let the measure touch new clients only.",
            )


@dataclass(frozen=True, kw_only=True)
class Stated:
    """An amount that a plan states (a *taakstelling*) without saying how: it is shown, never modelled."""

    base: Floats
    """[F] 1 for the forms whose spending it claims, 0 for others."""
    amount: Floats
    """[T] euros a month; negative saves."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A policy measure: its effects, what it costs to set up, and amounts that are only stated."""

    name: str
    effects: tuple[Effect, ...] = ()
    investment: Floats = field(default_factory=lambda: np.zeros(1))
    """[T|1] euros a month, apart from support; positive is spent."""
    stated: Stated | None = None

    @property
    def moves_people(self) -> bool:
        """Whether the number of clients can change, and not only what they cost."""
        return any(effect.lever in PIPELINE[:5] or not effect.present for effect in self.effects)


def ramp(months: int, start: float, end: float, shape: Literal["linear", "logistic"] = "linear") -> Floats:
    """Return [T]: 0 before `start`, 1 from `end` on, both in months; RampError when it ends before it starts.

    With `start` equal to `end` the measure works in full from that month.
    """
    if end < start:
        raise RampError(
            f"A ramp ends in month {end:g}, before it starts in month {start:g}.",
            where="ramp",
            now="Let it end in the month in which it starts, or later.",
        )
    month: Floats = np.arange(months, dtype=np.float64)
    if end == start:
        return np.where(month >= start, 1.0, 0.0)
    way: Floats = np.clip((month - start) / (end - start), 0.0, 1.0)
    if shape == "linear":
        return way
    curve = 1.0 / (1.0 + np.exp(-10.0 * (way - 0.5)))
    low, high = 1.0 / (1.0 + np.exp(5.0)), 1.0 / (1.0 + np.exp(-5.0))
    return np.asarray(np.clip((curve - low) / (high - low), 0.0, 1.0))


def route(size: int, pairs: dict[int, dict[int, float]]) -> Floats:
    """Return a matrix [F, F] from {form: {form it goes to: share}}; UnknownFormError outside 0..F-1."""
    matrix = np.zeros((size, size))
    for source, targets in pairs.items():
        for target, share in targets.items():
            if not (0 <= source < size and 0 <= target < size):
                raise UnknownFormError(
                    f"There is no form {source} or {target}.", where="route", now=f"0 to {size - 1}."
                )
            matrix[source, target] = share
    return matrix


def _routes(to: ArrayLike, name: str) -> None:
    matrix = shares(to, "FF", name)
    if matrix.sum(axis=1).max() > 1 + 1e-9:
        raise ShareError(
            f"The {name} sends more than everyone elsewhere.", where=name, now="Let every row add up to at most 1."
        )


def kept(reach: list[Floats], change: list[Floats], overlap: Literal["same", "apart"]) -> Floats:
    """Return by what a flow is multiplied when effects touch one group of people.

    `reach` and `change` broadcast against each other. Same people: the smaller reach lies inside the larger, so that
    whoever is in both meets both changes. Apart: nobody is in both; OverlapError when the reaches exceed the whole.
    """
    arrays = np.broadcast_arrays(*reach, *change)
    parts, sizes = np.stack(arrays[: len(reach)]), np.stack(arrays[len(reach) :])
    if overlap == "apart":
        if parts.sum(axis=0).max() > 1 + 1e-9:
            raise OverlapError(
                "Measures on people who are declared apart reach more than everyone.",
                where="people",
                now="Lower the reach, or declare that they touch the same people.",
            )
        return np.asarray(1.0 + (parts * sizes).sum(axis=0))
    order = np.argsort(-parts, axis=0, kind="stable")
    parts, sizes = np.take_along_axis(parts, order, 0), np.take_along_axis(sizes, order, 0)
    changed = np.cumprod(1.0 + sizes, axis=0) - 1.0
    inner = np.concatenate([parts[1:], np.zeros_like(parts[:1])])
    return np.asarray(1.0 + ((parts - inner) * changed).sum(axis=0))
