"""Modules that are loaded when something in them is first used: who asks for help does not wait for the analysis.

What is named here is imported as usual for whoever reads or checks the code, under `TYPE_CHECKING`.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """Stands for a module, and asks the module itself for everything; so there is never a second one of it."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


def later(name: str) -> ModuleType:
    """Return what stands for a module until it is used; ModuleNotFoundError when there is none of that name."""
    if find_spec(name) is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    return _Later(name)
