"""CBS over HTTP: both interfaces of its open data, page by page, patient with a slow or busy server.

The newer interface (v4) gives one observation per row; the older (v3) gives one row with a column per measure, pads its
codes with spaces and stops at 10,000 rows a page. CBS is moving from the one to the other, so both are needed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import quote, urlencode, urlsplit

import httpx
import msgspec

from noaber import __version__

from .catalogue import identifier as number_of
from .table import (
    Api,
    Cbs,
    CbsAnswerError,
    CbsTableError,
    CbsUnreachableError,
    Code,
    Dimension,
    Measure,
    Observation,
    Table,
    nothing,
    only_used,
    unknown,
)

V4: Final = "https://datasets.cbs.nl/odata/v1/CBS"
V3: Final = "https://opendata.cbs.nl/ODataFeed/odata"
_PAGE: Final = 10_000
_MOST_ROWS: Final = 2_000_000
_TRIES: Final = 4
_BUSY: Final = (429, 500, 502, 503, 504)
_LONGEST_WAIT: Final = 60.0
_SECRET: Final = -99_990
Row = dict[str, Any]


def fetch(
    table: str,
    folder: Path,
    *,
    areas: Sequence[str],
    on: date,
    periods: Sequence[str] = (),
    api: Api | None = None,
    cbs: Cbs | None = None,
) -> Path:
    """Fetch a table of CBS and save it as `<number>_<on>.json` in `folder`; return the path.

    `table` is a number (85984NED) or a name from the catalogue (kerncijfers-2024); `areas` and `periods` are the codes
    asked for, or their beginnings (GM0164, WK0164; 2024). `on` is the day of fetching, and so the day the figures were
    known. Raises `CbsUnreachableError` (N-251), `CbsTableError` (N-252) and `CbsAnswerError` (N-253).
    """
    number = number_of(table)
    found = (cbs or Client()).table(number, areas=areas, periods=periods, api=api)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{number}_{on}.json"
    fresh = path.with_suffix(".new")
    fresh.write_bytes(msgspec.json.encode(found) + b"\n")
    fresh.replace(path)
    return path


@dataclass(frozen=True)
class Client:
    """The two interfaces at their addresses; `wait` is called with the seconds to pause, between tries and requests."""

    v4: str = V4
    v3: str = V3
    timeout: float = 60.0
    seconds_between: float = 0.2
    wait: Callable[[float], None] = field(default=time.sleep, repr=False)

    def table(
        self, identifier: str, *, areas: Sequence[str], periods: Sequence[str] = (), api: Api | None = None
    ) -> Table:
        """Return what a table says of areas and periods whose codes begin so (see `Cbs.table`)."""
        with httpx.Client(timeout=self.timeout, headers={"User-Agent": f"noaber/{__version__}"}) as http:
            try:
                if api != "v3":
                    return self._newer(http, identifier, areas, periods)
            except CbsTableError:
                if api == "v4":
                    raise
            except (KeyError, TypeError, AttributeError):
                raise _odd(httpx.URL(f"{self.v4}/{identifier}")) from None
            try:
                return self._older(http, identifier, areas, periods)
            except (KeyError, TypeError, AttributeError):
                raise _odd(httpx.URL(f"{self.v3}/{identifier}")) from None

    def _newer(self, http: httpx.Client, identifier: str, areas: Sequence[str], periods: Sequence[str]) -> Table:
        address = f"{self.v4}/{identifier}"
        about = self._get(http, httpx.URL(f"{address}/Properties"), identifier)
        kinds = {row["Identifier"]: _kind(row) for row in self._rows(http, f"{address}/Dimensions", identifier)}
        measures = tuple(
            Measure(code=row["Identifier"], title=row["Title"], unit=row.get("Unit") or "")
            for row in self._rows(http, f"{address}/MeasureCodes", identifier)
        )
        rows = self._rows(http, f"{address}/Observations", identifier, _filter(kinds, areas, periods))
        observations = tuple(
            Observation(
                measure=row["Measure"], codes={name: row[name].strip() for name in kinds}, value=_value(row["Value"])
            )
            for row in rows
        )
        dimensions = (
            Dimension(
                name=name,
                kind=kind,
                codes=tuple(_code(row, "Identifier") for row in self._rows(http, f"{address}/{name}Codes", identifier)),
            )
            for name, kind in kinds.items()
        )
        return _table(identifier, about, "v4", tuple(dimensions), measures, observations, areas)

    def _older(self, http: httpx.Client, identifier: str, areas: Sequence[str], periods: Sequence[str]) -> Table:
        address = f"{self.v3}/{identifier}"
        about = next(iter(self._rows(http, f"{address}/TableInfos", identifier)), {})
        properties = list(self._rows(http, f"{address}/DataProperties", identifier))
        kinds = {
            row["Key"]: _kind(row) for row in properties if str(row.get("Type")).endswith(("Dimension", "GeoDetail"))
        }
        measures = tuple(
            Measure(code=row["Key"], title=row["Title"], unit=row.get("Unit") or "")
            for row in properties
            if row.get("Type") == "Topic"
        )
        rows = self._rows(http, f"{address}/TypedDataSet", identifier, _filter(kinds, areas, periods))
        observations = tuple(
            Observation(
                measure=measure.code,
                codes={name: row[name].strip() for name in kinds},
                value=_value(row.get(measure.code)),
            )
            for row in rows
            for measure in measures
            if not _is_text(row.get(measure.code))
        )
        dimensions = (
            Dimension(
                name=name,
                kind=kind,
                codes=tuple(_code(row, "Key") for row in self._rows(http, f"{address}/{name}", identifier)),
            )
            for name, kind in kinds.items()
        )
        return _table(identifier, about, "v3", tuple(dimensions), measures, observations, areas)

    def _rows(self, http: httpx.Client, url: str, identifier: str, asked: str = "") -> Iterator[Row]:
        """Yield the rows behind an address, page after page."""
        parameters: dict[str, str | int] = {"$format": "json"} if url.startswith(self.v3) else {}
        if asked:
            parameters["$filter"] = asked
        seen = 0
        following: httpx.URL | None = _address(url, parameters)
        while following is not None:
            page = self._get(http, following, identifier)
            rows = page.get("value")
            if not isinstance(rows, list):
                raise _odd(following)
            yield from rows
            seen += len(rows)
            if seen > _MOST_ROWS:
                raise CbsAnswerError(
                    f"Tabel {identifier} is met meer dan {_MOST_ROWS:,} rijen te groot om in één keer op te halen.",
                    where=str(following.copy_with(query=None)),
                    now="Vraag minder gebieden of perioden.",
                )
            link = page.get("@odata.nextLink") or page.get("odata.nextLink")
            if link:
                following = _within(following, link)
            elif len(rows) == _PAGE:
                following = _address(url, parameters | {"$skip": seen})
            else:
                following = None

    def _get(self, http: httpx.Client, url: httpx.URL, identifier: str) -> Row:
        """Return the answer to one question, trying again when CBS is slow or busy."""
        where = str(url.copy_with(query=None))
        reason = ""
        for attempt in range(_TRIES):
            self.wait(self.seconds_between if attempt == 0 else min(_LONGEST_WAIT, 2.0**attempt))
            try:
                answer = http.get(url)
            except httpx.TransportError as error:
                reason = type(error).__name__
                continue
            if answer.status_code in _BUSY:
                reason = f"HTTP {answer.status_code}"
                self.wait(_asked_to_wait(answer))
                continue
            if answer.status_code == 404:
                raise unknown(identifier)
            if answer.status_code != 200:
                raise CbsAnswerError(
                    f"Het CBS weigert de vraag (HTTP {answer.status_code}).",
                    where=where,
                    now="Vraag minder of andere gebieden en perioden; helpt dat niet, meld het dan.",
                )
            return _json(answer, url)
        raise CbsUnreachableError(
            f"Het CBS is niet bereikbaar ({reason}, {_TRIES} keer geprobeerd).",
            where=where,
            now="Controleer het netwerk en probeer het later opnieuw; wat al is opgehaald blijft bruikbaar.",
        )


def _address(url: str, parameters: Mapping[str, str | int]) -> httpx.URL:
    """Return an address with its question; a space is written as %20, for a plus sign is one to an OData server."""
    asked = urlencode(parameters, quote_via=quote, safe="$'(),")
    return httpx.URL(f"{url}?{asked}" if asked else url)


def _json(answer: httpx.Response, url: httpx.URL) -> Row:
    try:
        found = answer.json()
    except ValueError:
        raise _odd(url) from None
    if not isinstance(found, dict):
        raise _odd(url)
    return found


def _odd(url: httpx.URL) -> CbsAnswerError:
    return CbsAnswerError(
        "Het CBS antwoordt anders dan zijn open data beloven.",
        where=str(url.copy_with(query=None)),
        now="Probeer de andere versie (v3 of v4); helpt dat niet, meld het dan.",
    )


def _asked_to_wait(answer: httpx.Response) -> float:
    asked = answer.headers.get("Retry-After", "0")
    return min(_LONGEST_WAIT, float(asked)) if asked.isdigit() else 0.0


def _within(current: httpx.URL, link: str) -> httpx.URL:
    """Return the next page, at the address we asked: a link elsewhere is not followed there."""
    parts = urlsplit(link)
    path = parts.path if parts.path.startswith("/") else current.path
    return current.copy_with(raw_path=f"{path}?{parts.query}".encode())


def _kind(row: Mapping[str, Any]) -> Literal["area", "period", "other"]:
    """Return the kind of a dimension: as CBS says, or else by the name that such dimensions always have."""
    kind, name = str(row.get("Kind") or row.get("Type") or ""), row.get("Identifier") or row.get("Key")
    if kind.startswith("Geo") or name in ("RegioS", "WijkenEnBuurten"):
        return "area"
    return "period" if kind.startswith("Time") or name == "Perioden" else "other"


def _filter(kinds: Mapping[str, str], areas: Sequence[str], periods: Sequence[str]) -> str:
    """Return a filter on the beginnings of codes: they may be padded with spaces, so that equality would miss them."""
    asked = {"area": areas, "period": periods, "other": ()}
    parts = []
    for name, kind in kinds.items():
        if begins := asked[kind]:
            parts.append(" or ".join(f"startswith({name},'{_quoted(one)}')" for one in begins))
    return " and ".join(f"({part})" for part in parts)


def _quoted(code: str) -> str:
    return code.replace("'", "''")


def _code(row: Row, key: str) -> Code:
    return Code(code=row[key].strip(), title=str(row["Title"]).strip(), status=str(row.get("Status") or ""))


def _is_text(value: object) -> bool:
    """Return whether a cell is text, such as a name; a point stands for a figure that is not there."""
    return isinstance(value, str) and value.strip() not in ("", ".")


def _value(value: object) -> float | None:
    """Return a figure; empty where CBS has none, keeps it secret, or writes that as -99997."""
    if not isinstance(value, int | float) or isinstance(value, bool) or value <= _SECRET:
        return None
    return float(value)


def _table(
    identifier: str,
    about: Row,
    api: Api,
    dimensions: tuple[Dimension, ...],
    measures: tuple[Measure, ...],
    observations: tuple[Observation, ...],
    areas: Sequence[str],
) -> Table:
    if not observations:
        raise nothing(identifier, areas)
    used = {observation.measure for observation in observations}
    return Table(
        table=identifier,
        title=str(about.get("Title") or identifier).strip(),
        modified=str(about.get("Modified") or ""),
        api=api,
        dimensions=tuple(only_used(dimension, observations) for dimension in dimensions),
        measures=tuple(measure for measure in measures if measure.code in used),
        observations=observations,
    )
