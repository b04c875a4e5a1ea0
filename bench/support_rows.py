"""Make support rows by the million: NumPy in, one Parquet file out, the same for the same seed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

FORMS = [("wmo", f"W{number:02}") for number in range(16)] + [("jeugdwet", f"J{number:02}") for number in range(16)]
DISTRICTS = 120
FIRST, MONTHS = date(2016, 1, 1), 132
_CHUNK = 2_000_000


def write(path: Path, rows: int, *, seed: int = 20) -> None:
    """Write `rows` spells of 2016 to 2026 to a Parquet file: about three per person, a tenth of them still running."""
    random = np.random.default_rng(seed)
    parts = path.with_suffix("")
    parts.mkdir(parents=True, exist_ok=True)
    for number, start in enumerate(range(0, rows, _CHUNK)):
        _chunk(random, start, min(_CHUNK, rows - start), rows // 3 + 1).write_parquet(parts / f"{number:03}.parquet")
    pl.scan_parquet(parts / "*.parquet").sink_parquet(path, compression="zstd")
    for part in parts.iterdir():
        part.unlink()
    parts.rmdir()


def _chunk(random: np.random.Generator, start: int, size: int, people: int) -> pl.DataFrame:
    person = random.integers(0, people, size)
    form = np.minimum(random.geometric(0.12, size) - 1, len(FORMS) - 1)
    # People mostly stay in their district; a tenth of the spells was given elsewhere.
    district = np.where(random.random(size) < 0.9, person % DISTRICTS, random.integers(0, DISTRICTS, size))
    began = random.integers(0, MONTHS * 30, size)
    ended = began + random.geometric(1 / 260, size)
    origin = np.datetime64(FIRST)
    return pl.DataFrame(
        {
            "law": pl.Series(np.array([law for law, _ in FORMS])[form]),
            "care_form": pl.Series(np.array([code for _, code in FORMS])[form]),
            "layer": pl.repeat("indicated_support", size, eager=True),
            "district": pl.Series(np.array([f"WK{number:06}" for number in range(DISTRICTS)])[district]),
            "allocation_number": pl.Series(np.arange(start, start + size)).cast(pl.String),
            "person": _pseudonyms(person),
            "began_on": pl.Series(origin + began),
            "ended_on": pl.Series(origin + ended).set(pl.Series(random.random(size) < 0.1), None),
            "allocated_until": pl.repeat(None, size, dtype=pl.Date, eager=True),
        }
    )


def _pseudonyms(numbers: np.ndarray) -> pl.Series:
    """Return 32 hex digits per number, spread over their range as those of a keyed hash are."""
    mixed = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    both = np.column_stack([mixed ^ (mixed >> np.uint64(31)), mixed * np.uint64(0xBF58476D1CE4E5B9)])
    return pl.Series([row.tobytes() for row in both], dtype=pl.Binary).bin.encode("hex")
