"""On which line of a TOML file a key stands: the parser of the standard library does not say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Keys from the top, with a number (from 0) after each key that holds several: ("measures", 3, "amounts")."""

_HEADING = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_NAME = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_TOKEN = re.compile(
    r"""\"{3}(?:\\.|[^\\])*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*|[\[{]|[\]}]|\n""", re.DOTALL
)
"""What can hide the end of a line (texts and comments) or go on after it (brackets), and the end itself."""


def locate(text: str) -> dict[Path, int]:
    """Return the line, from 1, of every heading and key of a valid TOML text, and of the rows of lists of tables."""
    found: dict[Path, int] = {(): 1}
    last: dict[Path, int] = {}
    here: Path = ()
    start, number = 0, 1
    while start < len(text):
        end = _value_end(text, start)
        line = text[start:end]
        if heading := _HEADING.match(line):
            here = _table(_names(heading[2]), last, several=heading[1] == "[[")
            found.setdefault(here, number)
        elif key := _KEY.match(line):
            path = (*_table(_names(key[1])[:-1], last, start=here), _names(key[1])[-1])
            found[path] = number
            rows = [row for row, written in enumerate(line.split("\n")) if written.lstrip().startswith("{")]
            found |= {(*path, place): number + row for place, row in enumerate(rows)}
        start, number = end, number + line.count("\n")
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


def _value_end(text: str, start: int) -> int:
    """Return where the line that starts here ends, with the lines over which its value goes on."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if token[0] == "\n" and depth == 0:
            return token.end()
    return len(text)
