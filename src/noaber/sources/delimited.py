"""Rows out of delimited text: decoding, headings, cells, and the line each row stands on.

Nothing is guessed away: a row with the wrong number of cells or a quotation mark that does not close is refused with
its line; a file that is no text at all, or whose headings are wrong, is an error that says so. Texts from the file
never enter an error or a receipt, except headings, and those without long numbers.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Literal

import polars as pl

from noaber.records import NoaberError, Refusal, Remark

Delimiter = Literal[";", ",", "\t", "|"]
DELIMITERS: Final[tuple[Delimiter, ...]] = (";", ",", "\t", "|")
_CHUNK: Final = 50_000
_MOST_HEADINGS: Final = 500


class SourceError(NoaberError):
    """A delivery cannot be taken in as a whole."""

    code = "N-210"
    exit_code = 3


class UnreadableFileError(SourceError):
    """The file is empty, no text, or in another encoding than agreed."""

    code = "N-211"


class HeadingError(SourceError):
    """The headings of the file are not those that were agreed."""

    code = "N-212"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one delimited file: text cells per heading with their line, and what could not be read.

    `cells` has one text column per heading and the column `line` (the line in the file where the row begins).
    `rows_in` counts the rows that are not blank, with each line of an unreadable stretch as one row.
    """

    headings: tuple[str, ...]
    cells: pl.DataFrame
    rows_in: int
    refusals: tuple[Refusal, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(slots=True)
class _Gathering:
    """Columns while a file is read, in chunks, so that a large file never stands in memory as Python lists."""

    width: int
    refusals: list[Refusal] = field(default_factory=list)
    chunks: list[list[pl.Series]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    spread: list[int] = field(default_factory=list)

    def keep(self, row: list[str], first: int, last: int) -> None:
        self.rows.append(row)
        self.lines.append(first)
        if last > first:
            self.spread.append(first)
        if len(self.rows) >= _CHUNK:
            self.flush()

    def refuse(self, first: int, last: int, rule: str, reason: str) -> None:
        self.refusals += [Refusal(line=line, rule=rule, reason=reason) for line in range(first, last + 1)]

    def flush(self) -> None:
        columns = zip(*self.rows, strict=True) if self.rows else [[] for _ in range(self.width)]
        self.chunks.append(
            [pl.Series(list(cells), dtype=pl.String) for cells in columns] + [pl.Series(self.lines, dtype=pl.Int64)]
        )
        self.rows, self.lines = [], []

    def frame(self, headings: tuple[str, ...]) -> pl.DataFrame:
        self.flush()
        names = [*headings, "line"]
        parts = [pl.DataFrame(dict(zip(names, chunk, strict=True))) for chunk in self.chunks]
        return pl.concat(parts, rechunk=True)


def known_on(path: Path, received: date) -> date:
    """Return the day a supplier said this: the date that ends the file name (`..._2018-12-31.csv`), else `received`.

    Raises `SourceError` (N-210) when the name ends on a day that does not exist.
    """
    found = re.search(r"_([0-9]{4}-[0-9]{2}-[0-9]{2})$", path.stem)
    if found is None:
        return received
    try:
        return date.fromisoformat(found[1])
    except ValueError:
        raise SourceError(
            "De datum in de bestandsnaam bestaat niet.",
            where=path.name,
            now="Noem het bestand naar de dag van de export, zoals voorzieningen_2018-12-31.csv.",
        ) from None


def decode(content: bytes, encoding: str, *, name: str) -> tuple[str, tuple[Remark, ...]]:
    """Return the text of a file and a remark where its encoding is another than agreed.

    A byte order mark says what the file is. Bytes beyond ASCII that form valid UTF-8 are UTF-8, whatever was agreed:
    by chance that does not happen. Raises `UnreadableFileError` (N-211) for an empty or binary file, and for bytes
    that the agreed encoding does not know.
    """
    if not content.strip():
        raise UnreadableFileError("Het bestand is leeg.", where=name, now="Vraag de leverancier om het opnieuw.")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(content, "utf-16", name), ()
    if b"\0" in content or content.startswith((b"PK\x03\x04", b"%PDF", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")):
        raise UnreadableFileError(
            "Dit is geen tekstbestand, maar bijvoorbeeld een rekenblad, een pdf of een ingepakt bestand.",
            where=name,
            now="Bewaar het als CSV met puntkomma's en lever dat aan.",
        )
    plain = content.removeprefix(codecs.BOM_UTF8)
    if codecs.lookup(encoding).name == "utf-8" or plain is not content:
        return _decoded(plain, "utf-8", name), ()
    try:
        text = plain.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(plain, encoding, name), ()
    if plain.isascii():
        return text, ()
    return text, (Remark(line=1, code="encoding", text=f"Het bestand is UTF-8 en niet {encoding}; zo is het gelezen."),)


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFileError(
            f"Het bestand is niet in de tekencodering {encoding}.",
            where=f"{name}, regel {line}",
            now="Noem de juiste tekencodering in de mapping (vaak cp1252), of bewaar het bestand als UTF-8.",
        ) from None


def read_sheet(text: str, *, delimiter: str, name: str) -> Sheet:
    """Return the rows of `text` by heading.

    Raises `HeadingError` (N-212) for a heading that is empty, stands twice or is hidden behind another delimiter,
    and `UnreadableFileError` (N-211) when a quotation mark is never closed.
    """
    records = _records(text, delimiter, name)
    headings = _headings(records, delimiter, name)
    width = len(headings)
    gathered = _Gathering(width)
    for row, start, end in records:
        if row is None:
            gathered.refuse(start, end, "quotes", "Er staat een aanhalingsteken midden in een cel.")
        elif not any(map(str.strip, row)):
            continue
        elif len(row) < width or any(map(str.strip, row[width:])):
            gathered.refuse(start, end, "cells", f"De regel heeft {len(row)} cellen en de kop {width}.")
        else:
            gathered.keep(row[:width], start, end)
    cells = gathered.frame(headings)
    remarks = [
        Remark(line=line, code="spread", text="Deze regel loopt door over meer regels van het bestand.")
        for line in gathered.spread[:1]
    ]
    return Sheet(headings, cells, len(cells) + len(gathered.refusals), tuple(gathered.refusals), tuple(remarks))


def _records(text: str, delimiter: str, name: str) -> Iterator[tuple[list[str] | None, int, int]]:
    """Yield (cells, first line, last line); cells are None where the quotation marks make no sense."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise UnreadableFileError(
                    "Een aanhalingsteken wordt nergens gesloten, zodat de rest van het bestand één cel zou zijn.",
                    where=f"{name}, vanaf regel {start}",
                    now="Sluit of verwijder het aanhalingsteken en lever het bestand opnieuw aan.",
                ) from None
            yield None, start, reader.line_num
        else:
            yield row, start, reader.line_num


def _headings(records: Iterator[tuple[list[str] | None, int, int]], delimiter: str, name: str) -> tuple[str, ...]:
    """Return the cells of the first row that says something; empty cells at its end are the tail of a spreadsheet."""
    row, line, _ = next((found for found in records if found[0] is None or _says_something(found[0])), ([], 1, 1))
    where = f"{name}, regel {line}"
    if row is None:
        raise HeadingError("De kop heeft een aanhalingsteken midden in een cel.", where=where, now="Verwijder het.")
    headings = tuple(" ".join(cell.split()) for cell in row)
    while headings and not headings[-1]:
        headings = headings[:-1]
    if len(headings) == 1 and (other := next((sign for sign in DELIMITERS if sign in headings[0]), None)):
        raise HeadingError(
            f"De kop bestaat uit één kolom: het scheidingsteken is niet {shown(delimiter)}, maar {shown(other)}.",
            where=where,
            now="Noem het juiste scheidingsteken in de mapping.",
        )
    if not headings or "" in headings or len(headings) > _MOST_HEADINGS:
        raise HeadingError(
            "Er ontbreekt een kop: een kolom heeft geen naam.", where=where, now="Geef elke kolom een kop."
        )
    folded = [heading.casefold() for heading in headings]
    twice = [str(place) for place, low in enumerate(folded, 1) if folded.count(low) > 1 or low == "line"]
    if twice:
        raise HeadingError(
            f"Een kop staat er twee keer of is gereserveerd: kolom {', '.join(twice)}.",
            where=where,
            now="Geef elke kolom een eigen kop; staat er wel een kop boven de rijen?",
        )
    return headings


def _says_something(row: list[str]) -> bool:
    """Return whether a first row is more than blank, or the line with which a spreadsheet names its delimiter."""
    return any(map(str.strip, row)) and not (row[0].lower().startswith("sep=") and not any(map(str.strip, row[1:])))


def shown(delimiter: str) -> str:
    """Return a delimiter as a reader would name it."""
    return {"\t": "een tab", ";": "een puntkomma", ",": "een komma", "|": "een verticale streep"}.get(
        delimiter, f"'{delimiter}'"
    )


def safe(heading: str) -> str:
    """Return a heading fit for an error or a receipt: short, and without numbers that could be someone's."""
    return re.sub(r"[0-9]{4,}", "…", heading)[:60]


def missing(needed: list[str], *, name: str, found: int) -> HeadingError:
    """Return the error that names the headings that are not there; what is there instead is not repeated."""
    return HeadingError(
        f"Deze kolommen ontbreken: {', '.join(needed)}.",
        where=f"{name}, regel 1 ({found} kolommen gevonden)",
        now="Neem ze op in de export onder precies deze koppen, of pas de koppen in de mapping aan.",
    )
