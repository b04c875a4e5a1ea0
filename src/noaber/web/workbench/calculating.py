"""Long calculations: the whole band, whose saving it is, the costing report, and the forecast of unchanged policy.

Each returns what may be shown in both languages, after the gate and beside everything that was published.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import msgspec
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from noaber import disclosure, jobs, scenarios
from noaber.disclosure import SafeResult
from noaber.figures import Figure, FigureError, Subject, View, chart, costing, numbers, savings
from noaber.records import TOTAL, Language, Law
from noaber.results import Result

from . import levers, starting_point
from .levers import SCENARIO, Chosen
from .position import Position
from .starting_point import StartingPoint

LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")
Tell = Callable[[str, float], None]
_SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SPENDING: Final = Subject("De uitgaven", "Spending", plural=True)
_WAYS: Final = {
    "tables": ("forecast_spending_tables", "budget_line", "forecast_trials_tables", "volume"),
    "flows": ("forecast_spending_flows", "care_form", "forecast_trials", "clients"),
}


class Section(msgspec.Struct, frozen=True):
    """A part of what a calculation came to, in one language: a heading, what must be known first, and figures."""

    title: str
    words: list[str]
    figures: list[Figure]


class File(msgspec.Struct, frozen=True):
    """A file that a calculation leaves."""

    name: str
    content_type: str
    content: bytes


class Made(msgspec.Struct, frozen=True):
    """What a calculation came to."""

    sections: dict[Language, list[Section]]
    files: tuple[File, ...] = ()


class Asked(msgspec.Struct, frozen=True):
    """What is calculated: of which scenario, at which position, on which snapshot."""

    title: str
    position: Position
    snapshot: str


class MovedOnError(Exception):
    """The snapshot that a calculation was asked of does not stand any more."""


def band(asked: Asked, tell: Tell) -> Made:
    """Return what the scenario saves with its whole band: rates, assumptions and chance."""
    point, _found, tables, _made = _compared(asked, tell)
    tell(gettext_noop("kleine aantallen beschermen"), 0.85)
    saving = next(item for item in _protected(point, tables) if item.indicator == "scenario_saving")
    counted = str(point.baseline.known_on.year - 1)

    def section(language: Language) -> Section:
        figure = savings.saved(saving, SCENARIO, language, counted_until=counted)
        return Section(_("De volledige band"), [note(language) for note in saving.notes[:1]], [figure])

    return Made(_in_both(section))


def shares(asked: Asked, tell: Tell) -> Made:
    """Return whose saving it is: per measure its share, beside what it does alone and last in line."""
    point, found, _tables, whole = _compared(asked, tell, until=0.4)
    plan = levers.of_plan(point, found, asked.title)
    tell(gettext_noop("de besparing verdelen over de maatregelen"), 0.4)
    made = scenarios.as_compared(scenarios.attribute_variant(point.baseline, plan, SCENARIO), whole)
    tell(gettext_noop("kleine aantallen beschermen"), 0.85)
    divided = _report(point, _protected(point, scenarios.divided_tables([made], plan, point.baseline)))

    def section(language: Language) -> Section:
        about = _(
            "Alleen: zonder de andere maatregelen. Als laatste: als alle andere er al zijn. Het aandeel ligt daartussen"
            ", en de aandelen tellen op tot het geheel."
        )
        return Section(_("Van welke maatregel is de besparing"), [about], costing.figures(divided, language))

    return Made(_in_both(section))


def report(asked: Asked, tell: Tell) -> Made:
    """Return the costing report as a page, on paper and as a spreadsheet."""
    point, found, tables, made = _compared(asked, tell, until=0.45)
    plan = levers.of_plan(point, found, asked.title)
    doing = gettext_noop("nagaan waar het antwoord op rust")
    study = scenarios.study(made, plan, tell=lambda _variant, share: tell(doing, 0.45 + 0.4 * share))
    tell(gettext_noop("kleine aantallen beschermen"), 0.85)
    whole = replace(
        _report(point, _protected(point, [*tables, *scenarios.study_tables(study)])),
        assumptions=tuple(
            costing.Assumption(measure=of, number=item.value, low=item.low, high=item.high, because=item.because)
            for of, item in scenarios.assumptions(plan, made.variants, point.baseline.words)
        ),
        uncosted=tuple(item.name for item in point.plan.measures if item.code in found.refused),
    )
    tell(gettext_noop("de doorrekening opmaken"), 0.92)
    files = [
        File(f"{name}.{kind}", media, content)
        for language, name in jobs.REPORT_NAMES.items()
        for kind, media, content in (
            ("html", "text/html; charset=utf-8", costing.html(whole, language).encode()),
            ("pdf", "application/pdf", costing.pdf(whole, language)),
            ("xlsx", _SHEET, costing.workbook(whole, language)),
        )
    ]
    return Made({}, tuple(files))


def _report(point: StartingPoint, safe: list[SafeResult]) -> costing.Costing:
    """Return results as a costing report of the town."""
    return costing.Costing(
        town=point.town,
        results={item.indicator: item for item in safe},
        start=point.baseline.start,
        known_on=point.baseline.known_on,
    )


def forecast(asked: Asked, tell: Tell) -> Made:
    """Return unchanged policy by both ways, each with its band per law and what its trials on the past say of it."""
    here = starting_point.ground()
    if here is None or here.snapshot.hash != asked.snapshot:
        raise MovedOnError
    outlook = jobs.forecast(
        here.town, until=asked.position.until, tell=lambda _doing, share: tell(gettext_noop("ramen"), 0.9 * share)
    )

    def sections(language: Language) -> list[Section]:
        return [
            _way(outlook.results, way, language) if _WAYS[way][0] in outlook.results else _missed(way) for way in _WAYS
        ]

    found: dict[Language, list[Section]] = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = sections(language)
    return Made(found)


def _way(results: Mapping[str, SafeResult], way: str, language: Language) -> Section:
    spending, along, trials, quantity = _WAYS[way]
    result = results[spending]
    figures = []
    for law in (TOTAL, *Law):
        fixed = {"law": str(law), along: TOTAL, "kind": "observed"}
        try:
            view = View(result=result, language=language, fixed=fixed, otherwise={"kind": "forecast"})
            subject = _SPENDING if law == TOTAL else _of_law(result, str(law))
            figures.append(chart.fan(view, subject=subject))
        except FigureError:
            continue
    said = _verdict(results.get(trials), quantity, language)
    return Section(_name(way), [*said, *(note(language) for note in result.notes[:2])], figures)


def _of_law(result: SafeResult, law: str) -> Subject:
    words = result.labels["law"][law]
    return Subject(f"De uitgaven voor de {words.nl}", f"Spending on the {words.en}", plural=True)


def _name(way: str) -> str:
    return (
        _("Langs tabellen: prijs maal volume") if way == "tables" else _("Langs stromen: wie begint, blijft en stopt")
    )


def _missed(way: str) -> Section:
    return Section(_name(way), [_("Deze weg is met de gegevens van nu niet te gaan.")], [])


def _verdict(trials: SafeResult | None, quantity: str, language: Language) -> list[str]:
    """Return what trials on the past say of a way: how far off, beside assuming that nothing changes."""
    if trials is None:
        return [_("Deze raming is niet op het verleden beproefd: er zijn te weinig jaren.")]
    held = {"care_form": TOTAL, "quantity": quantity, "ahead": TOTAL}
    found = {
        row["measure"]: row["value"]
        for row in trials.cells.iter_rows(named=True)
        if all(row[name] == code for name, code in held.items())
    }
    off, naive, inside = (found.get(name) for name in ("error", "error_naive", "inside"))
    if off is None or naive is None:
        return [_("Deze raming is niet op het verleden beproefd: er zijn te weinig jaren.")]
    said = {
        "off": numbers.figure(off, "percent", language),
        "naive": numbers.figure(naive, "percent", language),
    }
    better = (
        _(
            "Beproefd op het verleden: gemiddeld %(off)s ernaast. Dat is beter dan aannemen dat niets verandert "
            "(%(naive)s)."
        )
        if off < naive
        else _(
            "Beproefd op het verleden: gemiddeld %(off)s ernaast. Dat is niet beter dan aannemen dat niets verandert "
            "(%(naive)s)."
        )
    )
    sure = (
        []
        if inside is None
        else [
            _("Van wat er gebeurde lag %s in de band; bedoeld is 80%%.") % numbers.figure(inside, "percent", language)
        ]
    )
    return [" ".join([better % said, *sure])]


def _compared(
    asked: Asked, tell: Tell, *, until: float = 0.8
) -> tuple[StartingPoint, Chosen, list[Result], scenarios.Comparison]:
    """Return the tables of a scenario beside unchanged policy, over all draws; `until` is the share then done."""
    tell(gettext_noop("het uitgangspunt klaarmaken"), 0.02)
    point, found = _point(asked)
    doing = gettext_noop("trekkingen doorrekenen")
    made = scenarios.compare(
        point.baseline,
        levers.of_plan(point, found, asked.title),
        [SCENARIO],
        tell=lambda _variant, share: tell(doing, 0.05 + (until - 0.05) * share),
    )
    return point, found, scenarios.tables(made), made


def _point(asked: Asked) -> tuple[StartingPoint, Chosen]:
    """Return the starting point and the measures; raises MovedOnError when the snapshot does not stand any more."""
    here = starting_point.ground()
    if here is None or here.snapshot.hash != asked.snapshot:
        raise MovedOnError
    point = starting_point.ready(here, asked.position.known_on, asked.position.until)
    assert isinstance(point, StartingPoint), "waited for without end"
    return point, levers.chosen(point, asked.position)


def _protected(point: StartingPoint, tables: list[Result]) -> list[SafeResult]:
    beside = disclosure.published(point.town.published)
    return disclosure.protect_together(tables, point.town.disclosure, beside=beside)


def _in_both(section: Callable[[Language], Section]) -> dict[Language, list[Section]]:
    found: dict[Language, list[Section]] = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = [section(language)]
    return found


DO: Final[Mapping[str, Callable[[Asked, Tell], Made]]] = {
    "band": band,
    "shares": shares,
    "report": report,
    "forecast": forecast,
}
