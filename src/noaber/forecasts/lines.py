"""Budget lines with the figures of tables: what a line costs in the base year, and how its volume went before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import duckdb

from noaber.records import Text

from .errors import NoBasisError

Basis = Literal["realisation", "revised", "primitive"]
Rows = Sequence[Mapping[str, Any]]
_BASES: Final[tuple[Basis, ...]] = ("realisation", "revised", "primitive")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One budget line, or one care form of it, in the base year."""

    law: str
    name: str
    """Its name in the source."""
    care_form: str
    """Empty when the line has none."""
    cents: int
    """In the base year; income is negative."""
    volume: Mapping[int, float] = field(default_factory=dict)
    """Indications per year; where there are none, euros per year as booked."""
    counts: bool = False
    """Whether the volume counts indications."""


@dataclass(frozen=True, kw_only=True)
class Tables:
    """What the tables of a municipality say of money and volume."""

    base: int
    basis: Basis
    lines: tuple[Line, ...]
    funding: tuple[tuple[int, str, str, int], ...]
    """(year, law, kind, cents)"""
    notes: tuple[Text, ...] = ()


def read(connection: duckdb.DuckDBPyConnection) -> Tables:
    """Return the lines of the latest year that has any; NoBasisError (N-731) when no table has an amount."""
    return assemble(
        budget=_rows(connection, "SELECT * FROM budget ORDER BY ALL"),
        booked=_rows(connection, "SELECT * FROM realisation ORDER BY ALL"),
        indications=_rows(connection, "SELECT * FROM indication_table ORDER BY ALL"),
        funding=_rows(
            connection, "SELECT year, law, kind, sum(amount_cents) AS cents FROM funding GROUP BY ALL ORDER BY ALL"
        ),
    )


def assemble(*, budget: Rows, booked: Rows, indications: Rows, funding: Rows) -> Tables:
    """Return the lines from rows of the tables `budget`, `realisation`, `indication_table` and `funding`."""
    rows = {"realisation": booked} | {
        version: [row for row in budget if row["version"] == version] for version in ("revised", "primitive")
    }
    basis = next((name for name in _BASES if rows[name]), None)
    if basis is None:
        raise NoBasisError(
            "No table states what support costs.",
            where="realisation, budget",
            now="Take in the ledger or the budget, or forecast from spells with: noaber forecast --way flows",
        )
    base = max(row["year"] for row in rows[basis])
    history = _history(booked)
    volumes, expected, labels = _indications(indications, base)
    lines: list[Line] = []
    for row in rows[basis]:
        if row["year"] != base:
            continue
        key = (row["law"], row["care_form"] or "")
        parts = {form: cents for (law, form), cents in expected.items() if law == row["law"]}
        if not row["care_form"] and parts and sum(parts.values()) == row["amount_cents"]:
            lines += [
                Line(
                    law=row["law"],
                    name=labels[row["law"], form],
                    care_form=form,
                    cents=cents,
                    volume=volumes[row["law"], form],
                    counts=True,
                )
                for form, cents in parts.items()
            ]
            continue
        own = volumes.get(key) if row["care_form"] else None
        lines.append(
            Line(
                law=row["law"],
                name=row["budget_line"],
                care_form=row["care_form"] or "",
                cents=row["amount_cents"],
                volume=own or history.get((row["law"], row["budget_line"]), {}),
                counts=own is not None,
            )
        )
    apart = sorted({law for law, _ in expected} - {line.law for line in lines if line.counts})
    notes = tuple(_apart(law, base) for law in apart)
    stated = tuple((row["year"], row["law"], row["kind"], int(row["cents"])) for row in funding)
    return Tables(base=base, basis=basis, lines=tuple(lines), funding=stated, notes=notes)


def _apart(law: str, base: int) -> Text:
    """Return that a table of indications and the budget do not speak of the same amounts."""
    return Text(
        f"De bedragen in de tabel van indicaties ({law}) zijn samen geen regel van de begroting van {base}; de "
        "begrotingsregels zijn gebruikt zoals zij zijn.",
        f"The amounts in the table of indications ({law}) are together no line of the budget of {base}; the budget "
        "lines are used as they are.",
    )


def _history(booked: Rows) -> dict[tuple[str, str], dict[int, float]]:
    """Return euros booked per year on each line."""
    found: defaultdict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for row in booked:
        found[row["law"], row["budget_line"]][row["year"]] = row["amount_cents"] / 100
    return dict(found)


_PerForm = dict[tuple[str, str], Any]


def _indications(rows: Rows, base: int) -> tuple[_PerForm, _PerForm, _PerForm]:
    """Return indications per whole year, cents in the base year, and names, by law and care form.

    A count stands before an expectation for the same year.
    """
    volumes: _PerForm = defaultdict(dict)
    cents: _PerForm = {}
    labels: _PerForm = {}
    for kind in ("expected", "observed"):
        for row in rows:
            key = (row["law"], row["care_form"])
            labels[key] = row["label"]
            if row["kind"] == kind and row["period"] == "year":
                volumes[key][row["year"]] = float(row["indications"])
                if row["year"] == base and row["budget_cents"] is not None:
                    cents[key] = row["budget_cents"]
    return volumes, cents, labels


def _rows(connection: duckdb.DuckDBPyConnection, question: str) -> Rows:
    found = connection.execute(question)
    assert found.description is not None
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
