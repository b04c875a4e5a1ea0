"""Each verb of the command line calls exactly one recipe, and each recipe belongs to a verb."""

import ast

from house import functions, modules

from noaber import jobs


def verbs():
    """Every verb's function in cli.py with the names it calls in jobs."""
    tree = dict(modules())["cli.py"]
    for function in functions(tree):
        called = [
            node.func.attr
            for node in ast.walk(function)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "jobs"
            and node.func.attr.islower()
        ]
        if called:
            yield function.name, called


def test_each_verb_calls_exactly_one_recipe():
    assert not [name for name, called in verbs() if len(called) != 1]


def test_every_recipe_has_a_verb():
    recipes = {name for name in jobs.__all__ if name.islower()}
    assert recipes == {called for _, names in verbs() for called in names}


def test_a_recipe_is_short_enough_to_read():
    tree = dict(modules())["jobs.py"]
    long = {item.name: item.end_lineno - item.lineno for item in functions(tree)}
    assert not {name: lines for name, lines in long.items() if lines > 45}
