"""The web reads the clock at its edge, asks the database in one language, and stays small."""

import ast

import pytest
from house import functions
from web_rooms import NAMES, WEB, hangs_doors, modules

CLOCKS = {"now", "today", "utcnow", "localdate", "localtime"}
EDGE = ("schedule.py", "presence.py", "middleware.py")
CURSORS = {"journal/actions.py": "the lock that keeps the chain a chain"}


def test_only_the_edge_knows_what_time_it_is():
    found = [
        f"{name}:{node.lineno}"
        for name, tree in modules()
        for node in ast.walk(tree)
        if not name.endswith(EDGE) and not hangs_doors(tree) and "/management/" not in name
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in CLOCKS and not node.args
    ]
    assert not found


def test_nobody_asks_the_database_past_the_models():
    asked = {"cursor", "raw", "RawSQL", "extra"}
    found = [
        f"{name}:{node.lineno}"
        for name, tree in modules()
        for node in ast.walk(tree)
        if name not in CURSORS and isinstance(node, ast.Call)
        if (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")) in asked
    ]
    assert not found


def test_nobody_reaches_a_model_by_its_name():
    found = [
        f"{name}:{node.lineno}"
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "get_model"
    ]
    assert not found


def test_there_are_no_signals():
    found = [
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("signals")
    ]
    assert not found


def test_no_view_takes_a_row_without_asking_whose_it_is():
    """Model.objects.get in a view is how the unscoped look-up begins; a view asks queries, or the authorised parent."""
    found = [
        f"{name}:{node.lineno} {ast.unparse(node.func)}"
        for name, tree in modules()
        for node in ast.walk(tree)
        if hangs_doors(tree) and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr == "get" and ast.unparse(node.func.value).endswith(".objects")
    ]
    assert not found


def test_files_and_functions_stay_small():
    files = {
        path.relative_to(WEB).as_posix(): path.read_text(encoding="utf-8").count("\n")
        for path in WEB.rglob("*.py")
        if "migrations" not in path.parts
    }
    assert not {name: lines for name, lines in files.items() if lines > 600}
    long = [
        (name, node.name)
        for name, tree in modules()
        for node in functions(tree)
        if node.end_lineno - node.lineno + 1 > 70
    ]
    assert not long


@pytest.mark.parametrize("room", NAMES)
def test_a_room_introduces_itself(room):
    words = " ".join((ast.get_docstring(dict(modules())[f"{room}/__init__.py"]) or "").split())
    assert "What lives here" in words
    assert "What does not" in words
    assert len(words.split()) <= 120


def test_cells_of_a_spreadsheet_are_written_in_one_place():
    """What opens in a spreadsheet may hold no formula that somebody typed: cells are escaped where they are written."""
    found = [
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"csv.writer", "csv.DictWriter"}
    ]
    assert len(set(found)) <= 1
