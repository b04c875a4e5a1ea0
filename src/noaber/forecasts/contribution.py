"""What clients pay themselves: one fixed amount a month per person with Wmo support, whatever the number of forms."""

from __future__ import annotations

from datetime import date

import numpy as np

from noaber import rules
from noaber.records import Law

from ..flows import Floats
from .months import moved
from .spells import Register

_RULE = "wmo/own_contribution"


def tariff(first: date, months: int) -> tuple[Floats, tuple[str, ...]]:
    """Return euros per person and month, [T], and the rules they stand in.

    After the last tariff that is known that one holds; before the first, what was paid hung on income, and it is 0.
    """
    values = rules.all_rules()[_RULE].values
    euros, used = np.zeros(months), dict[str, None]()
    for month in range(months):
        held = [value for value in values if value.from_ <= moved(first, month)]
        if held:
            euros[month] = held[-1].number / 100
            used[str(held[-1])] = None
    return euros, tuple(used)


def payers(register: Register, opens: date) -> Floats:
    """Return how many persons pay for a running spell of each form of the register, [F]; 0 beside the Wmo."""
    wmo = np.array([law == Law.WMO for law in register.laws])
    day = np.datetime64(opens)
    running = (register.begin < day) & (np.isnat(register.last) | (register.last >= day)) & wmo[register.form]
    if not running.any():
        return np.zeros(len(wmo))
    return np.where(wmo, len(np.unique(register.person[running])) / running.sum(), 0.0)
