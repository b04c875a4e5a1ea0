"""What the census of the web counts: its modules, templates, models and actions, room by room."""

import ast
import tomllib
from functools import cache
from importlib import import_module

from django.apps import apps
from house import ROOT, SRC

from noaber.web.site.rooms import ROOMS

WEB = SRC / "web"
NAMES = [*(room.name for room in ROOMS), "site"]


DOORS = {"requires", "logged_in", "resident", "residents_only", "peer", "public"}


@cache
def layers():
    """The height of every room: one may lean on what is lower."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    lines = next(item["layers"] for item in contracts if item["id"] == "web-layers")
    return {name.strip("() "): height for height, line in enumerate(reversed(lines)) for name in line.split("|")}


@cache
def modules():
    """Every module of the web but migrations, as (path below web, syntax tree)."""
    found = sorted(path for path in WEB.rglob("*.py") if "migrations" not in path.parts)
    return [(path.relative_to(WEB).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in found]


def hangs_doors(tree):
    """Whether a module holds views: whether it hangs a door on a function."""
    return any(
        isinstance(node, ast.FunctionDef)
        and any(isinstance(item, ast.Call) and getattr(item.func, "id", "") in DOORS for item in node.decorator_list)
        for node in ast.walk(tree)
    )


def templates():
    """Every template, as (room, path below the templates of its room, text)."""
    for path in sorted(WEB.glob("*/templates/**/*")):
        if path.is_file():
            room, _, *rest = path.relative_to(WEB).parts
            yield room, "/".join(rest), path.read_text(encoding="utf-8")


def models():
    """Every model of ours."""
    return [model for model in apps.get_models() if model.__module__.startswith("noaber.web.")]


def actions():
    """Every public action of every room, as (room, name, function)."""
    for path in sorted([*WEB.glob("*/*actions.py"), *WEB.glob("*/actions/")]):
        room = path.parent.name
        module = import_module(f"noaber.web.{room}.{path.stem}")
        for name, item in vars(module).items():
            ours = (
                callable(item)
                and not isinstance(item, type)
                and getattr(item, "__module__", "").startswith(module.__name__)
            )
            if ours and not name.startswith("_"):
                yield room, name, item
