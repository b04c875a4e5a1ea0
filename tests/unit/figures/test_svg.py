"""Axes with round steps that hold every value, labels that keep apart, and text that cannot break out."""

import xml.etree.ElementTree as ET
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from noaber.figures import svg

VALUES = st.floats(-1e10, 1e10, allow_nan=False).filter(lambda value: value == 0 or abs(value) > 1e-3)


@given(VALUES, VALUES)
def test_an_axis_holds_zero_and_both_ends_in_few_steps(one, other):
    low, high = min(one, other), max(one, other)
    steps = svg.ticks(low, high)
    slack = 1e-6 * max(abs(low), abs(high), 1)
    assert steps[0] <= low + slack
    assert steps[-1] >= high - slack
    assert any(abs(step) < slack for step in steps)
    assert 2 <= len(steps) <= 7


@given(st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_labels_keep_apart_in_their_order_and_within_bounds(places):
    moved = svg.apart(places, 10, 0, 100)
    order = sorted(range(len(places)), key=lambda index: places[index])
    gaps = [moved[after] - moved[before] for before, after in pairwise(order)]
    assert all(gap >= 10 - 1e-9 for gap in gaps)
    assert all(-1e-9 <= place <= 100 + 1e-9 for place in moved)


@given(st.text(alphabet="abc demw-", max_size=60), st.integers(30, 200))
def test_wrapping_loses_no_word(words, room):
    assert " ".join(svg.wrapped(words, room)) == words


def test_wrapped_text_that_is_cut_says_so():
    assert svg.wrapped("een twee drie vier", 40, lines=2)[-1].endswith("…")


def test_words_are_escaped():
    drawn = svg.drawing("a", 10, "<b>", '"&', svg.text(0, 0, "<script>"))
    root = ET.fromstring(drawn)
    assert root[0].text == "<b>"
    assert "<script>" not in drawn


def test_numbers_are_short():
    assert svg.element("rect", x=1.0, y=2.345, width=-0.04, height=7) == '<rect x="1" y="2.3" width="0" height="7"/>'
