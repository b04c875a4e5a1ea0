"""The door `cbs`: a table of Statistics Netherlands, as `connections.cbs` fetched and saved it.

Inhabitants by age and sex become `population`, private households `households`, and every other figure, known to us or
not, a `key_figure` under a name of its own; so does how many live in another municipality, to compare with. A figure
that CBS keeps secret or does not have is a key figure without a value. What an area is called comes along as an
`area_name`. An observation is a row; its line is its place in the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
import polars as pl

from noaber.municipality import Municipality, Supplier
from noaber.pseudonym import Pseudonymiser
from noaber.records import DELIVERED, Batch, Refusal, Remark, Status

from . import sums
from .delimited import SourceError
from .delivery import open_delivery


class CbsFileError(SourceError):
    """The file is not a table that was fetched from CBS."""

    code = "N-216"


class _Code(msgspec.Struct, frozen=True):
    code: str
    title: str
    status: str = ""


class _Dimension(msgspec.Struct, frozen=True):
    name: str
    kind: str
    codes: tuple[_Code, ...]


class _Measure(msgspec.Struct, frozen=True):
    code: str
    title: str
    unit: str


class _Observation(msgspec.Struct, frozen=True):
    measure: str
    codes: dict[str, str]
    value: float | None = None


class Saved(msgspec.Struct, frozen=True):
    """A saved table, as far as this door needs it."""

    table: str
    title: str
    dimensions: tuple[_Dimension, ...]
    measures: tuple[_Measure, ...]
    observations: tuple[_Observation, ...]


_PER_1000: Final = "per 1000 residents"
_NAMES: Final = {
    "wmoclienten": ("wmo_clients", "persons"),
    "wmoclientenrelatief": ("wmo_clients_per_1000", _PER_1000),
    "wmoclientenper1000inwoners": ("wmo_clients_per_1000", _PER_1000),
    "jongerenmetjeugdzorg": ("youth_clients", "persons"),
    "jongerenmetjeugdzorginnatura": ("youth_clients", "persons"),
    "percentagejongerenmetjeugdzorg": ("youth_clients_share", "percent"),
    "gemiddeldinkomenperinwoner": ("income_per_resident", "1000 euro"),
    "aantalinwoners": ("residents", "persons"),
    "personenpersoortuitkeringbijstand": ("benefit_recipients", "persons"),
    "personenpersoortuitkeringaow": ("state_pension_recipients", "persons"),
}
"""Titles of CBS, without signs and spaces, and what we call the figure and its unit."""

_UNITS: Final = {
    "aantal": "number",
    "": "number",
    "%": "percent",
    "per1000inwoners": _PER_1000,
    "x1000euro": "1000 euro",
    "1000euro": "1000 euro",
    "euro": "euro",
    "x1000": "thousands",
    "1000": "thousands",
}
_INHABITANTS: Final = ("aantalinwoners", "inwoners", "bevolking", "bevolkingop1januari", "totalebevolking")
_HOUSEHOLDS: Final = ("huishoudenstotaal", "totaalparticulierehuishoudens", "particulierehuishoudens")
_SEXES: Final = {"mannen": "1", "vrouwen": "2"}
_SECRET: Final = -99_990
_EVERYONE: Final[tuple[int, int | None]] = (0, None)
_AREA: Final = re.compile("(GM[0-9]{4}|WK[0-9]{6}|BU[0-9]{8})")
_PERIOD: Final = re.compile("((?:19|20|21)[0-9]{2})(JJ00|HJ0[12]|KW0[1-4]|MM(?:0[1-9]|1[0-2]))")


def read(
    path: Path,
    *,
    town: Municipality,
    supplier: Supplier,
    pseudonyms: Pseudonymiser,
    received: date,
    known: Mapping[str, pl.DataFrame],
) -> Batch:
    """Return the figures of a saved table; nobody comes in by number, so neither key nor store is asked anything.

    Raises `UnreadableFileError` (N-211) and `CbsFileError` (N-216).
    """
    delivery = open_delivery(path, "cbs", received)
    table = saved(delivery.content, delivery.name)
    desk = _Desk(table, town)
    for line, observation in enumerate(table.observations, start=1):
        desk.take(line, observation)
    tables = {name: DELIVERED[name].frame(rows) for name, rows in desk.rows.items() if rows}
    return delivery.batch(
        tables,
        rows_in=len(table.observations),
        refusals=desk.refusals,
        remarks=(*desk.remarks(), *(remark for name, rows in tables.items() for remark in sums.check(name, rows))),
    )


def saved(content: bytes, name: str) -> Saved:
    """Return a table as it was fetched; CbsFileError (N-216) when it is none."""
    try:
        found = msgspec.json.decode(content, type=Saved)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        found = None
    if found is None or not found.observations:
        raise CbsFileError(
            "Dit is geen tabel die van het CBS is opgehaald.",
            where=name,
            now="Haal haar op zoals docs/how-to/fetch-cbs-figures.md beschrijft; een download van StatLine past niet.",
        )
    return found


def plain(title: str) -> str:
    """Return a title in lower case without accents, signs and spaces: CBS writes one in several ways."""
    letters = unicodedata.normalize("NFKD", title.lower())
    return re.sub(r"[^a-z0-9%]", "", letters)


def slug(title: str) -> str:
    """Return a title in snake case."""
    letters = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")


def ages(title: str) -> tuple[int, int | None] | None:
    """Return the youngest and the oldest age that a title speaks of (no oldest: and older), or None when it does not.

    Totals speak of everyone, from 0.
    """
    text = " ".join(title.lower().split())
    if text.startswith("totaal"):
        return _EVERYONE
    if found := re.fullmatch(r"(\d{1,3}) tot (\d{1,3}) jaar", text):
        return int(found[1]), int(found[2]) - 1
    if found := re.fullmatch(r"(\d{1,3}) jaar (?:of|en) ouder", text):
        return int(found[1]), None
    if found := re.fullmatch(r"jonger dan (\d{1,3}) jaar", text):
        return 0, int(found[1]) - 1
    if found := re.fullmatch(r"(\d{1,3}) jaar", text):
        return int(found[1]), int(found[1])
    return None


def counts_inhabitants(title: str) -> bool:
    """Return whether a title says that residents are counted, and not which."""
    return plain(title) in _INHABITANTS


def status(said: str, title: str) -> Status | None:
    """Return how firm a period is, by its status or the asterisks behind its title; None when CBS does not say."""
    words = plain(said)
    if "nader" in words or "revised" in words or title.endswith("**"):
        return Status.REVISED
    if "voorlopig" in words or "provisional" in words or title.endswith("*"):
        return Status.PROVISIONAL
    return Status.FINAL if "defini" in words or "final" in words else None


@dataclass
class _Desk:
    """Where one saved table is sorted into ours."""

    saved: Saved
    town: Municipality
    rows: dict[str, list[dict[str, object]]] = field(
        default_factory=lambda: {"population": [], "households": [], "key_figure": [], "area_name": []}
    )
    refusals: list[Refusal] = field(default_factory=list)
    secret: list[int] = field(default_factory=list)
    undated: list[int] = field(default_factory=list)
    other_unit: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.measures = {measure.code: measure for measure in self.saved.measures}
        self.dimensions = {item.name: item for item in self.saved.dimensions}
        self.codes = {item.name: {code.code: code for code in item.codes} for item in self.saved.dimensions}
        titles = [slug(measure.title) for measure in self.saved.measures]
        self.twice = {title for title in titles if titles.count(title) > 1}
        year = re.search(r"\b((?:19|20)[0-9]{2})\s*$", self.saved.title)
        self.only_period = f"{year[1]}JJ00" if year else ""
        self.seen: set[tuple[object, ...]] = set()

    def take(self, line: int, observation: _Observation) -> None:
        """Put one observation in its table, or refuse it."""
        measure = self.measures.get(observation.measure)
        area = self._code("area", observation)
        period = self._code("period", observation) or self.only_period
        dated = _PERIOD.fullmatch(period)
        if measure is None:
            return self._refuse(line, "measure", "dit onderwerp staat niet in de tabel.")
        if not _AREA.fullmatch(area):
            return self._refuse(line, "area", "dit gebied is geen gemeente, wijk of buurt.")
        if dated is None:
            return self._refuse(line, "period", "deze periode is geen jaar, halfjaar, kwartaal of maand.")
        value = observation.value
        if value is not None and value <= _SECRET:
            value = None
        if value is None:
            self.secret.append(line)
        place = {"line": line, "area": area}
        others = {
            name: self.codes[name].get(code, _Code(code, code)).title
            for name, code in observation.codes.items()
            if name in self.dimensions and self.dimensions[name].kind == "other"
        }
        found = None if value is None else self._counted(measure, value, others, dated)
        if found and found[0] == "population" and self._elsewhere(area) and plain(measure.title) == "aantalinwoners":
            found = None
        if found is None:
            found = ("key_figure", self._figure(measure, value, others, period, dated, line))
        self._name(line, area, int(dated[1]))
        return self._keep(line, found[0], place | found[1])

    def _elsewhere(self, area: str) -> bool:
        """Return whether an area is another municipality."""
        return area.startswith("GM") and area[2:] != self.town.code

    def _name(self, line: int, area: str, year: int) -> None:
        """Keep what an area is called in a year, once."""
        codes = next((self.codes[item.name] for item in self.saved.dimensions if item.kind == "area"), {})
        code = codes.get(area)
        key = ("area_name", year, area)
        if code is not None and code.title and key not in self.seen:
            self.seen.add(key)
            row = {"line": line, "year": year, "area": area, "name": code.title, "source": f"CBS, {self.saved.table}"}
            self.rows["area_name"].append(row)

    def _code(self, kind: str, observation: _Observation) -> str:
        name = next((item.name for item in self.dimensions.values() if item.kind == kind), "")
        return observation.codes.get(name, "").strip()

    def _refuse(self, line: int, rule: str, reason: str) -> None:
        self.refusals.append(Refusal(line=line, rule=rule, reason=f"Waarneming {line}: {reason}"))

    def _counted(
        self, measure: _Measure, value: float, others: Mapping[str, str], dated: re.Match[str]
    ) -> tuple[str, dict[str, object]] | None:
        """Return the row of inhabitants or households that an observation is, if it is one."""
        title, unit = plain(measure.title), _UNITS.get(plain(measure.unit))
        if unit not in ("number", "thousands") or dated[2] not in ("JJ00", "MM01") or value < 0:
            return None
        count = round(value * (1000 if unit == "thousands" else 1))
        common: dict[str, object] = {"on": date(int(dated[1]), 1, 1), "source": f"CBS, {self.saved.table}"}
        if title in _HOUSEHOLDS and all(name.startswith("totaal") for name in map(str.lower, others.values())):
            return "households", common | {"households": count}
        who = self._who(measure, others)
        if who is None:
            return None
        forecast = "prognose" in self.saved.title.lower()
        kind = "forecast" if forecast else "observed"
        return "population", common | who | {"persons": count, "kind": kind}

    def _who(self, measure: _Measure, others: Mapping[str, str]) -> dict[str, object] | None:
        """Return age and sex of the inhabitants that a measure counts; None when it counts something else."""
        words = list(others.values())
        if plain(measure.title) not in _INHABITANTS:
            one_group = plain(measure.title) in _SEXES or ages(measure.title) not in (None, _EVERYONE)
            if "wijken en buurten" not in self.saved.title.lower() or not one_group:
                return None
            words.append(measure.title)  # key figures per district have a column per band and sex
        sex, band = "0", _EVERYONE
        for word in words:
            if plain(word) in _SEXES:
                sex = _SEXES[plain(word)]
            elif (found := ages(word)) is None:
                return None
            elif found != _EVERYONE:
                band = found
        return {"age_from": band[0], "age_until": band[1], "sex": sex}

    def _figure(
        self,
        measure: _Measure,
        value: float | None,
        others: Mapping[str, str],
        period: str,
        dated: re.Match[str],
        line: int,
    ) -> dict[str, object]:
        """Return the key figure that an observation is, under our name of it or else under its own."""
        unit = _UNITS.get(plain(measure.unit), " ".join(measure.unit.split()) or "number")
        name = slug(measure.title)
        if name in self.twice:
            name = f"{name}_{slug(measure.code)}"
        if known := _NAMES.get(plain(measure.title)):
            if unit not in (known[1], "number"):
                self.other_unit.append(line)
            else:
                unit = known[1]
            name = known[0]
        parts = [slug(title) for title in others.values() if not title.lower().startswith("totaal")]
        firm = self._status(period, line)
        return {
            "table_id": self.saved.table,
            "period": period,
            "year": int(dated[1]),
            "name": "_".join([name, *parts]),
            "value": value,
            "unit": unit,
            "status": str(firm),
        }

    def _status(self, period: str, line: int) -> Status:
        codes = next((self.codes[item.name] for item in self.saved.dimensions if item.kind == "period"), {})
        code = codes.get(period)
        firm = status(code.status, code.title) if code else None
        if firm is None:
            self.undated.append(line)
        return firm or Status.PROVISIONAL

    def _keep(self, line: int, table: str, row: dict[str, object]) -> None:
        if table != "key_figure" and str(row["area"])[2:6] != self.town.code:
            return self._refuse(line, "area", "dit gebied hoort niet bij deze gemeente.")
        key = (table, *(row.get(name) for name in DELIVERED[table].key))
        if key in self.seen:
            return self._refuse(line, "duplicate", "deze waarneming staat er al.")
        self.seen.add(key)
        return self.rows[table].append(row)

    def remarks(self) -> Iterator[Remark]:
        """Yield what is to be said of the table as a whole."""
        for lines, code, text in (
            (self.secret, "secret", "{} keer is er geen cijfer: het CBS heeft het niet of houdt het geheim."),
            (self.undated, "status", "{} keer zegt het CBS niet of een cijfer voorlopig is; dat is aangenomen."),
            (self.other_unit, "unit", "{} keer is de eenheid een andere dan dit onderwerp altijd had."),
        ):
            if lines:
                yield Remark(line=lines[0], code=code, text=text.format(len(lines)))


__all__: Sequence[str] = [
    "CbsFileError",
    "Saved",
    "ages",
    "counts_inhabitants",
    "plain",
    "read",
    "saved",
    "slug",
    "status",
]
