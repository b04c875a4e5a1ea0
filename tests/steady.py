"""A village with steady rates, in rows of a snapshot: whoever starts and ends does so evenly, so that nothing changes.

For tests of forecasts: what is expected can be worked out by hand.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from people import EAST, WEST, Row, support

FIRST, KNOWN_ON = date(2016, 1, 1), date(2025, 12, 31)
MONTHS_OF_SUPPORT = 12
CENTS_PER_MONTH = 40_000
BANDS = [(first, first + 4) for first in range(0, 95, 5)] + [(95, None)]
PER_BAND = 500


def residents(years: range = range(2016, 2026), *, growing: float = 0.0) -> list[Row]:
    """Return equal bands in both districts on every 1 January; `growing` is what each gains per year, as a share."""
    return [
        {
            "on": date(year, 1, 1),
            "area": area,
            "age_from": first,
            "age_until": last,
            "sex": "0",
            "persons": round(PER_BAND * (1 + growing) ** (year - years[0])),
            "kind": "observed",
        }
        for year in years
        for area in (WEST, EAST)
        for first, last in BANDS
    ]


def spells(per_month: int = 4, *, care_form: str = "HO", law: str = "wmo", **more: object) -> list[Row]:
    """Return `per_month` starts in every month from 2015 on, each of exactly a year, in turn in either district."""
    found: list[Row] = []
    for month in range(12 * 11):
        began = date(2015 + month // 12, month % 12 + 1, 1)
        if began > KNOWN_ON:
            break
        for number in range(per_month):
            ended = date(began.year + 1, began.month, 1) - timedelta(days=1)
            person = f"{care_form}-{month}-{number}"
            row = support(
                person,
                began.isoformat(),
                ended.isoformat() if ended <= KNOWN_ON else None,
                law=law,
                care_form=care_form,
                district=(WEST, EAST)[number % 2],
                birth_year=began.year - 80,
                **more,
            )
            found.append(row)
    return found


def costs(rows: list[Row]) -> list[Row]:
    """Return what was claimed per month and form: 400 euros for every month of every spell."""
    found: Counter[tuple[object, object, date]] = Counter()
    for row in rows:
        began = row["began_on"]
        assert isinstance(began, date)
        for ahead in range(MONTHS_OF_SUPPORT):
            number = began.year * 12 + began.month - 1 + ahead
            month = date(number // 12, number % 12 + 1, 1)
            found[row["law"], row["care_form"], month] += CENTS_PER_MONTH if month <= KNOWN_ON else 0
    return [
        {"law": law, "care_form": form, "month": month, "amount_cents": cents, "person": "all"}
        for (law, form, month), cents in found.items()
        if cents
    ]


def prices() -> list[Row]:
    """Return prices that never rise, so that euros are those of today."""
    return [
        {"year": year, "index": index, "change": 0.0, "status": "final"}
        for year in range(2015, 2046)
        for index in ("OVA", "PPC")
    ]
