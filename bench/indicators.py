"""Ten million support rows to two answers, by our formulas in DuckDB and by hand in pandas and Polars.

The questions: running support per month, law, care form and district; and distinct residents with support per month,
law and district. Each engine answers each question in a process of its own, so that peak memory is its own. Prints a
Markdown table with times as ratios to ours. Needs the extra `bench`.

    python bench/indicators.py --rows 10000000
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import support_rows

from noaber import indicators
from noaber.indicators import Question, spells, steps
from noaber.municipality import Municipality
from noaber.records import TABLES

FIRST, KNOWN_ON = support_rows.FIRST, date(2026, 12, 31)
TOWN = Municipality(code="9999", name="Bench", districts=(), care_forms=(), figures_from=FIRST)
QUESTIONS = {
    "stock": ("law", "care_form", "district"),
    "residents": ("law", "district"),
}
NAMES = {
    "stock": "running support per month, law, care form and district",
    "residents": "distinct residents per month, law and district",
}


# Ours: the steps that the indicators are made of, without totals, so that all three engines do the same work.


def _connection(path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": "2"}
    )
    own = set(pl.read_parquet_schema(path))
    missing = ", ".join(f"NULL AS {name}" for name in TABLES["support"].schema if name not in own)
    connection.execute(f"CREATE VIEW support AS SELECT *, {missing} FROM read_parquet('{path}')")
    return connection


def by_noaber(path: Path, question: str) -> int:
    dimensions = QUESTIONS[question]
    ask = Question(town=TOWN, known_on=KNOWN_ON, frequency="month", dimensions=dimensions)
    made = spells.spells(ask) | steps.periods(ask, "spells", "first_day")
    if question == "stock":
        made |= spells.stock(ask, "spells", "running", totalled=True)
    else:
        made |= spells.parts(ask, totals=False) | spells.stock(ask, "parts", "running", totalled=True)
    final = steps.query(made, "SELECT sum(number)::BIGINT FROM running")
    return _connection(path).execute(final).fetchall()[0][0]


def by_noaber_with_totals(path: Path, question: str) -> int:
    """Answer as the indicator itself does: with every total over laws, care forms and districts on its own."""
    indicator = {"stock": "support_stock", "residents": "residents_with_support"}[question]
    result = indicators.calculate(
        indicator,
        _connection(path),
        town=TOWN,
        known_on=KNOWN_ON,
        snapshot_hash="",
        frequency="month",
        dimensions=QUESTIONS[question],
    )
    own = pl.all_horizontal(pl.col(name) != "_T" for name in QUESTIONS[question])
    return int(result.cells.filter(own)["count"].sum())


# pandas: the start and stop of each spell as months, and a running sum; for residents, spells cut after sorting.


def _pandas_months(days: pd.Series) -> np.ndarray:
    months = days.to_numpy().astype("datetime64[M]").astype(np.int64)
    return months - (FIRST.year - 1970) * 12


def _pandas_running(frame: pd.DataFrame, names: list[str]) -> int:
    begins = _pandas_months(frame["began_on"])
    ceases = np.minimum(_pandas_months(frame["last_day"] + pd.Timedelta(days=1)), support_rows.MONTHS)
    cells = frame.groupby(names, observed=True, sort=False).ngroup().to_numpy()
    size = int(cells.max()) + 1
    grid = np.zeros((size, support_rows.MONTHS + 1), dtype=np.int64)
    np.add.at(grid, (cells, begins), 1)
    np.add.at(grid, (cells, ceases), -1)
    return int(np.cumsum(grid, axis=1)[:, : support_rows.MONTHS].sum())


def by_pandas(path: Path, question: str) -> int:
    names = list(QUESTIONS[question])
    columns = [*names, "began_on", "ended_on"] + (["person"] if question == "residents" else [])
    frame = pd.read_parquet(path, columns=columns)
    for name in names:
        frame[name] = frame[name].astype("category")
    for name in ("began_on", "ended_on"):
        frame[name] = pd.to_datetime(frame[name])
    frame["last_day"] = frame.pop("ended_on").fillna(pd.Timestamp("2200-01-01"))
    if question == "residents":
        frame["person"] = pd.factorize(frame["person"])[0]
        frame = frame.sort_values([*names, "person", "began_on"], kind="stable")
        group = frame.groupby([*names, "person"], observed=True, sort=False).ngroup()
        highest = frame["last_day"].groupby(group.to_numpy()).cummax()
        covered = highest.groupby(group.to_numpy()).shift()
        fresh = covered.isna() | (frame["last_day"] > covered)
        began = frame["began_on"].where(covered.isna() | (frame["began_on"] > covered), covered + pd.Timedelta(days=1))
        frame = frame.assign(began_on=began)[fresh]
    frame = frame[frame["began_on"] <= pd.Timestamp(KNOWN_ON)]
    return _pandas_running(frame, names)


# Polars: the same steps, streaming.


def by_polars(path: Path, question: str) -> int:
    names = list(QUESTIONS[question])
    frame = pl.scan_parquet(path).with_columns(last_day=pl.col("ended_on").fill_null(date(2200, 1, 1)))
    if question == "residents":
        frame = (
            frame.select(*names, "person", "began_on", "last_day")
            .sort("person", *names, "began_on")
            .with_columns(covered=pl.col("last_day").cum_max().shift(1).over("person", *names))
            .filter(pl.col("covered").is_null() | (pl.col("last_day") > pl.col("covered")))
            .with_columns(began_on=pl.max_horizontal("began_on", pl.col("covered").dt.offset_by("1d")))
        )
    begins = frame.select(*names, month=pl.col("began_on").dt.truncate("1mo"), change=pl.lit(1))
    ceases = frame.select(*names, month=pl.col("last_day").dt.offset_by("1d").dt.truncate("1mo"), change=pl.lit(-1))
    changes = pl.concat([begins, ceases]).group_by(*names, "month").agg(pl.col("change").sum())
    months = pl.date_range(FIRST, KNOWN_ON, "1mo", eager=True).alias("month").to_frame().lazy()
    grid = frame.select(names).unique().join(months, how="cross")
    running = (
        grid.join(changes, on=[*names, "month"], how="left")
        .sort(*names, "month")
        .with_columns(number=pl.col("change").fill_null(0).cum_sum().over(names))
    )
    return running.select(pl.col("number").sum()).collect(engine="streaming").item()


ENGINES: dict[str, Callable[[Path, str], int]] = {
    "Noaber (DuckDB)": by_noaber,
    "Polars, streaming": by_polars,
    "pandas": by_pandas,
    "Noaber, with every total": by_noaber_with_totals,
}


def measure(engine: str, question: str, path: Path) -> dict[str, float]:
    """Answer one question with one engine in a process of its own; return its answer, seconds and peak memory."""
    call = [sys.executable, __file__, "--engine", engine, "--question", question, "--path", str(path)]
    found = subprocess.run(call, check=False, capture_output=True, text=True)
    if found.returncode:
        sys.stderr.write(found.stderr[-2000:])
        return {}
    return json.loads(found.stdout)


def peak() -> float:
    """Return the peak memory of this process in MB; the kernel's own figure, for `ru_maxrss` starts at the parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def answer(engine: str, question: str, path: Path) -> None:
    """Answer in this process, and say what it took on top of the libraries that are loaded."""
    memory, cpu, wall = peak(), time.process_time(), time.perf_counter()
    total = ENGINES[engine](path, question)
    took = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "memory": peak() - memory}
    print(json.dumps({"total": total} | took))


def compare(rows: int) -> None:
    """Make the rows, ask every engine every question, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "support.parquet"
        support_rows.write(path, rows)
        print(
            f"{rows:,} rows, {path.stat().st_size / 1e6:.0f} MB Parquet; {platform.machine()}, {os.cpu_count()} cores"
        )
        print(f"Python {platform.python_version()}, DuckDB {duckdb.__version__}, ", end="")
        print(f"Polars {pl.__version__}, pandas {pd.__version__}\n")
        print("| question | engine | wall s | CPU s | MB above start | time ÷ ours | memory ÷ ours |")
        print("| --- | --- | --: | --: | --: | --: | --: |")
        for question in QUESTIONS:
            found = {engine: measure(engine, question, path) for engine in ENGINES}
            ours = found["Noaber (DuckDB)"]
            for engine, took in found.items():
                print(line(question, engine, took, ours), flush=True)
            totals = {took["total"] for took in found.values() if took}
            assert len(totals) == 1, f"The engines disagree on {question}: {totals}"


def line(question: str, engine: str, took: dict[str, float], ours: dict[str, float]) -> str:
    """Return one line of the table."""
    if not took:
        return f"| {NAMES[question]} | {engine} | failed | | | | |"
    ratios = f"{took['wall'] / ours['wall']:.1f} | {took['memory'] / ours['memory']:.1f}"
    return (
        f"| {NAMES[question]} | {engine} | {took['wall']:.1f} | {took['cpu']:.1f} | {took['memory']:.0f} | {ratios} |"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    parser.add_argument("--question", choices=QUESTIONS, help=argparse.SUPPRESS)
    parser.add_argument("--path", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.engine:
        answer(given.engine, given.question, given.path)
    else:
        compare(given.rows)
