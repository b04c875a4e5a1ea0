"""How a supplier writes: the part that all mapping files share, and the columns of one kind of file.

A mapping is a TOML file beside municipality.toml. A key that nothing reads is an error, for it is a typing error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Final, Literal, TypeVar

import msgspec
import polars as pl

from noaber.municipality import Municipality, Supplier
from noaber.records import Column, Remark, Table, Type

from .delimited import Delimiter, Sheet, SourceError, decode, missing, read_sheet, safe
from .delivery import Delivery
from .fields import Doubt, Field, Notation, Reading, read_fields


class MappingError(SourceError):
    """The mapping file is missing, is no TOML, or says something that cannot be."""

    code = "N-213"
    exit_code = 2


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One kind of file: its name pattern, the supplier's heading per field, and what holds for it alone.

    `fixed` has values that stand for every row; `values` and `amounts` go before those of the whole mapping.
    """

    files: str
    columns: dict[str, str]
    fixed: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    amounts: Literal["", "cents", "euros", "thousands"] = ""


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a supplier writes dates, numbers and words, whatever the file; `values` has his words per field."""

    delimiter: Delimiter = ";"
    decimal: Literal[",", "."] = ","
    date: Literal["%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y", "%Y%m%d"] = "%d-%m-%Y"
    encoding: Literal["utf-8", "utf-16", "cp1252", "iso-8859-1", "iso-8859-15"] = "utf-8"
    amounts: Literal["cents", "euros", "thousands"] = "euros"
    values: dict[str, dict[str, str]] = {}

    @property
    def notation(self) -> Notation:
        """How dates and numbers are written."""
        return Notation(date=self.date, decimal=self.decimal)

    def words(self, part: Part, name: str) -> dict[str, str]:
        """Return the supplier's words of a field, in lower case, with the code each stands for."""
        words = part.values.get(name) or self.values.get(name, {})
        return {word.strip().lower(): code for word, code in words.items()}


_DECIMALS: Final = {"cents": 0, "euros": 2, "thousands": 5}
L = TypeVar("L", bound=Layout)


def read_layout(town: Municipality, supplier: Supplier, kind: type[L]) -> L:
    """Return the mapping of a supplier; raises `MappingError` (N-213) when it is missing or says what cannot be."""
    path = town.folder / supplier.mapping
    if not supplier.mapping:
        raise MappingError(
            f"Leverancier '{supplier.name}' heeft geen mapping.",
            where="municipality.toml",
            now='Noem het bestand bij deze leverancier: mapping = "….toml"; zie docs/how-to.',
        )
    try:
        return msgspec.toml.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        raise MappingError(
            "Het mappingbestand bestaat niet.",
            where=str(path),
            now="Maak het, of verbeter de naam in municipality.toml.",
        ) from None
    except (msgspec.MsgspecError, UnicodeDecodeError, OSError) as error:
        raise MappingError(
            f"Het mappingbestand kan niet worden gelezen: {error}.", where=str(path), now="Verbeter die sleutel."
        ) from None


def fits(part: Part, name: str) -> bool:
    """Return whether a file of this name is of this kind."""
    return fnmatchcase(name, part.files)


def fields_of(
    part: Part, layout: Layout, columns: Iterable[Column], *, where: str, digits: Mapping[str, int] | None = None
) -> list[Field]:
    """Return the fields of a part; `digits` is the width of codes that lose a leading zero in a spreadsheet.

    Raises `MappingError` (N-213) for a field that nothing reads, one that is needed and not named, two fields under
    one heading, and a word that stands for a code that does not exist.
    """
    known = {column.name: column for column in columns}
    _check_names(part, known, where)
    return [_field(part, layout, known[name], where, (digits or {}).get(name, 0)) for name in part.columns | part.fixed]


def _check_names(part: Part, known: Mapping[str, Column], where: str) -> None:
    named = part.columns | part.fixed
    headings = [" ".join(heading.split()) for heading in part.columns.values()]
    for wrong, words in (
        (set(named) - set(known), "Deze velden bestaan niet"),
        ({name for name, column in known.items() if column.required} - set(named), "Deze velden zijn nodig"),
        (set(part.columns) & set(part.fixed), "Deze velden staan zowel onder columns als onder fixed"),
        ({heading for heading in headings if headings.count(heading) > 1}, "Deze koppen staan bij twee velden"),
    ):
        if wrong:
            now = f"Velden van dit deel: {', '.join(known)}."
            raise MappingError(f"{words}: {', '.join(sorted(wrong))}.", where=where, now=now)


def _field(part: Part, layout: Layout, column: Column, where: str, digits: int) -> Field:
    words = layout.words(part, column.name)
    allowed = [str(choice) for choice in column.choices]
    if allowed and (odd := sorted(set(words.values()) - set(allowed))):
        raise MappingError(
            f"Onder [values.{column.name}] staat een code die niet bestaat: {', '.join(odd)}.",
            where=where,
            now=f"Kies uit: {', '.join(allowed)}.",
        )
    return Field(
        column=column,
        heading=" ".join(part.columns.get(column.name, column.name).split()),
        words=words,
        digits=digits,
        decimals=_DECIMALS[part.amounts or layout.amounts] if column.type is Type.CENTS else 0,
        fixed=part.fixed.get(column.name),
        open_end=column.type is Type.DATE and column.name.endswith("_until") and not column.required,
    )


def read_part(delivery: Delivery, layout: Layout, fields: Sequence[Field]) -> tuple[Sheet, Reading]:
    """Return the rows of a delivery and its fields as values; optional columns that it lacks are read as empty.

    The sheet's remarks gather all that is to be said of the file as a whole. Raises `UnreadableFileError` (N-211) and
    `HeadingError` (N-212).
    """
    text, said = decode(delivery.content, layout.encoding, name=delivery.name)
    sheet = read_sheet(text, delimiter=layout.delimiter, name=delivery.name)
    headed = [item for item in fields if item.fixed is None]
    absent = [item for item in headed if item.heading not in sheet.headings]
    if needed := [item.heading for item in absent if item.column.required]:
        raise missing(needed, name=delivery.name, found=len(sheet.headings))
    cells = sheet.cells.with_columns(pl.lit(None, dtype=pl.String).alias(item.heading) for item in absent)
    reading = read_fields(cells, fields, layout.notation)
    lost = tuple(
        Remark(
            line=1, code="absent", text=f"Kolom '{item.heading}' ontbreekt; zij is leeg gelezen.", place=item.heading
        )
        for item in absent
    )
    return replace(sheet, remarks=sheet.remarks + said + lost + reading.remarks), reading


def row_doubts(table: Table, town: Municipality, headings: Mapping[str, str]) -> Iterator[Doubt]:
    """Yield what may be wrong with a row beside its cells: what runs backwards, or is not of this municipality."""
    for first, last in table.pairs:
        reason = f"ligt vóór {headings.get(first, first)}."
        yield pl.col(last) < pl.col(first), "runs_backwards", headings.get(last, last), reason
    foreign = {
        "district": ([item.code for item in town.districts], "deze wijk staat niet in municipality.toml."),
        "care_form": ([item.code for item in town.care_forms], "deze zorgvorm staat niet in municipality.toml."),
    }
    for name, (codes, reason) in foreign.items():
        if name in table.schema:
            yield ~pl.col(name).is_in(codes), name, headings.get(name, name), reason
    if table.name in ("population", "households"):
        elsewhere = pl.col("area").str.slice(2, 4) != town.code
        yield elsewhere, "area", headings.get("area", "area"), "dit gebied hoort niet bij deze gemeente."


def unread(headings: Iterable[str], read: Iterable[str]) -> tuple[Remark, ...]:
    """Return a remark that names the headings which nothing reads; none when all are read."""
    known = set(read)
    others = [safe(heading) for heading in headings if heading not in known]
    if not others:
        return ()
    return (Remark(line=1, code="unread", text=f"Niets leest deze kolommen: {', '.join(others)}."),)
