"""Which cells may not be shown for their own sake: the primary rule, the same under every rule of rounding.

A cell is looked at with the true numbers: how many persons it rests on, over how many a rate is worked out, and
whether it would say something about everybody in a group.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from noaber.municipality import Disclosure
from noaber.records import TOTAL
from noaber.results import BAND, Result, Unit

COUNTS: Final[tuple[Unit, ...]] = ("persons", "households", "allocations", "contacts")
_MEASURED: Final[tuple[Unit, ...]] = ("days", "months", "minutes_per_week", "half_days_per_week")


def units(result: Result) -> dict[str, Unit]:
    """Return the unit of each column of numbers in a result."""
    found: dict[str, Unit] = {"value": result.unit}
    if "denominator" in result.cells.columns:
        counted: Unit = "persons" if result.counted == "none" else result.counted
        numerator, denominator = result.ratio or (counted, counted)
        found |= {"numerator": numerator, "denominator": denominator}
    return found | {name: result.unit for name in BAND if name in result.cells.columns}


def rests_on_persons(result: Result) -> bool:
    """Return whether any cell rests on persons; a budget and the inhabitants of a district do not."""
    return result.counted != "none" and (result.unit in COUNTS or not result.cells["count"].is_null().all())


def reasons(result: Result, at: Disclosure) -> pl.DataFrame:
    """Return the cells of a result with `hidden`: null, or why the cell may not be shown for its own sake."""
    kinds = units(result)
    people = pl.col("count")
    if result.unit in COUNTS:
        people = pl.min_horizontal("count", "value")
    if kinds.get("numerator") in COUNTS:
        people = pl.min_horizontal(people, "numerator")
    known = pl.col("count").is_not_null() | pl.lit(result.unit in COUNTS)
    rules = [(pl.col("value").is_null(), "empty"), (known & (people <= at.hide_up_to), "small")]
    if "denominator" in kinds:
        rules += _ratio_rules(kinds, known, result, at)
    if "largest" in result.cells.columns:
        rules.append((known & _dominated(at), "small"))
    if result.unit in _MEASURED:
        rules.append((known & (pl.col("count") * _tail(result) < 100 * (at.hide_up_to + 1)), "no_base"))
    cells = result.cells
    if at.rule == "exact" and result.unit in COUNTS:
        cells, everybody = _everybody(result, at)
        rules.append((everybody, "group"))
    if not rests_on_persons(result):
        rules = rules[:1]
    # The rule that stands first wins, so the list is wrapped from the back.
    hidden = pl.lit(None, dtype=pl.String())
    for condition, reason in reversed(rules):
        hidden = pl.when(condition).then(pl.lit(reason)).otherwise(hidden)
    return cells.with_columns(hidden=hidden).select([*result.cells.columns, "hidden"])


def _ratio_rules(kinds: dict[str, Unit], known: pl.Expr, result: Result, at: Disclosure) -> list[tuple[pl.Expr, str]]:
    """Return why a rate is hidden: too few to work it out over, or it holds for all but a few of them."""
    if kinds["denominator"] not in COUNTS:
        return []
    rules = [(known & (pl.col("denominator") < at.minimum_denominator), "no_base")]
    share = kinds["numerator"] == kinds["denominator"] and result.unit in {"percent", "days"}
    if share and set(result.dimensions) & set(at.sensitive):
        rest = pl.col("denominator") - pl.col("numerator")
        rules.append((known & (rest <= at.hide_up_to), "group"))
    return rules


def _dominated(at: Disclosure) -> pl.Expr:
    """Return whether the second-largest contributor could come too close to the largest one's share (the p% rule)."""
    others = pl.col("value") - pl.col("largest") - pl.col("second").fill_null(0)
    return (others < pl.col("largest") * at.amount_width_percent / 200).fill_null(value=False)


def _tail(result: Result) -> pl.Expr:
    """Return the percentage of persons on the thinner side of a statistic: 50 for a median, 10 for `p90`."""
    if "statistic" not in result.dimensions:
        return pl.lit(50)
    percentile = pl.col("statistic").str.extract(r"^p(\d\d)$").cast(pl.Int64)
    return pl.min_horizontal(percentile, 100 - percentile).fill_null(50)


def _everybody(result: Result, at: Disclosure) -> tuple[pl.DataFrame, pl.Expr]:
    """Return the cells, marked where one is all of its total along a sensitive dimension that has more parts."""
    cells = result.cells.with_columns(everybody=pl.lit(value=False))
    for name in sorted(set(result.dimensions) & set(at.sensitive)):
        rest = ["period", *(other for other in result.dimensions if other != name)]
        parts = result.cells.filter(pl.col(name) != TOTAL).group_by(rest).agg(parts=pl.len())
        whole = result.cells.filter(pl.col(name) == TOTAL).select(*rest, whole="value").join(parts, on=rest)
        cells = cells.join(whole, on=rest, how="left", maintain_order="left").with_columns(
            everybody=pl.col("everybody")
            | ((pl.col(name) != TOTAL) & (pl.col("parts") > 1) & (pl.col("value") >= pl.col("whole"))).fill_null(
                value=False
            )
        )
        cells = cells.drop("whole", "parts")
    return cells, pl.col("everybody")
