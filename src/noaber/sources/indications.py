"""The door `indications`: tables as documents print them, with an item per row and years or periods in columns.

A council letter shows indications per care form for two years, a part of a third and its expectation, beside a budget;
a multi-year budget shows income and expense for five years in thousands of euros. The mapping says what each column
is about, and every filled cell becomes a row of `indication_table`, `budget`, `funding`, `population` or `key_figure`.

What a document says twice is compared and remarked upon, never repaired: a row of totals with the rows above it, a
printed growth with the figures it is about, a balance with its parts, a group with its parts. A row of totals is kept
as that check and fills no table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
import polars as pl

from noaber.municipality import Municipality, Supplier
from noaber.pseudonym import Pseudonymiser
from noaber.records import DELIVERED, Batch, Column, Privacy, Remark, Type

from . import sums
from .delimited import decode, missing, read_sheet
from .delivery import open_delivery
from .fields import Field, all_columns, first_wrong, read_fields, refusals, repeated, without
from .layout import Layout, MappingError, Part, fields_of, fits, read_layout, row_doubts, unread

TABLES: Final = ("budget", "funding", "indication_table", "key_figure", "population")


class Figure(Part, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one column, or a few that belong together, hold: a table, what is fixed (a year), and the headings."""

    table: str
    files: str = "*"


class Total(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which rows are totals: the word in a column; they are held to the other rows with the same cells in `per`."""

    heading: str
    word: str
    per: tuple[str, ...] = ()


class Growth(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A column with a printed growth in percent, and the two columns it is about."""

    heading: str
    first: str
    last: str


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A word in a column that the reader must know of, and what it means."""

    heading: str
    word: str
    text: str


class DocumentTable(Part, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One kind of file: what holds for its rows (`columns`, `fixed`) and what stands in its other columns."""

    figures: tuple[Figure, ...]
    total: Total | None = None
    growths: tuple[Growth, ...] = ()
    notes: tuple[Note, ...] = ()


class Documents(Layout, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The mapping of documents."""

    sheets: tuple[DocumentTable, ...]


@dataclass(frozen=True, slots=True)
class _FigureReading:
    """The rows of one figure in its table's columns, and what is wrong with them."""

    table: str
    values: pl.DataFrame
    wrong: tuple[pl.DataFrame, ...]


def read(
    path: Path,
    *,
    town: Municipality,
    supplier: Supplier,
    pseudonyms: Pseudonymiser,
    received: date,
    known: Mapping[str, pl.DataFrame],
) -> Batch:
    """Return the figures of one printed table; nobody comes in by number, so neither key nor store is asked anything.

    Raises `MappingError` (N-213), `UnreadableFileError` (N-211) and `HeadingError` (N-212).
    """
    layout = read_layout(town, supplier, Documents)
    part = _part(layout, path.name, supplier)
    delivery = open_delivery(path, "indications", received)
    text, said = decode(delivery.content, layout.encoding, name=delivery.name)
    sheet = read_sheet(text, delimiter=layout.delimiter, name=delivery.name)
    headings = _headings(part)
    if absent := [heading for heading in headings if heading not in sheet.headings]:
        raise missing(absent, name=delivery.name, found=len(sheet.headings))
    items, totals = _apart(sheet.cells, part.total)
    readings = [_read(figure, items, part, layout, town, supplier.mapping) for figure in part.figures]
    wrong = [_empty(items, readings), *(frame for reading in readings for frame in reading.wrong)]
    tables = {name: without(frame, *wrong) for name, frame in _gathered(readings).items()}
    for name, frame in tables.items():
        wrong.append(_repeated(name, frame, supplier.mapping))
    tables = {name: without(frame, *wrong) for name, frame in tables.items()}
    added_up, unreadable = _totals(without(items, *wrong), totals, part, layout, supplier.mapping)
    return delivery.batch(
        tables,
        rows_in=sheet.rows_in,
        refusals=(*sheet.refusals, *refusals(*wrong, unreadable)),
        remarks=(
            *said,
            *sheet.remarks,
            *unread(sheet.headings, headings),
            *_notes(items, part.notes),
            *added_up,
            *_growths(items, part.growths, layout),
            *(remark for name, frame in tables.items() for remark in sums.check(name, frame)),
        ),
    )


def _part(layout: Documents, name: str, supplier: Supplier) -> DocumentTable:
    for part in layout.sheets:
        if fits(part, name):
            _check(part, supplier.mapping)
            return part
    raise MappingError(
        "De mapping zegt niet hoe dit bestand is opgebouwd.",
        where=f"{supplier.mapping}, voor {name}",
        now='Zet onder een [[sheets]] een patroon dat past, zoals files = "begroting_*.csv".',
    )


def _check(part: DocumentTable, where: str) -> None:
    """Raise `MappingError` when a part says nothing, or something that nothing reads."""
    tables = {figure.table for figure in part.figures}
    if odd := sorted(tables - set(TABLES)):
        raise MappingError(
            f"Deze tabel bestaat niet of komt niet uit een document: {', '.join(odd)}.",
            where=where,
            now=f"Kies uit: {', '.join(TABLES)}.",
        )
    if not all(figure.columns for figure in part.figures) or not part.figures:
        raise MappingError(
            "Er staat nergens in welke kolom de cijfers staan.",
            where=where,
            now="Geef elke [[sheets.figures]] onder columns minstens één kolom.",
        )
    read = {name for table in tables for name in DELIVERED[table].schema}
    if odd := sorted({*part.columns, *part.fixed} - read):
        raise MappingError(
            f"Deze velden heeft geen van de tabellen: {', '.join(odd)}.", where=where, now="Verbeter de naam."
        )


def _headings(part: DocumentTable) -> list[str]:
    """Return every heading that the mapping names for this kind of file, once."""
    cells = [*part.columns.values(), *(heading for figure in part.figures for heading in figure.columns.values())]
    named = [" ".join(heading.split()) for heading in cells]
    if part.total:
        named += [part.total.heading, *part.total.per]
    named += [heading for growth in part.growths for heading in (growth.heading, growth.first, growth.last)]
    named += [note.heading for note in part.notes]
    return list(dict.fromkeys(named))


def _apart(cells: pl.DataFrame, total: Total | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows of items and the rows of totals."""
    if total is None:
        return cells, cells.clear()
    is_total = pl.col(total.heading).str.strip_chars().str.to_lowercase() == total.word.lower()
    return cells.filter(~is_total), cells.filter(is_total)


def _named(figure: Figure, part: DocumentTable, layout: Layout, where: str) -> list[Field]:
    """Return the fields of a figure: its own, and those of the rows that its table has."""
    names = DELIVERED[figure.table].schema
    whole = Figure(
        table=figure.table,
        columns={name: heading for name, heading in part.columns.items() if name in names} | figure.columns,
        fixed={name: value for name, value in part.fixed.items() if name in names} | figure.fixed,
        values=part.values | figure.values,
        amounts=figure.amounts or part.amounts,
    )
    return fields_of(whole, layout, DELIVERED[figure.table].columns, where=where)


def _read(
    figure: Figure, items: pl.DataFrame, part: DocumentTable, layout: Layout, town: Municipality, where: str
) -> _FigureReading:
    """Return what a figure says in the rows where one of its own cells is filled."""
    fields = _named(figure, part, layout, where)
    own = [pl.col(field.heading).str.strip_chars() != "" for field in fields if field.column.name in figure.columns]
    reading = read_fields(items.filter(pl.any_horizontal(own)), fields, layout.notation)
    table = DELIVERED[figure.table]
    values = all_columns(reading.values, table.columns)
    headings = {field.column.name: field.heading for field in fields}
    found = first_wrong(values, row_doubts(table, town, headings))
    return _FigureReading(figure.table, values, (reading.wrong, found))


def _empty(items: pl.DataFrame, readings: Sequence[_FigureReading]) -> pl.DataFrame:
    """Return what is wrong with each row in which no figure stands."""
    filled = pl.concat([reading.values.select("line") for reading in readings])
    reason = "er staat geen enkel cijfer in deze rij."
    bare = items.join(filled, on="line", how="anti")
    return bare.select("line", rule=pl.lit("required"), place=pl.lit(""), reason=pl.lit(reason))


def _gathered(readings: Sequence[_FigureReading]) -> dict[str, pl.DataFrame]:
    """Return the rows per table, in the order of the document."""
    tables: dict[str, list[pl.DataFrame]] = {}
    for reading in readings:
        names = [column.name for column in DELIVERED[reading.table].columns]
        tables.setdefault(reading.table, []).append(reading.values.select(*names, "line"))
    return {name: pl.concat(frames).sort("line", maintain_order=True) for name, frames in tables.items()}


def _repeated(name: str, rows: pl.DataFrame, where: str) -> pl.DataFrame:
    key = DELIVERED[name].key
    if rows.select(*key, "line").is_duplicated().any():
        raise MappingError(
            f"Twee kolommen vullen dezelfde rij van tabel {name}.",
            where=where,
            now=f"Geef ze onder fixed elk een eigen sleutel ({', '.join(key)}).",
        )
    return repeated(rows, key, " + ".join(key))


def _totals(
    items: pl.DataFrame, totals: pl.DataFrame, part: DocumentTable, layout: Layout, where: str
) -> tuple[list[Remark], pl.DataFrame]:
    """Return a remark for each total that differs from its rows, and what is wrong with the totals themselves."""
    fields: dict[str, Field] = {}
    for figure in part.figures:
        for field in _named(figure, part, layout, where):
            if field.heading in figure.columns.values() and field.column.type in (Type.CENTS, Type.INTEGER):
                column = _column(field.heading, field.column.type)
                fields.setdefault(field.heading, replace(field, column=column))
    stated = read_fields(totals, list(fields.values()), layout.notation)
    counted = read_fields(items, list(fields.values()), layout.notation)
    per = part.total.per if part.total else ()
    remarks = []
    for row in totals.join(stated.wrong, on="line", how="anti").iter_rows(named=True):
        lines = items.filter(pl.lit(value=True), *(pl.col(heading) == row[heading] for heading in per))["line"]
        mine = counted.values.filter(pl.col("line").is_in(lines.implode()))
        for heading, field in fields.items():
            said = stated.values.filter(pl.col("line") == row["line"])[heading].item()
            found = int(mine[heading].sum())
            if said is not None and said != found:
                shown = sums.euros if field.column.type is Type.CENTS else str
                text = f"Totaal '{heading}': vermeld is {shown(said)}, de rijen tellen op tot {shown(found)}."
                remarks.append(Remark(line=row["line"], code="total", text=text, place=heading))
    return remarks, stated.wrong


def _column(name: str, kind: Type) -> Column:
    return Column(name=name, type=kind, description=name, privacy=Privacy.PUBLIC, required=False)


def _growths(items: pl.DataFrame, growths: Sequence[Growth], layout: Layout) -> Iterator[Remark]:
    """Yield a remark for each printed growth that lies more than a percentage point from the figures it is about."""
    for growth in growths:
        headings = (growth.first, growth.last, growth.heading)
        fields = [Field(column=_column(f"n{place}", Type.NUMBER), heading=name) for place, name in enumerate(headings)]
        percent = pl.col(growth.heading).str.replace(r"\s*%\s*$", "")
        read = read_fields(items.with_columns(percent), fields, layout.notation).values.drop_nulls()
        for row in read.filter(pl.col("n0") != 0).iter_rows(named=True):
            found = 100 * (row["n1"] / row["n0"] - 1)
            if abs(found - row["n2"]) > 1:
                yield Remark(
                    line=row["line"],
                    code="growth",
                    text=f"'{growth.heading}': vermeld is {_percent(row['n2'])}, de cijfers van {growth.first} en "
                    f"{growth.last} geven {_percent(found)}.",
                    place=growth.heading,
                )


def _percent(value: float) -> str:
    return f"{value:+.1f} procent".replace(".", ",")


def _notes(items: pl.DataFrame, notes: Sequence[Note]) -> Iterator[Remark]:
    for note in notes:
        lines = items.filter(pl.col(note.heading).str.strip_chars().str.to_lowercase() == note.word.lower())["line"]
        if len(lines):
            text = f"{len(lines)} keer: {note.text}"
            yield Remark(line=lines[0], code="note", text=text, place=note.heading)
