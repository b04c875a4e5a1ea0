"""How long a costing takes: a slider, a scenario with its band, and 342 municipalities at once beside one by one.

A made-up baseline of 24 care forms, ten age bands and ten districts, and a measure on two forms. The national run uses
that residents of one age act alike; beside it stands what a user would do otherwise: cost each municipality by itself,
measured on three and multiplied. The municipalities come from a file in the shape of the key figures of CBS, with
made-up numbers; the run is done in one process, on two, and on two workers of a Dask cluster, and gives the same bits.
Processor time counts that of the workers. Prints a Markdown table.

    python bench/scenarios.py
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("NUMBA_NUM_THREADS", "1")

import numpy as np

from noaber import plans, scenarios
from noaber.connections import cbs
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


def municipalities(folder: Path) -> scenarios.Municipalities:
    """Return made-up municipalities, read from a table as CBS gives it."""
    titles = ("Aantal inwoners", "0 tot 15 jaar", "15 tot 25 jaar", "25 tot 45 jaar", "45 tot 65 jaar")
    titles = (*titles, "65 jaar of ouder")
    codes = [cbs.Code(code=f"GM{number:04}", title=f"M{number}") for number in range(MUNICIPALITIES)]
    table = cbs.Table(
        table="99985NED",
        title="Kerncijfers wijken en buurten 2024",
        modified="",
        api="v4",
        dimensions=(cbs.Dimension(name="WijkenEnBuurten", kind="area", codes=tuple(codes)),),
        measures=tuple(cbs.Measure(code=title, title=title, unit="aantal") for title in titles),
        observations=tuple(
            cbs.Observation(measure=title, codes={"WijkenEnBuurten": code.code}, value=float(1000 + 37 * place + row))
            for row, code in enumerate(codes)
            for place, title in enumerate(titles)
        ),
    )
    fake = cbs.Fake({table.table: table})
    return scenarios.read_municipalities(
        cbs.fetch(table.table, folder, areas=["GM"], on=date(2024, 1, 1), cbs=fake), date(2024, 1, 1)
    )


class Nationally:
    """A national run, with its seconds on the clock and of the processor; workers are counted once they are gone."""

    def __init__(self, base: scenarios.Baseline, plan: plans.Plan, towns: scenarios.Municipalities) -> None:
        self.asked = (base, plan, towns, ["m"])
        self.rows: list[str] = []
        self.found: list[scenarios.NationalRun] = []

    def on(self, words: str, executor: AbstractContextManager[scenarios.Executor]) -> None:
        """Do the run on an executor, its start counted."""
        clock, spent, told = time.perf_counter(), _processor(), []
        with executor as workers:
            run = scenarios.run_national(
                *self.asked, draws=DRAWS, executor=workers, tell=lambda _, share: told.append(share)
            )
        clock, spent = time.perf_counter() - clock, _processor() - spent
        assert told == sorted(told), "progress went back"
        assert told[-1] == 1, "progress did not reach the end"
        self.found.append(run)
        self.rows.append(f"| … {words} | {clock:.1f} | {spent:.1f} s of processor, {len(told)} parts |")


def _processor() -> float:
    """Return the seconds of the processor that this process and its ended children took."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


@contextmanager
def dask(workers: int) -> Iterator[scenarios.Cluster]:
    """Give real workers of a Dask cluster on this machine."""
    import distributed  # noqa: PLC0415 (so that processes, which read this file again, need not wait for it)

    with (
        distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as here,
        scenarios.cluster(here.scheduler_address) as found,
    ):
        yield found


def main() -> None:
    """Measure, and print the table."""
    base, plan = baseline(), plans.together([plans.parse(PLAN, "bench.toml")])
    ready = scenarios.prepare_answers(base)
    with TemporaryDirectory() as folder:
        towns = municipalities(Path(folder))
    answer = timed(lambda: scenarios.answer(ready, plan.measures))
    costing = timed(lambda: scenarios.compare(base, plan, ["m"], draws=256))
    start = time.perf_counter()
    for _ in range(3):
        scenarios.compare(base, plan, ["m"], draws=DRAWS)
    alone = (time.perf_counter() - start) / 3 * MUNICIPALITIES
    nationally = Nationally(base, plan, towns)
    nationally.on("in one process", nullcontext(scenarios.Serial()))
    nationally.on("on two processes, their start included", scenarios.processes(2))
    nationally.on("on two workers of Dask, their start included", dask(2))
    first, *others = nationally.found
    assert all((first.low == other.low).all() and first.csv() == other.csv() for other in others), "not the same bits"
    print("| question | seconds | beside |\n| --- | --- | --- |")
    print(f"| one drag of a slider, with its low and high end | {answer:.3f} | |")
    print(f"| one scenario, 256 draws, with its band | {costing:.2f} | {costing / answer:.0f} times a slider |")
    print(f"| {MUNICIPALITIES} municipalities one by one, {DRAWS:,} draws, {FORMS} forms | {alone:.0f} | |")
    print("| the same, all at once … | | |")
    print("\n".join(nationally.rows))


if __name__ == "__main__":
    main()
