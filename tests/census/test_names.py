"""Names say what a thing is: no drawer for leftovers, and `measure` stays a policy measure."""

import ast
import re

from house import ROOT, SRC, modules, places

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "managers", "service", "services"}


def test_no_module_is_a_drawer_for_leftovers():
    names = {part for path in SRC.rglob("*") for part in (path.stem, *path.relative_to(SRC).parts)}
    assert not names & DRAWERS


def test_module_names_are_plain_words():
    odd = [name for name, _ in modules() if not re.fullmatch(r"[a-z0-9_/]+\.py", name)]
    assert not odd


def test_no_figure_is_named_a_measure():
    figures = ("indicators/", "results", "disclosure", "figures/")
    named = (ast.FunctionDef, ast.ClassDef, ast.arg)

    def wrong(name, node):
        if not name.startswith(figures) or not isinstance(node, named):
            return False
        word = node.arg if isinstance(node, ast.arg) else node.name
        return bool(re.search(r"(^|_)measures?(_|$)|Measure(?![a-z])", word))

    assert not places(wrong)


def test_test_files_have_names_of_their_own():
    names = [path.name for path in (ROOT / "tests").rglob("*.py") if path.name not in {"__init__.py", "conftest.py"}]
    assert not {name for name in names if names.count(name) > 1}, "pytest would take one for the other"
