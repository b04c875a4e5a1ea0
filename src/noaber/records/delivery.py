"""What comes in and what we say back: a delivery, its rows, and the receipt on which every row stands."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from .errors import RecordError
from .table import Table


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused row: where it stood, the rule it broke, and why, in the supplier's words (Dutch)."""

    line: int
    rule: str
    reason: str
    place: str = ""
    """File and element within the delivery; never a personal detail."""
    return_code: str = ""
    """Return code of the message standard, where it has one."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that does not add up but was taken in as stated: reported, never repaired."""

    line: int
    code: str
    text: str
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What happened to each row of a delivery: rows in = kept + refused, always.

    `delivery` is the first 16 hex digits of the SHA-256 of the delivered bytes and the door they came through.
    """

    delivery: str
    source: str
    name: str
    known_on: date
    rows_in: int
    rows_kept: int
    refusals: tuple[Refusal, ...] = ()
    remarks: tuple[Remark, ...] = ()
    parts: tuple[tuple[int, str], ...] = ()
    """(first line, file name) of each file in a delivery of several, so that a line leads back to its file."""

    def __post_init__(self) -> None:
        if self.rows_in != self.rows_kept + len(self.refusals):
            raise RecordError(
                f"The receipt does not close: {self.rows_in} in, {self.rows_kept} kept, {len(self.refusals)} refused.",
                where=self.name,
                now="This is a fault in the door, not in the delivery: please report it.",
            )


@dataclass(frozen=True, kw_only=True)
class Batch:
    """The rows of one delivery per table, pseudonymised, and its receipt."""

    receipt: Receipt
    rows: Mapping[str, pl.DataFrame] = field(default_factory=dict)


def delivery_id(source: str, content: bytes) -> str:
    """Return the identity of a delivery: same bytes through the same door, same identity (16 hex digits)."""
    return hashlib.sha256(source.encode() + b"\0" + content).hexdigest()[:16]


def keep_good_rows(table: Table, frame: pl.DataFrame, *, place: str = "") -> tuple[pl.DataFrame, tuple[Refusal, ...]]:
    """Split `frame` into the rows that meet `table` and a refusal (rule `schema`) for each that does not."""
    wrong = table.problems(frame)
    if wrong.is_empty():
        return frame, ()
    refusals = tuple(
        Refusal(line=line, rule="schema", reason=problem, place=place or table.name)
        for line, problem in wrong.iter_rows()
    )
    return frame.filter(~frame["line"].is_in(wrong["line"].implode())), refusals
