"""A plan for every municipality of a table at once: the rates of one town by age, on the residents of each.

Residents of one age act alike and do not act on each other, so what is expected of a municipality is its residents by
age times what is expected of one resident; that is exact, and 342 municipalities cost hardly more than one. Shapes as
in compare.py, and M municipalities, B age bands.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from noaber import plans

from ..flows import Floats, quantiles
from .baseline import OLDEST, Band, Baseline, by_age, covered
from .compare import BAND, DRAWS, Executor, Tell, blocks, count, ready, spread, tasks_of
from .errors import NationalTableError
from .variant import Variant, countable

_AGES: Final = re.compile(r"(\d+)\s*(?:-|tot|t/m)\s*(\d+)|(\d+)\s*(?:\+|en ouder)")
_WORDS: Final = {"code": {"code", "gemeentecode", "regios"}, "name": {"name", "naam", "gemeente", "gemeentenaam"}}


@dataclass(frozen=True, kw_only=True)
class Municipalities:
    """Municipalities with their residents by age."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    residents: Floats
    """[M, B] in the age bands of a baseline."""


@dataclass(frozen=True, kw_only=True)
class NationalRun:
    """What each variant saves each municipality per year, investments not taken off."""

    municipalities: Municipalities
    years: tuple[int, ...]
    variants: tuple[Variant, ...]
    middle: Floats
    """[V, Y, M] euros."""
    low: Floats
    high: Floats

    def csv(self) -> str:
        """Return the last year as CSV: a line per municipality and variant, in euros."""
        written = io.StringIO()
        rows, names = csv.writer(written), self.municipalities.names
        rows.writerow(["code", "name", "variant", "year", "saving", "low", "high"])
        for number, variant in enumerate(self.variants):
            for place, code in enumerate(self.municipalities.codes):
                amounts = (round(float(ends[number, -1, place])) for ends in (self.middle, self.low, self.high))
                # A name that a spreadsheet would take for a formula gets an apostrophe.
                safe = [f"'{text}" if text.startswith(("=", "+", "-", "@")) else text for text in (code, names[place])]
                rows.writerow([*safe, variant.code, self.years[-1], *amounts])
        return written.getvalue()


def read(text: str, name: str, bands: Sequence[Band]) -> Municipalities:
    """Return the municipalities of a table: a code, a name, and a column of residents for each age band.

    Separated by semicolons or commas; ages as `0-17`, `18-64`, `65+`. Residents are spread evenly over the ages of a
    column. Raises NationalTableError (N-718) with the line for what cannot be read.
    """
    lines = text.lstrip("\ufeff").splitlines()
    separator = ";" if lines and lines[0].count(";") >= lines[0].count(",") else ","
    rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=separator))
    if len(rows) < 2:
        raise NationalTableError(
            "This table has no municipalities.", where=name, now="Give one a line, under headings."
        )
    heads = [head.strip().lower() for head in rows[0]]
    place = {word: next((n for n, head in enumerate(heads) if head in known), -1) for word, known in _WORDS.items()}
    ages = {number: band for number, head in enumerate(heads) if (band := _band(head)) is not None}
    if min(place.values()) < 0 or not ages:
        raise NationalTableError(
            "This table lacks a code, a name, or residents by age.",
            where=f"{name}:1",
            now="Give columns such as: code;name;0-17;18-64;65+",
        )
    share = np.array([[_within(band, ages[number]) for band in bands] for number in ages])
    residents, codes, names = [], [], []
    for line, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        residents.append(np.array([_number(row, number, f"{name}:{line}") for number in ages]) @ share)
        codes.append(row[place["code"]].strip())
        names.append(row[place["name"]].strip())
    if len(set(codes)) < len(codes):
        twice = next(code for code in codes if codes.count(code) > 1)
        raise NationalTableError(f"The municipality {twice} is there twice.", where=name, now="Leave one out.")
    return Municipalities(codes=tuple(codes), names=tuple(names), residents=np.array(residents))


def run(
    baseline: Baseline,
    plan: plans.Plan,
    municipalities: Municipalities,
    names: Sequence[str] = (),
    *,
    draws: int = DRAWS,
    seed: int = 1,
    executor: Executor | None = None,
    tell: Tell | None = None,
) -> NationalRun:
    """Return what each variant saves each municipality, with bands, if all did as this town does at each age.

    Measures that touch chosen districts only are an error here: other municipalities have other districts.
    """
    one = by_age(baseline)
    chosen = countable(plan, names)
    for variant in chosen:
        ready(variant, one)
    tasks = tasks_of(one, (Variant(code="", name="Ongewijzigd beleid"), *chosen), plan, draws, seed)
    ratio = spread(one)
    per_resident: list[tuple[Floats, Floats]] = []
    answers = executor.map(count, tasks) if executor is not None else map(count, tasks)
    for number, answer in enumerate(answers, 1):
        net = answer.net * one.town.forms.municipal
        per_resident.append((net.sum(axis=3), np.moveaxis(net * ratio[None, :, None, :], 3, 0).sum(axis=0)))
        if tell is not None:
            tell(tasks[number - 1].variant.name, number / len(tasks))
    weights = (municipalities.residents / one.town.residents).T
    size = len(blocks(draws))
    before = np.concatenate([net for net, _ in per_resident[:size]])
    found = []
    for start in range(size, len(per_resident), size):
        after = np.concatenate([net for net, _ in per_resident[start : start + size]])
        moved = np.concatenate([moving for _, moving in per_resident[:size]])
        share = np.divide(np.abs(before - after), before, out=np.zeros_like(before), where=before > 0)
        saving, variance = (before - after) @ weights, (share * moved) @ weights
        low, high = quantiles(saving, variance, BAND)
        found.append(np.stack([saving.mean(axis=0), low, high]))
    middle, low, high = np.moveaxis(np.array(found), 1, 0)
    return NationalRun(
        municipalities=municipalities, years=one.years, variants=chosen, middle=middle, low=low, high=high
    )


def _band(head: str) -> Band | None:
    found = _AGES.search(head)
    if found is None:
        return None
    return (int(found[1]), int(found[2])) if found[1] else (int(found[3]), OLDEST)


def _within(band: Band, column: Band) -> float:
    """Return which part of the residents of a column belongs to a band."""
    last = min(column[1], 94)
    inside = covered(band, column) * (min(band[1], 94) - band[0] + 1)
    return inside / (last - column[0] + 1)


def _number(row: Sequence[str], place: int, where: str) -> float:
    text = row[place].strip().replace(".", "").replace(" ", "") if place < len(row) else ""
    if not text.isdigit():
        raise NationalTableError(
            "This line has no whole number of residents for every age.", where=where, now="Fill in the number."
        )
    return float(text)
