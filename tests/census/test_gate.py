"""One cannot go round the gate: only it makes a safe result, and figures take nothing else."""

import ast

from house import calls, functions, modules, within


def test_only_the_gate_makes_a_safe_result():
    makers = {name for name, tree in modules() for called, _ in calls(tree) if called == "SafeResult"}
    assert not [name for name in makers if not within(name, ("disclosure", "disclosure.py"))]


def test_no_figure_takes_a_result():
    def takes(node):
        return "Result" in {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}

    figures = [tree for name, tree in modules() if name.startswith("figures/")]
    annotations = [item.annotation for tree in figures for node in functions(tree) for item in node.args.args]
    assert not [ast.unparse(item) for item in annotations if item is not None and takes(item)]
