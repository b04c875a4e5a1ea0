"""On which line of a TOML file a key stands: the parser of the standard library does not say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Keys from the top, with a number (from 0) after each key that holds several: ("measures", 3, "amounts")."""

_HEADING = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_NAME = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


def locate(text: str) -> dict[Path, int]:
    """Return the line, from 1, of every heading and key of a valid TOML text, and of the rows of lists of tables."""
    found: dict[Path, int] = {(): 1}
    last: dict[Path, int] = {}
    here: Path = ()
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        line, number = lines[number], number + 1
        if heading := _HEADING.match(line):
            here = _table(_names(heading[2]), last, several=heading[1] == "[[")
            found.setdefault(here, number)
        elif key := _KEY.match(line):
            path = (*_table(_names(key[1])[:-1], last, start=here), _names(key[1])[-1])
            found[path] = number
            length = _length(lines[number - 1 :])
            rows = [row for row in range(length) if lines[number - 1 + row].lstrip().startswith("{")]
            found |= {(*path, place): number + row for place, row in enumerate(rows)}
            number += length - 1
    return found


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """Return the line of a key, or of the nearest heading above it that was found."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _names(written: str) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in _NAME.findall(written))


def _table(names: tuple[str, ...], last: dict[Path, int], *, several: bool = False, start: Path = ()) -> Path:
    """Return the path of a heading; `last` holds the number of the last table of each list so far."""
    path = start
    for place, name in enumerate(names):
        path = (*path, name)
        if several and place == len(names) - 1:
            last[path] = last.get(path, -1) + 1
        if path in last:
            path = (*path, last[path])
    return path


def _length(lines: list[str]) -> int:
    """Return how many lines the first key and its value take."""
    for length in range(1, len(lines)):
        try:
            tomllib.loads("\n".join(lines[:length]))
        except tomllib.TOMLDecodeError:
            continue
        return length
    return len(lines)
