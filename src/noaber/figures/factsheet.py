"""The fact sheet *Sociaal domein in beeld*: from protected results to one page on screen and two on paper.

The sheet takes whatever results there are, and says in words what is missing. Tables stand one click away on screen,
and after the two pages on paper.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Final

import jinja2

from noaber.disclosure import SafeResult
from noaber.municipality import Municipality
from noaber.records import Language

from . import chart, numbers, theme
from .entries import ENTRIES, NAMES, PYRAMID, THEMES, Entry
from .figure import Figure, Table
from .paper import faces
from .series import FigureError, View
from .wording import WORDS

_FINDINGS: Final = 3


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a fact sheet is made of: protected results by indicator, of one town, up to one year."""

    results: Mapping[str, SafeResult]
    town: Municipality
    year: int
    disagreements: tuple[tuple[str, str], ...] = ()
    """(source, what does not add up in it, in Dutch): reported as found, never repaired."""

    @property
    def known_on(self) -> date:
        """The day whose knowledge the sheet holds: the earliest of its results."""
        return min(result.provenance.known_on for result in self.results.values())


@dataclass(frozen=True, slots=True)
class Finding:
    """One of the three sentences in front: what it says, its small drawing, and the figure it comes from."""

    title: str
    svg: str
    plain_svg: str
    target: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A heading and its figures."""

    key: str
    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, kw_only=True)
class Content:
    """A sheet in one language, ready to be set."""

    pyramid: Figure | None
    findings: tuple[Finding, ...]
    themes: tuple[Theme, ...]
    further: tuple[Figure, ...]
    missing: tuple[str, ...]

    @property
    def figures(self) -> list[Figure]:
        """Every figure, in the order of the page."""
        first = [self.pyramid] if self.pyramid else []
        return [*first, *(figure for theme in self.themes for figure in theme.figures), *self.further]


def compose(
    results: Mapping[str, SafeResult],
    *,
    town: Municipality,
    year: int,
    disagreements: Iterable[tuple[str, str]] = (),
) -> Sheet:
    """Return the sheet of a year: results by indicator id, later periods left out, and what does not add up in sources.

    Raises `FigureError` (N-601) when no result has anything to show for that year or before.
    """
    sheet = Sheet(results=dict(results), town=town, year=year, disagreements=tuple(disagreements))
    if not results or not content(sheet, "nl").figures:
        raise FigureError(
            f"There is nothing to put on a fact sheet of {year}.",
            where=", ".join(results) or "no results",
            now="Choose a year that has figures, or publish the indicators that the sheet is made of.",
        )
    return sheet


def content(sheet: Sheet, language: Language) -> Content:
    """Return the figures and sentences of a sheet in one language."""
    drawn = [(entry, *made) for entry in ENTRIES if (made := draw(sheet, entry, language)) is not None]
    layers = draw(sheet, PYRAMID, language)
    pyramid = layers[1] if layers else None
    found = {entry.indicator for entry, _, _ in drawn} | ({"pyramid"} if pyramid else set())
    core = [(entry.theme, figure) for entry, _, figure in drawn if _in_front(entry, found)]
    spare = {entry.indicator for entry in ENTRIES if entry.stands_in in found}
    return Content(
        pyramid=pyramid,
        findings=_findings(
            [
                item
                for item in drawn
                if _in_front(item[0], found) or (item[0].headline and item[0].stands_in not in found)
            ]
        ),
        themes=tuple(
            Theme(key, title(language), figures)
            for key, title in THEMES.items()
            if (figures := tuple(figure for theme_, figure in core if theme_ == key))
        ),
        further=tuple(figure for entry, _, figure in drawn if not _in_front(entry, found)),
        missing=tuple(name(language) for indicator, name in NAMES.items() if indicator not in found | spare),
    )


def _in_front(entry: Entry, found: Collection[str]) -> bool:
    """Return whether an entry stands on the two pages, given the indicators that are there."""
    return entry.core and entry.stands_in not in found


def html(sheet: Sheet, language: Language) -> str:
    """Return the sheet as one page that needs nothing else: style inside, no script, no request to anywhere."""
    style = f"{theme.css()}\n{theme.look('sheet.css')}"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _templates()
        .get_template("factsheet.html.j2")
        .render(
            sheet=sheet,
            content=content(sheet, language),
            language=language,
            say={name: words(language) for name, words in WORDS.items()},
            known_on=numbers.day(sheet.known_on, language),
            style=style,
            policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        )
    )


def pdf(sheet: Sheet, language: Language) -> bytes:
    """Return the sheet as a PDF that conforms to PDF/UA-1 and PDF/A-2a: two pages, then further figures and tables.

    The same sheet gives the same bytes: the date in the file is the day the figures are known on.
    """
    import typst  # noqa: PLC0415 (40 MB that only paper needs)

    made: bytes = typst.compile(
        theme.look("factsheet.typ").encode(),
        sys_inputs=for_paper(sheet, language),
        pdf_standards=["ua-1", "a-2a"],
        timestamp=int(datetime.combine(sheet.known_on, time(), UTC).timestamp()),
    )
    return made


def _view(sheet: Sheet, entry: Entry, language: Language) -> View | None:
    result = sheet.results.get(entry.indicator)
    if result is None or min(result.cells["period"], default="9999")[:4] > str(sheet.year):
        return None  # nothing yet in the year of the sheet; looking ahead begins there
    try:
        return View(
            result=result,
            language=language,
            along=entry.along,
            fixed={name: _first(result, name, codes) for name, codes in entry.fixed.items()},
            otherwise=entry.otherwise,
            measured_in=entry.measured_in,
            until=None if entry.ahead else str(sheet.year),
            counted_until=str(sheet.year) if entry.ahead else None,
        )
    except FigureError:
        return None


def _first(result: SafeResult, dimension: str, codes: Sequence[str]) -> str:
    """Return the first of some codes that a result has; the first of all when it has none."""
    there = set(result.cells[dimension]) if dimension in result.cells.columns else set()
    return next((code for code in codes if code in there), codes[0])


def draw(sheet: Sheet, entry: Entry, language: Language) -> tuple[View, Figure] | None:
    """Return one figure of a sheet with the view it draws; None when the sheet has nothing to show there."""
    view = _view(sheet, entry, language)
    if view is None:
        return None
    try:
        return view, entry.draw(view, sheet.town)
    except FigureError:
        return None


def _findings(drawn: Iterable[tuple[Entry, View, Figure]]) -> tuple[Finding, ...]:
    """Return the first three: headlines that compare with a year earlier, other headlines, other core figures."""
    found = sorted(
        drawn,
        key=lambda item: (not item[0].headline, not _has_change(item[1])),
    )
    kept: dict[str, Finding] = {}
    for entry, view, figure in found:
        if entry.indicator not in kept and len(kept) < _FINDINGS:
            small = chart.small(view) if len(view.periods) > 1 else ""
            kept[entry.indicator] = Finding(figure.title, small, theme.alone(small), figure.name)
    return tuple(kept.values())


def _has_change(view: View) -> bool:
    series = view.total or view.series[0]
    point = series.by_period.get(view.now)
    return point is not None and point.change is not None


@cache
def _templates() -> jinja2.Environment:
    made = jinja2.Environment(
        autoescape=True,
        loader=jinja2.FunctionLoader(theme.look),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["download"] = lambda figure: base64.b64encode(("\ufeff" + figure.csv).encode()).decode()
    return made


def for_paper(sheet: Sheet, language: Language) -> dict[str, str]:
    """Return what the template of the paper reads: one text of JSON."""
    return {"data": json.dumps(_paper(sheet, language), ensure_ascii=False)}


def _paper(sheet: Sheet, language: Language) -> dict[str, object]:
    found = content(sheet, language)
    chosen = faces()
    return {
        "language": language,
        "faces": chosen,
        "narrow": chosen[0] == "DejaVu Sans",
        "town": sheet.town.name,
        "year": sheet.year,
        "made_up": sheet.town.made_up,
        "known_on": numbers.day(sheet.known_on, language),
        "say": {name: words(language) for name, words in WORDS.items()},
        "pyramid": _figure_for_paper(found.pyramid) if found.pyramid else None,
        "findings": [{"title": item.title, "svg": item.plain_svg} for item in found.findings],
        "themes": [
            {"title": item.title, "figures": [_figure_for_paper(figure) for figure in item.figures]}
            for item in found.themes
        ],
        "further": [_figure_for_paper(figure) for figure in found.further],
        "all": [_figure_for_paper(figure) for figure in found.figures],
        "missing": found.missing,
        "disagreements": [f"{source}: {words}" for source, words in sheet.disagreements],
    }


def _figure_for_paper(figure: Figure) -> dict[str, object]:
    return {
        "title": figure.title,
        "about": figure.about,
        "svg": theme.alone(figure.svg) if figure.svg else "",
        "sentence": figure.sentence,
        "remarks": figure.remarks,
        "breaks": figure.breaks,
        "definition": figure.definition,
        "foot": figure.foot,
        "short_foot": figure.short_foot,
        "table": _table_for_paper(figure.table),
    }


def _table_for_paper(table: Table) -> dict[str, object]:
    return {
        "caption": table.caption,
        "columns": table.columns,
        "rows": table.rows,
        "words": table.words,
    }
