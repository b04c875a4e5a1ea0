"""Whatever passed the gate can be drawn: no crash, no broken drawing, and no comparison that is not allowed."""

import re
import xml.etree.ElementTree as ET
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from noaber.figures import View, chart
from noaber.records import Text
from noaber.results import Break
from protected import safe

CODES = ("_T", "a", "b", "_U")
MOVED = re.compile(r"\b(steeg|daalde|bleef|rose|fell|stayed)\b")
amounts = st.one_of(
    st.sampled_from(["small", "secondary", "no_base", "group", "empty"]),
    st.integers(0, 20_000).map(lambda number: 5.0 * number),
    st.sampled_from([0.0, -1e9, 12_345_678_900.0]),
)


@st.composite
def results(draw):
    quarterly = draw(st.booleans())
    years = draw(st.lists(st.integers(2016, 2026), min_size=1, max_size=6, unique=True))
    periods = (
        [f"{year}-Q{quarter}" for year in years for quarter in (1, 3)] if quarterly else [str(year) for year in years]
    )
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))
    cells = [(period, code, draw(amounts)) for period in periods for code in codes]
    breaks = [
        Break(on=date(year, 1, 1), kind="real", comparable=draw(st.booleans()), text=Text("Anders.", "Otherwise."))
        for year in draw(st.lists(st.integers(2015, 2027), max_size=2, unique=True))
    ]
    return safe(
        cells,
        ("district",),
        unit=draw(st.sampled_from(["persons", "cents", "percent", "days", "ratio", "per_1000"])),
        frequency="quarter" if quarterly else "year",
        breaks=tuple(breaks),
        provisional_from=draw(st.sampled_from([None, *periods])),
    )


@settings(max_examples=60, deadline=None)
@given(results(), st.sampled_from(["nl", "en"]))
def test_every_kind_of_figure_can_be_drawn(result, language):
    view = View(result=result, along="district", language=language)
    places = {"a": (0, 0), "b": (1, 0)}
    made = [chart.line(view), chart.dot(view), chart.bar(view), chart.stacked(view), chart.table(view)]
    if any(item.code in places for item in view.series):
        made.append(chart.tiles(view, places))
    for figure in made:
        assert figure.title.endswith(".")
        assert "None" not in figure.title + figure.sentence + figure.foot
        ET.fromstring(figure.table_html)
        if figure.svg:
            assert "nan" not in figure.svg
            ET.fromstring(figure.svg)


@settings(max_examples=100, deadline=None)
@given(results())
def test_no_move_is_told_over_an_incomparable_break(result):
    view = View(result=result, along="district")
    total = view.total
    point = total.by_period.get(view.now) if total else None
    if point is not None and point.no_change == "break":
        assert not MOVED.search(chart.line(view).title)


@settings(max_examples=100, deadline=None)
@given(results())
def test_no_line_joins_what_may_not_be_compared(result):
    view = View(result=result, along="district")
    walls = [item.on.year for item in result.breaks if not item.comparable]
    for series in view.series:
        for run in series.runs():
            first, last = int(run[0].period[:4]), int(run[-1].period[:4])
            assert not [year for year in walls if first < year <= last]
