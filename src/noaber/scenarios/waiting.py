"""What a limit on a care form costs in waiting and saves in euros, with unchanged policy or with a variant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..flows import Capacity, evaluate, price_of_waiting
from .baseline import Baseline
from .compare import ready
from .levers import law_of
from .variant import Variant

_GIVES_UP: Final = 0.02


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """The price of a limit over the months that are costed."""

    form: str
    places: float
    months_waited: float
    """Months that residents spend on the waiting list, all together."""
    longest_list: float
    """Most residents on the list at the end of a month."""
    average_wait: float
    """Months that a resident waits who starts in the last year: the list over who is admitted a month."""
    saved: float
    """Euros that are not spent, over all these months; whoever waits may cost money elsewhere, which is not counted."""


def waiting(
    baseline: Baseline, form: str, places: float, *, variant: Variant | None = None, gives_up: float = _GIVES_UP
) -> Waiting:
    """Return what it does when a form has room for `places` clients at once and `gives_up` of who waits leaves a month.

    Raises UnknownTargetError (N-711) or TooSmallError (N-714) for the form, and the errors of the flow engine.
    """
    law_of(form, baseline, "capacity")
    chosen = baseline.forms.index(form)
    measures = ready(variant, baseline) if variant is not None else []
    room = np.full((1, len(baseline.forms)), np.inf)
    room[0, chosen] = places
    capacity = Capacity(
        places=room,
        admissions=np.full_like(room, np.inf),
        gives_up=np.where(np.isinf(room[0]), 0.0, gives_up),
    )
    free, limited = evaluate(baseline.town, measures), evaluate(baseline.town, measures, capacity=capacity)
    price = price_of_waiting(free, limited)
    listed = limited.waiting[0, -12:, :, chosen].sum(axis=1)
    admitted = limited.starts[0, -12:, :, chosen].sum()
    return Waiting(
        form=form,
        places=places,
        months_waited=float(price.months_waited[0]),
        longest_list=float(price.longest_list[0]),
        average_wait=float(listed.sum() / admitted) if admitted > 0 else float("inf"),
        saved=float(price.saved[0]),
    )
