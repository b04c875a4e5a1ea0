"""Random numbers per step: each step has a stream of its own, so that adding a step moves no other."""

from __future__ import annotations

import zlib
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

EPOCH = date(1970, 1, 1)


def stream(seed: int, step: str) -> np.random.Generator:
    """Return the generator of one named step under a seed; the same pair gives the same numbers on every machine."""
    return np.random.Generator(np.random.PCG64([seed, zlib.crc32(step.encode())]))


def day(on: date) -> int:
    """Return a date as days since 1970-01-01, the clock of every array in this room."""
    return (on - EPOCH).days


def new_year(year: int) -> int:
    """Return 1 January of a year in days since 1970-01-01."""
    return day(date(year, 1, 1))


def year_of(on: int) -> int:
    """Return the year of a day."""
    return (EPOCH + timedelta(on)).year


def months(first: date, until: date) -> Ints:
    """Return the first day of each month from that of `first` to that of `until`, and of the month after."""
    start = np.datetime64(first, "M")
    stop = np.datetime64(until, "M") + np.timedelta64(2, "M")
    firsts: Ints = np.arange(start, stop).astype("datetime64[D]").astype(np.int64)
    return firsts


def share_out(total: int, weights: Floats) -> Ints:
    """Return whole parts of `total` in proportion to `weights`, by largest remainder, so that they add up exactly."""
    exact = total * weights / weights.sum()
    parts: Ints = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - parts), kind="stable")
    parts[order[: total - int(parts.sum())]] += 1
    return parts
