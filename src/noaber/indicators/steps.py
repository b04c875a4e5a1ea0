"""How formulas are written: named steps of SQL that read from top to bottom, and the few phrases that all share.

Only declared names, dates and codes of the municipality's own file enter the text of a query; nothing a user types.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from typing import Final

from noaber.records import TOTAL

from .declaration import Question

Steps = dict[str, str]
"""Named steps, each a query that may read the ones before it."""

UNKNOWN: Final = "_U"
"""The code of "unknown" in a dimension, as SDMX writes it."""
NOT_APPLICABLE: Final = "_Z"
"""The code of "does not apply", as SDMX writes it."""


def query(steps: Steps, final: str) -> str:
    """Return the steps and the question that ends them as one query."""
    named = ",\n".join(f"{name} AS (\n{text.strip()}\n)" for name, text in steps.items())
    return f"WITH {named}\n{final}"


def listed(*parts: str | Sequence[str]) -> str:
    """Return names and lists of names as one list; empty parts leave no stray comma."""
    flat: list[str] = []
    for part in parts:
        flat += [part] if isinstance(part, str) else part
    return ", ".join(item for item in flat if item)


def subsets(dimensions: Sequence[str]) -> list[tuple[str, ...]]:
    """Return every selection of dimensions, the full one first: what is left out becomes a total."""
    return [kept for size in range(len(dimensions), -1, -1) for kept in combinations(dimensions, size)]


def codes(kept: Sequence[str], dimensions: Sequence[str]) -> list[str]:
    """Return the select list of `dimensions` where only `kept` show their own codes and the others are totals."""
    return [name if name in kept else f"'{TOTAL}' AS {name}" for name in dimensions]


def cubed(dimensions: Sequence[str]) -> list[str]:
    """Return the select list of dimensions under `GROUP BY CUBE`, with totals under their own code."""
    return [f"CASE WHEN grouping({name}) = 1 THEN '{TOTAL}' ELSE {name} END AS {name}" for name in dimensions]


def by_cube(fixed: Sequence[str], dimensions: Sequence[str]) -> str:
    """Return the `GROUP BY` that keeps `fixed` apart and takes every total over `dimensions`."""
    return f"GROUP BY {listed(fixed, f'CUBE ({listed(dimensions)})' if dimensions else '')}"


def over(partition: Sequence[str], order: str, frame: str = "") -> str:
    """Return a window; without a partition it covers all rows."""
    parts = f"PARTITION BY {listed(partition)} " if partition else ""
    return f"OVER ({parts}ORDER BY {order} {frame})"


def day(on: date) -> str:
    """Return a day as SQL writes it."""
    return f"DATE '{on.isoformat()}'"


def bucket(ask: Question, moment: str) -> str:
    """Return the first day of the period in which a day falls."""
    return f"date_trunc('{ask.frequency}', {moment})::DATE"


def text(ask: Question, period: str = "period") -> str:
    """Return a period as results write it: 2024, 2024-Q1 or 2024-03."""
    return {
        "year": f"strftime({period}, '%Y')",
        "quarter": f"year({period}) || '-Q' || quarter({period})",
        "month": f"strftime({period}, '%Y-%m')",
    }[ask.frequency]


def last_day(ask: Question, period: str = "period") -> str:
    """Return the last day of a period that is known by its first day."""
    return f"({period} + INTERVAL 1 {ask.frequency} - INTERVAL 1 day)::DATE"


def whole(ask: Question, period: str = "period") -> str:
    """Return the condition that a period lies within the figures and had ended on the day of knowledge."""
    return f"{period} >= {day(ask.town.figures_from)} AND {last_day(ask, period)} <= {day(ask.known_on)}"


def periods(ask: Question, source: str, moment: str) -> Steps:
    """Return the step `periods` (period): whole periods from the first `moment` in `source` to the day of knowledge.

    A period that had not ended on that day is left out, and so is one that begins before the figures do.
    """
    step = f"INTERVAL 1 {ask.frequency}"
    earliest = f"{bucket(ask, day(ask.town.figures_from) + ' - 1')} + {step}"
    latest = f"{bucket(ask, day(ask.known_on) + ' + 1')} - {step}"
    return {
        "periods": f"""
            SELECT unnest(generate_series(
                greatest({earliest}, {bucket(ask, f"min({moment})")}), {latest}, {step}))::DATE AS period
            FROM {source}"""
    }
