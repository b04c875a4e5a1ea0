"""The twins of who refers and who provides."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from noaber.indicators import Question

from .ground import Cell, Cells, Key, Row, Tables, code, gather, in_periods


def allocations(tables: Tables) -> list[Row]:
    first: dict[Key, Row] = {}
    for row in sorted(tables["support"], key=lambda item: item["began_on"] or date.min):
        first.setdefault((row["law"], row["allocation_number"]), row)
    return list(first.values())


def referrer_share(tables: Tables, ask: Question) -> Cells:
    answer: Cells = {}
    for period, rows in in_periods(ask, allocations(tables), "allocated_on").items():
        for key, here in gather(rows, ask.dimensions).items():
            for referrer in {code(row, "referrer") for row in here}:
                number = sum(1 for row in here if code(row, "referrer") == referrer)
                answer[(period.text, *key, referrer)] = Cell(100 * number / len(here), number, number, len(here))
    return answer


def certified_institutions(tables: Tables, ask: Question) -> Cells:
    agreement = ask.town.referral_agreement
    rows = [row | {"institution": row["referrer_code"]} for row in allocations(tables) if row["referrer"] == "04"]
    by_period = in_periods(ask, rows, "allocated_on")
    everything = [row for here in by_period.values() for row in here]
    baseline = [row for row in everything if row["allocated_on"].year == agreement.baseline_year]
    answer: Cells = {}
    for period, here in by_period.items():
        for key in gather(everything, ask.dimensions):
            number = len(gather(here, ask.dimensions).get(key, []))
            answer[(period.text, *key, "allocated")] = Cell(number, number)
        for key, before in gather(baseline, ask.dimensions).items():
            average = len(before) / 4
            answer[(period.text, *key, "baseline")] = Cell(average, len(before))
            agreed = average * (100 - agreement.reduction_percent) / 100
            answer[(period.text, *key, "agreed")] = Cell(agreed, len(before))
    return answer


def provider_spend(tables: Tables, ask: Question) -> Cells:
    return {
        (period.text, *key): Cell(sum(row["amount_cents"] for row in here), len({row["person"] for row in here}))
        for period, rows in in_periods(ask, tables["cost"], "month").items()
        for key, here in gather(rows, ask.dimensions).items()
    }


def provider_dependence(tables: Tables, ask: Question) -> Cells:
    answer: Cells = {}
    for period, rows in in_periods(ask, tables["cost"], "month").items():
        everything = sum(row["amount_cents"] for row in rows)
        ours: dict[str, int] = defaultdict(int)
        for row in rows:
            ours[row["provider"]] += row["amount_cents"]
        for provider, cents in ours.items():
            persons = len({row["person"] for row in rows if row["provider"] == provider})
            if everything > 0:
                answer[(period.text, provider, "of_our_spend")] = Cell(
                    100 * cents / everything, persons, cents, everything
                )
            for row in tables["provider_register"]:
                turnover = row["turnover_cents"]
                if (row["year"], row["provider"]) == (period.first.year, provider) and turnover and turnover > 0:
                    answer[(period.text, provider, "of_turnover")] = Cell(
                        100 * cents / turnover, persons, cents, turnover
                    )
        if everything > 0:
            squares = sum(cents**2 for cents in ours.values())
            persons = len({row["person"] for row in rows})
            answer[(period.text, "_T", "concentration")] = Cell(
                100 * squares / everything**2, persons, squares, everything**2
            )
    return answer
