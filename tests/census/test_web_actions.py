"""One verb, one transaction, one line in the journal: who writes, from where, and how often."""

import ast
import inspect
import textwrap

import pytest
from web_rooms import actions, hangs_doors, modules

WRITE = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "delete",
    "asave",
    "acreate",
}
BELOW = {"privacy", "journal"}
"""Rooms that lie below the journal or are it."""


def takes_by(function):
    """Whether a function is told who acts."""
    return "by" in inspect.signature(function).parameters


def changes(function):
    """Whether a function itself changes a row; one that only reads is no act."""
    return any(writes("", node) for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))))


def writes(name, node):
    """Whether a call changes a row: by its name, or .update(…=…) on rows."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return node.func.attr in WRITE or (node.func.attr == "update" and bool(node.keywords))


PART_OF_OTHERS = {
    "access.resident_with",
    "entrance.judged",
    "entrance.laid_back",
    "entrance.pass_on_when_ready",
    "entrance.taken_up",
}
"""Public functions that other acts use within their own transaction; those write the line."""
ALL = [(f"{room}.{name}", function) for room, name, function in actions() if room not in BELOW]
ACTS = [
    (name, function)
    for name, function in ALL
    if name not in PART_OF_OTHERS and (takes_by(function) or changes(function))
]
MAY_WRITE = {
    "access/views.py": "an unconfirmed device holds the key of a second step until it is confirmed",
    "access/management/commands/first_administrator.py": "the organisation itself, before anyone is there",
    "site/play_demo.py": "the made-up people need a second step whose code can be told",
    "site/views.py": "a cookie",
    "workbench/schedule.py": "how far a calculation is and what came of it; asking for one is the act",
}


@pytest.mark.parametrize("name", sorted(PART_OF_OTHERS))
def test_a_part_of_other_acts_still_exists(name):
    assert name in dict(ALL)


@pytest.mark.parametrize(("name", "function"), ACTS, ids=[name for name, _ in ACTS])
def test_an_action_knows_who_acts_and_is_called_by_names(name, function):
    parameters = inspect.signature(function).parameters
    assert parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY
    free = [item for item in parameters.values() if item.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]
    assert len(free) <= 2, "what it is done to, and the rest by name"


def test_only_actions_write():
    found = [
        f"{name}:{node.lineno}"
        for name, tree in modules()
        for node in ast.walk(tree)
        if not name.endswith("actions.py") and "/actions/" not in name
        if name not in MAY_WRITE and writes(name, node)
    ]
    assert not found


def called(nodes):
    """How many actions are called in these nodes."""
    calls = [node.func for top in nodes for node in ast.walk(top) if isinstance(node, ast.Call)]
    names = {name.partition(".")[2] for name, _ in ACTS}
    return sum(
        isinstance(item, ast.Attribute)
        and item.attr in names
        and isinstance(item.value, ast.Name)
        and item.value.id.endswith("actions")
        for item in calls
    )


def views():
    """Every function of a module of views."""
    for name, tree in modules():
        if hangs_doors(tree):
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef):
                    yield f"{name} {node.name}", node


@pytest.mark.parametrize(("name", "node"), list(views()), ids=[name for name, _ in views()])
def test_a_view_calls_at_most_one_action(name, node):
    assert max(ways(node.body)) <= 1


def ways(statements, before=0):
    """The number of actions along each way through statements."""
    for place, item in enumerate(statements):
        rest = statements[place + 1 :]
        if isinstance(item, ast.If):
            before += called([item.test])
            yield from ways([*item.body, *rest], before)
            yield from ways([*item.orelse, *rest], before)
            return
        if isinstance(item, ast.Try):
            yield from ways([*item.body, *item.orelse, *rest], before)
            for handler in item.handlers:
                yield from ways([*handler.body, *rest], before)
            return
        if isinstance(item, ast.With):
            yield from ways([*item.body, *rest], before)
            return
        before += called([item])
        if isinstance(item, ast.Return | ast.Raise):
            break
    yield before
