"""A waterfall: parts that add up to the whole, each beginning where the one before it ended."""

import re
import xml.etree.ElementTree as ET

import pytest

from noaber.figures import FigureError, View, chart
from protected import safe


def waterfall(values, whole, language="nl"):
    cells = [("2026", f"m{place}", value) for place, value in enumerate(values)] + [("2026", "_T", whole)]
    return chart.waterfall(View(result=safe(cells, ("measure",)), language=language, along="measure"))


def bars(figure):
    found = [node for node in ET.fromstring(figure.svg).iter() if node.get("class") in {"bar", "beside"}]
    return [(node.get("class"), float(node.get("x")), float(node.get("width"))) for node in found]


def test_each_bar_begins_where_the_one_before_it_ended_and_a_loss_goes_back():
    first, second, loss, whole = bars(waterfall([300.0, 500.0, -100.0], 700.0))
    assert first[1] + first[2] == pytest.approx(second[1], abs=0.2)
    assert loss[0] == "beside"
    assert loss[1] + loss[2] == pytest.approx(second[1] + second[2], abs=0.2)
    assert (whole[1], whole[1] + whole[2]) == pytest.approx((first[1], loss[1]), abs=0.2)


def test_the_title_says_who_adds_most_and_who_costs():
    made = waterfall([300.0, 500.0, -100.0], 700.0)
    assert re.match("‘m1’ draagt in 2026 het meest bij: 500 .*van 700.*; ‘m2’ kost 100", made.title)
    assert "adds most in 2026" in waterfall([300.0, 500.0], 800.0, "en").title
    assert [row[0] for row in made.table.rows][1:] == ["m1", "m0", "m2"]


def test_what_is_beyond_the_first_eight_is_one_bar_and_all_is_in_the_table():
    made = waterfall([100.0] * 11, 1100.0)
    assert len(bars(made)) == 10
    assert "Nog 3 andere" in made.svg
    assert len(made.table.rows) == 12


def test_parts_that_are_hidden_do_not_add_up():
    with pytest.raises(FigureError, match="no parts that add up"):
        waterfall([300.0, "small"], 700.0)
