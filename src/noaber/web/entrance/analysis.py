"""The district beside its supply: who lives there and uses what, next to what the social map has, and what is missing.

The figures are public ones: those of the installation itself, or those that it borrowed from the municipality. What
stands in the district is from the map. Nothing here is about one person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl
from django.utils.translation import gettext as _

from noaber.disclosure import SafeResult
from noaber.municipality import District
from noaber.records import TOTAL, Language
from noaber.web.published import borrowed, districts, shelf
from noaber.web.published.districts import Beside

from .map_queries import Supply
from .models import Question
from .queries import midnight
from .words import THEMES, named

OLD: Final = 75
YOUNG: Final = 20
_BAND: Final = re.compile(r"(\d+)(?:-(\d+)|\+)")
_FOR_OLD: Final = ("meedoen en ontmoeten", "mantelzorg", "wonen en huishouden")
_FOR_YOUNG: Final = ("opvoeden en opgroeien",)
_CLEARLY: Final = 1.1
"""A share is called larger than that of the municipality from a tenth above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where figures come from: whose they are, when they were fetched, and the day whose knowledge they hold."""

    source: str
    fetched_on: date | None
    known_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A part of the residents of a district: how many, their share here and in the whole municipality."""

    label: str
    persons: int
    share: float
    town: float

    @property
    def larger(self) -> bool:
        """Whether the share is clearly larger than in the whole municipality."""
        return self.share > self.town * _CLEARLY


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who lives in a district in a year: everyone, the young, the old."""

    year: str
    persons: int
    young: Group | None
    old: Group | None

    @property
    def groups(self) -> list[Group]:
        """The parts that could be counted."""
        return [group for group in (self.young, self.old) if group]


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All that stands on the page of a district."""

    people: People | None
    beside: Beside | None
    origin: Origin | None
    gaps: tuple[str, ...]


def analyse(district: District, supply: Sequence[Supply], language: Language) -> Analysis:
    """Return who lives in a district, what they use, and what is missing for them on the map."""
    results, origin = _figures()
    counted = results.get("population_by_age")
    people = _people(counted, district.code) if counted else None
    return Analysis(
        people=people,
        beside=districts.beside(results, district, language) if results else None,
        origin=origin,
        gaps=tuple(_gaps(supply, people, language)),
    )


def _figures() -> tuple[Mapping[str, SafeResult], Origin | None]:
    """Return the figures that count here: our own when there are, else those of the municipality."""
    own = shelf.current()
    if own:
        day = max(item.known_on for item in own.values())
        return shelf.results(own.values()), Origin(source="", fetched_on=None, known_on=day)
    taken = borrowed.current()
    if not taken:
        return {}, None
    newest = max(taken.values(), key=lambda item: item.fetched_at)
    day = max(item.known_on for item in taken.values())
    origin = Origin(source=newest.source, fetched_on=newest.fetched_at.date(), known_on=day)
    return borrowed.results(taken.values()), origin


def _people(result: SafeResult, code: str) -> People | None:
    """Return the last count of residents by age; None when the figures are not split by district."""
    if "district" not in result.dimensions:
        return None
    seen = result.cells.filter((pl.col("kind") == "observed") & pl.col("value").is_not_null())
    seen = seen.filter(pl.col("district").is_in([code, TOTAL]))
    here = seen.filter(pl.col("district") == code)
    if not here.height:
        return None
    year = str(here["period"].max())
    mine, all_of_us = (
        _bands(seen.filter((pl.col("period") == year) & (pl.col("district") == at))) for at in (code, TOTAL)
    )
    everyone, town = _between(mine, 0, None), _between(all_of_us, 0, None)
    if not everyone or not town:
        return None
    groups = []
    for words, low, high in ((_("jonger dan 20"), 0, YOUNG), (_("75 jaar of ouder"), OLD, None)):
        part, part_of_town = _between(mine, low, high), _between(all_of_us, low, high)
        known = part is not None and part_of_town is not None
        groups.append(
            Group(label=words, persons=round(part), share=part / everyone, town=part_of_town / town) if known else None
        )
    return People(year=year, persons=round(everyone), young=groups[0], old=groups[1])


Bands = dict[int, tuple[int | None, float]]


def _bands(rows: pl.DataFrame) -> Bands:
    """Return per first age the last age (None: no end) and how many; of bands that begin alike the narrowest."""
    found: Bands = {}
    for age, persons in rows.select("age", "value").iter_rows():
        told = _BAND.fullmatch(age)
        if told is None:
            continue
        low, high = int(told[1]), int(told[2]) if told[2] else None
        before = found.get(low, (None, 0.0))[0] if low in found else None
        if low not in found or before is None or (high is not None and high < before):
            found[low] = (high, persons)
    return found


def _between(bands: Bands, low: int, until: int | None) -> float | None:
    """Return how many are `low` or older and younger than `until`, when the bands of the source say that exactly."""
    total, at = 0.0, low
    while until is None or at < until:
        band = bands.get(at)
        if band is None:
            return None
        total += band[1]
        if band[0] is None:
            return total if until is None else None
        at = band[0] + 1
    return total if at == until else None


def _gaps(supply: Sequence[Supply], people: People | None, language: Language) -> list[str]:
    """Return in sentences what is missing, and what is thin beside who lives there."""
    told = []
    for item in supply:
        said = {"theme": named(THEMES, item.theme)(language)}
        group = _who_needs(item.theme, people) if item.here < 2 else None
        lack = _lack(item, said)
        if group and not lack:
            lack = _("Voor ‘%(theme)s’ is er maar één ding in de wijk.") % said
        if lack:
            told.append(f"{lack} {_why_more(group)}" if group else lack)
    return told


def _lack(item: Supply, said: Mapping[str, str]) -> str:
    """Return what is missing for a theme; empty when something is there and not full."""
    if item.missing:
        return _("Voor ‘%(theme)s’ is er niets: niet in de wijk en niet voor de hele gemeente.") % said
    if not item.here:
        return _("Voor ‘%(theme)s’ is er alleen iets voor de hele gemeente, niet in de wijk zelf.") % said
    return _("Voor ‘%(theme)s’ zit alles in de wijk vol.") % said if item.full == item.here else ""


def _why_more(group: Group) -> str:
    here, town = (f"{share * 100:.0f}%" for share in (group.share, group.town))
    said = {"group": group.label, "here": here, "town": town}
    return _("Juist hier zijn veel inwoners %(group)s: %(here)s, in de hele gemeente %(town)s.") % said


def _who_needs(theme: str, people: People | None) -> Group | None:
    """Return the group that asks most for a theme, when it is larger here than in the whole municipality."""
    if people is None:
        return None
    group = people.old if theme in _FOR_OLD else people.young if theme in _FOR_YOUNG else None
    return group if group and group.larger else None


def asked_about(code: str, on: date, *, weeks: int = 13) -> list[tuple[str, int]]:
    """Return what the questions of a district were about in the weeks before a day, most first; for workers only."""
    since = midnight(on - timedelta(weeks=weeks))
    asked = Question.objects.filter(contact__district=code, contact__at__gte=since, contact__at__lt=midnight(on))
    return Counter(asked.values_list("theme", flat=True)).most_common()
