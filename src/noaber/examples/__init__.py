"""Real municipalities to start from, with public facts and figures only; made-up residents live in `demo`.

What lives here: a folder per municipality (its municipality.toml, mappings, deliveries and plans), and the plans of the
made-up town. What does not: code that knows any of them. Whoever sets up or tries Noaber copies one; nothing else
reads them.
"""

from __future__ import annotations

import shutil
from contextlib import AbstractContextManager
from importlib import resources
from pathlib import Path
from typing import Final

from noaber.records import NoaberError

__all__ = ["EXAMPLES", "ExampleError", "copy", "copy_plans", "plan_folder"]

EXAMPLES: Final = ("hengelo",)
"""The municipalities there are."""


class ExampleError(NoaberError):
    """An example does not exist, or would land on what is there already."""

    code = "N-803"
    exit_code = 2


def copy_plans(name: str, folder: Path) -> None:
    """Copy the plans of an example, or of the made-up town, to `folder`."""
    with plan_folder(name) as source:
        shutil.copytree(source, folder, dirs_exist_ok=True)


def plan_folder(name: str) -> AbstractContextManager[Path]:
    """Return the folder of the plans of an example, or of the made-up town, to read from as long as it is open."""
    return resources.as_file(resources.files(__package__) / name / "plans")


def copy(name: str, folder: Path) -> Path:
    """Copy an example to `folder`, which must not hold anything yet, and return its municipality.toml.

    Raises `ExampleError` (N-803) for an unknown name or a folder in use.
    """
    if name not in EXAMPLES:
        raise ExampleError(f"There is no example called '{name}'.", now=f"Choose from: {', '.join(EXAMPLES)}.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExampleError("This folder holds something already.", where=str(folder), now="Name a new or empty folder.")
    with resources.as_file(resources.files(__package__) / name) as source:
        shutil.copytree(source, folder, dirs_exist_ok=True)
    return folder / "municipality.toml"
