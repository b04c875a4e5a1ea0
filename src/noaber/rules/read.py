"""Reads the rules that come with the package, checks them, and gives the value that holds on a day."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated

import msgspec

from noaber.records import NoaberError, Text

from .rule import Plain, Rule, RuleKind, Sure, Unit, Value

_NAME = re.compile(r"[a-z]+/[a-z][a-z0-9_]*")
_Words = Annotated[str, msgspec.Meta(min_length=3)]


class RuleFileError(NoaberError):
    """A rule file cannot be read, or contradicts itself."""

    code = "N-151"
    exit_code = 2


class UnknownRuleError(NoaberError):
    """There is no rule of this name."""

    code = "N-152"
    exit_code = 2


class NoValueError(NoaberError):
    """The rule is known, but nothing holds on this day."""

    code = "N-153"
    exit_code = 2


class _Description(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    nl: _Words
    en: _Words


class _Period(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One [[values]] of a file."""

    from_: date = msgspec.field(name="from")
    until: date | None = None
    value: Plain
    source: _Words
    sure: Sure
    low: float | None = None
    high: float | None = None
    because: str = ""
    chosen_by: str = ""
    planned: bool = False


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule file."""

    description: _Description
    unit: Unit
    kind: RuleKind
    values: Annotated[tuple[_Period, ...], msgspec.Meta(min_length=1)]


def value(name: str, on: date, *, planned: bool = False) -> Value:
    """Return the value of the rule `name` ("wmo/inquiry_term") that holds on the day `on`.

    With `planned` it is what has been announced for that day instead. Raises `UnknownRuleError` (N-152) when no rule
    has that name and `NoValueError` (N-153) when nothing holds on that day.
    """
    rule = all_rules().get(name)
    if rule is None:
        near = difflib.get_close_matches(name, all_rules(), n=1, cutoff=0.5)
        raise UnknownRuleError(
            f"There is no rule named '{name}'.",
            now=f"Did you mean {near[0]}?" if near else "docs/reference/rules.md lists them all.",
        )
    found = rule.on(on, planned=planned)
    if found is None:
        raise NoValueError(f"The rule {name} has no value on {on}.", where=_periods(rule), now=_advice(rule))
    return found


@cache
def all_rules() -> Mapping[str, Rule]:
    """Return every rule by name, in order of name; read once."""
    return MappingProxyType({rule.name: rule for rule in read(files(__package__))})


def read(folder: Traversable) -> Iterable[Rule]:
    """Read the rules in the theme folders under `folder`; raises `RuleFileError` (N-151) at the first wrong file."""
    for theme in sorted((item for item in folder.iterdir() if item.is_dir()), key=lambda item: item.name):
        for file in sorted((item for item in theme.iterdir() if item.name.endswith(".toml")), key=lambda i: i.name):
            yield parse(f"{theme.name}/{file.name.removesuffix('.toml')}", file.read_bytes())


def parse(name: str, content: bytes) -> Rule:
    """Return the rule that a file holds; raises `RuleFileError` (N-151) when it is not one."""
    try:
        file = msgspec.toml.decode(content, type=_File)
    except msgspec.MsgspecError as error:
        raise _wrong(name, str(error)) from error
    if not _NAME.fullmatch(name):
        raise _wrong(name, "the name is not theme/rule in small letters, digits and underscores")
    values = [_value(name, file, period) for period in file.values]
    for item in values:
        if problem := _problem(item):
            raise _wrong(name, f"the value from {item.from_} {problem}")
    return Rule(
        name=name,
        description=Text(file.description.nl, file.description.en),
        unit=file.unit,
        kind=file.kind,
        values=_closed(name, [item for item in values if not item.planned]),
        planned=_closed(name, [item for item in values if item.planned]),
    )


def _value(name: str, file: _File, period: _Period) -> Value:
    words = Text(file.description.nl, file.description.en)
    return Value(name=name, description=words, unit=file.unit, kind=file.kind, **msgspec.structs.asdict(period))


def _problem(item: Value) -> str:
    """Say what is wrong with a value on its own; empty when nothing is."""
    texts = {Unit.DAY_OF_YEAR, Unit.VERSION}
    estimate, choice = item.kind is RuleKind.ESTIMATE, item.kind is RuleKind.CHOICE
    tests = (
        (item.until is not None and item.until < item.from_, "ends before it begins"),
        (isinstance(item.value, str) != (item.unit in texts), f"is not a value in {item.unit}"),
        (item.unit.startswith("cents") and not isinstance(item.value, int), "is not in whole cents"),
        (estimate and (item.low is None or item.high is None or not item.because), "needs low, high and because"),
        (not estimate and (item.low, item.high, item.because) != (None, None, ""), "has a range but is no estimate"),
        (choice != bool(item.chosen_by), "needs chosen_by, and only a choice has it"),
    )
    for wrong, words in tests:
        if wrong:
            return words
    if item.low is not None and item.high is not None and not item.low <= item.number <= item.high:
        return "lies outside its own range"
    return ""


def _closed(name: str, values: Sequence[Value]) -> tuple[Value, ...]:
    """Let each value end the day before the next begins; periods that say otherwise must not overlap."""
    closed = []
    for item, following in pairwise(values):
        if following.from_ <= item.from_ or (item.until is not None and item.until >= following.from_):
            raise _wrong(name, f"the values from {item.from_} and {following.from_} overlap or are out of order")
        closed.append(item if item.until else replace(item, until=following.from_ - timedelta(days=1)))
    return (*closed, *values[-1:])


def _wrong(name: str, problem: str) -> RuleFileError:
    return RuleFileError(f"The rule {name} cannot be used: {problem}.", where=f"rules/{name}.toml")


def _periods(rule: Rule) -> str:
    spans = [f"{item.from_} to {item.until or 'now'}" for item in rule.values]
    return f"known for {', '.join(spans)}" if spans else "nothing is in force yet"


def _advice(rule: Rule) -> str:
    if rule.planned:
        return f"It is planned from {rule.planned[0].from_}; ask for what is planned, or choose another day."
    return "Choose a day in a known period, or add the value with its source to the file."
