"""Reads the files of a plan into one frozen `Plan`: units become cents, and every part learns where it stands."""

from __future__ import annotations

import re
import tomllib
import typing
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import msgspec

from . import documents as kinds
from .errors import PlanAmountError, PlanFileError, PlanKeyError
from .lines import Path as Keys
from .lines import line_of, locate
from .row import CENTS_PER_UNIT, MONEY, Part, keys_of

LARGEST = 10**12
"""No amount reaches this, whatever its unit."""
_BOUNDS = {"<=": "at most", ">=": "at least"}
_BOUND_WHY: dict[str | int, str] = {"months": ", for no ramp ends before it starts"}


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All documents of a plan, in the order of its files."""

    programmes: tuple[kinds.Programme, ...] = ()
    packages: tuple[kinds.Package, ...] = ()
    measures: tuple[kinds.Measure, ...] = ()
    proposals: tuple[kinds.Proposal, ...] = ()
    scenarios: tuple[kinds.Scenario, ...] = ()
    budgets: tuple[kinds.Budget, ...] = ()
    funds: tuple[kinds.Fund, ...] = ()
    totals: tuple[kinds.Total, ...] = ()
    percentages: tuple[kinds.Percentage, ...] = ()
    elsewhere: tuple[kinds.Elsewhere, ...] = ()
    known_on: date | None = None
    """The day whose knowledge the plan was made with, when a file says so; the first when several do."""
    pilots: tuple[kinds.Pilot, ...] = ()

    def parts(self) -> Iterator[Part]:
        """Yield every document and every part within it, in order."""
        for name in _KINDS:
            for item in getattr(self, name):
                yield from _within(item)


_KINDS: Final = tuple(name for name in Plan.__struct_fields__ if name != "known_on")


def read(path: Path) -> Plan:
    """Read a plan: one TOML file, or all TOML files of a folder, in order of name.

    Raises `PlanFileError` (N-701) when nothing is there or a file is not TOML, `PlanKeyError` (N-702) for a key that
    nothing reads, is missing or holds something else than it should, and `PlanAmountError` (N-703) for parts of a cent.
    """
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not files:
        raise PlanFileError(
            "This folder holds no plan.", where=str(path), now="Name a .toml file, or a folder that holds them."
        )
    return together([parse(_text(file), file.name) for file in files])


def together(files: Sequence[kinds.File]) -> Plan:
    """Return the plan that files make, their documents in order."""
    kept = {name: tuple(item for file in files for item in getattr(file, name)) for name in _KINDS}
    return Plan(known_on=min((file.known_on for file in files if file.known_on), default=None), **kept)


def parse(text: str, name: str) -> kinds.File:
    """Return the documents that a text holds; `name` is that of its file. Raises as `read` does."""
    try:
        plain = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:  # too long a number or too deep a list is no TOMLDecodeError
        line = re.search(r"line (\d+)", str(error))
        raise PlanFileError(
            f"This is not TOML: {error}.",
            where=f"{name}:{line[1]}" if line else name,
            now="Correct that line; docs/how-to/write-a-plan.md shows what a plan looks like.",
        ) from None
    lines = locate(text)
    marked = _Marker(name, lines).mark(plain, kinds.File, (), {})
    try:
        return msgspec.convert(marked, kinds.File, str_keys=True)
    except msgspec.ValidationError as error:
        raise _wrong_key(str(error), name, lines) from None


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PlanFileError(
            f"This file cannot be read: {getattr(error, 'strerror', None) or 'it is not in UTF-8'}.",
            where=str(file),
            now="Name a file that exists, in UTF-8.",
        ) from None


class _Marker:
    """Goes through a plain file by its types: adds places, hands down source and unit, makes cents."""

    def __init__(self, name: str, lines: Mapping[Keys, int]) -> None:
        self.name = name
        self.lines = lines

    def mark(self, plain: Any, kind: type, path: Keys, given: Mapping[str, Any]) -> Any:
        """Return `plain`, which stands at `path`, made ready to become a `kind`."""
        if not isinstance(plain, dict):
            return plain
        own = dict(plain)
        if issubclass(kind, Part):
            if "place" in own:
                raise _unread("place", f"{self.name}:{line_of(self.lines, (*path, 'place'))}")
            keys = {key: line_of(self.lines, (*path, key, 0)) for key in plain}
            own = {**given, **own, "place": {"file": self.name, "line": line_of(self.lines, path), "keys": keys}}
        given = {key: own[key] for key in ("source", "unit") if key in own}
        for key, hint in keys_of(kind).items():
            if key in plain:
                own[key] = self.value(plain[key], hint, (*path, key), given)
        return own

    def value(self, value: Any, hint: Any, path: Keys, given: Mapping[str, Any]) -> Any:
        """Return what a key holds, made ready for its type."""
        if hint in MONEY:
            unit = given.get("unit")
            if isinstance(value, dict):
                return {year: self.cents(amount, (*path, year), unit) for year, amount in value.items()}
            return self.cents(value, path, unit)
        kind = _struct(hint)
        if kind is not None and isinstance(value, list):
            return [self.mark(item, kind, (*path, place), given) for place, item in enumerate(value)]
        return value if kind is None else self.mark(value, kind, path, given)

    def cents(self, value: Any, path: Keys, unit: Any) -> Any:
        """Return an amount in cents; what is no number is left for the check of types."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return value
        where = f"{self.name}:{line_of(self.lines, path)}"
        if not isinstance(unit, str) or unit not in CENTS_PER_UNIT:
            units = ", ".join(CENTS_PER_UNIT)
            raise PlanAmountError(
                f"Nothing says what the amount {value} counts.", where=where, now=f"Give the file a unit: {units}."
            )
        number = Decimal(value)
        if not number.is_finite() or abs(number) >= LARGEST:
            raise PlanAmountError(f"{number:.3g} is no amount of money.", where=where, now="Correct it.")
        cents = number * CENTS_PER_UNIT[unit]
        if cents != int(cents):
            raise PlanAmountError(
                f"The amount {value} {unit} is not in whole cents.", where=where, now="Write fewer decimals."
            )
        return int(cents)


def _struct(hint: Any) -> type | None:
    """Return the struct that a type is, holds in a tuple, or may be; None when there is none."""
    for item in (hint, *typing.get_args(hint)):
        if isinstance(item, type) and issubclass(item, msgspec.Struct):
            return item
    return None


def _within(item: Part) -> Iterator[Part]:
    yield item
    for name in item.__struct_fields__:
        value = getattr(item, name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Part):
                yield from _within(inner)


def _wrong_key(message: str, name: str, lines: Mapping[Keys, int]) -> PlanKeyError:
    """Make an error with a line of what msgspec says: "... - at `$.measures[3].amounts`"."""
    what, _, at = re.sub(r"`key` in ", "", message).partition(" - at `$")
    path: list[str | int] = [
        int(place) if place.isdigit() else key for key, place in re.findall(r"(\w+)|\[(\d+)\]", at)
    ]
    if unread := re.search(r"unknown field `(.+)`", what):
        return _unread(unread[1], f"{name}:{line_of(lines, (*path, unread[1], 0))}")
    last = path[-1] if path else ""
    if bound := re.fullmatch(r"Expected `(?:float|int)` (<=|>=) (\S+)", what):
        what = f"this is {_BOUNDS[bound[1]]} {float(bound[2]):g}{_BOUND_WHY.get(last, '')}"
    key = f"'{last}': " if last and isinstance(last, str) else ""
    return PlanKeyError(
        f"{key}{what}.",
        where=f"{name}:{line_of(lines, tuple(path))}",
        now="Correct it; docs/reference/plans.md says what each key holds.",
    )


def _unread(key: str, where: str) -> PlanKeyError:
    return PlanKeyError(
        f"Nothing reads the key '{key}'.", where=where, now="Correct its name; docs/reference/plans.md lists all keys."
    )
