"""The municipalities around and beyond the town, as Statistics Netherlands would tell of them: all made up.

Ours gets the figures that the town really has; the others get a level of their own that moves a little each year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from noaber.connections.cbs import Code, Dimension, Measure, Observation, Table
from noaber.records import Law

from .backoffice import Office
from .streams import new_year, stream
from .truth import YearTruth

_OURS: Final = ("GM9901", "Noaberstad")
_NAMED: Final = {
    "Esschermarke": 158_400,
    "Almeroo": 73_900,
    "Borkelro": 24_100,
    "Hof van Salland": 35_600,
    "Oldekerspel": 32_200,
    "Beukendrecht": 66_300,
    "Deventerwold": 101_700,
    "Drostendam": 57_800,
    "Eemsluis": 92_400,
    "Gelreburg": 81_500,
    "Haverlo": 51_200,
    "Heidezoom": 77_100,
    "IJsselhorst": 54_900,
    "Kempenrode": 88_600,
    "Langemeer": 69_700,
    "Lekstad": 62_500,
    "Maasveld": 95_300,
    "Merwehaven": 116_800,
    "Noorderkoog": 73_200,
    "Peelbergen": 44_700,
    "Rijnakker": 59_400,
    "Scheldemond": 86_200,
    "Veenwolde": 28_300,
    "Vechtdalen": 64_100,
    "Waddenzijl": 47_900,
    "Westerkade": 212_600,
}
"""Made-up municipalities and their residents; the first five lie around the town (see noaberstad.toml)."""
_OTHERS: Final = {f"GM{9902 + place}": item for place, item in enumerate(_NAMED.items())}
"""Their name and residents by code."""
_YOUNG: Final = 23


_RESIDENTS: Final = Measure(code="T001036", title="Aantal inwoners", unit="aantal")
_BENEFIT: Final = Measure(code="M000157", title="Personen per soort uitkering; Bijstand", unit="aantal")
_YOUTH: Final = Measure(code="M003208", title="Percentage jongeren met jeugdzorg", unit="%")
_WMO: Final = Measure(code="M001342", title="Wmo-cliënten", unit="aantal")
_WMO_RATE: Final = Measure(code="M002214", title="Wmo-cliënten, relatief", unit="per 1 000 inwoners")
_TABLES: Final = (
    ("86050NED", "Wmo-cliënten per gemeente (verzonnen)", (_WMO, _WMO_RATE)),
    ("85984NED", "Kerncijfers per gemeente (verzonnen)", (_RESIDENTS, _BENEFIT, _YOUTH)),
)
_LEVELS: Final = {"wmo": (55.0, 0.14), "youth": (13.9, 0.12), "benefit": (26.0, 0.24)}
"""The usual rate elsewhere (of every 1,000 residents; of youth care in percent), and how far apart those lie."""
_FIRST: Final = 2016


def write(folder: Path, office: Office, years: Mapping[int, YearTruth], *, until: date, scale: float) -> None:
    """Write what CBS tells each September: the year before, provisional, and the one before that, now final."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {year: _told(office, item, year, scale) for year, item in years.items()}
    for year in told:
        known_on = date(year + 1, 9, 30)
        if known_on <= until:
            for number, title, measures in _TABLES:
                both = [item for each in (year - 1, year) for item in told.get(each, ()) if item.measure in measures]
                saved = msgspec.json.encode(_table(number, title, measures, both, year))
                (folder / f"{number}_{known_on}.json").write_bytes(saved + b"\n")


@dataclass(frozen=True, slots=True)
class _Told:
    """One figure of one municipality in one year."""

    measure: Measure
    area: str
    year: int
    value: float


def _told(office: Office, ours: YearTruth, year: int, scale: float) -> list[_Told]:
    """Return the figures of a year: ours as they are, those of others around their own level."""
    found = [_Told(measure, _OURS[0], year, value) for measure, value in _rounded(_of_us(office, ours, year))]
    for area, (_, residents) in _OTHERS.items():
        random = stream(office.seed, f"elsewhere {area}")
        rates = {}
        for name, (level, spread) in _LEVELS.items():
            own = level * float(np.exp(random.normal(0.0, spread)))
            drift = random.normal(0.002, 0.02, size=year - _FIRST + 1).sum()
            rates[name] = own * float(np.exp(drift))
        living = round(residents * scale * 1.004 ** (year - 2024))
        found.append(_Told(_RESIDENTS, area, year, living))
        found += [_Told(measure, area, year, value) for measure, value in _rounded((living, rates))]
    return found


def _of_us(office: Office, ours: YearTruth, year: int) -> tuple[int, dict[str, float]]:
    """Return how many live in town and the rates of who really gets what."""
    on = new_year(year)
    young = int((office.town.present(on) & (office.town.ages(on) < _YOUNG)).sum())
    return ours.residents, {
        "wmo": 1000 * ours.clients[Law.WMO] / ours.residents,
        "youth": 100 * ours.clients[Law.YOUTH] / young,
        "benefit": 1000 * ours.persons[Law.PARTICIPATION] / ours.residents,
    }


def _rounded(counted: tuple[int, Mapping[str, float]]) -> list[tuple[Measure, float]]:
    """Return rates as CBS publishes them: clients to five, rates worked out from those, benefits to ten."""
    residents, rates = counted
    clients = 5 * round(rates["wmo"] * residents / 5000)
    return [
        (_WMO, clients),
        (_WMO_RATE, round(1000 * clients / residents)),
        (_YOUTH, round(rates["youth"], 1)),
        (_BENEFIT, 10 * round(rates["benefit"] * residents / 10_000)),
    ]


def _table(number: str, title: str, measures: tuple[Measure, ...], told: Sequence[_Told], last: int) -> Table:
    names = dict([_OURS]) | {area: name for area, (name, _) in _OTHERS.items()}
    years = sorted({item.year for item in told})
    said = {year: "Voorlopig" if year == last else "Definitief" for year in years}
    return Table(
        table=number,
        title=title,
        modified=f"{last + 1}-09-30",
        api="v4",
        dimensions=(
            Dimension(
                name="RegioS", kind="area", codes=tuple(Code(code=area, title=name) for area, name in names.items())
            ),
            Dimension(
                name="Perioden",
                kind="period",
                codes=tuple(Code(code=f"{year}JJ00", title=str(year), status=said[year]) for year in years),
            ),
        ),
        measures=measures,
        observations=tuple(
            Observation(
                measure=item.measure.code,
                codes={"RegioS": item.area, "Perioden": f"{item.year}JJ00"},
                value=item.value,
            )
            for item in told
        ),
    )
