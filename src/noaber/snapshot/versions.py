"""What was known when: what stood on each day on which something was said, and those days joined to versions.

Both folds work alike. They list the days on which something was said about a thing (`days`), look up what stood on each
of those days (`standing`), and join equal days that follow on each other to one version (`versions`).
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

KNOWN = ("known_from", "known_until")


def days(thing: Sequence[str], *said: pl.DataFrame) -> pl.DataFrame:
    """Return per `thing` the days on which something was said: `day`, the `next` (null at the end), `place` (0, 1…)."""
    every = pl.concat([frame.select(*thing, day="known_on") for frame in said])
    return (
        every.unique()
        .sort(*thing, "day")
        .with_columns(
            next=pl.col("day").shift(-1).over(thing),
            place=pl.int_range(pl.len()).over(thing),
        )
    )


def standing(
    asked: pl.DataFrame, rows: pl.DataFrame, thing: Sequence[str], *, by: Sequence[str], on: str = "day"
) -> pl.DataFrame:
    """Join to each row of `asked` the row of `rows` that stands on its day: of those known by then, the highest `by`.

    Where nothing was known yet, the columns of `rows` are null; columns that `asked` has already stay as they are.
    """
    ranked = rows.sort(by, nulls_last=False).with_row_index("rank")
    best = (
        ranked.group_by(*thing, since="known_on")
        .agg(pl.col("rank").max())
        .sort("since")
        .with_columns(pl.col("rank").cum_max().over(thing))
    )
    found = asked.sort(on).join_asof(
        best, left_on=on, right_on="since", by=list(thing), strategy="backward", check_sortedness=False
    )
    fresh = ranked.select("rank", pl.exclude("rank", *asked.columns))
    return found.drop("since").join(fresh, on="rank", how="left").drop("rank")


def versions(held: pl.DataFrame, thing: Sequence[str], content: Sequence[str]) -> pl.DataFrame:
    """Join the days of `held` to versions: `known_from` inclusive, `known_until` exclusive, null for what stands.

    `held` has one row per `thing` on each day (`day`, `next`, `place`) on which it existed. A version ends where its
    `content` changes or a day is missing; its other columns are those of its first day.
    """
    ordered = held.sort(*thing, "day", nulls_last=False)
    follows = pl.col("place") == pl.col("place").shift(1) + 1
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift(1)) for name in (*thing, *content))
    begins = (~(follows & same)).fill_null(value=True)
    runs = ordered.select("next", begins=begins).with_row_index("row")
    ends = runs.group_by(run=pl.col("begins").cum_sum()).agg(pl.col("next").last()).sort("run")
    return (
        ordered.filter(begins)
        .drop("next", "place")
        .rename({"day": "known_from"})
        .with_columns(ends["next"].alias("known_until"))
    )
