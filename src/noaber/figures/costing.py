"""The costing report: scenarios beside each other as a page, on paper and as a spreadsheet; and the leaflet of each.

Everything here passed the gate. The page needs nothing else: style inside, no script, no request to anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Final

import jinja2

from noaber.disclosure import REASONS, SafeResult
from noaber.municipality import Municipality
from noaber.plans import Leaflet
from noaber.records import TOTAL, Language, Text

from . import chart, findings, numbers, savings, theme
from .figure import Figure, Table, harmless
from .findings import Subject
from .series import FigureError, View

_FACES: Final = ("Noto Sans", "Liberation Sans", "DejaVu Sans", "Libertinus Serif")
_NO_DRAWING: Final = ""
_SUBJECTS: Final = {
    "scenario_saving": Subject("De besparing", "The saving"),
    "scenario_spending": Subject("De uitgaven", "Spending", plural=True),
    "scenario_by_care_form": Subject("De uitgaven", "Spending", plural=True),
    "scenario_by_district": Subject("De uitgaven", "Spending", plural=True),
    "scenario_clients": Subject("Het aantal cliënten", "The number of clients"),
    "scenario_investment": Subject("Wat er van de investeringen overblijft", "What is left of the investments"),
}
_WORDS: Final = {
    "title": Text("Doorrekening van scenario's", "Costing of scenarios"),
    "made_up": Text("Een verzonnen gemeente: niemand hierin bestaat.", "A made-up town: nobody in it exists."),
    "assumptions": Text("Waar de berekening op rust", "What the costing rests on"),
    "uncosted": Text("Genoemd, en niet te berekenen", "Named, and not to be costed"),
    "table": Text("Tabel", "Table"),
    "measure": Text("Maatregel", "Measure"),
    "number": Text("Aanname", "Assumption"),
    "low": Text("Onderkant", "Low"),
    "high": Text("Bovenkant", "High"),
    "because": Text("Waarom", "Because"),
    "notes": Text("Bij deze cijfers", "About these figures"),
    "offers": Text("Wat u van ons mag verwachten", "What you may expect of us"),
    "asks": Text("Wat wij van u vragen", "What we ask of you"),
    "fiction": Text(
        "Dit is een denkbeeldige folder bij een scenario. Er is niets besloten.",
        "This is an imagined leaflet with a scenario. Nothing has been decided.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """One number that a plan assumes, with its range and the reason."""

    measure: str
    number: float
    low: float
    high: float
    because: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The assumption as a row of a table."""
        return (self.measure, *(f"{value:g}" for value in (self.number, self.low, self.high)), self.because)


@dataclass(frozen=True, kw_only=True)
class Costing:
    """A costing report: protected results by name, what they rest on, and what could not be costed."""

    town: Municipality
    results: Mapping[str, SafeResult]
    assumptions: tuple[Assumption, ...] = ()
    uncosted: tuple[str, ...] = ()
    stated: Mapping[str, str] = field(default_factory=dict)
    """Per scenario the code under which the amounts of its document stand, as they are."""
    known_on: date = date.min


def html(costing: Costing, language: Language) -> str:
    """Return the report as one page."""
    style = f"{theme.css()}\n{theme.look('sheet.css')}\n{theme.look('costing.css')}"
    return (
        _templates()
        .get_template("costing.html.j2")
        .render(
            costing=costing,
            figures=figures(costing, language),
            headline=headline(costing, language),
            language=language,
            notes=_notes(costing, language),
            say={name: words(language) for name, words in _WORDS.items()},
            known_on=numbers.day(costing.known_on, language),
            style=style,
            policy=_policy(style),
        )
    )


def leaflet(town: Municipality, name: str, leaflet: Leaflet, language: Language) -> str:
    """Return what a scenario would tell residents, as one page."""
    style = f"{theme.css()}\n{theme.look('sheet.css')}\n{theme.look('costing.css')}"
    return (
        _templates()
        .get_template("leaflet.html.j2")
        .render(
            town=town,
            name=name,
            leaflet=leaflet,
            language=language,
            say={key: words(language) for key, words in _WORDS.items()},
            style=style,
            policy=_policy(style),
        )
    )


def pdf(costing: Costing, language: Language) -> bytes:
    """Return the report as a PDF that conforms to PDF/UA-1 and PDF/A-2a; the same report gives the same bytes."""
    import typst  # noqa: PLC0415 (40 MB that only paper needs)

    families = set(typst.Fonts().families())
    data = {
        "language": language,
        "faces": [face for face in _FACES if face in families],
        "title": _WORDS["title"](language),
        "town": costing.town.name,
        "made_up": _WORDS["made_up"](language) if costing.town.made_up else "",
        "headline": headline(costing, language),
        "known_on": numbers.day(costing.known_on, language),
        "say": {name: words(language) for name, words in _WORDS.items()},
        "figures": [_for_paper(figure) for figure in figures(costing, language)],
        "assumptions": [item.cells for item in costing.assumptions],
        "uncosted": costing.uncosted,
        "notes": _notes(costing, language),
    }
    made: bytes = typst.compile(
        theme.look("costing.typ").encode(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1", "a-2a"],
        timestamp=int(datetime.combine(costing.known_on, time(), UTC).timestamp()),
    )
    return made


def workbook(costing: Costing, language: Language) -> bytes:
    """Return the report as a spreadsheet: a sheet for each result, and one for the assumptions; nothing in it runs."""
    import xlsxwriter  # noqa: PLC0415 (only who asks for a spreadsheet needs it)

    kept = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(kept, options) as book:
        made = datetime.combine(costing.known_on, time(), UTC).replace(tzinfo=None)
        book.set_properties({"title": _WORDS["title"](language), "author": costing.town.name, "created": made})
        head = book.add_format({"bold": True, "bottom": 1})
        for result in costing.results.values():
            _sheet(
                book.add_worksheet(result.title(language)[:31].replace("/", "-").replace(":", "")),
                result,
                language,
                head,
            )
        sheet = book.add_worksheet(_WORDS["assumptions"](language)[:31])
        columns = [_WORDS[name](language) for name in ("measure", "number", "low", "high", "because")]
        sheet.write_row(0, 0, columns, head)
        for row, item in enumerate(costing.assumptions, 1):
            for column, text in enumerate(item.cells):
                sheet.write_string(row, column, harmless(text))
    return kept.getvalue()


def _sheet(sheet: object, result: SafeResult, language: Language, head: object) -> None:
    """Fill a sheet with the cells of a result: codes in words, numbers as numbers, and why a number is hidden."""
    write, number = sheet.write_string, sheet.write_number  # type: ignore[attr-defined]
    for column, name in enumerate(("period", *result.dimensions, "value", "")):
        write(0, column, name, head)
    scale = 100 if result.unit == "cents" else 1
    for row, cell in enumerate(result.cells.iter_rows(named=True), 1):
        write(row, 0, cell["period"])
        for column, name in enumerate(result.dimensions, 1):
            words = result.labels.get(name, {}).get(cell[name])
            write(row, column, harmless(words(language) if words else str(cell[name])))
        if cell["value"] is not None:
            number(row, len(result.dimensions) + 1, cell["value"] / scale)
        elif cell["hidden"] is not None:
            write(row, len(result.dimensions) + 2, REASONS[cell["hidden"]](language))


def figures(costing: Costing, language: Language) -> list[Figure]:
    """Return the figures of a report, those that the results allow."""
    places = {district.code: district.tile for district in costing.town.districts}
    found: list[Figure] = []
    for name, result in costing.results.items():
        found += _per_scenario(name, result, costing, language)
        last = str(result.cells["period"].max())
        for fixed in _views(result):
            try:
                view = View(
                    result=result,
                    language=language,
                    along=_along(result, fixed),
                    fixed=fixed,
                    counted_until=_counted_until(costing),
                )
                found.append(_drawn(name, view, places))
            except FigureError:
                found.append(plain(result, language, last, fixed))
    return found


def _per_scenario(name: str, result: SafeResult, costing: Costing, language: Language) -> list[Figure]:
    """Return a figure for each scenario that is modelled: what it saves, or what it takes first and leaves over."""
    if name not in {"scenario_saving", "scenario_investment"}:
        return []
    counted = _counted_until(costing)
    codes = [code for code in dict.fromkeys(result.cells["scenario"]) if code not in costing.stated.values()]
    if name == "scenario_saving":
        return [
            savings.saved(result, code, language, stated=costing.stated.get(code, ""), counted_until=counted)
            for code in codes
        ]
    return [
        savings.earned(result, code, language, counted_until=counted) for code in codes if savings.invests(result, code)
    ]


def _counted_until(costing: Costing) -> str:
    """Return the last year that was over when the figures were known; all that is costed comes after it."""
    return str(costing.known_on.year - 1)


def headline(costing: Costing, language: Language) -> str:
    """Return in words what each scenario saves in the last year, and between what."""
    saving = costing.results.get("scenario_saving")
    if saving is None:
        return ""
    last = str(saving.cells["period"].max())
    shown = {
        (row["scenario"], row["statistic"]): row["value"]
        for row in saving.cells.iter_rows(named=True)
        if row["period"] == last and row["law"] == TOTAL and row["value"] is not None
    }
    parts = []
    for code in dict.fromkeys(code for code, _ in shown):
        ends = [numbers.in_words(shown[code, item], "cents", language) for item in ("middle", "low", "high")]
        parts.append(f"{_word(saving, 'scenario', code, language)}: {ends[0]} ({ends[1]} – {ends[2]})")
    lead = {"nl": f"Besparing in {last}, met de band", "en": f"Saving in {last}, with its band"}[language]
    return f"{lead}. {'; '.join(parts)}."


def _views(result: SafeResult) -> list[dict[str, str]]:
    """Return what is held fixed in each figure of a result: the total, or each scenario by itself."""
    if "measure" in result.dimensions:
        return [{"statistic": "share"}]
    fixed = {"law": TOTAL, "statistic": "middle", "payer": "municipality", "item": "cumulated"}
    if result.dimensions[-1] in {"care_form", "district"}:
        scenarios = sorted(set(result.cells["scenario"]))
        return [{"scenario": code} for code in scenarios]
    return [{name: code for name, code in fixed.items() if name in result.dimensions and name != "payer"}]


def _along(result: SafeResult, fixed: Mapping[str, str]) -> str:
    return next(name for name in result.dimensions if name not in fixed)


def _drawn(name: str, view: View, places: Mapping[str, tuple[int, int]]) -> Figure:
    if view.along == "measure":
        return chart.waterfall(view)
    subject = _SUBJECTS.get(name)
    if name.endswith("by_district"):
        return chart.tiles(view, places, subject=subject)
    if len(view.periods) == 1:
        return chart.bar(view, subject=subject)
    return chart.line(view, title=findings.highest(view, subject, view.rows()) if subject else "")


def plain(result: SafeResult, language: Language, period: str, fixed: Mapping[str, str]) -> Figure:
    """Return a result as a table only: a row for each cell of a period, with what is held fixed left out."""
    cells = [row for row in result.cells.iter_rows(named=True) if row["period"] == period]
    cells = [row for row in cells if all(row[name] == code for name, code in fixed.items())]
    shown = [name for name in result.dimensions if name not in fixed]
    rows = tuple(
        (
            *(_word(result, name, row[name], language) for name in shown),
            numbers.exact(row["value"], result.unit, language)
            if row["hidden"] is None
            else REASONS[row["hidden"]](language),
        )
        for row in cells
    )
    held = ", ".join(_word(result, name, code, language) for name, code in fixed.items())
    return Figure(
        name=f"{result.indicator}-{'-'.join(fixed.values())}".replace("_", "-").replace(":", "-").lower(),
        language=language,
        title=result.title(language),
        about=f"{held} · {period}" if held else period,
        svg=_NO_DRAWING,
        table=Table(
            caption=f"{result.title(language)}, {period}", columns=(*shown, period), rows=rows, words=len(shown)
        ),
        sentence=result.definition(language),
        definition=result.definition(language),
        foot=result.protection(language),
        short_foot=result.protection(language),
    )


def _word(result: SafeResult, name: str, code: str, language: Language) -> str:
    words = result.labels.get(name, {}).get(code)
    return words(language) if words else code


def _notes(costing: Costing, language: Language) -> list[str]:
    notes = [note(language) for result in costing.results.values() for note in result.notes]
    protection = [result.protection(language) for result in costing.results.values() if result.persons]
    return list(dict.fromkeys([*notes, *protection]))


def _for_paper(figure: Figure) -> dict[str, object]:
    return {
        "title": figure.title,
        "about": figure.about,
        "svg": theme.alone(figure.svg) if figure.svg else "",
        "sentence": figure.sentence,
        "foot": figure.short_foot,
        "columns": figure.table.columns,
        "rows": figure.table.rows,
        "words": figure.table.words,
    }


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        autoescape=True,
        loader=jinja2.FunctionLoader(theme.look),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
