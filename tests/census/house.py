"""What the census counts: the files of the project, parsed once, and the rooms they stand in."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "noaber"
DOCS = ROOT / "docs"


@cache
def modules():
    """Every module of the package as (path below the package, syntax tree); `web` has a census of its own."""
    found = sorted(path for path in SRC.rglob("*.py") if path.relative_to(SRC).parts[0] != "web")
    return [(path.relative_to(SRC).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in found]


@cache
def committed():
    """Every file that is or is about to be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:  # an unpacked archive has no history, and nothing in it is ignored but what was built there
        built = {".venv", "build", "site", "__pycache__", ".hypothesis", ".pytest_cache", ".mypy_cache", ".ruff_cache"}
        found = [path for path in ROOT.rglob("*") if not built & set(path.relative_to(ROOT).parts)]
    return sorted(path for path in found if path.is_file())


def rooms():
    """Every room of the core as (name, syntax tree of its __init__)."""
    return [(name.partition("/")[0], tree) for name, tree in modules() if name.count("/") == 1 and "__init__" in name]


def functions(tree):
    """Every function and method below a node."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def calls(tree):
    """Every call as (last name of what is called, the call)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            yield called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", ""), node


def places(test):
    """Where `test` holds for a node of a module, as "file:line"."""
    return [
        f"{name}:{node.lineno}"
        for name, tree in modules()
        for node in ast.walk(tree)
        if hasattr(node, "lineno") and test(name, node)
    ]


def within(name, allowed):
    """Whether a module is in one of the allowed rooms or files."""
    return any(name == item or name.startswith(f"{item}/") for item in allowed)
