"""Support spells, folded from what was said: allocations, starts, stops and requests, by the standard's own rules.

Of one allocation number the latest allocation stands, by the moment it was allocated (IV013); reason of change 13
removes it. Status 3 withdraws the start or stop of the same days; status 1 says it again. After a temporary stop
(reason 20) a new start makes a second spell. The back office does not send changes but says all about a number each
time: its statement takes the place of every start and stop known before it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import polars as pl

from noaber.municipality import Municipality
from noaber.records import LINEAGE, TABLES

from .versions import KNOWN, days, standing, versions

NUMBER: Final = ("law", "allocation_number")
_SUPPORT: Final = TABLES["support"]
_CONTENT: Final = tuple(
    column.name for column in _SUPPORT.columns if column.name not in (*NUMBER, "began_on", "layer", "kind", *KNOWN)
)
_REMOVED, _SAID, _OWN = "13", "1", "01"


def fold_support(delivered: Mapping[str, pl.DataFrame], *, town: Municipality, office: Collection[str]) -> pl.DataFrame:
    """Return the table `support` from the delivered tables.

    `office` names the deliveries that say all about a number at once: those of the back office. A spell's lineage is
    that of the row that made the version: the last known of its allocation, start and stop.
    """
    allocation, start, stop = (with_speaker(delivered[name], office) for name in ("allocation", "start", "stop"))
    referral = _referrals(allocation, delivered["request"])
    numbers = allocation.select(NUMBER).unique()
    said = [frame.join(numbers, on=NUMBER, how="semi") for frame in (allocation, start, stop, referral)]
    known = days(NUMBER, *said)
    stated = _statements(known, allocation)
    spells = (
        _orders(known, allocation, referral)
        .join(_lines(stated, start, ("began_on",), "start"), on=(*NUMBER, "day"), how="left")
        .join(_lines(stated, stop, ("began_on", "ended_on"), "stop"), on=(*NUMBER, "day", "began_on"), how="left")
        .with_columns(_last_said())
    )
    return (
        versions(spells, (*NUMBER, "began_on"), _CONTENT)
        .join(layers(town), on="care_form", how="left")
        .select(*_SUPPORT.schema)
        .sort(_SUPPORT.key)
    )


def layers(town: Municipality) -> pl.DataFrame:
    """Return the layer and kind of each care form of the municipality."""
    forms = [(form.code, form.layer.value, form.kind.value) for form in town.care_forms]
    return pl.DataFrame(forms, schema=dict.fromkeys(("care_form", "layer", "kind"), pl.String()), orient="row")


def with_speaker(frame: pl.DataFrame, office: Collection[str]) -> pl.DataFrame:
    """Add whether a message spoke or the back office; on one day the back office speaks first."""
    return frame.with_columns(by_message=~pl.col("delivery").is_in(list(office)))


def allocation_on(asked: pl.DataFrame, allocation: pl.DataFrame, *, on: str = "day") -> pl.DataFrame:
    """Join to each number and day of `asked` the allocation that stands then (nulls where there is none)."""
    return standing(asked, allocation, NUMBER, by=("allocated_at", "known_on", "by_message", "delivery", "line"), on=on)


def _orders(known: pl.DataFrame, allocation: pl.DataFrame, referral: pl.DataFrame) -> pl.DataFrame:
    """Return on each day the allocation that stands, the day of the first under its number, and who referred.

    An allocation by message that answers no request is the municipality's own; else no referrer means unknown.
    """
    moment = pl.col("allocated_at")
    first = allocation.select(*NUMBER, "known_on", allocated_on=moment.dt.date(), age=-moment.to_physical())
    orders = allocation_on(known, allocation.drop("referrer", "referrer_code"))
    orders = orders.filter(moment.is_not_null() & pl.col("change_reason").ne_missing(_REMOVED))
    orders = standing(orders, first, NUMBER, by=("age",))
    own = pl.col("by_message") & pl.col("reference").is_null() & pl.col("referrer").is_null()
    return (
        standing(orders, referral, NUMBER, by=("named_on", "named_in", "named_at"))
        .with_columns(referrer=pl.when(own).then(pl.lit(_OWN)).otherwise("referrer"))
        .rename({"valid_from": "allocated_from", "valid_until": "allocated_until"})
    )


def _referrals(allocation: pl.DataFrame, request: pl.DataFrame) -> pl.DataFrame:
    """Return who referred, by allocation number: as the allocation says, or the request that it answers."""
    who = ("referrer", "referrer_code")
    lineage = {"named_on": "known_on", "named_in": "delivery", "named_at": "line"}
    answered = (
        allocation.select(*NUMBER, "provider", "reference", "known_on")
        .join(request.select("law", "provider", "reference", *who, **lineage), on=("law", "provider", "reference"))
        .with_columns(known_on=pl.max_horizontal("known_on", "named_on"))
    )
    columns = (*NUMBER, *who, "known_on", *lineage)
    stated = allocation.select(*NUMBER, *who, "known_on", **lineage)
    return pl.concat([stated, answered.select(columns)]).filter(pl.col("referrer").is_not_null())


def _statements(known: pl.DataFrame, allocation: pl.DataFrame) -> pl.DataFrame:
    """Return for each number and day the last statement of the back office: `stated_on`, `stated_in` (a delivery)."""
    office = allocation.filter(~pl.col("by_message"))
    told = office.select(*NUMBER, "known_on", stated_on="known_on", stated_in="delivery")
    return standing(known.select(*NUMBER, "day"), told, NUMBER, by=("stated_on", "stated_in")).drop("known_on")


def _lines(stated: pl.DataFrame, said: pl.DataFrame, same: tuple[str, ...], name: str) -> pl.DataFrame:
    """Return on each day the starts or stops that stand, with their lineage under `name`.

    Of the lines about the `same` days the last one counts, and it stands unless it withdraws; of two stops of one
    start the last stands. What was known before the last statement of the back office no longer counts.
    """
    later = pl.col("known_on") >= pl.col("stated_on")
    counts = pl.when("by_message").then(later).otherwise(pl.col("delivery") == pl.col("stated_in"))
    told = (
        stated.join(said, on=NUMBER)
        .filter((pl.col("known_on") <= pl.col("day")) & counts.fill_null(value=True))
        .sort("known_on", "by_message", "sequence", "delivery", "line")
        .unique((*NUMBER, "day", *same), keep="last", maintain_order=True)
        .filter(pl.col("status") == _SAID)
        .unique((*NUMBER, "day", "began_on"), keep="last", maintain_order=True)
    )
    ending = [column for column in ("ended_on", "end_reason") if column in said.columns]
    lineage = [pl.col(column.name).alias(f"{name}_{column.name}") for column in LINEAGE]
    return told.select(*NUMBER, "day", "began_on", *ending, *lineage)


def _last_said() -> list[pl.Expr]:
    """Return the lineage of the last known among allocation, start and stop; of one day the stop, then the start."""
    order, start, stop = pl.col("known_on"), pl.col("start_known_on"), pl.col("stop_known_on")
    return [
        pl.when(stop >= pl.max_horizontal(order, start))
        .then(f"stop_{column.name}")
        .when(start >= order)
        .then(f"start_{column.name}")
        .otherwise(column.name)
        .alias(column.name)
        for column in LINEAGE
    ]
