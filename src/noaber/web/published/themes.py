"""The themes under which figures stand on the site, and the figures that the fact sheet does not have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from noaber.figures import Figure, Subject, View, chart
from noaber.figures.entries import ENTRIES, PYRAMID, Entry
from noaber.municipality import Municipality
from noaber.records import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme: its place in the address, its name, what it answers, and the indicators that stand under it."""

    key: str
    name: Text
    about: Text
    indicators: tuple[str, ...]


THEMES: Final = (
    Theme(
        key="piramide",
        name=Text("De piramide", "The pyramid"),
        about=Text(
            "Hoeveel inwoners krijgen hulp in elke laag, van de sociale basis tot ondersteuning met een indicatie?",
            "How many residents get help in each layer, from the social basis to support with an indication?",
        ),
        indicators=("pyramid",),
    ),
    Theme(
        key="gebruik",
        name=Text("Wie krijgt ondersteuning", "Who gets support"),
        about=Text(
            "Hoeveel inwoners en huishoudens krijgen ondersteuning, onder welke wet, en in welke wijk?",
            "How many residents and households get support, under which law, and in which district?",
        ),
        indicators=(
            "residents_with_support",
            "residents_per_1000",
            "households_with_support",
            "indications_per_resident",
            "support_stock",
            "support_inflow",
            "support_outflow",
            "indications_by_care_form",
        ),
    ),
    Theme(
        key="wachten",
        name=Text("Wachten en duur", "Waiting and duration"),
        about=Text(
            "Hoe lang wachten mensen tot de ondersteuning begint, en hoe lang duurt die?",
            "How long do people wait until support begins, and how long does it last?",
        ),
        indicators=("waiting", "duration"),
    ),
    Theme(
        key="intensiteit",
        name=Text("Hoeveel ondersteuning", "How much support"),
        about=Text(
            "Hoeveel minuten of dagdelen per week krijgen mensen?",
            "How many minutes or half days a week do people get?",
        ),
        indicators=("intensity_individual", "intensity_group"),
    ),
    Theme(
        key="uitgaven",
        name=Text("Wat het kost", "What it costs"),
        about=Text(
            "Wat geeft de gemeente uit, wat is daarvan prijs, en hoe staat dat tegenover de begroting?",
            "What does the municipality spend, how much of that is price, and how does it stand against the budget?",
        ),
        indicators=(
            "spending_real",
            "spending_per_client",
            "spending_per_resident",
            "spending",
            "budget_realisation",
            "budget_by_care_form",
            "funding_gap",
        ),
    ),
    Theme(
        key="toegang",
        name=Text("Hoe mensen binnenkomen", "How people come in"),
        about=Text(
            "Wie verwijst, hoe komen vragen binnen, en wat wordt ermee gedaan?",
            "Who refers, how do questions come in, and what is done with them?",
        ),
        indicators=("certified_institutions", "referrer_share", "contacts"),
    ),
    Theme(
        key="ervaring",
        name=Text("Wat inwoners ervan vinden", "What residents think of it"),
        about=Text("Wat zeggen mensen die ondersteuning kregen?", "What do people say who got support?"),
        indicators=("experience",),
    ),
    Theme(
        key="aanbieders",
        name=Text("Aanbieders", "Providers"),
        about=Text(
            "Aan wie betaalt de gemeente, en hoe afhankelijk zijn beide van elkaar?",
            "Whom does the municipality pay, and how dependent are both on each other?",
        ),
        indicators=("provider_spend", "provider_dependence"),
    ),
    Theme(
        key="gemeente",
        name=Text("De gemeente", "The municipality"),
        about=Text("Wie wonen er, en hoe verandert dat?", "Who lives here, and how does that change?"),
        indicators=("population_by_age",),
    ),
    Theme(
        key="andere-gemeenten",
        name=Text("Naast andere gemeenten", "Beside other municipalities"),
        about=Text(
            "Krijgen hier meer of minder mensen ondersteuning dan elders? Het CBS telt overal op dezelfde manier.",
            "Do more or fewer people get support here than elsewhere? Statistics Netherlands counts alike everywhere.",
        ),
        indicators=(
            "municipalities_wmo",
            "municipalities_youth",
            "municipalities_benefit",
            "municipalities_residents",
        ),
    ),
    Theme(
        key="verder",
        name=Text("Verder", "Further"),
        about=Text(
            "Cijfers die wel gepubliceerd zijn, maar bij geen ander onderwerp staan.",
            "Figures that are published but stand under no other theme.",
        ),
        indicators=(),
    ),
)
"""All themes, by hand and in their order; the last takes whatever stands under no other."""

_BY_INDICATOR: Final = {indicator: theme for theme in THEMES for indicator in theme.indicators}


def theme_of(indicator: str) -> Theme:
    """Return the theme that an indicator stands under."""
    return _BY_INDICATOR.get(indicator, THEMES[-1])


def _spend(view: View, _: Municipality) -> Figure:
    return chart.bar(view, subject=Subject("De uitgaven", "Spending", plural=True), total=False)


def _share_of_ours(view: View, _: Municipality) -> Figure:
    subject = Subject("Het deel van onze uitgaven per aanbieder", "The share of our spending per provider")
    return chart.bar(view, subject=subject, total=False)


def _share_of_theirs(view: View, _: Municipality) -> Figure:
    subject = Subject("Het deel van de eigen omzet dat van ons komt", "The share of their turnover that comes from us")
    return chart.bar(view, subject=subject, total=False)


_PROVIDERS: Final = (
    Entry(indicator="provider_spend", theme="providers", along="provider", draw=_spend),
    Entry(
        indicator="provider_dependence",
        theme="providers",
        along="provider",
        fixed={"statistic": ("of_our_spend",)},
        draw=_share_of_ours,
    ),
    Entry(
        indicator="provider_dependence",
        theme="providers",
        along="provider",
        fixed={"statistic": ("of_turnover",)},
        draw=_share_of_theirs,
    ),
)

COMPARED: Final = {
    "municipalities_wmo": Subject("Het aantal Wmo-cliënten", "The number of Wmo clients"),
    "municipalities_youth": Subject(
        "Het deel van de jongeren met jeugdzorg", "The share of young people with youth care"
    ),
    "municipalities_benefit": Subject("Het aantal mensen met bijstand", "The number of people on social assistance"),
    "municipalities_residents": Subject("Het aantal inwoners", "The number of residents"),
}
"""The indicators that lay ours beside other municipalities, and what their sentences speak of."""


def _beside(subject: Subject) -> Callable[[View, Municipality], Figure]:
    return lambda view, town: chart.beside(view, here=town.gm_code, subject=subject)


_MUNICIPALITIES: Final = tuple(
    Entry(indicator=indicator, theme="town", along="municipality", draw=_beside(subject))
    for indicator, subject in COMPARED.items()
)

ALL_ENTRIES: Final = (PYRAMID, *ENTRIES, *_PROVIDERS, *_MUNICIPALITIES)
"""Every figure that is drawn by name; other indicators are drawn as `gallery` sees fit."""
