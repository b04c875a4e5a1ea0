"""Every room says at its door what lives there and what does not, and what it lets out."""

import ast
import importlib

import pytest
from house import SRC, rooms


@pytest.mark.parametrize(("name", "tree"), rooms(), ids=[name for name, _ in rooms()])
def test_a_room_introduces_itself(name, tree):
    words = " ".join(ast.get_docstring(tree).split())
    assert "What lives here" in words
    assert "What does not" in words
    assert len(words.split()) <= 120


@pytest.mark.parametrize(("name", "tree"), rooms(), ids=[name for name, _ in rooms()])
def test_what_a_room_lets_out_exists(name, tree):
    room = importlib.import_module(f"noaber.{name}")
    assert not [item for item in room.__all__ if not hasattr(room, item)]
    assert len(room.__all__) == len(set(room.__all__))


def test_the_package_itself_holds_only_its_version():
    tree = ast.parse((SRC / "__init__.py").read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
