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


def test_what_is_loaded_later_is_also_imported_where_the_contracts_see_it():
    for name, tree in modules():
        later = {
            node.args[0].value
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "later"
        }
        shown = {
            inner
            for node in tree.body
            if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
            for item in node.body
            for inner in imported(item)
        }
        assert later <= shown, name


def imported(node):
    """Return the modules that an import statement names, in full."""
    if isinstance(node, ast.Import):
        return [item.name for item in node.names]
    home = ".".join(["noaber", *([node.module] if node.module else [])])
    return [f"{home}.{item.name}" for item in node.names]


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
