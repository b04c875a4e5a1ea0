"""What the definitions of the indicators say of each other, which anyone can read and an attacker will use.

An indicator that shares a number with another is listed here; a test goes through the declarations to see that none is
forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Codes = frozenset[tuple[str, str]]

BALANCES: Final = (("residents_with_support", "support_inflow", "support_outflow"),)
"""Stock, inflow, outflow: the stock at the end is the one at the start, plus who begins, minus who ends."""

AT_MOST: Final = (
    ("households_with_support", "residents_with_support"),
    ("residents_with_support", "support_stock"),
)
"""Figures of which the first is never more than the second, cell by cell."""

LAYERS: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    "spending_real": ("price", frozenset({"nominal", "contract", "consumer"})),
    "certified_institutions": ("line", frozenset({"baseline", "agreed"})),
}
"""A dimension whose codes show one number times a known factor: hidden in one is hidden in all."""

_SAME: Final[Mapping[tuple[str, str], str]] = {
    ("residents_per_1000", "numerator"): "residents_with_support",
    ("indications_per_resident", "numerator"): "support_stock",
    ("indications_per_resident", "denominator"): "residents_with_support",
    ("spending_per_resident", "numerator"): "spending",
}
_SAME_UNDER: Final[Mapping[tuple[str, str], tuple[str, str, str]]] = {
    ("spending_real", "value"): ("price", "nominal", "spending"),
    ("provider_dependence", "numerator"): ("statistic", "of_our_spend", "provider_spend"),
}
"""The same under one code only: the dimension, its code, and the figure it then is."""


def shown(indicator: str, column: str, codes: Codes) -> tuple[str, Codes]:
    """Return the figure and the codes of the number that a column of an indicator shows."""
    pair = (indicator, column)
    if pair in _SAME:
        return _SAME[pair], codes
    if pair in _SAME_UNDER:
        dimension, code, figure = _SAME_UNDER[pair]
        if (dimension, code) in codes:
            return figure, codes - {(dimension, code)}
    return (indicator if column == "value" else f"{indicator}/{column}"), codes


def shared() -> set[tuple[str, str]]:
    """Return the (indicator, column) pairs that show another indicator's number."""
    return {*_SAME, *_SAME_UNDER}
