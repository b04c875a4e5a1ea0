"""Colours and type: a style sheet for the drawings, one for the page, and a drawing that carries its own for paper."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Final, Literal

Mode = Literal["light", "dark", "print"]
_LOOK: Final = resources.files(__package__) / "look"


@cache
def look(name: str) -> str:
    """Return the text of a file of the look: a style sheet or a template."""
    return (_LOOK / name).read_text(encoding="utf-8")


def css(scope: str = ":root") -> str:
    """Return the style of the drawings, for a page of one's own to serve beside its own style sheet.

    The colours are set on `scope`: `.chart` keeps them apart from colours of that page with the same names.
    """
    return look("figures.css").replace(":root", scope)


@cache
def colours(mode: Mode) -> dict[str, str]:
    """Return the colours of a mode by their names in figures.css."""
    blocks: list[str] = re.findall(r":root\s*\{(.*?)\}", css(), flags=re.DOTALL)
    light, dark, printed = (dict(re.findall(r"--([\w-]+):\s*(#\w+)", block)) for block in blocks)
    return light | {"light": {}, "dark": dark, "print": printed}[mode]


@cache
def _resolved(mode: Mode) -> str:
    """Return the rules of the drawings with every variable filled in, for programs that know no variables."""
    rules = re.findall(r"^\.chart .*\}$", css(), flags=re.MULTILINE)
    chosen = colours(mode)
    return re.sub(r"var\(--([\w-]+)\)", lambda found: chosen[found[1]], "\n".join(rules))


def alone(svg: str, mode: Mode = "print") -> str:
    """Return a drawing with its style inside, so that it can leave the page: as a file, or on paper."""
    return svg.replace("<defs>", f"<style>{_resolved(mode)}</style><defs>", 1)
