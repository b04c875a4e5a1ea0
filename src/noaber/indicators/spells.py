"""Spells of support and what can be counted of them: running on a day, beginning, ending; per spell or per person.

Starts and stops are counted as changes and summed over time; nothing is expanded to months. Who has several spells at
once is counted once, because each spell is cut back to the days that no earlier one covered.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from noaber.records import Law, Text

from .declaration import Names, Question
from .steps import UNKNOWN, Steps, bucket, by_cube, codes, cubed, day, listed, over, periods, subsets

OPEN_END: Final = "DATE '9999-12-30'"
"""Last day of a spell that has no end yet; the day after it still exists."""
DOMAINS: Final[Names] = {
    "care": Text("Wmo en Jeugdwet", "Social Support Act and Youth Act"),
    "income": Text("Participatiewet", "Participation Act"),
}
_DOMAIN: Final = f"CASE law WHEN '{Law.PARTICIPATION}' THEN 'income' ELSE 'care' END"


def spells(
    ask: Question, who: str = "person", where: str = "TRUE", derived: Mapping[str, str] = MappingProxyType({})
) -> Steps:
    """Return the step `spells`: one row per spell that the figures reach, with its asked codes, `who` and days.

    `derived` says how to work out a dimension that is no column of the table.

    A spell runs from its start to its end, or to the end of its allocation, both days included. What has not begun,
    or ends before it begins, is no support.
    """
    expressions = {"district": f"coalesce(district, '{UNKNOWN}')", "domain": _DOMAIN, **derived}
    chosen = [f"{expressions.get(name, name)} AS {name}" for name in ask.dimensions]
    return {
        "spells": f"""
            SELECT {listed(chosen, f"{who} AS who")}, began_on AS first_day,
                coalesce(ended_on, allocated_until, {OPEN_END}) AS last_day
            FROM support
            WHERE began_on <= {day(ask.known_on)} AND {who} IS NOT NULL AND ({where})
                AND coalesce(ended_on, allocated_until, {OPEN_END}) >= greatest(began_on, {day(ask.town.figures_from)})
            """
    }


def parts(ask: Question, *, totals: bool = True) -> Steps:
    """Return the step `parts`: the days of each `who` per cell, in pieces that never overlap.

    Totals are cut on their own: who is in two districts at once counts once in the town. Leave them out with `totals`.
    """
    dimensions = ask.dimensions
    steps = {"finest": _cut("spells", dimensions, dimensions)}
    branches = [_cut("finest", kept, dimensions) for kept in subsets(dimensions)[1:] if totals]
    whole = f"SELECT {listed(dimensions, 'who')}, first_day, last_day FROM finest"
    return steps | {"parts": "\nUNION ALL\n".join([whole, *branches])}


def _cut(source: str, kept: tuple[str, ...], dimensions: tuple[str, ...]) -> str:
    window = over((*kept, "who"), "first_day", "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING")
    return f"""
        SELECT {listed(codes(kept, dimensions), "who")},
            greatest(first_day, covered + 1) AS first_day, last_day
        FROM (SELECT *, max(last_day) {window} AS covered FROM {source})
        WHERE covered IS NULL OR last_day > covered"""


def stock(ask: Question, source: str, name: str, *, totalled: bool) -> Steps:
    """Return the step `name` (asked codes, period, number): rows of `source` that run on the last day of each period.

    `totalled` says that `source` holds every total by itself, as `parts` does; else totals are taken here. Needs the
    step `periods`. Every cell that ever had a row has a number in every period, zero included.
    """
    dimensions = ask.dimensions
    first = "(SELECT min(period) FROM periods)"
    begins = f"greatest({bucket(ask, 'first_day')}, {first}) AS period"
    ceases = f"greatest({bucket(ask, 'last_day + 1')}, {first})"
    return {
        f"{name}_finest": f"""
            SELECT {listed(dimensions, "period")}, sum(change) AS change
            FROM (
                SELECT {listed(dimensions, begins)}, 1 AS change FROM {source}
                UNION ALL
                SELECT {listed(dimensions, ceases)}, -1 FROM {source})
            GROUP BY {listed(dimensions, "period")}""",
        f"{name}_changes": f"SELECT * FROM {name}_finest"
        if totalled
        else f"""
            SELECT {listed(cubed(dimensions), "period")}, sum(change) AS change
            FROM {name}_finest {by_cube(["period"], dimensions)}""",
        name: f"""
            SELECT {listed(dimensions, "period")}, sum(coalesce(change, 0)) {over(dimensions, "period")} AS number
            FROM (SELECT DISTINCT {listed(dimensions) or "0 AS whole"} FROM {name}_changes)
                CROSS JOIN periods LEFT JOIN {name}_changes USING ({listed(dimensions, "period")})""",
    }


def merged(ask: Question) -> Steps:
    """Return the step `merged` (asked codes, who, first_day, last_day): unbroken support, from beginning to end."""
    window = over((*ask.dimensions, "who"), "first_day")
    return {
        "numbered": f"""
            SELECT *, sum(opens) {window} AS number
            FROM (SELECT *, CASE WHEN lag(last_day) {window} + 1 >= first_day THEN 0 ELSE 1 END AS opens FROM parts)""",
        "merged": f"""
            SELECT {listed(ask.dimensions, "who")}, min(first_day) AS first_day, max(last_day) AS last_day
            FROM numbered GROUP BY {listed(ask.dimensions, "who", "number")}""",
    }


def moves(ask: Question, *, ends: bool) -> Steps:
    """Return the step `moves` (asked codes, who, moved_on): who begins, or ends, after nothing or before nothing.

    `moved_on` is the first day with support, or the first day without. Support that follows on the same or the next
    day is no move.
    """
    window = over((*ask.dimensions, "who"), "first_day")
    near, touches = ("lead(first_day)", "near <= last_day + 1") if ends else ("lag(last_day)", "first_day <= near + 1")
    return {
        "moves": f"""
            SELECT {listed(ask.dimensions, "who")}, {"last_day + 1" if ends else "first_day"} AS moved_on
            FROM (SELECT *, {near} {window} AS near FROM parts)
            WHERE near IS NULL OR NOT {touches}"""
    }


def per_period(ask: Question, source: str, name: str) -> Steps:
    """Return the step `name` (asked codes, period, number, persons): moves of `source` in each period, zeros too."""
    dimensions = ask.dimensions
    return {
        f"{name}_seen": f"""
            SELECT {listed(dimensions, f"{bucket(ask, 'moved_on')} AS period")},
                count(*) AS number, count(DISTINCT who) AS persons
            FROM {source} GROUP BY ALL""",
        name: f"""
            SELECT {listed(dimensions, "period")}, coalesce(number, 0) AS number, coalesce(persons, 0) AS persons
            FROM (SELECT DISTINCT {listed(dimensions) or "0 AS whole"} FROM {source})
                CROSS JOIN periods LEFT JOIN {name}_seen USING ({listed(dimensions, "period")})""",
    }


def running(ask: Question, who: str = "person", where: str = "TRUE") -> Steps:
    """Return the steps that end in `running`: each `who` with support on the last day of each period, counted once."""
    return (
        spells(ask, who, where)
        | periods(ask, "spells", "first_day")
        | parts(ask)
        | stock(ask, "parts", "running", totalled=True)
    )
