"""Ours beside others: rows when they are few, a strip when they are many, and a sentence that says where we stand."""

import xml.etree.ElementTree as ET

import pytest

from noaber.figures import FigureError, View, chart
from noaber.records import Text
from protected import safe

GROUP = Text("gemeenten van onze grootte", "municipalities of our size")


def beside(values, *, among=None, language="nl", here="m0"):
    cells = [("2025", f"m{place}", value) for place, value in enumerate(values)]
    view = View(result=safe(cells, ("municipality",)), language=language, along="municipality")
    return chart.beside(view, here=here, among=among, group=GROUP)


def dots(figure):
    return [
        node.get("class") for node in ET.fromstring(figure.svg).iter() if (node.get("class") or "").startswith("dot")
    ]


@pytest.mark.parametrize(
    ("ours", "said"),
    [
        (40.0, "lager dan in alle 3 gemeenten van onze grootte (midden: 60)"),
        (90.0, "hoger dan in alle 3 gemeenten van onze grootte (midden: 60)"),
        (65.0, "hoger dan in 2 van de 3 gemeenten van onze grootte (midden: 60)"),
        (55.0, "lager dan in 2 van de 3 gemeenten van onze grootte (midden: 60)"),
    ],
)
def test_the_title_says_where_we_stand_among_them(ours, said):
    assert said in beside([ours, 50.0, 60.0, 70.0]).title


def test_beside_only_one_it_names_that_one():
    assert "lager dan in m1 (50)" in beside([40.0, 50.0]).title


def test_it_says_so_in_english():
    assert (
        "lower than in all 3 municipalities of our size (middle: 60)"
        in beside([40.0, 50.0, 60.0, 70.0], language="en").title
    )


def test_few_have_a_row_each_and_ours_stands_out():
    made = beside([40.0, 50.0, 60.0])
    assert dots(made)[1:] == ["dot s4", "dot s4", "dot s0"], "the first stands in the key"
    assert "label halo strong" in made.svg
    assert [row[0] for row in made.table.rows] == ["m2", "m1", "m0"]


def test_many_stand_on_one_strip_and_all_are_in_the_table():
    made = beside([40.0] * 5 + [50.0 + place for place in range(20)])
    assert sorted(dots(made)) == ["dot s0"] + ["dot s4"] * 24
    assert len(made.table.rows) == 25
    assert "m0: 40" in made.svg


def test_only_those_of_the_group_are_shown():
    made = beside([40.0, 50.0, 60.0, 70.0], among={"m2"})
    assert [row[0] for row in made.table.rows] == ["m2", "m0"]


@pytest.mark.parametrize(("values", "among"), [([40.0], None), ([40.0, 50.0], {"m9"}), (["small", 50.0, 60.0], None)])
def test_without_ours_or_without_others_there_is_nothing_to_lay_beside(values, among):
    with pytest.raises(FigureError, match="nothing to lay beside m0"):
        beside(values, among=among)
