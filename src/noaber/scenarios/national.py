"""A plan for every municipality of a table at once: the rates of one town by age, on the residents of each.

Residents of one age act alike and do not act on each other, so what is expected of a municipality is its residents by
age times what is expected of one resident; that is exact, and 342 municipalities cost hardly more than one. Shapes as
in compare.py, and M municipalities.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from noaber import plans

from ..flows import Floats, quantiles
from .baseline import Baseline, by_age
from .compare import BAND, DRAWS, Executor, Tell, blocks, count, ready, spread, tasks_of
from .municipalities import Municipalities
from .variant import Variant, countable

_ALL: Final = "ALLE"


@dataclass(frozen=True, kw_only=True)
class NationalRun:
    """What each variant saves each municipality per year, investments not taken off."""

    municipalities: Municipalities
    years: tuple[int, ...]
    variants: tuple[Variant, ...]
    middle: Floats
    """[V, Y, M + 1] euros; the last is all of them together, of which the band is narrower than the sum of theirs."""
    low: Floats
    high: Floats

    def csv(self) -> str:
        """Return the last year as CSV: a line per municipality and variant, and for all together, in euros."""
        written = io.StringIO()
        rows, names = csv.writer(written), (*self.municipalities.names, "Alle gemeenten")
        rows.writerow(["code", "name", "variant", "year", "saving", "low", "high"])
        for number, variant in enumerate(self.variants):
            for place, code in enumerate((*self.municipalities.codes, _ALL)):
                amounts = (round(float(ends[number, -1, place])) for ends in (self.middle, self.low, self.high))
                # A name that a spreadsheet would take for a formula gets an apostrophe.
                safe = [f"'{text}" if text.startswith(("=", "+", "-", "@")) else text for text in (code, names[place])]
                rows.writerow([*safe, variant.code, self.years[-1], *amounts])
        return written.getvalue()


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
    weights = (municipalities.residents(one.bands, one.town.residents) / one.town.residents).T
    weights = np.column_stack([weights, weights.sum(axis=1)])
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
