"""The definition page: what every indicator counts, in words that a council member reads."""

from __future__ import annotations

from typing import Final

from noaber import rules
from noaber.records import LAW_NAMES, Language, Text

from .catalogue import INDICATORS
from .declaration import Indicator

_TITLE: Final = Text("Indicatoren", "Indicators")
_INTRODUCTION: Final = Text(
    "Wat elk cijfer telt, en wat niet. Cijfers worden herzien als berichten laat komen; onder elk cijfer "
    "staat van welke dag het is. Tellingen zijn op de laatste dag van een periode of over de hele "
    "periode, en alleen van perioden die voorbij zijn.",
    "What every figure counts, and what not. Figures are revised when messages come late; below each figure stands the "
    "day it is of. Counts are of the last day of a period or over the whole period, and only of periods "
    "that have ended.",
)
_MOMENTS: Final = {
    "reference_day": Text("de laatste dag van de periode", "the last day of the period"),
    "period": Text("de hele periode", "the whole period"),
    "inflow": Text("wat in de periode begint", "what begins in the period"),
    "outflow": Text("wat in de periode eindigt", "what ends in the period"),
    "stated": Text("zoals het document het noemt", "as the document states it"),
}
_UNITS: Final = {
    "persons": Text("inwoners", "residents"),
    "households": Text("huishoudens", "households"),
    "allocations": Text("indicaties", "indications"),
    "contacts": Text("contacten", "contacts"),
    "cents": Text("eurocent", "eurocents"),
    "cents_per_person": Text("eurocent per inwoner", "eurocents per resident"),
    "percent": Text("procent", "percent"),
    "per_1000": Text("per 1.000 inwoners", "per 1,000 inhabitants"),
    "ratio": Text("verhouding", "ratio"),
    "days": Text("dagen", "days"),
}
_POLARITIES: Final = {
    "higher_is_better": Text("hoger is beter", "higher is better"),
    "lower_is_better": Text("lager is beter", "lower is better"),
    "neutral": Text("geen oordeel", "no judgement"),
}
_FREQUENCIES: Final = {
    "year": Text("jaar", "year"),
    "quarter": Text("kwartaal", "quarter"),
    "month": Text("maand", "month"),
}
_DIMENSIONS: Final = {
    "domain": Text(
        "Wmo en Jeugdwet samen, of Participatiewet", "Social Support and Youth Act together, or Participation Act"
    ),
    "law": Text("wet", "law"),
    "layer": Text("laag", "layer"),
    "district": Text("wijk", "district"),
    "care_form": Text("zorgvorm", "care form"),
    "provider": Text("aanbieder", "provider"),
    "municipality": Text("gemeente", "municipality"),
    "institution": Text("gecertificeerde instelling", "certified institution"),
    "intensity": Text("intensiteit", "intensity"),
    "statistic": Text("soort cijfer", "kind of figure"),
    "referrer": Text("verwijzer", "referrer"),
    "line": Text("regel", "line"),
    "budget_line": Text("begrotingsregel", "budget line"),
    "price": Text("prijzen", "prices"),
    "version": Text("versie", "version"),
    "item": Text("post", "item"),
    "kind": Text("geteld of verwacht", "counted or expected"),
    "part": Text("deel van het jaar", "part of the year"),
    "question": Text("stelling", "statement"),
    "channel": Text("kanaal", "channel"),
    "theme": Text("onderwerp", "theme"),
    "outcome": Text("uitkomst", "outcome"),
    "sex": Text("geslacht", "sex"),
    "age": Text("leeftijd", "age"),
}
"""Words for the names of dimensions."""


def reference(language: Language) -> str:
    """Return the definition page of all indicators as Markdown, in one language."""
    sections = [_section(indicator, language) for indicator in INDICATORS.values()]
    return "\n\n".join([f"# {_TITLE(language)}", _INTRODUCTION(language), *sections]) + "\n"


def _section(indicator: Indicator, language: Language) -> str:
    rows = [f"| {term(language)} | {said} |" for term, said in _rows(indicator, language) if said]
    table = "\n".join(["| | |", "| --- | --- |", *rows])
    return f"## {indicator.name(language)} {{ #{indicator.id} }}\n\n{indicator.definition(language)}\n\n{table}"


def _rows(indicator: Indicator, language: Language) -> list[tuple[Text, str]]:
    def named(words: dict[str, Text], codes: tuple[str, ...]) -> str:
        return ", ".join(words[code](language) for code in codes)

    late = Text(f"de laatste {indicator.provisional_months} maanden", f"the last {indicator.provisional_months} months")
    source = Text("wat de bron voorlopig noemt", "what the source calls provisional")
    twin = indicator.twin
    return [
        (Text("Kenmerk", "Id"), f"`{indicator.id}`"),
        (
            Text("Versie", "Version"),
            Text(
                f"{indicator.version}, sinds {indicator.defined_on}",
                f"{indicator.version}, since {indicator.defined_on}",
            )(language),
        ),
        (Text("Teller", "Numerator"), indicator.numerator(language) if indicator.numerator else ""),
        (Text("Noemer", "Denominator"), indicator.denominator(language) if indicator.denominator else ""),
        (Text("Eenheid", "Unit"), _UNITS[indicator.unit](language)),
        (Text("Meetmoment", "Measured"), _MOMENTS[indicator.moment](language)),
        (Text("Per", "Per"), named(_FREQUENCIES, indicator.frequencies)),
        (Text("Wie of wat", "Population"), indicator.population(language)),
        (Text("Wetten", "Laws"), named(LAW_NAMES, indicator.laws)),
        (Text("Te splitsen naar", "Can be split by"), named(_DIMENSIONS, (*indicator.dimensions, *indicator.split))),
        (Text("Telt op over", "Adds up over"), named(_DIMENSIONS, indicator.additive_over)),
        (Text("Richting", "Direction"), _POLARITIES[indicator.polarity](language)),
        (Text("Prijzen", "Prices"), indicator.deflator(language) if indicator.deflator else ""),
        (Text("Voorlopig", "Provisional"), (late if indicator.provisional_months else source)(language)),
        (Text("Bron", "Source"), ", ".join(f"`{name}`" for name in indicator.tables)),
        (Text("Regels", "Rules"), "; ".join(_rule(name, language) for name in indicator.rules)),
        (
            Text("Te vergelijken met", "Compare with"),
            f"CBS StatLine {twin.table} (`{twin.figure}`)" if twin else "",
        ),
        (Text("Eigenaar", "Owner"), indicator.owner(language)),
    ]


def _rule(name: str, language: Language) -> str:
    rule = rules.all_rules()[name]
    return f"{rule.description(language)}: {rule.values[-1].cited(language)}"
