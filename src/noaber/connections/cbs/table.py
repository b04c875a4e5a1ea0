"""What a table of CBS is, whichever of its two interfaces it came through: measures, dimensions, observations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

import msgspec

from noaber.records import NoaberError


class CbsError(NoaberError):
    """Open data of CBS cannot be fetched."""

    code = "N-250"
    exit_code = 5


class CbsUnreachableError(CbsError):
    """CBS does not answer: no network, too slow, or out of order."""

    code = "N-251"


class CbsTableError(CbsError):
    """CBS has no such table, or nothing in it for these areas and periods."""

    code = "N-252"


class CbsAnswerError(CbsError):
    """CBS answers something else than its interface promises."""

    code = "N-253"


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """One code of a dimension; `status` says how firm a period is, in the words of CBS."""

    code: str
    title: str
    status: str = ""


class Dimension(msgspec.Struct, frozen=True, kw_only=True):
    """A dimension: an area, a time, or another (sex, age, kind of support), and the codes that occur."""

    name: str
    kind: Literal["area", "period", "other"]
    codes: tuple[Code, ...]


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """What is measured, and in which unit."""

    code: str
    title: str
    unit: str


class Observation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One figure; `value` is empty where CBS has none or keeps it secret."""

    measure: str
    codes: Mapping[str, str]
    value: float | None = None


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table, or the part of it that was asked for."""

    table: str
    title: str
    modified: str
    api: Literal["v3", "v4"]
    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    observations: tuple[Observation, ...]


Api = Literal["v3", "v4"]


class Cbs(Protocol):
    """Whoever can give a table: the client, or the fake."""

    def table(
        self, identifier: str, *, areas: Sequence[str], periods: Sequence[str] = (), api: Api | None = None
    ) -> Table:
        """Return what a table says of areas and periods whose codes begin so; no periods means all.

        Without `api` it asks the newer interface, and the older one for a table that the newer lacks. Raises
        `CbsUnreachableError` (N-251), `CbsTableError` (N-252) and `CbsAnswerError` (N-253).
        """
        ...


def nothing(identifier: str, areas: Sequence[str]) -> CbsTableError:
    """Return the error that a table says nothing of these areas and periods."""
    return CbsTableError(
        f"Tabel {identifier} van het CBS bevat niets voor {', '.join(areas)} in deze perioden.",
        where=identifier,
        now="Kies een andere tabel of periode; niet elke tabel gaat over gemeenten en wijken.",
    )


def unknown(identifier: str) -> CbsTableError:
    """Return the error that CBS has no such table."""
    return CbsTableError(
        f"Het CBS kent geen tabel {identifier}.",
        where=identifier,
        now="Zoek het nummer op StatLine, of kies een naam uit de lijst van bekende tabellen.",
    )


def only_used(dimension: Dimension, observations: Sequence[Observation]) -> Dimension:
    """Return the dimension with the codes that occur, for a code list may hold the whole country."""
    used = {observation.codes.get(dimension.name) for observation in observations}
    codes = tuple(code for code in dimension.codes if code.code in used)
    return msgspec.structs.replace(dimension, codes=codes)
