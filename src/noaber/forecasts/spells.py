"""Spells of support as a snapshot has them, in arrays for the flow engine: who, which form, where, how old, when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from noaber.municipality import Municipality
from noaber.records import Text

from ..flows import Floats, Ints, Seen
from ..flows.calibrate import Days
from ..flows.words import one_hot
from .ages import OLDEST, Band
from .errors import NoBasisError

AGES: Final[tuple[Band, ...]] = (
    (0, 4),
    (5, 9),
    (10, 14),
    (15, 17),
    (18, 22),
    (23, 44),
    (45, 64),
    (65, 74),
    (75, 84),
    (85, OLDEST),
)
"""Age bands in which use differs most, with an edge where a law ends."""
POOL: Final = "OVERIG_"
"""How the code begins of the form in which the small forms of a law are taken together."""
POOLED: Final = Text("Overige kleine vormen", "Other small forms")


@dataclass(frozen=True, kw_only=True)
class Register:
    """Every spell that was known, S of them, and what was claimed."""

    forms: tuple[str, ...]
    laws: tuple[str, ...]
    areas: tuple[str, ...]
    person: Ints
    form: Ints
    area: Ints
    """[S] number of the area; who has none known is spread over all of them."""
    born: Ints
    """[S] year of birth; of who has none known, the middle one of the form."""
    begin: Days
    last: Days
    """[S] NaT while it runs."""
    referrer: NDArray[np.str_]
    """[S] code, empty where there is none."""
    cents: Floats
    """[M, F] claimed per month from `first`."""
    first: date
    """The first month of claims."""
    pooled: Mapping[str, str] = field(default_factory=dict)
    """Forms that are taken together, by their code, and under which form."""

    def together(self, pooled: Mapping[str, str]) -> Register:
        """Return the register with forms taken together under another name, those last of their law."""
        names = [pooled.get(form, form) for form in self.forms]
        law_of = dict(zip(names, self.laws, strict=True))
        forms = tuple(sorted(law_of, key=lambda code: (law_of[code], code.startswith(POOL), code)))
        place = np.array([forms.index(name) for name in names])
        return replace(
            self,
            forms=forms,
            laws=tuple(law_of[form] for form in forms),
            form=place[self.form],
            cents=self.cents @ one_hot(place, len(forms)),
            pooled={code: name for code, name in pooled.items() if code in self.forms},
        )

    def seen(self, chosen: Ints, opens: date, months: int) -> Seen | None:
        """Return the spells of the forms numbered in `chosen`, renumbered, as known when the window closes; or None.

        A cell is an area × the age band at the start, or when the window opens. Who starts later is not there yet, and
        who ends later has not ended.
        """
        closes = np.datetime64(opens, "M") + np.timedelta64(months, "M")
        renumbered = np.full(len(self.forms), -1)
        renumbered[chosen] = np.arange(len(chosen))
        form = renumbered[self.form]
        ended = np.where(np.isnat(self.last), closes.astype("datetime64[D]"), self.last)
        kept = (form >= 0) & (self.begin < closes) & (ended >= np.datetime64(opens))
        if not kept.any():
            return None
        last = np.where(self.last >= closes, np.datetime64("NaT", "D"), self.last).astype("datetime64[D]")
        return Seen(
            person=self.person[kept],
            cell=self._cells(kept, opens),
            form=form[kept],
            begin=self.begin[kept],
            last=last[kept],
            opens=opens,
            months=months,
        )

    def _cells(self, kept: NDArray[np.bool_], opens: date) -> Ints:
        since = np.maximum(self.begin[kept], np.datetime64(opens)).astype("datetime64[Y]").astype(int) + 1970
        age = np.clip(since - self.born[kept], 0, OLDEST)
        band = np.searchsorted([first for first, _ in AGES], age, side="right") - 1
        return np.asarray(self.area[kept] * len(AGES) + band, dtype=np.int64)


def read(connection: duckdb.DuckDBPyConnection, town: Municipality, areas: tuple[str, ...]) -> Register:
    """Return the spells and claims of a snapshot; NoBasisError (N-731) when nobody ever had support.

    A spell runs from its start to its end, or to the end of its allocation. What has not begun is no support. `areas`
    are those of the population: the districts, or the municipality as a whole.
    """
    rows = connection.execute("""
        SELECT person, law, care_form, district, birth_year, referrer, began_on, coalesce(ended_on, allocated_until)
        FROM support
        WHERE began_on IS NOT NULL AND coalesce(ended_on, allocated_until, began_on) >= began_on
        ORDER BY ALL""").fetchnumpy()
    if not len(rows["person"]):
        raise NoBasisError(
            "Nobody has had support in this snapshot, so there is nothing to go on with.",
            where="support",
            now="Take in the messages or the back office, or forecast from tables with: noaber forecast --way tables",
        )
    law_of = {form.code: str(form.law) for form in town.care_forms} | dict(
        zip(_plain(rows["care_form"]), _plain(rows["law"]), strict=True)
    )
    forms = tuple(sorted(set(_plain(rows["care_form"])), key=lambda code: (law_of[code], code)))
    number = {code: place for place, code in enumerate(forms)}
    form = np.array([number[code] for code in _plain(rows["care_form"])], dtype=np.int64)
    first, cents = _claims(connection, forms)
    begin, last = (_days(rows[name]) for name in list(rows)[-2:])
    person = np.unique(_plain(rows["person"]), return_inverse=True)[1].astype(np.int64)
    return Register(
        forms=forms,
        laws=tuple(law_of[code] for code in forms),
        areas=areas,
        person=person,
        form=form,
        area=_areas(_plain(rows["district"]), areas, person),
        born=_born(rows["birth_year"], form, len(forms)),
        begin=begin,
        last=last,
        referrer=np.array(_plain(rows["referrer"]), dtype=np.str_),
        cents=cents,
        first=first,
    )


def _claims(connection: duckdb.DuckDBPyConnection, forms: tuple[str, ...]) -> tuple[date, Floats]:
    """Return the first month and the cents claimed per month and form, [M, F]."""
    found = connection.execute("""
        SELECT month, care_form, sum(amount_cents) FROM cost GROUP BY ALL ORDER BY ALL""").fetchall()
    found = [row for row in found if row[1] in forms]
    if not found:
        return date(2015, 1, 1), np.zeros((1, len(forms)))
    first, last = found[0][0], found[-1][0]
    cents = np.zeros(((last.year - first.year) * 12 + last.month - first.month + 1, len(forms)))
    for month, form, amount in found:
        cents[(month.year - first.year) * 12 + month.month - first.month, forms.index(form)] += amount
    return first, cents


def _plain(values: Floats) -> list[str]:
    """Return texts, empty where there is none."""
    filled: NDArray[np.object_] = np.ma.filled(np.ma.asarray(values, dtype=object), "")
    return ["" if value is None else str(value) for value in filled.tolist()]


def _days(values: Floats) -> Days:
    """Return days, NaT where there is none."""
    whole = np.ma.asarray(values)
    days = np.ma.getdata(whole).astype("datetime64[D]").copy()
    days[np.ma.getmaskarray(whole)] = np.datetime64("NaT", "D")
    return days


def _areas(codes: list[str], areas: tuple[str, ...], person: Ints) -> Ints:
    number = {code: place for place, code in enumerate(areas)}
    found = np.array([number.get(code, -1) for code in codes], dtype=np.int64)
    return np.where(found < 0, person % len(areas), found)


def _born(years: Floats, form: Ints, size: int) -> Ints:
    whole = np.ma.asarray(years)
    missing = np.ma.getmaskarray(whole)
    found = np.array(np.ma.getdata(whole), dtype=np.int64)
    usual = int(np.median(found[~missing])) if (~missing).any() else 1970
    for number in range(size) if missing.any() else ():
        mine = (form == number) & ~missing
        found[(form == number) & missing] = int(np.median(found[mine])) if mine.any() else usual
    return found
