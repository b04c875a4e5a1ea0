"""One town, eight years: the flow engine beside a microsimulation, OpenFisca and an agent-based package.

The common workload: 80,000 residents in 40 cells (20 age bands × 2 sexes), closed, nobody has support at the start, 96
months, 6 care forms, support that lasts 14 months on average and may come again. Every engine answers the same
question: what do eight years cost? The flow engine gives the expected value; the others simulate, so their mean is off.
Each runs in a process of its own. Prints two Markdown tables. Needs the extras `bench` and `fast`.

    python bench/flows.py
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from noaber import flows

CELLS, MONTHS, RESIDENTS, MEAN = 40, 96, 80_000, 14.0
REPLICATES = 20
SHARE = np.array([0.30, 0.25, 0.15, 0.15, 0.10, 0.05])
PRICE = np.array([300.0, 450.0, 700.0, 900.0, 1200.0, 2500.0])


def hazard() -> np.ndarray:
    """Return the chance to start in a month, per cell: it rises with age, and is 0.46% on average."""
    rising = np.exp(np.linspace(0, 2.2, CELLS // 2))
    chance = np.concatenate([rising, 1.25 * rising])
    return 0.0046 * chance / chance.mean()


def town(forms: int = 6, classes: int = 1) -> flows.Town:
    """Return the workload as a town; with more forms the same people spread over more of them."""
    share, price = np.resize(SHARE, forms), np.resize(PRICE, forms)
    rates = flows.Rates(
        inflow=(hazard()[:, None] * share / share.sum())[None],
        exit=np.full((classes, 1, forms), 1 / MEAN),
        intensity=np.ones((1, forms)),
        price=price[None],
        contribution=np.zeros((1, forms)),
        fixed=np.zeros((1, forms)),
    )
    return flows.Town(
        forms=flows.Forms(names=tuple(f"form {n}" for n in range(forms)), laws=("wmo",) * forms),
        months=MONTHS,
        residents=np.full(CELLS, RESIDENTS / CELLS),
        areas=np.zeros(CELLS, dtype=np.int64),
        rates=rates,
        stock=np.zeros((classes, CELLS, forms)),
    )


# One answer per engine: euros per replicate. The flow engine needs one, because it is exact.


def exactly(_: int) -> list[float]:
    return [float(flows.evaluate(town()).net.sum())]


def exactly_compiled(_: int) -> list[float]:
    from noaber.flows import fast  # noqa: PLC0415 - the extra `fast`

    return [float(flows.evaluate(town(), engine=fast.expect).net.sum())]


def by_counts(replicates: int) -> list[float]:
    found, weights = flows.resolve(town(), (), flows.Doubt(), slice(0, 1))
    clients = flows.count_samples(found, replicates=replicates, seed=1).clients
    return (clients * weights.units * weights.price).sum(axis=(1, 2, 3)).tolist()


def by_events(replicates: int) -> list[float]:
    found, _ = flows.resolve(town(), (), flows.Doubt(), slice(0, 1))
    ceiling = found.hazard[0, 0]
    return [
        float((flows.count(flows.event_samples(found, seed=seed, ceiling=ceiling), found) * PRICE).sum())
        for seed in range(replicates)
    ]


def cells_of_residents() -> np.ndarray:
    return np.repeat(np.arange(CELLS), RESIDENTS // CELLS)


def step(state: np.ndarray, chance: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the form of each resident (0 for none) a month later: end, then start."""
    free = (state == 0) | (rng.random(len(state)) < 1 / MEAN)
    starts = free & (rng.random(len(state)) < chance)
    form = 1 + np.searchsorted(np.cumsum(SHARE), rng.random(int(starts.sum())), side="right").clip(0, 5)
    state = np.where(free, 0, state)
    state[starts] = form
    return state


def by_microsimulation(replicates: int) -> list[float]:
    """Every resident, every month, vectorised in NumPy."""
    chance, cost, found = hazard()[cells_of_residents()], np.append(0.0, PRICE), []
    for seed in range(replicates):
        rng, state, euros = np.random.default_rng(seed), np.zeros(RESIDENTS, dtype=np.int64), 0.0
        for _ in range(MONTHS):
            state = step(state, chance, rng)
            euros += cost[state].sum()
        found.append(float(euros))
    return found


def by_openfisca(replicates: int) -> list[float]:
    """A variable per month with a formula on the month before, as in a rules engine."""
    from openfisca_core import entities, periods, simulation_builder, taxbenefitsystems, variables  # noqa: PLC0415

    person = entities.Entity("person", "persons", "A resident", "")
    chance, cost, found = hazard()[cells_of_residents()], np.append(0.0, PRICE), []

    def formula(population: object, period: object) -> np.ndarray:
        return step(population("form", period.last_month), chance, rng)  # type: ignore[operator, attr-defined]

    system = taxbenefitsystems.TaxBenefitSystem([person])
    system.add_variable(
        type(
            "form",
            (variables.Variable,),
            {
                "value_type": int,
                "entity": person,
                "definition_period": periods.DateUnit.MONTH,
                "label": "Form",
                "formula_2020_01": formula,
            },
        )
    )
    for seed in range(replicates):
        rng = np.random.default_rng(seed)
        simulation = simulation_builder.SimulationBuilder().build_default_simulation(system, count=RESIDENTS)
        simulation.set_input("form", periods.period("2019-12"), np.zeros(RESIDENTS, dtype=np.int64))
        months = [periods.period(f"{2020 + month // 12}-{month % 12 + 1:02}") for month in range(MONTHS)]
        found.append(float(sum(cost[simulation.calculate("form", month)].sum() for month in months)))
    return found


def by_mesa(replicates: int) -> list[float]:
    """An object per resident that decides every month."""
    import mesa  # noqa: PLC0415

    marks = np.cumsum(SHARE).tolist()

    class Resident(mesa.Agent):
        def __init__(self, model: mesa.Model, chance: float) -> None:
            super().__init__(model)
            self.chance, self.form = chance, 0

        def step(self) -> None:
            draw = self.model.random.random
            if self.form and draw() < 1 / MEAN:
                self.form = 0
            if not self.form and draw() < self.chance:
                point = draw()
                self.form = 1 + min(sum(point >= mark for mark in marks), 5)
            if self.form:
                self.model.euros += PRICE[self.form - 1]

    class Town(mesa.Model):
        def __init__(self, seed: int) -> None:
            super().__init__(rng=seed)
            self.euros = 0.0
            for chance in hazard()[cells_of_residents()]:
                Resident(self, chance)

    found = []
    for seed in range(replicates):
        model = Town(seed)
        for _ in range(MONTHS):
            model.agents.do("step")
        found.append(float(model.euros))
    return found


ENGINES: dict[str, tuple[Callable[[int], list[float]], int, str]] = {
    "Noaber, expected values (NumPy)": (exactly, 1, "noaber"),
    "Noaber, expected values (numba)": (exactly_compiled, 1, "numba"),
    "Noaber, counts sampler": (by_counts, REPLICATES, "noaber"),
    "Noaber, event sampler": (by_events, REPLICATES, "noaber"),
    "microsimulation, NumPy per month": (by_microsimulation, REPLICATES, "numpy"),
    "OpenFisca-core": (by_openfisca, REPLICATES, "openfisca_core"),
    "Mesa, an agent per resident": (by_mesa, 6, "mesa"),
}


# Our own work: many draws with chance, and attribution.


def plan() -> list[flows.Measure]:
    """Return eight measures: four on people, two on duration, two on money; those on money last."""
    size = 24
    rows = [
        ("inflow", -0.10, [0, 1, 2], 0.6),
        ("inflow", -0.07, [0, 3, 4], 0.4),
        ("access", 0.30, [1, 7, 13], 0.5),
        ("eligibility", -0.05, [5, 11], 1.0),
        ("duration", -0.15, [0, 6, 12], 0.5),
        ("duration", -0.10, [1, 2, 8], 0.3),
        ("intensity", -0.08, [0, 2, 4], 0.7),
        ("price", -0.03, [3, 9, 15], 1.0),
    ]
    found = []
    for number, (lever, change, forms, reach) in enumerate(rows):
        touches = np.zeros((CELLS, size))
        touches[:, forms] = reach
        to = flows.route(size, {form: {0: 0.5} for form in forms}) if lever == "access" else None
        effect = flows.Effect(
            lever=lever, size=change, touches=touches, ramp=flows.ramp(MONTHS, 6 * number, 6 * number + 12), to=to
        )
        found.append(flows.Measure(name=f"measure {number}", effects=(effect,)))
    return found


def doubt(draws: int, forms: int) -> flows.Doubt:
    names = [(word, form) for word in ("inflow", "duration", "price") for form in range(forms)]
    parameters = [
        flows.Parameter(name=f"{word} {form}", middle=1.0, low=0.9, high=1.12, shape="lognormal")
        for word, form in names
    ]
    drawn = flows.draws(parameters, draws, seed=1)
    return flows.Doubt(
        **{w: np.stack([drawn[f"{w} {f}"] for f in range(forms)], 1) for w in ("inflow", "duration", "price")}
    )


SHARED = doubt(1024, 24)
YEARS = np.arange(MONTHS) // 12


def engines(compiled: bool) -> dict[str, Callable[..., object]]:
    if not compiled:
        return {"engine": flows.expect, "counting": flows.moments}
    from noaber.flows import fast  # noqa: PLC0415

    return {"engine": fast.expect, "counting": fast.moments}


def one_evaluation(compiled: bool) -> None:
    flows.evaluate(town(40), engine=engines(compiled)["engine"])


def many_draws(compiled: bool) -> None:
    place, unsure = town(24), doubt(1024, 24)
    flows.evaluate(place, doubt=unsure, engine=engines(compiled)["engine"], periods=YEARS)
    flows.chance(place, doubt=unsure, months=np.ones(MONTHS), forms=np.ones(24), counting=engines(compiled)["counting"])


def one_in_a_country(compiled: bool) -> None:
    """Answer for one municipality of many: the draws are the same for all, so they are made once."""
    flows.evaluate(town(24), doubt=SHARED, engine=engines(compiled)["engine"], periods=YEARS)


def attribution(compiled: bool) -> None:
    net = flows.net_of(town(24), plan(), doubt=doubt(64, 24), engine=engines(compiled)["engine"])
    found = flows.attribute([measure.name for measure in plan()], net)
    assert np.allclose(found.share.sum(axis=0), found.total, atol=1e-6)


TASKS: dict[str, tuple[Callable[[bool], None], int]] = {
    "one expected evaluation, 40 forms × 96 months": (one_evaluation, 20),
    "1,024 draws with their spread by chance, 24 forms": (many_draws, 3),
    "expected values alone of those draws, for one municipality of a country": (one_in_a_country, 3),
    "eight measures attributed exactly on 64 draws, 24 forms": (attribution, 1),
}


# Measuring


def peak() -> float:
    """Return the peak memory of this process in MB, by the kernel's own figure."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


def answer(engine: str) -> None:
    call, replicates, _ = ENGINES[engine]
    if replicates == 1:
        call(1)  # the flow engine answers in a live page: what counts is the second question, warm
    memory = peak()
    runs = []
    for _ in range(5 if replicates == 1 else 1):
        wall, cpu = time.perf_counter(), time.process_time()
        euros = call(replicates)
        runs.append((time.process_time() - cpu, time.perf_counter() - wall))
    cpu, wall = min(runs)
    print(json.dumps({"euros": euros, "wall": wall, "cpu": cpu, "memory": peak() - memory, "peak": peak()}))


def perform(task: str, compiled: bool) -> None:
    call, times = TASKS[task]
    call(compiled)
    runs = []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        call(compiled)
        runs.append((time.process_time() - cpu, time.perf_counter() - wall))
    cpu, wall = min(runs)
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak()}))


def apart(*words: str) -> dict[str, float | list[float]]:
    """Return what a process of its own prints."""
    found = subprocess.run([sys.executable, __file__, *words], check=False, capture_output=True, text=True)
    if found.returncode:
        sys.stderr.write(found.stderr[-2000:])
        return {}
    return json.loads(found.stdout)


def compare() -> None:
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}, {os.cpu_count()} cores\n")
    print("| engine | replicates | CPU s | CPU s for 20 | peak MB | error in the mean ± s.e. | time ÷ ours |")
    print("| --- | --: | --: | --: | --: | --: | --: |")
    truth, ours = float(flows.evaluate(town()).net.sum()), 0.0
    for name, (_, replicates, needs) in ENGINES.items():
        found = apart("--engine", name) if importlib.util.find_spec(needs) else {}
        if not found:
            print(f"| {name} | not installed | | | | | |")
            continue
        euros = np.array(found["euros"])
        whole = found["cpu"] if replicates == 1 else found["cpu"] * REPLICATES / replicates
        ours = ours or whole
        error = "exact"
        if replicates > 1:
            wide = euros.std(ddof=1) / np.sqrt(replicates)
            error = f"{100 * (euros.mean() / truth - 1):+.2f}% ± {100 * wide / truth:.2f}"
        row = (name, replicates, f"{found['cpu']:.4f}", f"{whole:.4f}", f"{found['peak']:.0f}", error)
        print(f"| {' | '.join(map(str, row))} | {whole / ours:,.1f} |", flush=True)
    print("\n| task | NumPy: CPU s | wall s | numba: CPU s | wall s |\n| --- | --: | --: | --: | --: |")
    for task in TASKS:
        times = [apart("--task", task, "--compiled", flag) for flag in ("", "yes")]
        cells = [f"{took[kind]:.4f}" if took else "–" for took in times for kind in ("cpu", "wall")]
        print(f"| {task} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--engine")
    asked.add_argument("--task")
    asked.add_argument("--compiled", default="")
    options = asked.parse_args()
    if options.engine:
        answer(options.engine)
    elif options.task:
        perform(options.task, bool(options.compiled))
    else:
        compare()
