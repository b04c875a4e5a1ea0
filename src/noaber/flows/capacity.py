"""Capacity and waiting lists: admitted is the least of what is asked and what there is room for.

Room is shared over cells in proportion to their demand. Who is not admitted waits, and is not at risk meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .errors import FlowInputError, ShareError
from .words import Floats, Outcome


@dataclass(frozen=True, kw_only=True)
class Capacity:
    """How many clients a form can have at once, how many it can admit in a month, and who stops waiting."""

    places: Floats
    """[T|1, F] clients at the same time; infinite where there is no limit."""
    admissions: Floats
    """[T|1, F] starts per month; infinite where there is no limit."""
    gives_up: Floats
    """[F] share of those waiting at the end of a month that gives up."""

    def __post_init__(self) -> None:
        for name in ("places", "admissions"):
            limit = getattr(self, name)
            if limit.ndim != 2 or np.isnan(limit).any() or limit.min() < 0:
                raise FlowInputError(
                    f"A limit on {name} is negative or not a number.",
                    where=name,
                    now="Use infinity where there is none.",
                )
        if self.gives_up.min() < 0 or self.gives_up.max() > 1:
            raise ShareError("The share that gives up lies outside 0..1.", where="gives_up", now="Give parts of one.")


def admit(capacity: Capacity, month: int, demand: Floats, in_care: Floats) -> tuple[Floats, Floats]:
    """Return who is admitted and who waits on, [F, C, D] each, given demand [F, C, D] and clients in care [F, D]."""
    places = capacity.places[month if len(capacity.places) > 1 else 0]
    admissions = capacity.admissions[month if len(capacity.admissions) > 1 else 0]
    room = np.minimum(np.maximum(places[:, None] - in_care, 0.0), admissions[:, None])
    asked = demand.sum(axis=1)
    granted = np.minimum(asked, room)
    share = np.divide(granted, asked, out=np.ones_like(asked), where=asked > granted)
    admitted = demand * share[:, None, :]
    return admitted, (demand - admitted) * (1.0 - capacity.gives_up[:, None, None])


@dataclass(frozen=True, kw_only=True)
class Price:
    """What a limit costs in waiting and saves in euros, per draw [D]."""

    months_waited: Floats
    """Person-months on the waiting list."""
    longest_list: Floats
    """Most persons waiting at the end of a month."""
    saved: Floats
    """Euros net for all payers; negative when the limit costs money."""


def price_of_waiting(free: Outcome, limited: Outcome) -> Price:
    """Return what the limit in `limited` costs and saves against the same town without a limit."""
    waiting = limited.waiting.sum(axis=(2, 3))
    return Price(
        months_waited=waiting.sum(axis=1),
        longest_list=waiting.max(axis=1),
        saved=free.net.sum(axis=(1, 2, 3)) - limited.net.sum(axis=(1, 2, 3)),
    )
