"""Two tables through the gate, beside what a spreadsheet does, and how much of each can be worked out.

Neighbourhoods in districts by care forms in laws, with all their totals and made-up clients. `small only` hides up to
seven and stops; `two per line` hides a second cell wherever a line has just one, again and again, which is the rule of
thumb. The audit then says of each how many hidden numbers an attacker pins exactly, and how many he brings within less
than three. Prints a Markdown table; seconds are those of the processor.

    PYTHONPATH=tests python bench/disclosure.py
"""

from __future__ import annotations

import platform
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import product

import polars as pl

from counts import CBS5, EXACT, table
from noaber.disclosure import SafeResult, audit, protect
from noaber.disclosure.gate import _draft
from noaber.records import TOTAL
from noaber.results import Result

DIMENSIONS = ("district", "neighbourhood", "law", "care_form")
TABLES = {"town": (12, 8, 9_000), "city": (60, 8, 60_000)}
"""Districts, neighbourhoods in each, clients; always twelve care forms in four laws."""


def made(districts: int, neighbourhoods: int, clients: int, seed: int = 20) -> Result:
    """Return a table of clients, spread as unevenly as clients are."""
    chance = random.Random(seed)
    places = [(f"W{at // neighbourhoods:02}", f"B{at:03}") for at in range(districts * neighbourhoods)]
    forms = [(f"L{at // 3}", f"F{at:02}") for at in range(12)]
    place_weights = [chance.gammavariate(2, 1) for _ in places]
    form_weights = [chance.gammavariate(0.8, 1) for _ in forms]
    cells = Counter(dict.fromkeys(product(places, forms), 0))
    cells.update(
        zip(
            chance.choices(places, place_weights, k=clients),
            chance.choices(forms, form_weights, k=clients),
            strict=True,
        )
    )
    totals: Counter[tuple[str, ...]] = Counter()
    for ((district, neighbourhood), (law, form)), number in cells.items():
        areas = ((district, neighbourhood), (district, TOTAL), (TOTAL, TOTAL))
        for area, kind in product(areas, ((law, form), (law, TOTAL), (TOTAL, TOTAL))):
            totals[("2024", *area, *kind)] += number
    return table(totals, *DIMENSIONS)


def small_only(result: Result) -> SafeResult:
    return _draft(result, EXACT, b"")


def two_per_line(result: Result) -> SafeResult:
    draft = _draft(result, EXACT, b"")
    cells = [row[1:5] for row in draft.cells.iter_rows()]
    values = dict(zip(cells, draft.cells["value"], strict=True))
    hidden = {cell for cell, reason in zip(cells, draft.cells["hidden"], strict=True) if reason}
    lines = defaultdict(list)
    for cell in cells:
        for at, code in enumerate(cell):
            whole = (*cell[:at], TOTAL, *cell[at + 1 :])
            if code != TOTAL and whole in values:
                lines[whole, at].append(cell)
    moved = True
    while moved:
        moved = False
        for (whole, _), parts in lines.items():
            line = [whole, *parts]
            if sum(cell in hidden for cell in line) == 1:
                hidden.add(min((cell for cell in line if cell not in hidden), key=lambda cell: values[cell]))
                moved = True
    chosen = pl.Series([cell in hidden for cell in cells])
    safe = draft.cells.with_columns(
        value=pl.when(~chosen).then(pl.col("value")),
        hidden=pl.when(chosen & pl.col("hidden").is_null()).then(pl.lit("secondary")).otherwise(pl.col("hidden")),
    )
    return SafeResult(**(vars(draft) | {"cells": safe}))


METHODS: dict[str, Callable[[Result], SafeResult]] = {
    "small only": small_only,
    "two per line": two_per_line,
    "ours, exact": lambda result: protect(result, EXACT),
    "ours, cbs5": lambda result: protect(result, CBS5),
}


def main() -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}\n")
    print("| table | cells | small | by | also hidden | pinned | within 3 | s | audit, s |")
    print("| --- | --: | --: | --- | --: | --: | --: | --: | --: |")
    for name, shape in TABLES.items():
        result = made(*shape)
        for method, protected in METHODS.items():
            start = time.process_time()
            safe = protected(result)
            done = time.process_time()
            found = audit([safe])
            audited = time.process_time()
            why = Counter(safe.cells["hidden"].to_list())
            pinned = sum(item.low == item.high for item in found.recoverable)
            row = [name, safe.cells.height, why["small"], method, why["secondary"], pinned, len(found.recoverable)]
            print("|", " | ".join(map(str, row)), f"| {done - start:.1f} | {audited - done:.1f} |", flush=True)


if __name__ == "__main__":
    main()
