"""What a figure shows: no line over a break, a hidden cell or a missing year."""

from datetime import date

import pytest

from noaber.figures import FigureError, View
from noaber.records import Text
from noaber.results import Break
from protected import OPENED, safe, years


def runs(values, **changes):
    """The periods that lines join, as strings of years."""
    view = View(result=safe(years(values), **changes))
    return [" ".join(point.period for point in run) for run in view.series[0].runs()]


def test_a_line_runs_through_all_periods():
    assert runs([1, 2, 3]) == ["2021 2022 2023"]


def test_a_hidden_figure_is_a_gap():
    assert runs([1, "small", 3, 4]) == ["2021", "2023 2024"]


def test_a_missing_year_is_a_gap():
    assert runs({2020: 1, 2021: 2, 2023: 3}) == ["2020 2021", "2023"]


@pytest.mark.parametrize(("comparable", "joined"), [(True, ["2021 2022 2023"]), (False, ["2021 2022", "2023"])])
def test_only_an_incomparable_break_ends_a_line(comparable, joined):
    item = Break(on=date(2023, 1, 1), kind="real", comparable=comparable, text=Text("Anders.", "Otherwise."))
    assert runs([1, 2, 3], breaks=(item,)) == joined


def test_a_break_of_one_law_leaves_the_line_of_another_whole():
    cells = [(year, law, 100) for year in ("2024", "2025") for law in ("wmo", "participatiewet")]
    view = View(result=safe(cells, ("law",), breaks=(OPENED,)), along="law")
    assert {item.code: len(item.runs()) for item in view.series} == {"wmo": 2, "participatiewet": 1}


def test_days_of_every_year_are_next_to_each_other():
    cells = [(f"{year}-12-31", 5.0) for year in (2021, 2022, 2024)]
    view = View(result=safe(cells, frequency="day"))
    assert [len(run) for run in view.series[0].runs()] == [2, 1]


def test_later_periods_are_left_out():
    cells = [("2024-Q4", 1), ("2025-Q1", 2), ("2025-Q4", 3), ("2026-Q1", 4)]
    view = View(result=safe(cells, frequency="quarter"), until="2025")
    assert view.periods == ["2024-Q4", "2025-Q1", "2025-Q4"]
    assert view.earlier == "2024-Q4"


def test_a_dimension_that_is_not_held_shows_its_total():
    view = View(result=safe([("2025", "wmo", 1), ("2025", "_T", 3)], ("law",)))
    assert [point.value for point in view.series[0].points] == [3]


def test_the_total_comes_first_and_the_unknown_last():
    cells = [("2025", code, 1) for code in ("_U", "b", "_T", "a")]
    assert [item.code for item in View(result=safe(cells, ("district",)), along="district").series] == [
        "_T",
        "a",
        "b",
        "_U",
    ]


def test_a_dimension_the_result_does_not_have_is_refused():
    with pytest.raises(FigureError, match="not split by layer"):
        View(result=safe([("2025", "wmo", 1)], ("law",)), along="layer")


def test_nothing_to_draw_is_refused():
    with pytest.raises(FigureError, match="nothing to draw"):
        View(result=safe([("2025", "wmo", 1)], ("law",)))
