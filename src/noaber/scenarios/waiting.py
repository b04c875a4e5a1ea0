"""What a limit on a care form costs in waiting and saves in euros, with unchanged policy or with a variant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from noaber.records import Law

from ..flows import Capacity, evaluate, price_of_waiting
from .baseline import Baseline
from .compare import ready
from .levers import law_of
from .variant import Variant

_GIVES_UP: Final = 0.02
_OF_TODAY: Final = 0.9


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


def usual_limits(baseline: Baseline) -> dict[str, float]:
    """Return a limit to look at when nobody names one: nine in ten of today's places, in the dearest form of each law.

    Forms without a client, and forms of which the snapshot knows nothing, are left out.
    """
    town = baseline.town
    clients = town.stock.sum(axis=(0, 1))
    spent = clients * town.rates.intensity[0] * town.rates.price[0] * town.forms.municipal
    found: dict[str, float] = {}
    for law in (Law.WMO, Law.YOUTH):
        mine = [
            place
            for place, (form, own) in enumerate(zip(baseline.forms, baseline.laws, strict=True))
            if own == law and form not in baseline.elsewhere and clients[place] >= 1 / _OF_TODAY
        ]
        if mine:
            dearest = max(mine, key=lambda place: spent[place])
            found[baseline.forms[dearest]] = float(np.floor(_OF_TODAY * clients[dearest]))
    return found


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
