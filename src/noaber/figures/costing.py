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
from noaber.records import Language, Text

from . import numbers, theme
from .answer import sentences
from .chapters import chapters, modelled, opening
from .figure import Figure, harmless
from .paper import faces
from .told import Told
from .wording import WORDS

_WORDS: Final = {
    "title": Text("Doorrekening", "Costing"),
    "cost_lead": Text(
        "Wat een plan doet dat zonder dat plan niet zou gebeuren, hoe zeker dat is en van welke maatregel het komt.",
        "What a plan does that would not happen without it, how sure that is, and which measure it comes from.",
    ),
    "made_up": Text("Een verzonnen gemeente: niemand hierin bestaat.", "A made-up town: nobody in it exists."),
    "answer": Text("Het antwoord", "The answer"),
    "assumptions": Text("Waar de berekening op rust", "What the costing rests on"),
    "assumptions_how": Text(
        "Elke aanname van het plan, met onder- en bovenkant. Is een aanname niet de uwe, verander dan het getal in het "
        "plan en reken opnieuw.",
        "Every assumption of the plan, with its low and high end; the reasons are in the language of the plan. When "
        "one is not yours, change the number in the plan and ask again.",
    ),
    "computed": Text("Berekend in plaats van overgenomen", "Computed instead of read"),
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
    """One number that a plan assumes, of what, with its range and the reason in the language of the plan."""

    measure: Text
    number: float
    low: float
    high: float
    because: str

    def cells(self, language: Language) -> tuple[str, ...]:
        """Return the assumption as a row of a table."""
        return (
            self.measure(language),
            *(_plain(value, language) for value in (self.number, self.low, self.high)),
            self.because,
        )


@dataclass(frozen=True, kw_only=True)
class Costing:
    """A costing report: protected results by name, what they rest on, and what could not be costed."""

    town: Municipality
    results: Mapping[str, SafeResult]
    assumptions: tuple[Assumption, ...] = ()
    uncosted: tuple[str, ...] = ()
    stated: Mapping[str, str] = field(default_factory=dict)
    """Per scenario the code under which the amounts of its document stand, as they are."""
    remarks: tuple[Text, ...] = ()
    """What was computed instead of read from the plan, or could not be."""
    start: date = date.min
    """The first month that is costed."""
    known_on: date = date.min


def html(costing: Costing, language: Language) -> str:
    """Return the report as one page."""
    style = f"{theme.css()}\n{theme.look('sheet.css')}\n{theme.look('costing.css')}"
    first = _first(costing, language)
    found = chapters(_told(costing, language), costing.stated, _places(costing))
    return (
        _templates()
        .get_template("costing.html.j2")
        .render(
            costing=costing,
            answer=first,
            answers=answers(costing, language),
            chapters=found,
            figures=[*([first] if first else []), *(figure for item in found for figure in item.figures)],
            assumptions=[item.cells(language) for item in costing.assumptions],
            remarks=[item(language) for item in costing.remarks],
            language=language,
            notes=_notes(costing, language),
            say=_said(language),
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
            say=_said(language),
            style=style,
            policy=_policy(style),
        )
    )


def pdf(costing: Costing, language: Language) -> bytes:
    """Return the report as a PDF that conforms to PDF/UA-1 and PDF/A-2a; the same report gives the same bytes."""
    import typst  # noqa: PLC0415 (40 MB that only paper needs)

    first, chosen = _first(costing, language), faces()
    found = chapters(_told(costing, language), costing.stated, _places(costing))
    data = {
        "language": language,
        "faces": chosen,
        "narrow": chosen[0] == "DejaVu Sans",
        "title": _WORDS["title"](language),
        "town": costing.town.name,
        "made_up": _WORDS["made_up"](language) if costing.town.made_up else "",
        "answers": answers(costing, language),
        "answer": _for_paper(first) if first else None,
        "known_on": numbers.day(costing.known_on, language),
        "say": _said(language),
        "chapters": [
            {"title": chapter.title, "figures": [_for_paper(figure) for figure in chapter.figures]} for chapter in found
        ],
        "tables": [_for_paper(figure) for chapter in found for figure in chapter.figures if _has_more(figure)],
        "assumptions": [item.cells(language) for item in costing.assumptions],
        "remarks": [item(language) for item in costing.remarks],
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
            for column, text in enumerate(item.cells(language)):
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
    """Return the figures of a report in their order, those that the results allow."""
    first, told = _first(costing, language), _told(costing, language)
    found = chapters(told, costing.stated, _places(costing))
    return [*([first] if first else []), *(figure for chapter in found for figure in chapter.figures)]


def answers(costing: Costing, language: Language) -> list[str]:
    """Return the answer in sentences; without a comparison, the finding of the first figure."""
    told = _told(costing, language)
    codes = modelled(costing.results, costing.stated)
    if "scenario_saving" in costing.results:
        return sentences(told, codes, costing.stated)
    return [figure.title for figure in figures(costing, language)[:1]]


def headline(costing: Costing, language: Language) -> str:
    """Return the answer in one line."""
    return " ".join(answers(costing, language))


def _told(costing: Costing, language: Language) -> Told:
    """Return what the figures are made of; all that is costed comes after the last year that was over."""
    return Told(
        results=costing.results,
        code="",
        language=language,
        counted_until=str(costing.known_on.year - 1),
        start=costing.start,
    )


def _first(costing: Costing, language: Language) -> Figure | None:
    return opening(_told(costing, language), costing.stated)


def _places(costing: Costing) -> dict[str, tuple[int, int]]:
    return {district.code: district.tile for district in costing.town.districts}


def _notes(costing: Costing, language: Language) -> list[str]:
    notes = [note(language) for result in costing.results.values() for note in result.notes]
    protection = [result.protection(language) for result in costing.results.values() if result.persons]
    return list(dict.fromkeys([*notes, *protection]))


def _for_paper(figure: Figure) -> dict[str, object]:
    table = {"columns": figure.table.columns, "rows": figure.table.rows, "words": figure.table.words}
    return {
        "title": figure.title,
        "about": figure.about,
        "svg": theme.alone(figure.svg) if figure.svg else "",
        "sentence": figure.sentence,
        "remarks": figure.remarks,
        "definition": figure.definition,
        "foot": figure.short_foot,
        "table": table,
    }


def _has_more(figure: Figure) -> bool:
    """Return whether the table says more than the drawing: tiles have every figure in them, and shares stand twice."""
    return bool(figure.svg) and not {"tiles", "waterfall"} & set(figure.name.split("-"))


def _plain(value: float, language: Language) -> str:
    """Return a number of a plan as it is written: a share or a size with its decimals, an amount without."""
    decimals = 0 if value == round(value) else 3
    written = numbers.number(value, language, decimals)
    return written.rstrip("0").rstrip(",.") if decimals else written


def _said(language: Language) -> dict[str, str]:
    """Return the fixed words of a report: those of every page with figures, and its own."""
    return {name: words(language) for name, words in (WORDS | _WORDS).items()}


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


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
