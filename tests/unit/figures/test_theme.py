"""Colours that can be read, in light, dark and print: 4.5 to 1 for text, 3 to 1 for marks."""

import re

import pytest

from noaber.figures import theme

TEXT = [("ink", "paper"), ("soft", "paper"), ("ink", "ground"), ("soft", "ground"), ("mid", "paper"), ("mid", "ground")]
TEXT += [(f"on-t{step}", f"t{step}") for step in (1, 2, 3, 4)]
TEXT += [("on-p1", "deep"), ("on-p2", "mid"), ("on-p3", "pale"), ("ink", "past"), ("on-p2", "mid")]
MARKS = [(name, "paper") for name in ("deep", "mid", "pale", "grey", "accent", "edge", "past-edge")]
MARKS += [("accent", "ground")]


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark", "print"])
def test_text_and_marks_stand_out(mode):
    colours = theme.colours(mode)
    weak = [pair for pair in TEXT if contrast(colours[pair[0]], colours[pair[1]]) < 4.5]
    weak += [pair for pair in MARKS if contrast(colours[pair[0]], colours[pair[1]]) < 3]
    assert not weak


def test_every_colour_is_declared_once_and_used():
    used = set(re.findall(r"var\(--([\w-]+)\)", theme.css() + theme.look("sheet.css")))
    assert used == set(theme.colours("light"))


def test_a_drawing_alone_knows_no_variables():
    alone = theme.alone("<svg><defs></defs></svg>")
    assert "var(" not in alone
    assert theme.colours("print")["mid"] in alone


def test_no_drawing_sets_a_style_of_its_own():
    assert "style=" not in theme.look("figure.html.j2") + theme.look("factsheet.html.j2")
