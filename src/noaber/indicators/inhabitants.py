"""Inhabitants of an area on a day, out of whatever bands a register was delivered in: the denominator of rates."""

from __future__ import annotations

from .declaration import Question
from .steps import Steps, last_day


def inhabitants(ask: Question) -> Steps:
    """Return the step `inhabitants` (on, area, persons): everyone who was counted, per area and day.

    A row for all ages counts as it stands; else the bands must follow on each other from 0 without a gap or overlap,
    for else nobody knows what they add up to. In the same way one row for all sexes, or one for each of the two.
    """
    return {
        "bands": """
            SELECT *, coalesce(lag(age_until) OVER (
                PARTITION BY "on", area, sex ORDER BY age_from, age_until NULLS LAST) + 1, 0) AS expected
            FROM population WHERE kind = 'observed'""",
        "per_sex": """
            SELECT "on", area, sex, coalesce(
                max(persons) FILTER (age_from = 0 AND age_until IS NULL),
                CASE WHEN bool_and(age_from IS NOT DISTINCT FROM expected) AND bool_or(age_until IS NULL)
                    THEN sum(persons) END) AS persons
            FROM bands GROUP BY ALL""",
        "inhabitants": """
            SELECT "on", area, coalesce(
                max(persons) FILTER (sex = '0'),
                CASE WHEN count(persons) FILTER (sex <> '0') = 2 THEN sum(persons) FILTER (sex <> '0') END) AS persons
            FROM per_sex GROUP BY ALL""",
    }


def present(ask: Question, source: str = "periods", *, at_end: bool = True) -> Steps:
    """Return the step `present` (period, area, persons): by the last count, at most a year old.

    `at_end` looks from the day after the period, so that 1 January counts for the year that it closes; else from the
    first day of the period.
    """
    moment = f"{last_day(ask)} + 1" if at_end else "period"
    return inhabitants(ask) | {
        "present": f"""
            SELECT period, area, arg_max(persons, "on") AS persons
            FROM (SELECT DISTINCT period FROM {source}) JOIN inhabitants
                ON "on" <= {moment} AND "on" >= ({moment}) - INTERVAL 1 year
            WHERE persons IS NOT NULL
            GROUP BY ALL"""
    }
