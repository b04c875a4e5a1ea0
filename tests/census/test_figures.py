"""Every figure has words for who cannot see it, a table for who wants the numbers, and fetches nothing."""

import ast
import re

from house import SRC, calls, modules

TEMPLATES = sorted(path for path in (SRC / "figures").rglob("*") if path.suffix in {".j2", ".css", ".typ", ".html"})
DRAWN = [(name, tree) for name, tree in modules() if name.startswith("figures/")]


def test_a_figure_is_made_with_its_words_and_its_table():
    made = [node for _, tree in DRAWN for called, node in calls(tree) if called == "Figure"]
    assert made
    for node in made:
        given = {item.arg: item.value for item in node.keywords}
        assert {"title", "sentence", "table", "definition", "foot"} <= set(given)
        assert not [name for name, value in given.items() if isinstance(value, ast.Constant) and value.value == ""]


def test_a_drawing_has_a_name_and_a_description():
    roots = [node for _, tree in DRAWN for called, node in calls(tree) if _tag(called, node) == "svg"]
    assert len(roots) == 1, "drawings are made in one place"
    given = {item.arg for item in roots[0].keywords}
    assert {"role", "aria_labelledby", "aria_describedby"} <= given


def _tag(called, node):
    """The tag that a call makes an element of."""
    first = node.args[0] if called == "element" and node.args else None
    return first.value if isinstance(first, ast.Constant) else ""


def test_an_ornament_in_a_template_is_hidden_from_who_cannot_see_it():
    ornaments = [tag for path in TEMPLATES for tag in re.findall(r"<(?:svg|img)\b[^>]*>", path.read_text("utf-8"))]
    assert not [tag for tag in ornaments if 'aria-hidden="true"' not in tag and 'alt="' not in tag]


def test_a_page_fetches_nothing_from_elsewhere():
    asked = [
        (path.name, found)
        for path in TEMPLATES
        for found in re.findall(r"""(?:src|href)=["']https?:|@import|url\(\s*["']?https?:""", path.read_text("utf-8"))
    ]
    assert TEMPLATES
    assert not asked
