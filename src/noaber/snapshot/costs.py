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
    claims = _shown(delivered["claim"], with_speaker(delivered["allocation"], office))
    rejected, roots = _rejections(claims, delivered["reply"]), _roots(claims)
    twice = claims.select(_LINE).filter(pl.struct(_LINE).is_duplicated())
    # Nearly every line is the only one that says anything of itself, and stands from its first day.
    several = pl.concat([keys.select(_LINE) for keys in (rejected, roots, twice)]).unique()
    single = claims.join(several, on=_LINE, how="anti").with_columns(
        known_from="known_on", known_until=pl.lit(None, dtype=pl.Date())
    )
    told = (
        claims.join(several, on=_LINE, how="semi")
        .join(rejected, on=(*_LINE, "delivery", "line"), how="left")
        .join(roots, on=_LINE, how="left")
        .with_columns(pl.coalesce("root", "reference"))
    )
    columns = ["reference", *(name for name in _COST.schema if name != "kind")]
    return (
        pl.concat([single.select(columns), versions(_on_each_day(told), _LINE, _CONTENT).select(columns)])
        .sort(*_LINE, "known_from")
        .join(layers(town).drop("layer"), on="care_form", how="left", maintain_order="left")
        .select(*_COST.schema)
    )


def _shown(claim: pl.DataFrame, allocation: pl.DataFrame) -> pl.DataFrame:
    """Return claim lines as they are shown, each with the reference that it `credits`, if any."""
    said = ("law", "allocation_number", "known_on")
    home = allocation.select(*NUMBER, "allocated_at", "known_on", "by_message", "delivery", "line", home="district")
    bare = claim.filter(pl.col("district").is_null()).select(said).unique()
    return (
        claim.join(allocation_on(bare, home, on="known_on").select(*said, "home"), on=said, how="left")
        .with_columns(
            district=pl.coalesce("district", "home"),
            credits=pl.when(pl.col("amount_cents") < 0).then("previous_reference"),
            month=pl.col("period_from").dt.truncate("1mo"),
            volume=pl.when(pl.col("amount_cents") >= 0).then("volume"),
        )
        .select(name for name in (*_COST.schema, "reference", "credits") if name not in ("kind", *KNOWN))
    )


def _roots(claims: pl.DataFrame) -> pl.DataFrame:
    """Return for each line that credits or is credited the `root` it shares with all lines it is tied to."""
    ties = claims.filter(pl.col("credits").is_not_null()).select("law", "provider", "reference", other="credits")
    ties = pl.concat([ties, ties.select("law", "provider", reference="other", other="reference")]).unique()
    roots = ties.select(_LINE).unique().with_columns(root="reference")
    while True:
        reached = ties.join(roots.rename({"reference": "other"}), on=("law", "provider", "other")).select(
            *_LINE, "root"
        )
        lower = pl.concat([roots, reached]).group_by(_LINE).agg(pl.col("root").min()).sort(_LINE)
        if lower.equals(roots.sort(_LINE)):
            return lower
        roots = lower


def _on_each_day(claims: pl.DataFrame) -> pl.DataFrame:
    """Return the lines that stand on each day on which something was said about them or their group."""
    turned = claims.filter(pl.col("rejected_on").is_not_null()).with_columns(known_on="rejected_on")
    told = (
        days(_GROUP, claims, turned)
        .join(claims, on=_GROUP)
        .filter(pl.col("known_on") <= pl.col("day"))
        .sort("known_on", "delivery", "line")
        .unique((*_LINE, "day"), keep="last", maintain_order=True)
        .filter(pl.col("rejected_on").is_null() | (pl.col("rejected_on") > pl.col("day")))
    )
    return told.join(_cancelled(told), on=(*_LINE, "day"), how="anti")


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
    credited, on_day = pl.col("credits"), ("law", "provider", "day")
    whole = told.filter(credited.is_null()).select(*on_day, credits="reference", amount_cents=-pl.col("amount_cents"))
    pairs = (
        told.filter(credited.is_not_null())
        .join(whole, on=(*on_day, "credits", "amount_cents"))
        .sort("reference")
        .unique((*on_day, "credits"), keep="first", maintain_order=True)
    )
    return pl.concat([pairs.select(*on_day, reference=name) for name in ("reference", "credits")])
