"""What suppliers say, as batches for tests: only what a test is about needs to be named.

Each `said(...)` is one delivery; its rows are tuples of a table and what the row says. The days are ISO texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

import polars as pl

from noaber.municipality import CareForm, Municipality
from noaber.records import DELIVERED, Batch, Kind, Law, Receipt, Text, Type

TOWN = Municipality(
    code="9901",
    name="Dorp",
    districts=(),
    care_forms=(
        CareForm(code="HO", law=Law.WMO, name=Text("Hulp", "Help"), kind=Kind.HOUSEHOLD_HELP),
        CareForm(code="OZL1", law=Law.WMO, name=Text("Begeleiding", "Guidance"), kind=Kind.INDIVIDUAL),
    ),
    made_up=True,
)
Said = tuple[str, dict[str, object]]
_PLAIN: dict[str, object] = {
    "law": "wmo",
    "allocation_number": "1",
    "person": "a" * 32,
    "provider": "00000001",
    "category": "01",
    "product": "01A01",
    "care_form": "HO",
    "status": "1",
    "sequence": 0,
    "end_reason": "19",
    "allocated_at": datetime.fromisoformat("2024-01-10T09:00"),
    "valid_from": "2024-02-01",
    "claim_number": "D1",
    "reference": "R1",
    "period_from": "2024-02-01",
    "period_until": "2024-02-29",
    "amount_cents": 1000,
    "kind": "new",
    "message": "325",
    "identification": "1",
    "return_code": "0200",
}


def allocation(number: str = "1", **more: object) -> Said:
    """Say that support was allocated; `at` is the day (or moment) of the allocation."""
    at = more.pop("at", None)
    if isinstance(at, str):
        more["allocated_at"] = datetime.fromisoformat(at)
    return "allocation", {"allocation_number": number} | more


def start(began: str, number: str = "1", **more: object) -> Said:
    """Say that support began."""
    return "start", {"allocation_number": number, "began_on": began} | more


def stop(began: str, ended: str, number: str = "1", **more: object) -> Said:
    """Say that support that had begun ended."""
    return "stop", {"allocation_number": number, "began_on": began, "ended_on": ended} | more


def claim(reference: str, cents: int, **more: object) -> Said:
    """Claim an amount, or credit one with `previous_reference`."""
    return "claim", {"reference": reference, "amount_cents": cents} | more


def request(reference: str, **more: object) -> Said:
    """Ask for an allocation, and say who referred."""
    return "request", {"reference": reference} | more


def unclaimed(reference: str, **more: object) -> Said:
    """Answer a claim line (325): by default it is rejected."""
    return "reply", {"subject": reference, "return_code": "9321"} | more


def said(on: str, *rows: Said, source: str = "messages", name: str = "") -> Batch:
    """Return one delivery that was known on a day; its identity follows from what it says."""
    name = name or f"{source}-{on}"
    identity = hashlib.sha256(repr((on, rows, source, name)).encode()).hexdigest()[:16]
    tables: dict[str, list[dict[str, object]]] = {}
    for line, (table, row) in enumerate(rows, start=1):
        tables.setdefault(table, []).append(_whole(table, row, {"delivery": identity, "line": line, "known_on": on}))
    receipt = Receipt(
        delivery=identity,
        source=source,
        name=name,
        known_on=date.fromisoformat(on),
        rows_in=len(rows),
        rows_kept=len(rows),
    )
    return Batch(receipt=receipt, rows={table: DELIVERED[table].frame(found) for table, found in tables.items()})


def _whole(table: str, row: dict[str, object], lineage: dict[str, object]) -> dict[str, object]:
    columns = DELIVERED[table].all_columns
    names = {column.name for column in columns if column.required}
    plain = {key: value for key, value in _PLAIN.items() if key in names}
    dates = {column.name for column in columns if column.type in (Type.DATE, Type.MONTH)}
    whole = plain | lineage | row
    return {
        key: date.fromisoformat(value) if key in dates and isinstance(value, str) else value
        for key, value in whole.items()
    }


def frames(batches: Iterable[Batch]) -> tuple[dict[str, pl.DataFrame], set[str]]:
    """Return all rows of some deliveries per table, and which deliveries are of the back office."""
    batches = list(batches)
    tables = {
        name: pl.concat([table.empty(), *(batch.rows[name] for batch in batches if name in batch.rows)])
        for name, table in DELIVERED.items()
    }
    return tables, {batch.receipt.delivery for batch in batches if batch.receipt.source == "backoffice"}
