"""Municipalities with their residents by age, from a table of CBS that `noaber fetch` saved or a table of one's own.

A row is a municipality. Its receipt closes: every row is kept, or refused with the reason. Letters in shapes: M
municipalities, G groups of ages as the table has them, B age bands of a baseline.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from noaber.records import Receipt, Refusal, Remark
from noaber.sources import cbs
from noaber.sources.delimited import decode
from noaber.sources.delivery import open_delivery

from ..flows import Floats
from .baseline import Band, covered
from .errors import NationalTableError

SOURCE: Final = "municipalities"
_OPEN: Final = 999
"""The last age of a group that has none: and older."""
_FEW: Final = 94
"""Hardly anyone is older, so that a table may end here, and who is older counts as this old."""
_WORDS: Final = {"code": {"code", "gemeentecode", "regios"}, "name": {"name", "naam", "gemeente", "gemeentenaam"}}
_CODE: Final = re.compile(r"(?:GM)?(\d{4})")
_SPAN: Final = re.compile(r"(\d+)\s*(?:-|t/m)\s*(\d+)(?: jaar)?|(\d+)\s*\+")
_EXAMPLE: Final = "Give columns such as: code;name;0-17;18-64;65+"


@dataclass(frozen=True, kw_only=True)
class Municipalities:
    """Municipalities with their residents by age."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    ages: tuple[Band, ...]
    """[G] first and last age of each group; they follow each other, from 0 on."""
    counts: Floats
    """[M, G] residents."""
    receipt: Receipt

    def residents(self, bands: Sequence[Band], here: Floats) -> Floats:
        """Return residents in the age bands of a baseline, [M, B].

        Within a group of ages they are divided as those of the baseline, `here` [B], are: of who is 65 or older,
        few are 85.
        """
        part = (
            np.array([[covered(band, (min(first, _FEW), last)) for band in bands] for first, last in self.ages]) * here
        )
        whole = part.sum(axis=1, keepdims=True)
        return np.asarray(self.counts @ np.divide(part, whole, out=np.zeros_like(part), where=whole > 0))


@dataclass(frozen=True)
class _Row:
    """A row as it was found, and why it cannot be used; it can when `wrong` is empty."""

    line: int
    code: str
    name: str
    counts: tuple[float, ...] = ()
    wrong: tuple[str, str] | tuple[()] = ()


def read(path: Path, on: date) -> Municipalities:
    """Return the municipalities of a file: JSON that `noaber fetch` saved, or lines with a code, a name and ages.

    `on` is the day on which it is known when its name has none. Raises NationalTableError (N-718) for a table without a
    code, a name or all ages, and for one of which no row can be used; UnreadableFileError (N-211) when nothing is there
    and CbsFileError (N-216) for JSON that is no table of CBS.
    """
    delivery = open_delivery(path, SOURCE, on)
    content, name = delivery.content, delivery.name
    if content.lstrip()[:1] == b"{":
        ages, rows, remarks = _from_cbs(content, name)
    else:
        ages, rows, remarks = _from_lines(content, name)
    judged = list(_judged(rows))
    kept = [row for row in judged if not row.wrong]
    refusals = tuple(
        Refusal(line=row.line, rule=row.wrong[0], reason=f"Regel {row.line}: {row.wrong[1]}", place=row.code)
        for row in judged
        if row.wrong
    )
    if not kept:
        raise NationalTableError(
            "This table has no municipality that can be counted with.",
            where=name,
            now=refusals[0].reason if refusals else "Give each municipality a line, under headings.",
        )
    return Municipalities(
        codes=tuple(row.code for row in kept),
        names=tuple(row.name for row in kept),
        ages=ages,
        counts=np.array([row.counts for row in kept]),
        receipt=delivery.batch({}, rows_in=len(judged), refusals=refusals, remarks=remarks).receipt,
    )


_Found = tuple[tuple[Band, ...], list[_Row], tuple[Remark, ...]]


def _judged(rows: Iterable[_Row]) -> Iterable[_Row]:
    """Yield rows with their code as CBS writes it, and a reason for each that cannot be used."""
    seen: set[str] = set()
    for row in rows:
        found = _CODE.fullmatch(row.code)
        code = f"GM{found[1]}" if found else row.code
        wrong = row.wrong
        if not found:
            wrong = ("area", f"'{row.code}' is geen code van een gemeente, zoals GM0164.")
        elif code in seen:
            wrong = ("duplicate", f"gemeente {code} staat er al.")
        seen.add(code)
        yield _Row(row.line, code, row.name or code, row.counts, wrong)


def _from_cbs(content: bytes, name: str) -> _Found:
    """Return the rows of a saved table: key figures have a measure for each age, other tables a dimension."""
    table = cbs.saved(content, name)
    kinds = {item.name: item.kind for item in table.dimensions}
    titles = {item.name: {code.code: code.title for code in item.codes} for item in table.dimensions}
    # Only key figures per district have a measure for each age; elsewhere such a title counts clients of that age.
    key_figures = "wijken en buurten" in table.title.lower()
    measures = {item.code: item.title for item in table.measures if key_figures or cbs.counts_inhabitants(item.title)}
    area = next((key for key, kind in kinds.items() if kind == "area"), "")
    period = next((key for key, kind in kinds.items() if kind == "period"), "")
    counts: dict[str, dict[tuple[str, Band], float | None]] = {}
    for item in table.observations:
        rest = [titles[key].get(item.codes.get(key, ""), "") for key, kind in kinds.items() if kind == "other"]
        group = _group([*rest, measures[item.measure]]) if item.measure in measures else None
        place = counts.setdefault(item.codes.get(area, "").strip(), {})
        if group is not None:  # the first of its kind: residents come before what else is counted by age
            place.setdefault((item.codes.get(period, "").strip(), group), item.value)
    periods = sorted({when for found in counts.values() for (when, _), value in found.items() if value is not None})
    last = periods[-1] if periods else ""
    ages = _partition({group for found in counts.values() for when, group in found if when == last}, name)
    rows = [
        _cbs_row(line, code, titles.get(area, {}), [found.get((last, group)) for group in ages])
        for line, (code, found) in enumerate(counts.items(), 1)
    ]
    older = Remark(line=1, code="period", text=f"Alleen {last} telt mee; de tabel heeft ook eerdere perioden.")
    return ages, rows, (older,) if len(periods) > 1 else ()


def _cbs_row(line: int, code: str, names: Mapping[str, str], values: Sequence[float | None]) -> _Row:
    if names and code not in names:
        wrong = ("area", f"de tabel kent geen gebied '{code}'.")
    elif any(value is None or value < 0 for value in values):
        wrong = ("secret", "het CBS heeft voor deze gemeente niet van elke leeftijd een aantal, of houdt het geheim.")
    else:
        return _Row(line, code, names.get(code, ""), tuple(value or 0.0 for value in values))
    return _Row(line, code, names.get(code, ""), wrong=wrong)


def _group(words: Sequence[str]) -> Band | None:
    """Return the ages of which an observation counts the residents; None when it counts something else."""
    found = None
    for word in words:
        if cbs.counts_inhabitants(word):
            continue
        ages = cbs.ages(word)
        if ages is None:
            return None
        if ages != (0, None):
            found = (ages[0], _OPEN if ages[1] is None else ages[1])
    return found


def _partition(groups: set[Band], name: str) -> tuple[Band, ...]:
    """Return the finest groups that follow each other from age 0 to the oldest; N-718 with the age that is missing."""
    furthest = 0

    def on_from(age: int) -> tuple[Band, ...] | None:
        nonlocal furthest
        furthest = max(furthest, age)
        here = sorted((one for one in groups if one[0] == age), key=lambda one: one[1])
        if age > _FEW and not here:
            return ()
        for group in here:
            rest = on_from(group[1] + 1)
            if rest is not None:
                return (group, *rest)
        return None

    found = on_from(0)
    if found is None:
        raise NationalTableError(
            f"This table lacks the residents from {furthest} years old on.",
            where=name,
            now="Take a table with all ages, such as: noaber fetch kerncijfers-2024 --others",
        )
    return found


def _from_lines(content: bytes, name: str) -> _Found:
    text, remarks = decode(content, "utf-8", name=name)
    lines = text.splitlines()
    separator = ";" if lines and lines[0].count(";") >= lines[0].count(",") else ","
    rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=separator))
    heads = [head.strip().lower() for head in rows[0]] if rows else []
    place = {word: next((n for n, head in enumerate(heads) if head in known), -1) for word, known in _WORDS.items()}
    lacks = [f"a column {word}" for word, number in place.items() if number < 0]
    columns = {band: number for number, head in enumerate(heads) if (band := _span(head)) is not None}
    if lacks or not columns:
        missing = " and ".join([*lacks, *([] if columns else ["residents by age"])])
        raise NationalTableError(f"This table lacks {missing}.", where=f"{name}:1", now=_EXAMPLE)
    ages = _partition(set(columns), f"{name}:1")
    found = [
        _line_row(number, row, place, [columns[band] for band in ages])
        for number, row in enumerate(rows[1:], 2)
        if any(cell.strip() for cell in row)
    ]
    return ages, found, remarks


def _line_row(line: int, row: Sequence[str], place: Mapping[str, int], columns: Sequence[int]) -> _Row:
    cells = [*(text.strip() for text in row), *[""] * (1 + max(*columns, *place.values()))]
    texts = [cells[number].replace(".", "").replace(" ", "") for number in columns]
    code, name = cells[place["code"]].upper(), cells[place["name"]]
    if not all(text.isdecimal() for text in texts):
        return _Row(line, code, name, wrong=("number", "niet bij elke leeftijd staat een heel aantal inwoners."))
    return _Row(line, code, name, tuple(float(text) for text in texts))


def _span(head: str) -> Band | None:
    """Return the ages of a heading, as CBS writes them or as 0-17 and 65+; None when it is none."""
    if found := _SPAN.fullmatch(head):
        return (int(found[1]), int(found[2])) if found[1] else (int(found[3]), _OPEN)
    ages = cbs.ages(head)
    return None if ages in (None, (0, None)) else (ages[0], _OPEN if ages[1] is None else ages[1])
