"""The door `backoffice`: a CSV export of provisions (*voorzieningen*) or costs, as the mapping file describes it.

One row of provisions fills up to three tables: the allocation, the start when the support began, the stop when it
ended. It counts once on the receipt: rows in = rows kept + rows refused, whatever a kept row filled.

An export restates: what it says of an allocation takes the place of every start and stop known of it before. The fold
of the snapshot does that; here each row only says what it says.
Whoever has a citizen number is known by it; else by the client number within one back office (`system`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from noaber.municipality import Municipality, Supplier
from noaber.pseudonym import Pseudonymiser
from noaber.records import DELIVERED, Batch, Column, Privacy, Remark, Type

from .delimited import SourceError
from .delivery import Delivery, open_delivery
from .fields import Doubt, all_columns, first_wrong, passes_eleven_test, refusals, repeated, without
from .layout import Layout, MappingError, Part, fields_of, fits, read_layout, read_part


class CitizenNumberColumnError(SourceError):
    """A column that is kept as it stands holds citizen numbers."""

    code = "N-214"


class BackOffice(Layout, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The mapping of a back office; `system` names it in the pseudonyms of clients without a citizen number."""

    system: str = ""
    provisions: Part | None = None
    costs: Part | None = None


def _text(name: str, description: str, pattern: str = "") -> Column:
    return Column(
        name=name,
        type=Type.TEXT,
        description=description,
        privacy=Privacy.PERSONAL,
        required=False,
        pattern=pattern,
    )


def _day(name: str, description: str, *, required: bool = False) -> Column:
    return Column(name=name, type=Type.DATE, description=description, privacy=Privacy.PERSONAL, required=required)


def _cents(name: str, description: str, *, required: bool) -> Column:
    return Column(
        name=name,
        type=Type.CENTS,
        description=description,
        privacy=Privacy.SPECIAL,
        unit="eurocents",
        required=required,
    )


def _declared(table: str, *names: str, optional: bool = False) -> tuple[Column, ...]:
    """Return columns of a table; where one row fills several tables, those of the later ones may be empty."""
    found = {column.name: column for column in DELIVERED[table].columns}
    chosen = tuple(found[name] for name in names)
    if not optional:
        return chosen
    return tuple(
        Column(
            name=column.name,
            type=column.type,
            description=column.description,
            privacy=column.privacy,
            required=False,
            choices=column.choices,
        )
        for column in chosen
    )


_WHO: Final = (
    _text("client_number", "Number of the client in this back office; it stays at the door", "[A-Za-z0-9._-]{1,36}"),
    _text("citizen_number", "Citizen number; it stays at the door", "[0-9]{9}"),
    _text("postcode", "Postcode of the address; it stays at the door"),
    _text("house_number", "House number; it stays at the door"),
    _text("house_addition", "Addition to the house number; it stays at the door"),
)
PROVISIONS: Final = (
    *_declared("allocation", "allocation_number", "law"),
    *_WHO,
    _day("birth_date", "Day of birth; only the year passes the door"),
    *_declared("allocation", "sex", "provider", "category", "product"),
    _day("allocated_on", "Day of the decision or the order", required=True),
    *_declared("allocation", "valid_from", "valid_until"),
    *_declared("stop", "began_on", "ended_on", "end_reason", optional=True),
    *_declared("allocation", "change_reason", "volume", "unit", "frequency"),
    _cents("budget", "Budget over the whole term", required=False),
    *_declared("allocation", "referrer", "referrer_code", "reference"),
)
COSTS: Final = (
    *_declared("claim", "reference", "law"),
    *_WHO,
    *_declared("claim", "allocation_number", "provider", "category", "product", "period_from", "period_until"),
    *_declared("claim", "volume", "unit", "previous_reference"),
    _text("claim_number", "Number of the invoice; empty: the export the line stands in", "[A-Za-z0-9-]{1,36}"),
    _cents("amount", "Amount; a credit is negative", required=True),
)
_DIGITS: Final = {
    "citizen_number": 9,
    "provider": 8,
    "referrer_code": 8,
    "category": 2,
    "unit": 2,
    "referrer": 2,
    "end_reason": 2,
    "change_reason": 2,
}
_FIRST_DAY_OF_THE_LAWS: Final = date(2015, 1, 1)
_KEPT_AS_IT_STANDS: Final = ("allocation_number", "reference", "previous_reference", "claim_number")


def read(
    path: Path,
    *,
    town: Municipality,
    supplier: Supplier,
    pseudonyms: Pseudonymiser,
    received: date,
    known: Mapping[str, pl.DataFrame],
) -> Batch:
    """Return the rows of one export: tables `allocation`, `start` and `stop`, or table `claim`.

    Nothing is asked of the store. Raises `MappingError` (N-213), `UnreadableFileError` (N-211), `HeadingError` (N-212)
    and `CitizenNumberColumnError` (N-214).
    """
    layout = read_layout(town, supplier, BackOffice)
    delivery = open_delivery(path, "backoffice", received)
    part, kind = _part(layout, path.name, supplier)
    fields = fields_of(part, layout, kind.columns, where=supplier.mapping, digits=_DIGITS)
    sheet, reading = read_part(delivery, layout, fields)
    values = all_columns(reading.values, kind.columns)
    _guard(values, part, delivery.name)
    values = _with_care_form(values, kind.day, town)
    wrong = [reading.wrong, first_wrong(values, (*_doubts(part), *kind.doubts(part, delivery)))]
    good = without(values, *wrong)
    wrong.append(repeated(good, kind.key, " + ".join(_heading(part, name) for name in kind.key)))
    good, remarks = _people(without(good, wrong[-1]), town, pseudonyms, layout.system or Path(supplier.mapping).stem)
    return delivery.batch(
        kind.tables(good, delivery),
        rows_in=sheet.rows_in,
        refusals=(*sheet.refusals, *refusals(*wrong)),
        remarks=(*sheet.remarks, *remarks),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """One kind of row: its fields, the day on which its product is looked up, its key, and what it becomes."""

    columns: tuple[Column, ...]
    day: str
    key: tuple[str, ...]
    doubts: Callable[[Part, Delivery], Iterator[Doubt]]
    tables: Callable[[pl.DataFrame, Delivery], dict[str, pl.DataFrame]]


def _part(layout: BackOffice, name: str, supplier: Supplier) -> tuple[Part, _Kind]:
    for part, kind in ((layout.provisions, _PROVISION), (layout.costs, _COST)):
        if part is not None and fits(part, name):
            return part, kind
    raise MappingError(
        "De mapping zegt niet of dit bestand voorzieningen of kosten bevat.",
        where=f"{supplier.mapping}, voor {name}",
        now='Zet onder [provisions] of [costs] een patroon dat past, zoals files = "voorzieningen_*.csv".',
    )


def _guard(values: pl.DataFrame, part: Part, name: str) -> None:
    """Refuse the file when a column that would be kept as it stands is, by and large, one of citizen numbers.

    By chance one in eleven numbers of nine digits passes the eleven-test.
    """
    for column in _KEPT_AS_IT_STANDS:
        if column not in part.columns:
            continue
        numbers = values.filter(pl.col(column).str.contains("^[0-9]{9}$"))
        passing = numbers.select(passes_eleven_test(pl.col(column)).sum()).item()
        if len(numbers) >= 20 and passing > len(numbers) / 2:
            raise CitizenNumberColumnError(
                f"Kolom '{part.columns[column]}' lijkt burgerservicenummers te bevatten en zou zo worden bewaard.",
                where=name,
                now=f"Wijs voor {column} een andere kolom aan in de mapping, en deze kolom voor citizen_number.",
            )


def _with_care_form(values: pl.DataFrame, day: str, town: Municipality) -> pl.DataFrame:
    """Add the care form of each product on a day; what began before the laws did is looked up on their first day."""
    values = values.with_columns(on=pl.max_horizontal(pl.col(day), pl.lit(_FIRST_DAY_OF_THE_LAWS)))
    key = ("law", "category", "product", "on")
    asked = values.select(key).unique().drop_nulls("law")
    forms = [town.care_form(*product) for product in asked.iter_rows()]
    found = asked.with_columns(care_form=pl.Series(forms, dtype=pl.String))
    return values.join(found, on=key, how="left", nulls_equal=True, maintain_order="left")


def _heading(part: Part, *names: str) -> str:
    return next((part.columns[name] for name in names if name in part.columns), names[0])


def _doubts(part: Part) -> Iterator[Doubt]:
    number, client = pl.col("citizen_number"), pl.col("client_number")
    numbered = _heading(part, "citizen_number")
    yield number.is_null() & client.is_null(), "required", _heading(part, "client_number"), "er staat geen cliënt bij."
    yield ~passes_eleven_test(number), "citizen_number", numbered, "voldoet niet aan de elfproef."
    for name in _KEPT_AS_IT_STANDS:
        if name in part.columns:
            told = pl.col(name).is_in(number.drop_nulls().unique().implode())
            yield told, "citizen_number", part.columns[name], "bevat een burgerservicenummer uit dit bestand."
    product = _heading(part, "product", "category")
    yield (
        pl.col("care_form").is_null(),
        "unknown_product",
        product,
        "dit product hoort bij geen zorgvorm in municipality.toml.",
    )


def _provision_doubts(part: Part, delivery: Delivery) -> Iterator[Doubt]:
    began, ended = pl.col("began_on"), pl.col("ended_on")
    ends = _heading(part, "ended_on")
    later = pl.col("valid_until") < pl.col("valid_from")
    yield later, "runs_backwards", _heading(part, "valid_until"), "ligt vóór de ingangsdatum."
    yield ended.is_not_null() & began.is_null(), "end_without_start", ends, "er is een einde, maar geen begin."
    yield ended < began, "runs_backwards", ends, "ligt vóór het begin van de ondersteuning."
    ended_unexplained = ended.is_not_null() & pl.col("end_reason").is_null()
    yield ended_unexplained, "required", _heading(part, "end_reason"), "leeg, terwijl de ondersteuning eindigde."
    for name in ("birth_date", "allocated_on"):
        yield pl.col(name) > delivery.known_on, "future", _heading(part, name), "ligt na de dag van de export."


def _cost_doubts(part: Part, _delivery: Delivery) -> Iterator[Doubt]:
    later = pl.col("period_until") < pl.col("period_from")
    yield later, "runs_backwards", _heading(part, "period_until"), "ligt vóór het begin van de periode."


def _people(
    rows: pl.DataFrame, town: Municipality, pseudonyms: Pseudonymiser, system: str
) -> tuple[pl.DataFrame, list[Remark]]:
    """Add `person`, `household` and `district`; what they are made from goes no further."""
    by_number = {number: pseudonyms.person(number) for number in _unique(rows["citizen_number"])}
    clients = rows.filter(pl.col("citizen_number").is_null())["client_number"]
    by_client = {number: pseudonyms.client(system, number) for number in _unique(clients)}
    plain = pl.col("postcode").str.replace_all(r"\s", "").str.to_uppercase()
    rows = rows.with_columns(
        person=pl.coalesce(_coded("citizen_number", by_number), _coded("client_number", by_client)),
        postcode=pl.when(plain.str.contains("^[1-9][0-9]{3}[A-Z]{2}$")).then(plain),
        odd=pl.col("postcode").is_not_null() & ~plain.str.contains("^[1-9][0-9]{3}[A-Z]{2}$"),
        address=pl.concat_str(plain, "house_number", pl.col("house_addition").fill_null(""), separator="\t"),
    )
    homes = rows.filter(pl.col("postcode").is_not_null())["address"]
    by_address = {address: pseudonyms.household(*address.split("\t")) for address in _unique(homes)}
    by_postcode = {postcode: town.district(postcode) for postcode in _unique(rows["postcode"])}
    rows = rows.with_columns(
        household=pl.when(pl.col("postcode").is_not_null()).then(_coded("address", by_address)),
        district=_coded("postcode", by_postcode),
    )
    return rows, [*_remarks(rows)]


def _unique(series: pl.Series) -> list[str]:
    found: list[str] = series.drop_nulls().unique().to_list()
    return found


def _coded(column: str, codes: Mapping[str, str | None]) -> pl.Expr:
    return pl.col(column).replace_strict(list(codes), list(codes.values()), default=None, return_dtype=pl.String())


def _remarks(rows: pl.DataFrame) -> Iterator[Remark]:
    outside = rows.filter(pl.col("postcode").is_not_null() & pl.col("district").is_null())["line"]
    halved = (
        rows.filter(pl.col("client_number").is_not_null())
        .filter(pl.col("citizen_number").is_null().any().over("client_number"))
        .filter(pl.col("citizen_number").is_not_null())["line"]
    )
    for lines, code, text in (
        (rows.filter("odd")["line"], "postcode", "is de postcode geen postcode; wijk en adres zijn leeg gelaten."),
        (outside, "district", "ligt de postcode in geen wijk van municipality.toml; de wijk is leeg gelaten."),
        (
            halved,
            "client",
            "heeft een cliënt een BSN dat op andere regels ontbreekt; die regels tellen als iemand anders.",
        ),
    ):
        if len(lines):
            yield Remark(line=lines[0], code=code, text=f"{len(lines)} keer {text}")


def _provisions(rows: pl.DataFrame, _delivery: Delivery) -> dict[str, pl.DataFrame]:
    allocation = rows.with_columns(
        allocated_at=pl.col("allocated_on").cast(pl.Datetime("us")),
        birth_year=pl.col("birth_date").dt.year().cast(pl.Int64),
        budget_cents="budget",
    )
    stated = rows.with_columns(status=pl.lit("1"), sequence=pl.lit(0, dtype=pl.Int64))
    return {
        "allocation": allocation,
        "start": _once(stated.filter(pl.col("began_on").is_not_null()), "began_on"),
        "stop": _once(stated.filter(pl.col("ended_on").is_not_null()), "began_on", "ended_on"),
    }


def _once(rows: pl.DataFrame, *days: str) -> pl.DataFrame:
    """Return one row per allocation and days: an allocation that was changed may stand on several rows."""
    return rows.unique(["law", "allocation_number", *days], keep="last", maintain_order=True)


def _costs(rows: pl.DataFrame, delivery: Delivery) -> dict[str, pl.DataFrame]:
    number = pl.coalesce("claim_number", pl.lit(delivery.id))
    return {"claim": rows.with_columns(claim_number=number, amount_cents="amount")}


_PROVISION: Final = _Kind(
    columns=PROVISIONS,
    day="valid_from",
    key=("law", "allocation_number", "allocated_on"),
    doubts=_provision_doubts,
    tables=_provisions,
)
_COST: Final = _Kind(
    columns=COSTS, day="period_from", key=("law", "provider", "reference"), doubts=_cost_doubts, tables=_costs
)

__all__ = ["COSTS", "PROVISIONS", "BackOffice", "CitizenNumberColumnError", "read"]
