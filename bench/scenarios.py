"""How long a costing takes: a slider, a scenario with its band, and 342 municipalities at once beside one by one.

A made-up baseline of 24 care forms, ten age bands and ten districts, and a measure on two forms. The national run uses
that residents of one age act alike; beside it stands what a user would do otherwise: cost each municipality by itself,
measured on three and multiplied. Prints a Markdown table.

    python bench/scenarios.py
"""

from __future__ import annotations

import os
import time
from datetime import date

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from noaber import plans, scenarios
from noaber.flows import Forms, Parameter, Rates, Town
from noaber.records import Text
from noaber.scenarios.baseline import AGES, Baseline

FORMS, AREAS, MONTHS, CLASSES, DRAWS, MUNICIPALITIES = 24, 10, 48, 30, 1024, 342
PLAN = """
source = "bench"
unit = "eur"
[[measures]]
code = "m"
name = "M"
[[measures.effects]]
lever = "inflow"
law = "wmo"
care_forms = ["F0", "F1"]
size = { value = -0.1, low = -0.2, high = 0.0, because = "bench" }
from = 2024-01-01
"""


def baseline() -> Baseline:
    """Return the made-up town."""
    cells = AREAS * len(AGES)
    residents = np.tile(np.linspace(700, 1100, len(AGES)), AREAS)
    names = tuple(f"F{number}" for number in range(FORMS))
    inflow = np.full((1, cells, FORMS), 0.0004) * np.linspace(0.5, 1.5, cells)[None, :, None]
    leave = np.broadcast_to(1 / np.linspace(8, 36, FORMS), (CLASSES, 1, FORMS)).copy()
    stock = np.zeros((CLASSES, cells, FORMS))
    stock[-1] = inflow[0] * residents[:, None] * (1 / leave[0, 0] - 1)
    zeros = np.zeros((1, FORMS))
    return Baseline(
        town=Town(
            forms=Forms(names=names, laws=("wmo",) * FORMS),
            months=MONTHS,
            residents=residents,
            areas=np.repeat(np.arange(AREAS), len(AGES)),
            rates=Rates(
                inflow=inflow, exit=leave, intensity=zeros + 1, price=zeros + 600, contribution=zeros, fixed=zeros
            ),
            stock=stock,
        ),
        start=date(2023, 1, 1),
        names=tuple(Text(name, name) for name in names),
        elsewhere=(),
        areas=tuple(f"WK99010{number}" for number in range(AREAS)),
        area_names=tuple(f"WK99010{number}" for number in range(AREAS)),
        bands=AGES,
        band=np.tile(np.arange(len(AGES)), AREAS),
        referrers={},
        parameters=tuple(
            Parameter(name=f"inflow of {name}", middle=1.0, low=0.9, high=1.1, shape="lognormal") for name in names
        ),
        pooled={},
        left_out=(),
        price_level="2022",
        snapshot="0" * 16,
        known_on=date(2022, 12, 31),
    )


def timed(work) -> float:  # type: ignore[no-untyped-def]
    """Return the shortest of three times, in seconds."""
    found = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def main() -> None:
    """Measure, and print the table."""
    base, plan = baseline(), plans.together([plans.parse(PLAN, "bench.toml")])
    ready = scenarios.prepare_answers(base)
    table = "code;name;" + ";".join(f"{a}-{b}" for a, b in AGES)
    table += "".join(f"\nGM{n};M{n};" + ";".join(["4000"] * len(AGES)) for n in range(MUNICIPALITIES))
    towns = scenarios.read_municipalities(table, "bench.csv", AGES)
    answer = timed(lambda: scenarios.answer(ready, plan.measures))
    costing = timed(lambda: scenarios.compare(base, plan, ["m"], draws=256))
    national = timed(lambda: scenarios.run_national(base, plan, towns, ["m"], draws=DRAWS))
    start = time.perf_counter()
    for _ in range(3):
        scenarios.compare(base, plan, ["m"], draws=DRAWS)
    alone = (time.perf_counter() - start) / 3 * MUNICIPALITIES
    print("| question | seconds | beside |\n| --- | --- | --- |")
    print(f"| one drag of a slider, with its low and high end | {answer:.3f} | |")
    print(f"| one scenario, 256 draws, with its band | {costing:.2f} | {costing / answer:.0f} times a slider |")
    print(
        f"| {MUNICIPALITIES} municipalities, {DRAWS:,} draws, {FORMS} forms | {national:.1f} "
        f"| one by one: {alone:.0f} s, {alone / national:.0f} times as long |"
    )


if __name__ == "__main__":
    main()
