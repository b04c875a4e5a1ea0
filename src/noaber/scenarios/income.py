"""Income limits: a small layer of households that says who falls within 100, 110 or 120 percent of the social minimum.

Households of a district have incomes around the social minimum of their kind, spread as a lognormal that passes through
two shares of the country; a richer district has its incomes that much higher. Shapes: A districts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist

import duckdb
import numpy as np
from msgspec import structs

from noaber import plans, rules
from noaber.records import Text

from ..flows import Floats
from .errors import IncomeError


@dataclass(frozen=True, kw_only=True)
class Incomes:
    """The incomes of the households of each district, against the social minimum."""

    areas: tuple[str, ...]
    households: Floats
    """[A]"""
    middle: Floats
    """[A] logarithm of the middle income, in times the social minimum."""
    spread: float
    """Of the logarithm."""
    rules: tuple[str, ...] = ()
    ends: tuple[Incomes, ...] = ()
    """The same with both shares of the country at their low ends, and with both at their high ends: one survey counts
    them, so they lie wrong together."""

    def below(self, percent: float) -> Floats:
        """Return the share of households with at most this percentage of the social minimum, [A]."""
        if percent <= 0:
            raise IncomeError(
                f"An income limit of {percent:g} percent reaches nobody.", where="limit", now="Give 100, 110 or 120."
            )
        cut = (np.log(percent / 100) - self.middle) / self.spread
        return np.array([NormalDist().cdf(float(value)) for value in cut])

    def lost(self, before: float, after: float) -> Floats:
        """Return which part of those within the limit before falls outside it after, [A]; negative when it widens."""
        return 1 - self.below(after) / self.below(before)

    def lost_in_all(self, before: float, after: float, areas: Sequence[str] = ()) -> float:
        """Return the same for the whole town, or for these districts together."""
        mine = self.households * [not areas or area in areas for area in self.areas]
        inside = (self.below(before) * mine).sum()
        return float(1 - (self.below(after) * mine).sum() / inside)


def incomes(areas: Sequence[str], households: Floats, income: Floats, on: date) -> Incomes:
    """Return the incomes of districts with these households [A] and average income per resident [A].

    Two shares of the country fix the lognormal of the whole town: households up to 100 and up to 120 percent.
    IncomeError (N-717) when a district has no income or no households.
    """
    if len(areas) == 0 or (income <= 0).any() or (households < 0).any() or households.sum() == 0:
        raise IncomeError(
            "A district has no households or no income.",
            where="households",
            now="Take in the households and the key figures per district.",
        )
    values = [rules.value(name, on) for name in ("estimates/households_to_100", "estimates/households_to_120")]
    average = np.average(income, weights=households)
    relative = np.log(income / average)

    def through(shares: Sequence[float], ends: tuple[Incomes, ...] = ()) -> Incomes:
        """Return the incomes of which these shares of the country lie up to 100 and up to 120 percent."""
        low, high = (NormalDist().inv_cdf(share / 100) for share in shares)
        if low >= high:
            raise IncomeError(
                "Fewer households lie below 120 percent than below 100.", where="estimates", now="Mend them."
            )
        spread = (np.log(1.2) - np.log(1.0)) / (high - low)
        return Incomes(
            areas=tuple(areas),
            households=households,
            middle=-low * spread + relative,
            spread=float(spread),
            rules=tuple(str(value) for value in values),
            ends=ends,
        )

    ends = [[end for item in values if (end := getattr(item, name)) is not None] for name in ("low", "high")]
    return through([item.number for item in values], tuple(through(shares) for shares in ends if len(shares) == 2))


def read(connection: duckdb.DuckDBPyConnection, areas: Sequence[str], on: date) -> Incomes:
    """Return the incomes of districts from what a snapshot knows; IncomeError (N-717) when it knows too little."""
    found = dict(connection.execute('SELECT area, arg_max(households, "on") FROM households GROUP BY area').fetchall())
    earned = dict(
        connection.execute(
            "SELECT area, arg_max(value, year) FROM key_figure WHERE name = 'income_per_resident' GROUP BY area"
        ).fetchall()
    )
    missing = [area for area in areas if area not in found or area not in earned]
    if missing:
        raise IncomeError(
            f"Households or incomes of {', '.join(missing)} are not known.",
            where="key_figure, households",
            now="Take in the key figures of Statistics Netherlands and the households per district.",
        )
    count = np.array([float(found[area]) for area in areas])
    return incomes(areas, count, np.array([float(earned[area]) for area in areas]), on)


def with_incomes(
    plan: plans.Plan, connection: duckdb.DuckDBPyConnection, areas: Sequence[str], on: date
) -> tuple[plans.Plan, list[Text]]:
    """Return a plan with every income limit counted from the households that a snapshot knows, and what that changed.

    Where it knows too little the numbers of the plan stand, and that is said.
    """
    if not any(effect.income_limit is not None for item in plan.measures for effect in item.effects):
        return plan, []
    try:
        return limited(plan, read(connection, areas, on))
    except IncomeError as error:
        return plan, [
            Text(
                "De inkomensgrenzen staan zoals het plan ze schrijft: van deze gemeente zijn geen huishoudens of "
                f"inkomens per wijk bekend ({error.code}).",
                "The income limits stand as the plan writes them: households or incomes per district are not known of "
                f"this municipality ({error.code}).",
            )
        ]


def limited(plan: plans.Plan, found: Incomes) -> tuple[plans.Plan, list[Text]]:
    """Return a plan in which every effect of an income limit is what the households say, and what that changed.

    The range is what the doubt about the two shares of the country leaves. Districts are taken together: nothing says
    where the users of a scheme live, so the share of each district would weigh wrong.
    """
    said: list[Text] = []

    def counted(measure: plans.Measure, effect: plans.Effect) -> plans.Effect:
        if effect.income_limit is None:
            return effect
        before, after = effect.income_limit.before, effect.income_limit.after
        sizes = sorted(-item.lost_in_all(before, after, effect.areas) for item in (found, *found.ends))
        size = -found.lost_in_all(before, after, effect.areas)
        said.append(_told(measure.name, effect.size, size))
        because = (
            f"berekend uit de huishoudens van deze gemeente: bij een grens van {after:g} in plaats van {before:g} "
            f"procent van het sociaal minimum komt {100 * size:+.0f} procent in aanmerking"
        )
        return structs.replace(effect, size=plans.Estimate(value=size, low=sizes[0], high=sizes[-1], because=because))

    measures = tuple(
        structs.replace(item, effects=tuple(counted(item, effect) for effect in item.effects)) for item in plan.measures
    )
    return structs.replace(plan, measures=measures), said


def _told(name: str, written: plans.Estimate, size: float) -> Text:
    return Text(
        f"‘{name}’ is berekend uit de huishoudens van deze gemeente: {100 * size:+.0f} procent van wie in aanmerking "
        f"komt; het plan schrijft {100 * written.value:+.0f} procent. Hoeveel van hen bij schuldhulp, Wmo of "
        "jeugdhulp terugkomt is niet te berekenen: dat blijft een aanname van het plan.",
        f"‘{name}’ was computed from the households of this municipality: {100 * size:+.0f} percent of who is "
        f"eligible; the plan writes {100 * written.value:+.0f} percent. How many of them come back at debt "
        "help, Wmo or youth care cannot be computed: that stays an assumption of the plan.",
    )
