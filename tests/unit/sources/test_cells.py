"""Cells as suppliers write them, held to a slow and obvious reading of the same."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.records import Column, Privacy, Type, is_citizen_number, test_citizen_numbers
from noaber.sources.fields import Field, Notation, hides_citizen_number, passes_eleven_test, read_fields

DUTCH = Notation(date="%d-%m-%Y", decimal=",")
PLAIN = Notation()


def read(text: str, kind: Type, notation: Notation = DUTCH, **more: int) -> object:
    """Return the value of one cell, or the rule that it breaks."""
    column = Column(name="cell", type=kind, description="", privacy=Privacy.PUBLIC, required=False)
    cells = pl.DataFrame({"Kop": [text], "line": [2]}, schema={"Kop": pl.String(), "line": pl.Int64()})
    reading = read_fields(cells, [Field(column=column, heading="Kop", **more)], notation)
    assert not any(text in reason for reason in reading.wrong["reason"]) or len(text) < 3
    return reading.wrong["rule"].item() if len(reading.wrong) else reading.values["cell"].item()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("280,60", 28_060),
        ("280,6", 28_060),
        ("280", 28_000),
        ("1.280,60", 128_060),
        ("1 280,60", 128_060),
        ("€ 1.280,60", 128_060),
        ("-€ 5", -500),
        ("48.908-", -4_890_800),
        ("-0,50", -50),
        ("+3,10", 310),
        ("280,605", "number"),
        ("280.60", "number"),
        ("1.28,60", "number"),
        ("12 34", "number"),
        ("1E+05", "number"),
        ("=1+1", "number"),
        ("", None),
    ],
)
def test_amounts_in_euros(text: str, expected: object) -> None:
    assert read(text, Type.CENTS, decimals=2) == expected


@pytest.mark.parametrize(("text", "expected"), [("21.343", 2_134_300_000), ("-3.713", -371_300_000), ("0,5", 50_000)])
def test_amounts_in_thousands_of_euros(text: str, expected: int) -> None:
    assert read(text, Type.CENTS, decimals=5) == expected


@given(st.integers(-(10**12), 10**12))
def test_any_amount_is_read_back_as_it_was_written(cents: int) -> None:
    whole, rest = divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", ".")
    assert read(f"{'-' * (cents < 0)}{grouped},{rest:02}", Type.CENTS, decimals=2) == cents


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31-12-2024", date(2024, 12, 31)),
        ("2024-12-31", date(2024, 12, 31)),
        ("31-12-2024 00:00:00", date(2024, 12, 31)),
        ("29-02-2024", date(2024, 2, 29)),
        ("29-02-2023", "date"),
        ("31-12-0024", "date"),
        ("31-12-2100", "date"),
        ("12-31-2024", "date"),
        ("45657", "date"),
    ],
)
def test_days(text: str, expected: object) -> None:
    assert read(text, Type.DATE) == expected


@pytest.mark.parametrize(("text", "expected"), [("2024-12", date(2024, 12, 1)), ("2024-12-02", "date")])
def test_months(text: str, expected: object) -> None:
    assert read(text, Type.MONTH) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12", 12), ("1,000", 1000), ("12.0", 12), ("1.000", "number"), ("12.5", "number"), ("1e3", "number")],
)
def test_whole_numbers_never_lose_a_thousand(text: str, expected: object) -> None:
    assert read(text, Type.INTEGER, PLAIN) == expected


@given(st.one_of(st.sampled_from(test_citizen_numbers()), st.text("0123456789", min_size=7, max_size=10)))
def test_the_eleven_test_is_the_one_of_the_records(text: str) -> None:
    frame = pl.DataFrame({"number": [text]})
    assert frame.select(passes_eleven_test(pl.col("number"))).item() == is_citizen_number(text)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("zie 999900006", True),
        ("9999.00.006", True),
        ("999.900.006", True),
        ("99.99.00.00.6", True),
        ("999.90.0.006", True),
        ("999 90 0 006 (oud)", True),
        ("in 2018 999900006, eerder niet", True),
        ("100 mensen en 999900006", True),
        ("rekening 1999900006", False),
        ("999900007", False),
        ("", False),
    ],
)
def test_a_citizen_number_in_a_text_is_seen(text: str, hidden: bool) -> None:
    frame = pl.DataFrame({"text": [text]})
    assert bool(frame.select(hides_citizen_number(pl.col("text"))).item()) is hidden
