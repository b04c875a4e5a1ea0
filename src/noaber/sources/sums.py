"""What a table says twice, compared: a balance and its parts, a band and those inside it, a town and its districts.

What does not add up is taken in as it stands and remarked upon, never repaired.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from noaber.records import Remark


def check(table: str, rows: pl.DataFrame) -> tuple[Remark, ...]:
    """Return a remark for each figure in `rows` of a table that differs from what its parts add up to."""
    checks = {"funding": (_balances,), "population": (_bands, _districts)}
    return tuple(remark for find in checks.get(table, ()) for remark in find(rows))


def euros(cents: int) -> str:
    """Return an amount as a Dutch reader writes it: 1.234,50 (whole euros without decimals)."""
    whole, rest = divmod(abs(cents), 100)
    return ("-" if cents < 0 else "") + f"{whole:,}".replace(",", ".") + (f",{rest:02}" if rest else "")


def _balances(rows: pl.DataFrame) -> Iterator[Remark]:
    income = pl.col("amount_cents").filter(pl.col("kind").is_in(["state_grant", "own_contribution"])).sum()
    expense = pl.col("amount_cents").filter(pl.col("kind") == "expense")
    sums = rows.group_by("year", "law").agg(expected=income - expense.sum(), expenses=expense.len())
    stated = rows.filter(pl.col("kind") == "balance").join(sums.filter(pl.col("expenses") > 0), on=["year", "law"])
    for row in stated.filter(pl.col("amount_cents") != pl.col("expected")).sort("line", "year").iter_rows(named=True):
        yield Remark(
            line=row["line"],
            code="balance",
            text=(
                f"Saldo {row['year']} ({row['law']}): vermeld is {euros(row['amount_cents'])} euro, inkomsten min "
                f"uitgaven is {euros(row['expected'])}; het verschil is {euros(row['amount_cents'] - row['expected'])}."
            ),
        )


def _bands(rows: pl.DataFrame) -> Iterator[Remark]:
    for key, group in rows.group_by(["on", "area", "sex", "kind"], maintain_order=True):
        bands = group.select("age_from", "age_until", "persons", "line").rows()
        for first, last, persons, line in bands:
            parts = _tiles([band for band in bands if band[:2] != (first, last)], first, last)
            if parts and (total := sum(band[2] for band in parts)) != persons:
                yield Remark(
                    line=line,
                    code="band",
                    text=(
                        f"{key[1]}, {key[0]}: de groep {_named(first, last)} is vermeld als {persons}, haar delen "
                        f"tellen op tot {total}."
                    ),
                )


Band = tuple[int, int | None, int, int]
"""(youngest age, oldest age, persons, line)."""


def _tiles(bands: list[Band], first: int, last: int | None) -> list[Band]:
    """Return the narrowest bands that together fill the ages from `first` to `last`; none when they cannot."""
    found, age = [], first
    for band in sorted(bands, key=lambda band: (band[0], band[1] is None, band[1] or 0)):
        inside = last is None or (band[1] is not None and band[1] <= last)
        if band[0] == age and inside:
            found.append(band)
            if band[1] == last:
                return found
            if band[1] is None:
                return []
            age = band[1] + 1
    return []


def _named(first: int, last: int | None) -> str:
    return f"van {first} jaar en ouder" if last is None else f"van {first} tot en met {last} jaar"


def _districts(rows: pl.DataFrame) -> Iterator[Remark]:
    key = ["on", "age_from", "age_until", "sex", "kind"]
    town = rows.filter(pl.col("area").str.starts_with("GM")).select(*key, "persons", "line")
    parts = rows.filter(pl.col("area").str.starts_with("WK")).group_by(key).agg(pl.col("persons").sum().alias("sum"))
    odd = town.join(parts, on=key, nulls_equal=True).filter(pl.col("persons") != pl.col("sum")).sort("on", "line")
    for (day,), group in odd.group_by(["on"], maintain_order=True):
        off = max(abs(parts - whole) for parts, whole in group.select("sum", "persons").iter_rows())
        yield Remark(
            line=group["line"][0],
            code="districts",
            text=(
                f"{day}: bij {len(group)} leeftijdsgroepen tellen de wijken niet op tot de gemeente; het grootste "
                f"verschil is {off} inwoners (afgeronde wijkcijfers?)."
            ),
        )
