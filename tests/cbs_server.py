"""CBS on this machine: made-up tables of a made-up town, served over HTTP as both of its interfaces would."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec

from noaber.connections.cbs import Code, Dimension, Measure, Observation, Table

Row = dict[str, Any]


def district_table() -> Table:
    """Return key figures of two areas of the town and one of a neighbour; like the real ones it has no period."""
    measures = {
        "Aantal inwoners": ("aantal", (1660.0, 300.0, 900.0)),
        "0 tot 15 jaar": ("aantal", (240.0, 45.0, 100.0)),
        "65 jaar of ouder": ("aantal", (330.0, 60.0, 200.0)),
        "Huishoudens totaal": ("aantal", (800.0, 140.0, 400.0)),
        "Gemiddeld inkomen per inwoner": ("x 1 000 euro", (31.5, None, 35.0)),
        "Wmo-cliënten": ("aantal", (115.0, 20.0, 60.0)),
        "Wmo-cliënten relatief": ("per 1 000 inwoners", (69.0, -99997.0, 66.0)),
    }
    areas = ("GM9901", "WK990100", "GM9902")
    return Table(
        table="99984NED",
        title="Kerncijfers wijken en buurten 2024",
        modified="2026-02-27",
        api="v4",
        dimensions=(
            Dimension(
                name="WijkenEnBuurten", kind="area", codes=tuple(Code(code=area, title=area.lower()) for area in areas)
            ),
        ),
        measures=tuple(
            Measure(code=f"M{place:06}", title=title, unit=unit)
            for place, (title, (unit, _)) in enumerate(measures.items())
        ),
        observations=tuple(
            Observation(measure=f"M{place:06}", codes={"WijkenEnBuurten": area}, value=value)
            for place, (_, values) in enumerate(measures.values())
            for area, value in zip(areas, values, strict=True)
        ),
    )


def municipality_table(people: dict[str, tuple[str, tuple[float | None, ...]]] | None = None) -> Table:
    """Return key figures of municipalities by code, each with its name and residents of five ages; some made up."""
    ages = ("0 tot 15 jaar", "15 tot 25 jaar", "25 tot 45 jaar", "45 tot 65 jaar", "65 jaar of ouder")
    found = people or {
        "GM9901": ("Noaberstad", (240.0, 180.0, 400.0, 510.0, 330.0)),
        "GM9902": ("Buurstad", (480.0, 360.0, 800.0, 1020.0, 660.0)),
        "GM9903": ("Geheimstad", (240.0, 180.0, 400.0, 510.0, None)),
        "WK990100": ("Oale Markt", (40.0, 30.0, 60.0, 90.0, 55.0)),
    }
    titles = ("Aantal inwoners", *ages, "Wmo-cliënten")
    return Table(
        table="99985NED",
        title="Kerncijfers wijken en buurten 2024",
        modified="2026-02-27",
        api="v4",
        dimensions=(
            Dimension(
                name="WijkenEnBuurten",
                kind="area",
                codes=tuple(Code(code=code, title=name) for code, (name, _) in found.items()),
            ),
        ),
        measures=tuple(Measure(code=f"M{n:06}", title=title, unit="aantal") for n, title in enumerate(titles)),
        observations=tuple(
            Observation(measure=f"M{n:06}", codes={"WijkenEnBuurten": code}, value=value)
            for code, (_, counts) in found.items()
            for n, value in enumerate((sum(count or 0 for count in counts), *counts, 7.0))
        ),
    )


def age_table() -> Table:
    """Return residents of two municipalities by sex, age and year; ages as CBS gives them, in two ways that overlap."""
    ages = {"10000": "Totaal", "1": "0 tot 20 jaar", "2": "0 tot 5 jaar", "3": "5 tot 20 jaar", "4": "20 jaar of ouder"}
    counts = {"10000": 90.0, "1": 30.0, "2": 10.0, "3": 20.0, "4": 60.0}
    dimensions = {
        "Geslacht": ("other", {"T001038": "Totaal mannen en vrouwen", "3000": "Mannen"}),
        "Leeftijd": ("other", ages),
        "RegioS": ("area", {"GM9901": "Noaberstad", "GM9904": "Opgegaanstad"}),
        "Perioden": ("period", {"2025JJ00": "2025", "2026JJ00": "2026"}),
    }
    return Table(
        table="99944NED",
        title="Bevolking op 1 januari; geslacht, leeftijd en regio",
        modified="2026-05-01",
        api="v4",
        dimensions=tuple(
            Dimension(name=name, kind=kind, codes=tuple(Code(code=code, title=title) for code, title in codes.items()))
            for name, (kind, codes) in dimensions.items()
        ),
        measures=(Measure(code="M000352", title="Bevolking op 1 januari", unit="aantal"),),
        observations=tuple(
            Observation(
                measure="M000352",
                codes={"Geslacht": sex, "Leeftijd": age, "RegioS": area, "Perioden": year},
                value=None
                if area == "GM9904" and year == "2026JJ00"
                else counts[age] / (2 if sex == "3000" else 1) + (year == "2026JJ00"),
            )
            for sex in dimensions["Geslacht"][1]
            for age in ages
            for area in dimensions["RegioS"][1]
            for year in dimensions["Perioden"][1]
        ),
    )


def without_secrets(table: Table) -> Table:
    """Return a table as it looks once fetched: a figure that is kept secret is empty."""
    known = [None if item.value is not None and item.value < -99_990 else item.value for item in table.observations]
    observations = zip(table.observations, known, strict=True)
    return msgspec.structs.replace(
        table, observations=tuple(msgspec.structs.replace(item, value=value) for item, value in observations)
    )


def wmo_table(years: range = range(2022, 2025)) -> Table:
    """Return clients under the Wmo by kind of support and year, of which the last is provisional."""
    kinds = {"T001024": "Totaal maatwerkarrangementen", "A019507": "Hulp bij het huishouden"}
    return Table(
        table="99950NED",
        title="Wmo-cliënten; type maatwerkarrangement, regio",
        modified="2026-06-30",
        api="v4",
        dimensions=(
            Dimension(
                name="TypeMaatwerkarrangement",
                kind="other",
                codes=tuple(Code(code=code, title=title) for code, title in kinds.items()),
            ),
            Dimension(name="RegioS", kind="area", codes=(Code(code="GM9901", title="Noaberstad"),)),
            Dimension(
                name="Perioden",
                kind="period",
                codes=tuple(
                    Code(
                        code=f"{year}JJ00",
                        title=f"{year}" + "*" * (year == years[-1]),
                        status="Voorlopig" if year == years[-1] else "Definitief",
                    )
                    for year in years
                ),
            ),
        ),
        measures=(Measure(code="M000100", title="Wmo-cliënten", unit="aantal"),),
        observations=tuple(
            Observation(
                measure="M000100",
                codes={"TypeMaatwerkarrangement": kind, "RegioS": "GM9901", "Perioden": f"{year}JJ00"},
                value=float(100 + 10 * place + year % 100),
            )
            for year in years
            for place, kind in enumerate(kinds)
        ),
    )


@dataclass
class Cbs:
    """What the server has and how it behaves; `asked` holds the questions it got."""

    tables: dict[str, Table]
    page: int = 4
    only_v3: bool = False
    trouble: list[int] = field(default_factory=list)
    """Status codes to answer first, one a question."""
    nonsense: bytes = b""
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def answer(self, path: str, query: dict[str, str]) -> Row | None:
        """Return the answer to a question; None when there is no such table."""
        _, version, identifier, *rest = path.split("/")
        table = self.tables.get(identifier)
        if table is None or (version == "v4" and self.only_v3):
            return None
        what = rest[0]
        if version == "v4":
            if what == "Properties":
                return {"Identifier": table.table, "Title": table.title, "Modified": table.modified}
            return self._page(path, query, _newer(table, what), "@odata.nextLink")
        return self._page(path, query, _older(table, what), "odata.nextLink")

    def _page(self, path: str, query: dict[str, str], rows: list[Row], link: str) -> Row:
        rows = [row for row in rows if _passes(row, query.get("$filter", ""))]
        skip = int(query.get("$skip", "0"))
        found: Row = {"value": rows[skip : skip + self.page]}
        if len(rows) > skip + self.page:
            asked = "".join(f"&{name}={value}" for name, value in query.items() if name != "$skip")
            found[link] = f"http://elsewhere.example{path}?$skip={skip + self.page}{asked}".replace(" ", "%20")
        return found


def _passes(row: Row, asked: str) -> bool:
    parts = re.findall(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)(?: and |$)", asked)
    return all(
        any(str(row[name]).startswith(begin) for name, begin in re.findall(r"startswith\((\w+),'([^']*)'\)", part))
        for part in parts
    )


_KINDS = {"area": "GeoDimension", "period": "TimeDimension", "other": "Dimension"}


def _newer(table: Table, what: str) -> list[Row]:
    if what == "Dimensions":
        return [{"Identifier": item.name, "Title": item.name, "Kind": _KINDS[item.kind]} for item in table.dimensions]
    if what == "MeasureCodes":
        return [{"Identifier": item.code, "Title": item.title, "Unit": item.unit} for item in table.measures]
    if what == "Observations":
        return [
            {"Id": place, "Measure": item.measure, "ValueAttribute": "None", "Value": item.value, **item.codes}
            for place, item in enumerate(table.observations)
        ]
    (dimension,) = [item for item in table.dimensions if f"{item.name}Codes" == what]
    return [{"Identifier": code.code, "Title": code.title, "Status": code.status or None} for code in dimension.codes]


def _older(table: Table, what: str) -> list[Row]:
    columns = {item.code: f"{re.sub('[^A-Za-z0-9]', '', item.title)}_{item.code[-1]}" for item in table.measures}
    if what == "TableInfos":
        return [{"Title": table.title, "Modified": table.modified}]
    if what == "DataProperties":
        dimensions = [{"Key": item.name, "Title": item.name, "Type": _KINDS[item.kind]} for item in table.dimensions]
        group = {"Key": "", "Title": "Groep", "Type": "TopicGroup"}
        name = {"Key": "Gemeentenaam_0", "Title": "Gemeentenaam", "Type": "Topic", "Unit": ""}
        topics = [
            {"Key": columns[item.code], "Title": item.title, "Type": "Topic", "Unit": item.unit}
            for item in table.measures
        ]
        return [*dimensions, group, name, *topics]
    if what == "TypedDataSet":
        rows: dict[tuple[str, ...], Row] = {}
        for item in table.observations:
            padded = {dimension: f"{code:10}" for dimension, code in item.codes.items()}
            row = rows.setdefault(tuple(padded.values()), {"Gemeentenaam_0": "Noaberstad", **padded})
            row[columns[item.measure]] = "       ." if item.value is None else item.value
        return list(rows.values())
    (dimension,) = [item for item in table.dimensions if item.name == what]
    return [{"Key": f"{code.code:10}", "Title": code.title, "Status": code.status} for code in dimension.codes]


@contextmanager
def serving(cbs: Cbs) -> Iterator[Cbs]:
    """Serve `cbs` on a free port of this machine, and say at which address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            cbs.asked.append(self.path)
            status, body = 200, b"{}"
            if cbs.trouble:
                status = cbs.trouble.pop(0)
            elif cbs.nonsense:
                body = cbs.nonsense
            else:
                found = cbs.answer(parts.path, query)
                status, body = (404, b"") if found is None else (200, json.dumps(found).encode())
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            if status == 429:
                self.send_header("Retry-After", "7")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    cbs.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield cbs
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
