"""The figures of *Sociaal domein in beeld*, by hand and in their order: what each shows, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from noaber.municipality import Municipality
from noaber.records import Text
from noaber.results import Unit

from . import chart
from .figure import Figure
from .findings import Subject
from .series import View


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One figure of the sheet: from which indicator, along what, with what held, and the function that draws it.

    A `core` figure stands on the two pages; the others follow in "further". A `headline` may be one of the three
    findings, in the order of this list. An entry that looks `ahead` shows years after that of the sheet too. One that
    `stands_in` for another indicator is core only where that is missing, and is not itself missed where it is not.
    """

    indicator: str
    theme: str
    along: str | None = None
    fixed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Per dimension the codes to hold it at, in order of preference: the first that the result has."""
    otherwise: Mapping[str, str] = field(default_factory=dict)
    """Per dimension the code that stands in where a period lacks the one it is held at."""
    measured_in: Unit | None = None
    draw: Callable[[View, Municipality], Figure]
    core: bool = False
    headline: bool = False
    ahead: bool = False
    stands_in: str = ""


THEMES: Final = {
    "use": Text("Wie krijgt ondersteuning", "Who gets support"),
    "intensity": Text("Hoeveel en hoe lang", "How much and for how long"),
    "spending": Text("Wat het kost", "What it costs"),
    "access": Text("Hoe mensen binnenkomen", "How people come in"),
    "experience": Text("Wat inwoners ervan vinden", "What residents think of it"),
    "town": Text("De gemeente", "The municipality"),
}


def _line(nl: str, en: str, *, plural: bool = False) -> Callable[[View, Municipality], Figure]:
    return lambda view, _: chart.line(view, subject=Subject(nl, en, plural))


def _bar(nl: str, en: str, *, plural: bool = False, total: bool = False) -> Callable[[View, Municipality], Figure]:
    return lambda view, _: chart.bar(view, subject=Subject(nl, en, plural), total=total)


def _dot(nl: str, en: str, *, plural: bool = False) -> Callable[[View, Municipality], Figure]:
    return lambda view, _: chart.dot(view, subject=Subject(nl, en, plural))


def _stacked(nl: str, en: str) -> Callable[[View, Municipality], Figure]:
    return lambda view, _: chart.stacked(view, subject=Subject(nl, en))


def _tiles(view: View, town: Municipality) -> Figure:
    places = {district.code: district.tile for district in town.districts}
    return chart.tiles(
        view, places, subject=Subject("Het aantal inwoners met ondersteuning", "The number of residents with support")
    )


def _budget(view: View, _: Municipality) -> Figure:
    subject = Subject("De uitgaven", "Spending", plural=True)
    beside = Text("de begroting na wijziging", "the revised budget")
    return chart.bar(view, subject=subject, beside=("version", "revised"), against=beside)


def _stated_budget(view: View, _: Municipality) -> Figure:
    return chart.bar(view, subject=Subject("De begroting", "The budget"), total=True)


def _institutions(view: View, _: Municipality) -> Figure:
    subject = Subject(
        "Het aantal toewijzingen via gecertificeerde instellingen",
        "The number of allocations by certified institutions",
    )
    return chart.line(view, subject=subject, aim=("allocated", "agreed", Text("afgesproken", "agreed")))


def _indications(view: View, _: Municipality) -> Figure:
    return chart.bar(view, subject=Subject("Het aantal indicaties", "The number of indications"), moved=True)


def _population(view: View, _: Municipality) -> Figure:
    return chart.table(view, subject=Subject("Het aantal inwoners", "The number of inhabitants"))


ENTRIES: Final = (
    Entry(
        indicator="residents_with_support",
        theme="use",
        along="law",
        draw=_line("Het aantal inwoners met ondersteuning", "The number of residents with support"),
        core=True,
        headline=True,
    ),
    Entry(indicator="residents_per_1000", theme="use", along="district", draw=_tiles, core=True),
    Entry(
        indicator="residents_per_1000",
        theme="use",
        along="district",
        draw=_dot("Het aantal inwoners met ondersteuning", "The number of residents with support"),
    ),
    Entry(
        indicator="households_with_support",
        theme="use",
        along="law",
        draw=_line("Het aantal huishoudens met ondersteuning", "The number of households with support"),
    ),
    Entry(
        indicator="indications_per_resident",
        theme="use",
        along="law",
        draw=_line(
            "Het aantal indicaties per inwoner met ondersteuning", "The number of indications per resident with support"
        ),
    ),
    Entry(
        indicator="support_stock",
        theme="use",
        along="care_form",
        draw=_bar("Het aantal lopende indicaties", "The number of running indications"),
    ),
    Entry(
        indicator="support_inflow",
        theme="use",
        along="law",
        draw=_line("Het aantal inwoners bij wie ondersteuning begint", "The number of residents whose support begins"),
    ),
    Entry(
        indicator="support_outflow",
        theme="use",
        along="law",
        draw=_line("Het aantal inwoners bij wie ondersteuning eindigt", "The number of residents whose support ends"),
    ),
    Entry(
        indicator="indications_by_care_form",
        theme="use",
        along="care_form",
        fixed={"kind": ("observed",), "part": ("year",)},
        otherwise={"kind": "expected"},
        draw=_indications,
        core=True,
        stands_in="residents_with_support",
    ),
    Entry(
        indicator="waiting",
        theme="intensity",
        along="law",
        fixed={"statistic": ("median",)},
        draw=_line("De middelste wachttijd tot de start", "The median wait until the start"),
        core=True,
        headline=True,
    ),
    Entry(
        indicator="intensity_individual",
        theme="intensity",
        along="intensity",
        draw=_stacked("Individuele begeleiding", "Individual support"),
        core=True,
    ),
    Entry(
        indicator="intensity_group",
        theme="intensity",
        along="intensity",
        draw=_stacked("Groepsbegeleiding", "Group support"),
    ),
    Entry(
        indicator="waiting",
        theme="intensity",
        along="law",
        fixed={"statistic": ("within_norm",)},
        measured_in="percent",
        draw=_line("Het deel dat binnen zes weken begint", "The share that begins within six weeks"),
    ),
    Entry(
        indicator="duration",
        theme="intensity",
        along="law",
        fixed={"statistic": ("median",)},
        draw=_line("De middelste duur van ondersteuning", "The median duration of support"),
    ),
    Entry(
        indicator="spending_real",
        theme="spending",
        along="price",
        draw=_line("De uitgaven", "Spending", plural=True),
        core=True,
    ),
    Entry(
        indicator="spending_real",
        theme="spending",
        along="law",
        fixed={"price": ("contract",)},
        draw=_line("De uitgaven, gecorrigeerd voor prijzen,", "Spending, corrected for prices,", plural=True),
        headline=True,
    ),
    Entry(
        indicator="spending_per_client",
        theme="spending",
        along="law",
        draw=_line("De uitgaven per cliënt", "Spending per client", plural=True),
        core=True,
        headline=True,
    ),
    Entry(
        indicator="spending_per_resident",
        theme="spending",
        along="law",
        draw=_line("De uitgaven per inwoner van de gemeente", "Spending per inhabitant", plural=True),
    ),
    Entry(
        indicator="spending",
        theme="spending",
        along="care_form",
        draw=_bar("De uitgaven", "Spending", plural=True),
    ),
    Entry(
        indicator="budget_realisation",
        theme="spending",
        along="law",
        fixed={"version": ("realised",)},
        draw=_budget,
        core=True,
    ),
    Entry(
        indicator="budget_by_care_form",
        theme="spending",
        along="care_form",
        fixed={"version": ("primitive", "stated", "revised")},
        draw=_stated_budget,
        core=True,
        stands_in="budget_realisation",
    ),
    Entry(
        indicator="funding_gap",
        theme="spending",
        along="law",
        fixed={"item": ("balance",)},
        draw=_line("Het saldo van inkomsten en uitgaven", "The balance of income and spending"),
        core=True,
        headline=True,
        ahead=True,
        stands_in="spending_real",
    ),
    Entry(
        indicator="certified_institutions",
        theme="access",
        along="line",
        draw=_institutions,
        core=True,
    ),
    Entry(
        indicator="referrer_share",
        theme="access",
        along="referrer",
        fixed={"law": ("jeugdwet",)},
        draw=_bar("Het deel van de toewijzingen in de Jeugdwet", "The share of allocations under the Youth Act"),
    ),
    Entry(
        indicator="contacts",
        theme="access",
        along="outcome",
        draw=_bar("Het aantal contacten bij de toegang", "The number of contacts at the entrance"),
        core=True,
    ),
    Entry(
        indicator="contacts",
        theme="access",
        along="channel",
        draw=_bar("Het aantal contacten bij de toegang", "The number of contacts at the entrance"),
    ),
    Entry(
        indicator="experience",
        theme="experience",
        along="question",
        fixed={"law": ("wmo",)},
        draw=_dot("Het deel van de cliënten dat het eens is (Wmo)", "The share of clients who agree (Wmo)"),
    ),
    Entry(
        indicator="experience",
        theme="experience",
        along="question",
        fixed={"law": ("jeugdwet",)},
        draw=_dot("Het deel van de cliënten dat het eens is (Jeugdwet)", "The share of clients who agree (Youth Act)"),
    ),
    Entry(
        indicator="population_by_age",
        theme="town",
        along="age",
        fixed={"kind": ("observed",)},
        draw=_population,
    ),
    Entry(
        indicator="population_by_age",
        theme="town",
        along="age",
        fixed={"kind": ("forecast",)},
        draw=_population,
        ahead=True,
    ),
)

NAMES: Final = {
    "pyramid": Text("de piramide van de drie lagen", "the pyramid of the three layers"),
    "residents_with_support": Text("inwoners met ondersteuning", "residents with support"),
    "residents_per_1000": Text(
        "inwoners met ondersteuning per 1.000 inwoners en per wijk", "residents with support per 1,000 and per district"
    ),
    "households_with_support": Text("huishoudens met ondersteuning", "households with support"),
    "indications_per_resident": Text("indicaties per inwoner", "indications per resident"),
    "support_stock": Text("lopende indicaties per zorgvorm", "running indications per care form"),
    "support_inflow": Text("inwoners bij wie ondersteuning begint", "residents whose support begins"),
    "support_outflow": Text("inwoners bij wie ondersteuning eindigt", "residents whose support ends"),
    "indications_by_care_form": Text(
        "indicaties per zorgvorm volgens documenten", "indications per care form according to documents"
    ),
    "intensity_individual": Text("intensiteit van individuele begeleiding", "intensity of individual support"),
    "intensity_group": Text("intensiteit van groepsbegeleiding", "intensity of group support"),
    "waiting": Text("wachttijd", "waiting time"),
    "duration": Text("duur van ondersteuning", "duration of support"),
    "spending_real": Text("uitgaven, gecorrigeerd voor prijzen", "spending, corrected for prices"),
    "spending_per_client": Text("uitgaven per cliënt", "spending per client"),
    "spending_per_resident": Text("uitgaven per inwoner", "spending per inhabitant"),
    "spending": Text("uitgaven per zorgvorm", "spending per care form"),
    "budget_realisation": Text("begroting en realisatie", "budget and realisation"),
    "budget_by_care_form": Text("begroting per zorgvorm", "budget per care form"),
    "funding_gap": Text("inkomsten, uitgaven en tekort", "income, spending and shortfall"),
    "certified_institutions": Text(
        "toewijzingen via gecertificeerde instellingen", "allocations by certified institutions"
    ),
    "referrer_share": Text("wie verwijst", "who refers"),
    "contacts": Text("contacten bij de toegang", "contacts at the entrance"),
    "experience": Text("ervaringen van cliënten", "experiences of clients"),
    "population_by_age": Text("inwoners naar leeftijd", "inhabitants by age"),
}
"""What each indicator of the sheet is about, for the list of what is missing."""

PYRAMID: Final = Entry(
    indicator="pyramid", theme="use", along="layer", draw=lambda view, _: chart.pyramid(view), core=True
)
