"""Change from a year before: never across a break that is not comparable, and always with the reason why not."""

from __future__ import annotations

import itertools
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.records import Text
from noaber.results import Break, crossed, days_of, segments, year_before, year_on_year

TEXT = Text("Er veranderde iets.", "Something changed.")


def cut(on: str, *, comparable: bool = False, **touches: tuple[str, ...]) -> Break:
    on_day = date.fromisoformat(on)
    return Break(on=on_day, kind="real", comparable=comparable, text=TEXT, touches=tuple(touches.items()))


@pytest.mark.parametrize(
    ("period", "first", "last", "before"),
    [
        ("2024", "2024-01-01", "2024-12-31", "2023"),
        ("2024-Q1", "2024-01-01", "2024-03-31", "2023-Q1"),
        ("2024-02", "2024-02-01", "2024-02-29", "2023-02"),
        ("2024-02-29", "2024-02-29", "2024-02-29", "2023-02-28"),
        ("2025-02-28", "2025-02-28", "2025-02-28", "2024-02-29"),
        ("2024-02-28", "2024-02-28", "2024-02-28", "2023-02-28"),
        ("2024-12-31", "2024-12-31", "2024-12-31", "2023-12-31"),
    ],
)
def test_a_period_knows_its_days_and_the_year_before(period, first, last, before):
    assert days_of(period) == (date.fromisoformat(first), date.fromisoformat(last))
    assert year_before(period) == before


def cells(*rows: tuple[str, str, float | None]) -> pl.DataFrame:
    schema = {"period": pl.String(), "law": pl.String(), "value": pl.Float64()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def changes(frame: pl.DataFrame, *breaks: Break) -> dict[tuple[str, str], tuple[float | None, str | None]]:
    found = year_on_year(frame, ["law"], breaks)
    return {(row["period"], row["law"]): (row["change"], row["reason"]) for row in found.iter_rows(named=True)}


def test_change_is_in_percent_of_a_year_before():
    found = changes(cells(("2023", "wmo", 200.0), ("2024", "wmo", 190.0), ("2024", "jeugdwet", 3.0)))
    assert found[("2024", "wmo")] == (-5.0, None)
    assert found[("2023", "wmo")] == (None, "absent")
    assert found[("2024", "jeugdwet")] == (None, "absent")


def test_a_shortfall_that_grows_is_a_negative_change():
    assert changes(cells(("2023", "wmo", -100.0), ("2024", "wmo", -150.0)))[("2024", "wmo")] == (-50.0, None)


def test_from_zero_there_is_no_percentage():
    assert changes(cells(("2023", "wmo", 0.0), ("2024", "wmo", 9.0)))[("2024", "wmo")] == (None, "zero")


def test_a_hidden_figure_has_no_change_and_gives_none():
    found = changes(cells(("2022", "wmo", 9.0), ("2023", "wmo", None), ("2024", "wmo", 9.0)))
    assert found[("2023", "wmo")] == found[("2024", "wmo")] == (None, "absent")


def test_no_growth_rate_crosses_a_break():
    frame = cells(("2023", "wmo", 200.0), ("2024", "wmo", 190.0), ("2025", "wmo", 100.0), ("2026", "wmo", 110.0))
    found = changes(frame, cut("2025-01-01"))
    assert [found[(str(year), "wmo")] for year in (2024, 2025, 2026)] == [(-5.0, None), (None, "break"), (10.0, None)]


def test_a_comparable_break_leaves_the_change_alone():
    frame = cells(("2023", "wmo", 200.0), ("2024", "wmo", 190.0))
    assert changes(frame, cut("2024-01-01", comparable=True))[("2024", "wmo")] == (-5.0, None)


def test_a_break_within_a_year_spoils_both_sides():
    frame = cells(("2023", "wmo", 200.0), ("2024", "wmo", 190.0), ("2025", "wmo", 100.0))
    found = changes(frame, cut("2024-07-01"))
    assert found[("2024", "wmo")] == found[("2025", "wmo")] == (None, "break")


def test_a_break_on_the_day_itself_parts_it_from_the_day_a_year_before():
    assert crossed("2023-12-31", "2024-12-31", [cut("2024-12-31")]) is not None
    assert crossed("2023-12-31", "2024-12-31", [cut("2023-12-31")]) is None


def test_a_break_of_one_law_touches_that_law_and_the_total():
    frame = cells(*[(year, law, 10.0) for year in ("2024", "2025") for law in ("wmo", "jeugdwet", "_T")])
    found = changes(frame, cut("2025-01-01", law=("wmo",)))
    assert {law: found[("2025", law)][1] for law in ("wmo", "jeugdwet", "_T")} == {
        "wmo": "break",
        "jeugdwet": None,
        "_T": "break",
    }


def test_a_break_of_something_the_cell_does_not_show_touches_it():
    assert cut("2025-01-01", care_form=("HO",)).breaks({"law": "wmo"})


def test_lines_stop_at_a_break_and_go_on_behind_it():
    years = ["2022", "2023", "2024", "2025", "2026"]
    assert segments(years, [cut("2025-01-01"), cut("2023-01-01", comparable=True)]) == [years[:3], years[3:]]


def test_a_mixed_period_stands_alone():
    assert segments(["2023", "2024", "2025"], [cut("2024-07-01")]) == [["2023"], ["2024"], ["2025"]]


months = st.lists(
    st.builds("{}-{:02}".format, st.integers(2020, 2025), st.integers(1, 12)), unique=True, max_size=12
).map(sorted)


@given(months, st.lists(st.dates(date(2020, 1, 1), date(2025, 12, 31)), max_size=3))
def test_segments_keep_every_period_and_join_only_what_no_break_parts(periods, days):
    breaks = [Break(on=day, kind="measured", comparable=False, text=TEXT) for day in days]
    runs = segments(periods, breaks)
    assert [period for run in runs for period in run] == periods
    assert all(crossed(a, b, breaks) is None for run in runs for a, b in itertools.pairwise(run))
    assert all(crossed(a[-1], b[0], breaks) for a, b in itertools.pairwise(runs))
