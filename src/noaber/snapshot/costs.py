"""Costs, folded from claims: the lines that stand on each day.

A later line with the same reference takes the place of the earlier one. A credit of a whole line takes both away
(OP366); a credit of a part, or of a line that we do not know, stands as a negative amount. A line that the answer to
a claim (325) rejects is gone. So on any day the amounts add up to what was claimed, less what was rejected.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import polars as pl

from noaber.municipality import Municipality
from noaber.records import TABLES

from .spells import NUMBER, allocation_on, layers, with_speaker
from .versions import KNOWN, days, versions

_COST: Final = TABLES["cost"]
_LINE: Final = ("law", "provider", "reference")
_GROUP: Final = ("law", "provider", "root")
_CONTENT: Final = tuple(
    column.name for column in _COST.columns if column.name not in ("law", "provider", "kind", *KNOWN)
)
_ACCEPTED: Final = ("0200", "8001")


def fold_cost(delivered: Mapping[str, pl.DataFrame], *, town: Municipality, office: Collection[str]) -> pl.DataFrame:
    """Return the table `cost` from the delivered tables; a line without a district has that of its allocation then.

    A negative line has no volume, as a volume cannot be negative.
    """
    credit = (pl.col("amount_cents") < 0) & pl.col("previous_reference").is_not_null()
    claims = delivered["claim"].with_columns(
        credit=credit, root=pl.when(credit).then("previous_reference").otherwise("reference")
    )
    rejected = _rejections(claims, delivered["reply"])
    claims = claims.join(rejected, on=(*_LINE, "delivery", "line"), how="left")
    turned = claims.filter(pl.col("rejected_on").is_not_null()).with_columns(known_on="rejected_on")
    known = days(_GROUP, claims, turned)
    told = (
        known.join(claims, on=_GROUP)
        .filter(pl.col("known_on") <= pl.col("day"))
        .sort("known_on", "delivery", "line")
        .unique((*_LINE, "day"), keep="last", maintain_order=True)
        .filter(pl.col("rejected_on").is_null() | (pl.col("rejected_on") > pl.col("day")))
    )
    held = told.join(_cancelled(told), on=(*_LINE, "day"), how="anti").with_columns(
        month=pl.col("period_from").dt.truncate("1mo"),
        volume=pl.when(pl.col("amount_cents") >= 0).then("volume"),
    )
    placed = _with_district(held, with_speaker(delivered["allocation"], office))
    return (
        versions(placed, _LINE, _CONTENT)
        .join(layers(town).drop("layer"), on="care_form", how="left")
        .sort(*_LINE, "known_from")
        .select(*_COST.schema)
    )


def _rejections(claims: pl.DataFrame, reply: pl.DataFrame) -> pl.DataFrame:
    """Return for each rejected claim line the day on which it was first rejected after it was said."""
    no = reply.filter((pl.col("message") == "325") & ~pl.col("return_code").is_in(_ACCEPTED))
    return (
        claims.join(no.select("law", "provider", reference="subject", rejected_on="known_on"), on=_LINE)
        .filter(pl.col("rejected_on") >= pl.col("known_on"))
        .group_by(*_LINE, "delivery", "line")
        .agg(pl.col("rejected_on").min())
    )


def _cancelled(told: pl.DataFrame) -> pl.DataFrame:
    """Return (line, day) of each whole credit and of the line that it credits; one credit takes away one line."""
    group = (*_GROUP, "day")
    whole = told.filter(~pl.col("credit")).select(*group, credited="reference", amount_cents=-pl.col("amount_cents"))
    pairs = (
        told.filter("credit")
        .join(whole, on=(*group, "amount_cents"))
        .sort("reference")
        .unique(group, keep="first", maintain_order=True)
    )
    gone = [pairs.select("law", "provider", "day", reference=name) for name in ("reference", "credited")]
    return pl.concat(gone)


def _with_district(held: pl.DataFrame, allocation: pl.DataFrame) -> pl.DataFrame:
    """Fill the district where a line has none, from the allocation as known when the line was said."""
    bare = held.filter(pl.col("district").is_null()).drop("district")
    found = allocation_on(bare, allocation.select(*NUMBER, *_ALLOCATED), on="known_on")
    return pl.concat([held.filter(pl.col("district").is_not_null()), found.select(held.columns)])


_ALLOCATED: Final = ("district", "allocated_at", "known_on", "by_message", "delivery", "line")
