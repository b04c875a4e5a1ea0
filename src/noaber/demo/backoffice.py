"""The back office: yearly exports of provisions and costs as CSV, as a supplier of such systems would make them.

Semicolons, decimal commas and dd-mm-jjjj; each export shows what was known on its day. A few rows are wrong on
purpose, so that a receipt has something to say: they are extra rows, and the true ones stand beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from noaber.records import Law, is_citizen_number

from .claims import Claims
from .orders import Orders
from .population import Addresses, Residents
from .proportions import Proportions
from .providers import Market
from .streams import Ints, Mask, day, new_year, stream

_LAWS = {Law.WMO: "Wmo", Law.YOUTH: "Jeugdwet", Law.PARTICIPATION: "Participatiewet"}
_UNITS = {"01": "minuut", "14": "etmaal", "16": "dagdeel", "84": "stuks"}
_FREQUENCIES = {"2": "per week", "4": "per maand"}
_REFERRERS = {
    "01": "gemeente",
    "02": "huisarts",
    "03": "jeugdarts",
    "04": "gecertificeerde instelling",
    "05": "medisch specialist",
    "08": "rechter",
}
_SEXES = {1: "man", 2: "vrouw"}
_FLAWED_PER_10_000 = 4


@dataclass(frozen=True, slots=True)
class Office:
    """What the back office keeps: everything about the town that an export needs.

    `citizen_numbers` has one entry per resident, empty for who never meets a message; `products` one per care form.
    """

    given: Proportions
    town: Residents
    homes: Addresses
    market: Market
    orders: Orders
    claims: Claims
    citizen_numbers: list[str]
    products: tuple[str, ...]
    seed: int


def export_days(until: date, switch: date | None) -> list[date]:
    """Return the days on which the back office exports: the ends of years, the eve of the switch, the last day."""
    days = {date(year, 12, 31) for year in range(2016, until.year)} | {until}
    if switch is not None:
        days.add(date.fromordinal(switch.toordinal() - 1))
    return sorted(item for item in days if item <= until)


def export(folder: Path, office: Office, *, until: date, switch: date | None) -> dict[str, int]:
    """Write all exports; return how many flawed rows of each kind were put in, over all files.

    After `switch` the exports hold only what does not go by message: the Participatiewet.
    """
    folder.mkdir(parents=True, exist_ok=True)
    flaws: dict[str, int] = {}
    before = new_year(2016)
    months = office.claims.month
    by_message = ~office.orders.law(office.given, Law.PARTICIPATION)
    for on in export_days(until, switch):
        last = day(on)
        mine = (office.orders.allocated <= last) & (office.orders.ended >= before)
        lines = (months >= before) & (months <= last)
        if switch is not None and on >= switch:
            mine &= ~by_message
            lines &= ~by_message[office.claims.order]
        provisions = _provisions(office, mine, last)
        costs = _costs(office, lines)
        random = stream(office.seed, f"flaws {on}")
        provisions, found = _with_flaws(provisions, random)
        for kind, number in found.items():
            flaws[kind] = flaws.get(kind, 0) + number
        _write(provisions, folder / f"voorzieningen_{on}.csv")
        _write(costs, folder / f"kosten_{on}.csv")
        before = last + 1
    return flaws


def _write(frame: pl.DataFrame, path: Path) -> None:
    empty = pl.col(pl.String).replace("", None)
    frame.with_columns(empty).write_csv(path, separator=";", date_format="%d-%m-%Y", line_terminator="\r\n")


def _dates(days: Ints, known: Mask | None = None) -> pl.Series:
    series = pl.Series(days.astype(np.int32), dtype=pl.Int32).cast(pl.Date)
    return series if known is None else series.set(pl.Series(~known), None)


def _pick(words: list[str], places: Ints) -> pl.Series:
    return pl.Series(words, dtype=pl.String).gather(pl.Series(places))


def _people(office: Office, persons: Ints) -> dict[str, pl.Series]:
    return {
        "Clientnummer": pl.Series(persons + 1_000_000),
        "BSN": _pick(office.citizen_numbers, persons),
    }


def _provisions(office: Office, which: Mask, last: int) -> pl.DataFrame:
    orders, forms = office.orders.take(which), office.given.care_forms
    persons = orders.person
    home = office.town.household[persons]
    return pl.DataFrame(
        {
            "Voorzieningnummer": pl.Series(orders.number),
            "Wet": _pick([_LAWS[form.law] for form in forms], orders.form),
            **_people(office, persons),
            "Geboortedatum": _dates(office.town.born[persons]),
            "Geslacht": _pick(["", *_SEXES.values()], office.town.sex[persons]),
            "Postcode": _pick(office.homes.postcode, home),
            "Huisnummer": pl.Series(office.homes.number[home]),
            "Aanbiedercode": _pick([item.code for item in office.market.providers], orders.provider),
            "Aanbieder": _pick([item.name for item in office.market.providers], orders.provider),
            "Productcategorie": _pick([form.category for form in forms], orders.form),
            "Productcode": _pick(list(office.products), orders.form),
            "Toekenningsdatum": _dates(orders.allocated),
            "Ingangsdatum": _dates(orders.valid_from),
            "Einddatum": _dates(orders.valid_until),
            "Startdatum zorg": _dates(orders.began, orders.began <= last),
            "Stopdatum zorg": _dates(orders.ended, orders.ended <= last),
            "Reden beëindiging": pl.Series(np.where(orders.ended <= last, orders.reason, "")),
            "Volume": pl.Series(orders.volume),
            "Eenheid": _pick([_UNITS[form.unit] for form in forms], orders.form),
            "Frequentie": _pick([_FREQUENCIES[form.frequency] for form in forms], orders.form),
            "Verwijzer": pl.Series(orders.referrer).replace_strict(_REFERRERS),
            "AGB verwijzer": pl.Series(orders.referrer_code),
        }
    )


def _costs(office: Office, which: Mask) -> pl.DataFrame:
    lines, forms = office.claims.take(which), office.given.care_forms
    orders = office.orders
    form = orders.form[lines.order]
    frame = pl.DataFrame(
        {
            "Kostenregel": pl.Series(np.flatnonzero(which) + 1),
            "Wet": _pick([_LAWS[item.law] for item in forms], form),
            **_people(office, orders.person[lines.order]),
            "Voorzieningnummer": pl.Series(orders.number[lines.order]),
            "Aanbiedercode": _pick([item.code for item in office.market.providers], orders.provider[lines.order]),
            "Productcategorie": _pick([item.category for item in forms], form),
            "Productcode": _pick(list(office.products), form),
            "Periode van": _dates(lines.first),
            "Periode tot en met": _dates(lines.last),
            "Aantal": pl.Series(lines.units),
            "Eenheid": _pick([_UNITS[item.unit] for item in forms], form),
            "Bedrag": pl.Series(lines.cents),
        }
    )
    return _by_quarter(frame).with_columns(Bedrag=_euros(pl.col("Bedrag")))


def _by_quarter(frame: pl.DataFrame) -> pl.DataFrame:
    """Add up benefit lines per quarter, as the income system books them; the others stay per month."""
    benefit = pl.col("Wet") == _LAWS[Law.PARTICIPATION]
    keep = [
        name
        for name in frame.columns
        if name not in ("Kostenregel", "Periode van", "Periode tot en met", "Aantal", "Bedrag")
    ]
    summed = (
        frame.filter(benefit)
        .group_by(*keep, pl.col("Periode van").dt.truncate("1q").alias("quarter"), maintain_order=True)
        .agg(
            pl.col("Kostenregel").first(),
            pl.col("Periode van").min(),
            pl.col("Periode tot en met").max(),
            pl.col("Aantal").sum(),
            pl.col("Bedrag").sum(),
        )
        .select(frame.columns)
    )
    return pl.concat([frame.filter(~benefit), summed])


def _euros(cents: pl.Expr) -> pl.Expr:
    whole, rest = (cents // 100).cast(pl.String), (cents % 100).cast(pl.String).str.zfill(2)
    return pl.concat_str(whole, pl.lit(","), rest)


def _with_flaws(frame: pl.DataFrame, random: np.random.Generator) -> tuple[pl.DataFrame, dict[str, int]]:
    """Add copies of some rows with one fault each and numbers of their own; return the kinds and how many."""
    number = max(1, len(frame) * _FLAWED_PER_10_000 // 10_000)
    rows = frame.filter(pl.col("BSN") != "")
    makers = {
        "citizen_number": pl.col("BSN").map_elements(broken, return_dtype=pl.String).alias("BSN"),
        "unknown_product": pl.lit("99X99").alias("Productcode"),
        "runs_backwards": (pl.col("Ingangsdatum") - pl.duration(days=30)).alias("Einddatum"),
    }
    found: dict[str, int] = {}
    parts = [frame]
    for place, (kind, fault) in enumerate(makers.items()):
        source = rows if kind == "citizen_number" else frame.filter(pl.col("Wet") != _LAWS[Law.PARTICIPATION])
        if source.is_empty():
            continue
        picked = source[random.integers(0, len(source), number).tolist()]
        fresh = 90_000_000 + 1_000_000 * place + random.choice(1_000_000, number, replace=False)
        parts.append(picked.with_columns(fault, pl.Series("Voorzieningnummer", fresh)))
        found[kind] = number
    return pl.concat(parts), found


def broken(citizen_number: str) -> str:
    """Return a number of the test range that fails the eleven-test."""
    broken = citizen_number[:-1] + str((int(citizen_number[-1]) + 1) % 10)
    assert not is_citizen_number(broken)
    return broken
