"""Every public function of the core says what it does and what it takes and gives."""

import ast
import re

from house import functions, modules


def public():
    """Every public function or method of a public class, as (place, node)."""
    for name, tree in modules():
        hidden = {id(inner) for node in tree.body if is_private(node) for inner in functions(node)}
        hidden |= {id(inner) for node in functions(tree) for inner in functions(node) if inner is not node}
        for node in functions(tree):
            if not node.name.startswith("_") and id(node) not in hidden:
                yield f"{name}:{node.lineno} {node.name}", node


def is_private(node):
    """Whether a top-level node is a private class or function."""
    return isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name.startswith("_")


def told_by_protocol():
    """Methods that a protocol in the same file describes for everyone who has them, as (file, name)."""
    for name, tree in modules():
        protocols = [node for node in tree.body if isinstance(node, ast.ClassDef) and "Protocol" in ast.unparse(node)]
        found = [inner for node in protocols for inner in functions(node)]
        yield from ((name, inner.name) for inner in found if ast.get_docstring(inner))


def test_every_public_function_has_a_docstring():
    told = {f"{name} {method}" for name, method in told_by_protocol()}
    bare = [place for place, node in public() if not ast.get_docstring(node)]
    assert not [place for place in bare if re.sub(r":\d+", "", place) not in told]


def test_every_public_function_is_annotated():
    def bare(node):
        given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        named = [item for item in given if item.arg not in {"self", "cls"}]
        return node.returns is None or any(item.annotation is None for item in named)

    assert not [place for place, node in public() if bare(node)]


def test_every_public_class_has_a_docstring():
    classes = [(name, node) for name, tree in modules() for node in tree.body if isinstance(node, ast.ClassDef)]
    assert not [f"{name} {node.name}" for name, node in classes if not is_private(node) and not ast.get_docstring(node)]


def test_every_module_begins_with_a_sentence():
    empty = {"cli.py", "jobs.py"}
    assert not [name for name, tree in modules() if not ast.get_docstring(tree) and name not in empty]
