"""Small results for tests of the gate: counts per cell in, with every total worked out, as an indicator makes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product

import polars as pl

from noaber.municipality import Disclosure
from noaber.records import TOTAL, Text
from noaber.results import Provenance, Result

CBS5 = Disclosure()
EXACT = Disclosure(rule="exact")
Cells = Mapping[tuple[str, ...], float]
"""Numbers by period and codes."""


def counts(cells: Cells, *dimensions: str, indicator: str = "counts", snapshot: str = "0", **more: object) -> Result:
    """Return a result of persons with `cells` (period, then one code per dimension) and all their totals."""
    totals: Counter[tuple[str, ...]] = Counter()
    for (period, *codes), number in cells.items():
        for shown in product(*((code, TOTAL) for code in codes)):
            totals[period, *shown] += number  # type: ignore[assignment]
    return table(totals, *dimensions, indicator=indicator, snapshot=snapshot, **more)


def table(cells: Cells, *dimensions: str, indicator: str = "counts", snapshot: str = "0", **more: object) -> Result:
    """Return a result with exactly these cells; each rests on as many persons as it says, unless `count` tells."""
    rows = [(*key, float(number), int(number)) for key, number in sorted(cells.items())]
    names = ["period", *dimensions, "value", "count"]
    frame = pl.DataFrame(
        rows, schema=dict.fromkeys(names[:-2], pl.String()) | {"value": pl.Float64(), "count": pl.Int64()}, orient="row"
    )
    for name in ("numerator", "denominator", "largest", "second", "count"):
        if name in more:
            frame = frame.with_columns(pl.Series(name, list(more.pop(name))))  # type: ignore[call-overload]
    plain: dict[str, object] = {
        "title": Text("Aantallen", "Counts"),
        "definition": Text("Aantallen.", "Counts."),
        "unit": "persons",
        "counted": "persons",
        "frequency": "year",
        "provenance": Provenance(
            snapshot=snapshot * 16, known_on=date(2026, 1, 1), indicator=indicator, version=1, code_version="0"
        ),
    }
    return Result(indicator=indicator, dimensions=tuple(dimensions), cells=frame, **(plain | more))  # type: ignore[arg-type]


def shown(cells: pl.DataFrame, *codes: str) -> float | str | None:
    """Return what a reader sees in the cell with these codes: its value, or the reason why there is none."""
    found = cells.row(by_predicate=_at(cells, codes), named=True)
    return found["value"] if found["hidden"] is None else found["hidden"]


def _at(cells: pl.DataFrame, codes: Sequence[str]) -> pl.Expr:
    names = [name for name in cells.columns if name not in {"value", "numerator", "denominator", "hidden"}]
    return pl.all_horizontal(pl.col(name) == code for name, code in zip(names, codes, strict=True))
