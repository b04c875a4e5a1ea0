"""A district beside the whole municipality: its figures in a table, and its own pyramid and lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from django.utils.translation import gettext as _

from noaber.disclosure import SafeResult
from noaber.figures import Figure, FigureError, Subject, View, chart, numbers
from noaber.figures.words import cell
from noaber.municipality import District, Municipality
from noaber.records import TOTAL, Language

_MAP = "residents_per_1000"
_LINE = "residents_with_support"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure of a district: now, a year earlier, and that of the whole municipality now."""

    title: str
    indicator: str
    period: str
    here: str
    before: str
    town: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A district beside the municipality."""

    finding: str
    rows: tuple[Row, ...]
    figures: tuple[Figure, ...]


def tile_map(
    results: Mapping[str, SafeResult], town: Municipality, language: Language, here: str = ""
) -> Figure | None:
    """Return the map of all districts with `here` outlined; None when its figures are not published."""
    result = results.get(_MAP)
    if result is None:
        return None
    places = {district.code: district.tile for district in town.districts}
    try:
        view = View(result=result, language=language, along="district", until=_last_year(result))
        return chart.tiles(view, places, subject=_subject(), here=here)
    except FigureError:
        return None


def listed(
    results: Mapping[str, SafeResult], town: Municipality, language: Language
) -> list[tuple[District, Row | None]]:
    """Return every district with its figure of the map."""
    result = results.get(_MAP)
    return [(district, _row(result, district, language) if result else None) for district in town.districts]


def beside(results: Mapping[str, SafeResult], district: District, language: Language) -> Beside:
    """Return what is published about a district, beside the whole municipality."""
    split = [result for result in results.values() if "district" in result.dimensions]
    rows = tuple(row for result in split if (row := _row(result, district, language)) is not None)
    return Beside(finding=_finding(rows, district), rows=rows, figures=_figures(results, district, language))


def _finding(rows: tuple[Row, ...], district: District) -> str:
    row = next((row for row in rows if row.indicator == _MAP), None)
    if row is None:
        return ""
    said = {"place": district.name, "period": row.period, "here": row.here, "town": row.town}
    return (
        _(
            "In %(period)s kregen in %(place)s van elke 1.000 inwoners er %(here)s ondersteuning; "
            "in de hele gemeente %(town)s."
        )
        % said
    )


def _figures(results: Mapping[str, SafeResult], district: District, language: Language) -> tuple[Figure, ...]:
    subject = Subject(
        f"Het aantal inwoners van {district.name} met ondersteuning",
        f"The number of residents of {district.name} with support",
    )
    wanted: tuple[tuple[str, str, Callable[[View], Figure]], ...] = (
        ("pyramid", "layer", chart.pyramid),
        (_LINE, "law", lambda view: chart.line(view, subject=subject)),
    )
    drawn = []
    for indicator, along, draw in wanted:
        result = results.get(indicator)
        if result is not None:
            held = {"district": district.code}
            with suppress(FigureError):
                view = View(result=result, language=language, along=along, fixed=held, until=_last_year(result))
                drawn.append(draw(view))
    return tuple(drawn)


def _row(result: SafeResult, district: District, language: Language) -> Row | None:
    try:
        here, town = (
            View(result=result, language=language, fixed={"district": code}, until=_last_year(result))
            for code in (district.code, TOTAL)
        )
    except FigureError:
        return None
    now = here.now
    mine, theirs = here.series[0].by_period, town.series[0].by_period
    before = mine.get(here.earlier or "")
    broken = mine[now].no_change == "break"
    return Row(
        title=result.title(language),
        indicator=result.indicator,
        period=numbers.period(now, language),
        here=cell(mine[now], here),
        before=_("niet te vergelijken") if broken else cell(before, here) if before else "–",
        town=cell(theirs.get(now), town) or "–",
    )


def _last_year(result: SafeResult) -> str:
    return str(result.provenance.known_on.year - 1)


def _subject() -> Subject:
    return Subject("Het aantal inwoners met ondersteuning", "The number of residents with support")
