"""Imports stand at the top, so that the contracts on them see everything."""

import ast

from house import functions, modules

HEAVY = {
    "distributed",  # optional: many machines
    "highspy",  # a solver of 20 MB, which only the gate needs
    "numba",  # optional: a faster engine
    "numba.typed",
    "typst",  # loads a typesetter of 40 MB, which only a PDF needs
    "xlsxwriter",  # only a workbook needs it
}


def test_no_import_hides_in_a_function():
    hidden = []
    for name, tree in modules():
        for function in functions(tree):
            for node in ast.walk(function):
                if isinstance(node, ast.Import) and not {item.name for item in node.names} <= HEAVY:
                    hidden.append(f"{name}:{node.lineno}")
                if isinstance(node, ast.ImportFrom) and node.module not in HEAVY:
                    hidden.append(f"{name}:{node.lineno}")
    assert not hidden
