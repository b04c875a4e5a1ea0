"""Values out of cells: what a supplier wrote, as a declared column means it, or the reason why it cannot be that.

One declaration (`records.Column`) gives type, choices, form and bounds; a `Field` adds the supplier's own heading and
words. All rows are read at once; the first thing wrong with a row is its reason, in Dutch and under the supplier's own
heading. A reason never repeats the value: it may be a citizen number in the wrong column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from noaber.records import DTYPES, Column, Refusal, Remark, Type

_BREAK: Final = "\x1f"
WRONG: Final = {"line": pl.Int64(), "rule": pl.String(), "place": pl.String(), "reason": pl.String()}
_OPEN_END: Final = 2100
_LARGEST_COUNT: Final = 99_999_999
_CENTS: Final = {2: 100, 5: 100_000}
"""Eurocents in what an amount counts, by its decimals."""

_DATE_WORDS: Final = {
    "%d-%m-%Y": "dd-mm-jjjj",
    "%Y-%m-%d": "jjjj-mm-dd",
    "%d/%m/%Y": "dd/mm/jjjj",
    "%Y%m%d": "jjjjmmdd",
}
_ANYTHING: Final = ".{1,36}"
_FORM_WORDS: Final = {
    "[0-9]{8}": "acht cijfers",
    "[0-9]{9}": "negen cijfers",
    "[0-9]{4} ?[A-Za-z]{2}": "vier cijfers en twee letters",
    "[A-Za-z0-9-]{1,36}": "hoogstens 36 letters, cijfers en streepjes",
    "[A-Za-z0-9]{1,5}": "hoogstens vijf letters en cijfers",
    _ANYTHING: "hoogstens 36 tekens",
    "[0-9]{2}": "twee cijfers",
    "WK[0-9]{6}": "WK en zes cijfers",
    "(GM[0-9]{4}|WK[0-9]{6}|BU[0-9]{8})": "GM, WK of BU met de cijfers van het CBS",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """How a file writes dates and numbers; thousands may be grouped with the sign that decimals do not use."""

    date: str = "%Y-%m-%d"
    decimal: str = "."

    @property
    def thousands(self) -> str:
        """The sign between groups of three digits."""
        return "," if self.decimal == "." else "."


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A declared column as a supplier delivers it.

    `heading` is the supplier's name of it; `words` turns his values (lower case) into codes; `digits` is the width to
    which a code is filled up when one leading zero was lost; `decimals` is how many decimals of an amount as written
    make whole eurocents (2: euros, 5: thousands of euros); `fixed` is a value that stands for every row, and then there
    is no heading in the file.
    """

    column: Column
    heading: str
    words: Mapping[str, str] = field(default_factory=dict)
    digits: int = 0
    decimals: int = 0
    fixed: str | None = None
    open_end: bool = False
    """A day from 2100 on stands for 'no end', as many systems write it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Typed values per row (columns by name, and `line`), the first thing wrong per row, and remarks."""

    values: pl.DataFrame
    wrong: pl.DataFrame
    remarks: tuple[Remark, ...]


def read_fields(cells: pl.DataFrame, fields: Sequence[Field], notation: Notation) -> Reading:
    """Read all `fields` of all rows; `cells` are texts by heading with `line`.

    A day that stands for 'no end' becomes empty, where the field allows it.
    """
    texts = cells.select("line", *[_text(item).alias(item.column.name) for item in fields])
    padded = [item for item in fields if item.digits]
    remarks = _pad_remarks(texts, padded)
    texts = texts.with_columns(_padded(item) for item in padded)
    values = texts.select("line", *[_value(item, notation).alias(item.column.name) for item in fields])
    doubts = [doubt for item in fields for doubt in _doubts(item, texts[item.column.name], notation)]
    wrong = first_wrong(values, doubts)
    return Reading(values.with_columns(_endless(item) for item in fields if item.open_end), wrong, remarks)


def _endless(item: Field) -> pl.Expr:
    day = pl.col(item.column.name)
    return pl.when(day.dt.year() < _OPEN_END).then(day).alias(item.column.name)


Doubt = tuple[pl.Expr, str, str, str]
"""(where it is so, rule, heading, reason in Dutch)."""


def first_wrong(values: pl.DataFrame, doubts: Iterable[Doubt]) -> pl.DataFrame:
    """Return (line, rule, place, reason) for each row in which a doubt holds: the first of them."""
    said = [
        pl.when(where.fill_null(value=False)).then(pl.lit(_BREAK.join((rule, heading, reason))))
        for where, rule, heading, reason in doubts
    ]
    if not said:
        return pl.DataFrame(schema=WRONG)
    found = values.select("line", pl.coalesce(said).alias("said")).filter(pl.col("said").is_not_null())
    parts = pl.col("said").str.split_exact(_BREAK, 2)
    return found.select(
        "line", *[parts.struct.field(f"field_{place}").alias(name) for place, name in enumerate(list(WRONG)[1:])]
    )


def refusals(*wrong: pl.DataFrame) -> tuple[Refusal, ...]:
    """Return one refusal per row that is wrong: the first reason among the frames, in the order of the lines."""
    found = pl.concat(wrong).unique("line", keep="first", maintain_order=True).sort("line")
    return tuple(
        Refusal(line=line, rule=rule, reason=f"Kolom '{place}': {reason}" if place else reason, place=place)
        for line, rule, place, reason in found.iter_rows()
    )


def without(values: pl.DataFrame, *wrong: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that nothing is wrong with."""
    for frame in wrong:
        values = values.join(frame.select("line"), on="line", how="anti", maintain_order="left")
    return values


def all_columns(values: pl.DataFrame, columns: Iterable[Column]) -> pl.DataFrame:
    """Return `values` with an empty column for each declared one that the supplier does not deliver."""
    absent = [column for column in columns if column.name not in values.columns]
    return values.with_columns(pl.lit(None, dtype=DTYPES[column.type]).alias(column.name) for column in absent)


def repeated(values: pl.DataFrame, key: Sequence[str], headings: str) -> pl.DataFrame:
    """Return what is wrong with each row whose key stood on an earlier line already."""
    marked = values.select("line", first=pl.col("line").min().over(*key)).filter(pl.col("line") > pl.col("first"))
    reason = pl.format(f"{headings}: dezelfde sleutel staat al op regel {{}}.", "first")
    return marked.select("line", rule=pl.lit("duplicate"), place=pl.lit(""), reason=reason)


def _text(item: Field) -> pl.Expr:
    if item.fixed is not None:
        return pl.lit(item.fixed)
    plain = pl.col(item.heading).str.strip_chars()
    return pl.when(plain != "").then(plain)


def _lost_a_zero(item: Field) -> pl.Expr:
    return pl.col(item.column.name).str.contains(f"^[0-9]{{{item.digits - 1}}}$")


def _padded(item: Field) -> pl.Expr:
    text = pl.col(item.column.name)
    return pl.when(_lost_a_zero(item)).then(pl.lit("0") + text).otherwise(text).alias(item.column.name)


def _pad_remarks(texts: pl.DataFrame, padded: Sequence[Field]) -> tuple[Remark, ...]:
    """Return one remark per column in which a spreadsheet ate leading zeros, however many rows it did so in."""
    found = []
    for item in padded:
        lines = texts.filter(_lost_a_zero(item))["line"]
        if len(lines):
            text = (
                f"Kolom '{item.heading}': {len(lines)} keer ontbrak de voorloopnul (rekenblad?); aangevuld tot "
                f"{item.digits} cijfers."
            )
            found.append(Remark(line=lines[0], code="leading-zero", text=text, place=item.heading))
    return tuple(found)


def passes_eleven_test(text: pl.Expr) -> pl.Expr:
    """Return where `text` is nine digits that could be a citizen number (see `records.is_citizen_number`)."""
    digits = [text.str.slice(place, 1).cast(pl.Int64, strict=False) for place in range(9)]
    weighed = pl.sum_horizontal(
        digit * weight for digit, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)
    )
    return text.str.contains("^[0-9]{9}$") & (text != "000000000") & (weighed % 11 == 0)


_WRITTEN: Final = "|".join(
    "[. ]".join(f"[0-9]{{{length}}}" for length in lengths)
    for lengths in ((9,), (4, 2, 3), (3, 3, 3), (3, 2, 4), (3, 2, 1, 3))
)
"""The ways in which people write nine digits."""


def hides_citizen_number(text: pl.Expr) -> pl.Expr:
    """Return where a number in a free text could be a citizen number, however its digits are grouped."""
    grouped = text.str.extract(rf"(?:^|[^0-9])({_WRITTEN})(?:[^0-9]|$)", 1)
    runs = text.str.extract_all("[0-9][0-9.]*").list.eval(passes_eleven_test(pl.element().str.replace_all(r"\.", "")))
    return passes_eleven_test(grouped.str.replace_all("[. ]", "")) | runs.list.any()


def _value(item: Field, notation: Notation) -> pl.Expr:
    text = pl.col(item.column.name)
    if item.words:
        plain = {old: new for old, new in item.words.items() if old}
        coded = text.str.to_lowercase().replace_strict(list(plain), list(plain.values()), default=None)
        text = pl.coalesce(coded, text, pl.lit(item.words.get("")))
    return _READERS[item.column.type](text, item, notation)


def _as_text(text: pl.Expr, _item: Field, _notation: Notation) -> pl.Expr:
    return text


def _number_text(text: pl.Expr, notation: Notation, fraction: str) -> pl.Expr:
    """Return digits with a point where `text` is a number in this notation with such a fraction, else null."""
    point, group = f"\\{notation.decimal}", rf"[\{notation.thousands}\s\u{{a0}}\u{{202f}}]"
    plain = text.str.replace(r"^([+-]?)€[\s\u{a0}]*", "$1").str.replace(r"^([0-9].*)-$", "-$1")
    formed = plain.str.contains(rf"^[+-]?([0-9]{{1,3}}({group}[0-9]{{3}}){{1,4}}|[0-9]{{1,15}})({point}{fraction})?$")
    digits = plain.str.replace_all(group, "").str.replace(point, ".").str.strip_prefix("+")
    return pl.when(formed).then(digits)


def _as_integer(text: pl.Expr, _item: Field, notation: Notation) -> pl.Expr:
    return _number_text(text, notation, "0{1,2}").str.replace(r"\..*$", "").cast(pl.Int64)


def _as_number(text: pl.Expr, _item: Field, notation: Notation) -> pl.Expr:
    return _number_text(text, notation, "[0-9]+").cast(pl.Float64)


def _as_cents(text: pl.Expr, item: Field, notation: Notation) -> pl.Expr:
    if not item.decimals:
        return _as_integer(text, item, notation)
    number = _number_text(text, notation, f"[0-9]{{1,{item.decimals}}}")
    parts = number.str.strip_prefix("-").str.split_exact(".", 1)
    whole = parts.struct.field("field_0").cast(pl.Int64)
    rest = parts.struct.field("field_1").str.pad_end(item.decimals, "0").cast(pl.Int64).fill_null(0)
    return pl.when(number.str.starts_with("-")).then(-1).otherwise(1) * (whole * _CENTS[item.decimals] + rest)


def _as_date(text: pl.Expr, _item: Field, notation: Notation) -> pl.Expr:
    plain = text.str.replace(r"[ T]0?0:00(:00)?(\.0+)?$", "")
    iso = plain.str.replace(r"^([0-9]{4}-[0-9]{2})$", "$1-01").str.to_date("%Y-%m-%d", strict=False)
    found = pl.coalesce(plain.str.to_date(notation.date, strict=False), iso)
    return pl.when(found.dt.year() >= 1880).then(found)


_READERS: Final[dict[Type, Callable[[pl.Expr, Field, Notation], pl.Expr]]] = {
    Type.TEXT: _as_text,
    Type.INTEGER: _as_integer,
    Type.NUMBER: _as_number,
    Type.CENTS: _as_cents,
    Type.DATE: _as_date,
    Type.MONTH: _as_date,
}


def _doubts(item: Field, texts: pl.Series, notation: Notation) -> list[Doubt]:
    """Return what may be wrong with a column, from its declaration, in the order in which a reader would say it."""
    column, value = item.column, pl.col(item.column.name)
    given = pl.lit(texts).is_not_null()
    found: list[tuple[pl.Expr, str, str]] = []
    if column.required:
        found.append((value.is_null() & ~given, "required", "leeg, maar verplicht."))
    if column.type is Type.TEXT:
        found += _text_doubts(item)
    else:
        rule, words = _unreadable(item, notation)
        found.append((value.is_null() & given, rule, words))
    if column.minimum is not None:
        found.append((value < column.minimum, "range", f"ligt onder {column.minimum:g}."))
    if column.maximum is not None:
        found.append((value > column.maximum, "range", f"ligt boven {column.maximum:g}."))
    if column.type is Type.INTEGER:
        found.append((value.abs() > _LARGEST_COUNT, "range", "heeft meer dan acht cijfers; dat kan geen aantal zijn."))
    if column.type is Type.MONTH:
        found.append((value.dt.day() != 1, "date", "is niet de eerste dag van een maand."))
    if column.type is Type.DATE and not item.open_end:
        found.append((value.dt.year() >= _OPEN_END, "date", f"ligt in of na het jaar {_OPEN_END}."))
    return [(where, rule, item.heading, words) for where, rule, words in found]


def _text_doubts(item: Field) -> list[tuple[pl.Expr, str, str]]:
    column, value = item.column, pl.col(item.column.name)
    mangled = value.str.contains(r"^[0-9]([.,][0-9]+)?[eE]\+[0-9]+$")
    found = [(mangled, "mangled", "is door een rekenblad in een machtsgetal veranderd; lever de kolom als tekst.")]
    if column.choices:
        allowed = [str(choice) for choice in column.choices]
        words = ", ".join([word for word in item.words if word] or allowed)
        found.append((~value.is_in(allowed), "choice", f"staat niet in de lijst: {words}."))
    if column.pattern:
        form = _FORM_WORDS.get(column.pattern, column.pattern)
        found.append((~value.str.contains(f"^(?:{column.pattern})$"), "form", f"heeft niet de vorm: {form}."))
    if not column.choices and not column.pattern:
        hidden = "bevat een getal dat een burgerservicenummer kan zijn; dat hoort hier niet."
        found.append((hides_citizen_number(value), "citizen_number", hidden))
    if not column.choices and column.pattern in ("", _ANYTHING):
        unfit = value.str.contains(r"^[=@]|^[+-].*[(|!]|[\x00-\x1f\x7f]")
        found.append((unfit, "formula", "begint als een formule of bevat stuurtekens; lever gewone tekst."))
    return found


def _unreadable(item: Field, notation: Notation) -> tuple[str, str]:
    if item.column.type in (Type.DATE, Type.MONTH):
        return "date", f"is geen bestaande datum (verwacht {_DATE_WORDS.get(notation.date, notation.date)})."
    sign = "een komma" if notation.decimal == "," else "een punt"
    if item.column.type is Type.INTEGER or (item.column.type is Type.CENTS and not item.decimals):
        return "number", "is geen heel getal."
    decimals = f" en hoogstens {item.decimals} cijfers daarachter" if item.column.type is Type.CENTS else ""
    return "number", f"is geen getal met {sign} voor de decimalen{decimals}."
