"""Only the command line speaks to the terminal; what runs longer says so through it."""

import ast

from house import places


def speaks(name, node):
    """Whether a node writes to the terminal."""
    if name == "cli.py":
        return False
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in {"print", "input"}
    return isinstance(node, ast.Attribute) and node.attr in {"stdout", "stderr"} and isinstance(node.value, ast.Name)


def test_only_the_command_line_prints():
    assert not places(speaks)
