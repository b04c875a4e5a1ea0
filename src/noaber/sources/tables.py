"""The door `tables`: counts, amounts and answers added up, one table of `records` per file.

Without a mapping a file is named after its table (`budget_2018-11-08.csv`) and its headings are the table's columns;
with one, the mapping says which table a file fills and under which headings. The partner comes in here too: what it
counts (`partner_count`, `contact`) is a table like any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from noaber.municipality import Municipality, Supplier
from noaber.pseudonym import Pseudonymiser
from noaber.records import DELIVERED, Batch

from . import sums
from .delimited import DELIMITERS, SourceError, decode
from .delivery import Delivery, open_delivery
from .fields import all_columns, first_wrong, refusals, repeated, without
from .layout import Layout, MappingError, Part, fields_of, fits, read_layout, read_part, row_doubts, unread

TABLES: Final = (
    "area_name",
    "budget",
    "contact",
    "experience",
    "funding",
    "households",
    "indication_table",
    "key_figure",
    "partner_count",
    "population",
    "price_index",
    "provider_register",
    "realisation",
)
"""Tables without a person, which come in as they are."""


class UnknownTableError(SourceError):
    """Nothing says which table a file fills."""

    code = "N-215"


class TablePart(Part, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One kind of file and the table it fills."""

    table: str


class TableFiles(Layout, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The mapping of someone who delivers tables."""

    tables: tuple[TablePart, ...]


def read(
    path: Path,
    *,
    town: Municipality,
    supplier: Supplier,
    pseudonyms: Pseudonymiser,
    received: date,
    known: Mapping[str, pl.DataFrame],
) -> Batch:
    """Return the rows of one table; nobody comes in by number, so that neither key nor store is asked anything.

    Raises `UnknownTableError` (N-215), `MappingError` (N-213), `UnreadableFileError` (N-211) and `HeadingError`
    (N-212).
    """
    delivery = open_delivery(path, "tables", received)
    layout, part = _mapped(town, supplier, path.name) if supplier.mapping else _plain(delivery)
    table = DELIVERED[part.table]
    fields = fields_of(part, layout, table.columns, where=supplier.mapping or path.name)
    sheet, reading = read_part(delivery, layout, fields)
    values = all_columns(reading.values, table.columns)
    headings = {item.column.name: item.heading for item in fields}
    wrong = [reading.wrong, first_wrong(values, row_doubts(table, town, headings))]
    good = without(values, *wrong)
    wrong.append(repeated(good, table.key, " + ".join(headings.get(name, name) for name in table.key)))
    good = without(good, wrong[-1])
    return delivery.batch(
        {table.name: good},
        rows_in=sheet.rows_in,
        refusals=(*sheet.refusals, *refusals(*wrong)),
        remarks=(*sheet.remarks, *unread(sheet.headings, headings.values()), *sums.check(table.name, good)),
    )


def _mapped(town: Municipality, supplier: Supplier, name: str) -> tuple[Layout, TablePart]:
    layout = read_layout(town, supplier, TableFiles)
    for part in layout.tables:
        if part.table not in TABLES:
            raise MappingError(
                f"Tabel '{part.table}' bestaat niet.", where=supplier.mapping, now=f"Kies uit: {', '.join(TABLES)}."
            )
        if fits(part, name):
            return layout, part
    raise UnknownTableError(
        "De mapping zegt niet welke tabel dit bestand vult.",
        where=f"{supplier.mapping}, voor {name}",
        now='Zet onder een [[tables]] een patroon dat past, zoals files = "begroting_*.csv".',
    )


def _plain(delivery: Delivery) -> tuple[Layout, TablePart]:
    """Return the layout of a file in the table's own words; its delimiter is the one that shows its columns best."""
    name = re.sub(r"_[0-9]{4}-[0-9]{2}-[0-9]{2}$", "", Path(delivery.name).stem)
    if name not in TABLES:
        raise UnknownTableError(
            "De naam van het bestand zegt niet welke tabel het vult.",
            where=delivery.name,
            now=f"Noem het naar een tabel ({', '.join(TABLES)}) en een dag, of schrijf een mapping.",
        )
    columns = {column.name: column.name for column in DELIVERED[name].columns}
    text, _ = decode(delivery.content, "utf-8", name=delivery.name)
    head = next((line for line in text.splitlines() if line.strip()), "")
    shown = {sign: sum(cell.strip(' "') in columns for cell in head.split(sign)) for sign in DELIMITERS}
    delimiter = max(shown, key=lambda sign: shown[sign])
    layout = Layout(delimiter=delimiter, decimal=".", date="%Y-%m-%d", amounts="cents")
    return layout, TablePart(files="*", table=name, columns=columns)
