"""Who refers and who provides: shares of referrers, certified institutions against their agreement, dependence."""

from __future__ import annotations

from datetime import date
from typing import Final

from noaber.records import Law, Text
from noaber.results import Frequency

from .declaration import Indicator, Names, Question
from .steps import UNKNOWN, Steps, bucket, by_cube, cubed, listed, query, text, whole

_DEFINED: Final = date(2026, 11, 1)
_OFTEN: Final[tuple[Frequency, ...]] = ("year", "quarter")
_LATE_MONTHS: Final = 3
_LATE_CLAIMS_MONTHS: Final = 6
_CERTIFIED: Final = "04"
_CONTRACTS: Final = Text("Contractmanager", "Contract manager")
REFERRERS: Final[Names] = {
    "01": Text("Gemeente", "Municipality"),
    "02": Text("Huisarts", "General practitioner"),
    "03": Text("Jeugdarts", "Youth doctor"),
    "04": Text("Gecertificeerde instelling", "Certified institution"),
    "05": Text("Medisch specialist", "Medical specialist"),
    "06": Text("Zelf of geen verwijzer", "Self or none"),
    "08": Text("Rechter, officier van justitie of jeugdinrichting", "Judge, prosecutor or youth prison"),
    UNKNOWN: Text("Onbekend", "Unknown"),
}
AGREEMENT: Final[Names] = {
    "allocated": Text("Toegewezen", "Allocated"),
    "baseline": Text("Gemiddeld kwartaal van het basisjaar", "Average quarter of the baseline year"),
    "agreed": Text("Afgesproken", "Agreed"),
}
DEPENDENCE: Final[Names] = {
    "of_our_spend": Text("Deel van onze uitgaven", "Share of our spending"),
    "of_turnover": Text("Deel van de omzet van de aanbieder", "Share of the provider's turnover"),
    "concentration": Text("Concentratie (Herfindahl)", "Concentration (Herfindahl)"),
}


def allocated(ask: Question) -> Steps:
    """Return the step `allocated`: one row per allocation, by the day on which it was first made, started or not."""
    return {
        "allocated": f"""
            SELECT law, care_form, coalesce(district, '{UNKNOWN}') AS district,
                coalesce(referrer, '{UNKNOWN}') AS referrer,
                coalesce(referrer_code, '{UNKNOWN}') AS institution,
                {bucket(ask, "allocated_on")} AS period
            FROM support
            QUALIFY row_number() OVER (PARTITION BY law, allocation_number ORDER BY began_on NULLS FIRST) = 1"""
    }


def _referrer_share(ask: Question) -> str:
    steps = allocated(ask) | {
        "per_referrer": f"""
            SELECT {listed("period", cubed(ask.dimensions), "referrer")}, count(*) AS number
            FROM allocated WHERE {whole(ask)} {by_cube(["period", "referrer"], ask.dimensions)}""",
        "shares": f"""
            SELECT *, sum(number) OVER (PARTITION BY {listed("period", ask.dimensions)}) AS everyone
            FROM per_referrer""",
    }
    shown = listed(f"{text(ask)} AS period", ask.dimensions, "referrer", "100 * number / everyone AS value")
    final = f'SELECT {shown}, number AS "count", number AS numerator, everyone AS denominator FROM shares'
    return query(steps, final)


def _certified_institutions(ask: Question) -> str:
    agreement = ask.town.referral_agreement
    left = f"{100 - agreement.reduction_percent} / 100"
    steps = allocated(ask) | {
        "referred": f"""
            SELECT * FROM allocated
            WHERE referrer = '{_CERTIFIED}' AND {whole(ask)}""",
        "per_quarter": f"""
            SELECT {listed("period", cubed(ask.dimensions))}, count(*) AS number
            FROM referred {by_cube(["period"], ask.dimensions)}""",
        "baseline": f"""
            SELECT {listed(ask.dimensions, "sum(number) AS number")}
            FROM per_quarter WHERE year(period) = {agreement.baseline_year} GROUP BY ALL HAVING count(*) > 0""",
        "quarters": "SELECT DISTINCT period FROM per_quarter",
        "institutions": f"""
            SELECT DISTINCT {listed(ask.dimensions) or "0 AS whole"} FROM per_quarter""",
        "lines": f"""
            SELECT {listed("period", ask.dimensions)}, 'allocated' AS line, coalesce(number, 0) AS value,
                coalesce(number, 0) AS number
            FROM institutions CROSS JOIN quarters LEFT JOIN per_quarter USING ({listed("period", ask.dimensions)})
            UNION ALL
            SELECT {listed("period", ask.dimensions)}, line, number * share / 4, number
            FROM baseline CROSS JOIN quarters
                CROSS JOIN (VALUES ('baseline', 1), ('agreed', {left})) AS shares (line, share)""",
    }
    shown = listed(f"{text(ask)} AS period", ask.dimensions, "line", "value")
    return query(steps, f'SELECT {shown}, number AS "count" FROM lines')


def _claims(ask: Question) -> Steps:
    return {
        "claims": f"""
            SELECT * FROM (
                SELECT {bucket(ask, "month")} AS period, law, care_form, provider, person, amount_cents FROM cost)
            WHERE {whole(ask)}"""
    }


def _provider_spend(ask: Question) -> str:
    steps = _claims(ask) | {
        "per_person": f"""
            SELECT {listed("period", cubed(ask.dimensions))}, person, sum(amount_cents) AS cents
            FROM claims {by_cube(["period", "person"], ask.dimensions)}"""
    }
    known = "FILTER (person IS NOT NULL)"
    final = f"""
        SELECT {listed(f"{text(ask)} AS period", ask.dimensions)}, sum(cents) AS value, count(person) AS "count",
            (max(cents, 2) {known})[1] AS largest, (max(cents, 2) {known})[2] AS second
        FROM per_person GROUP BY {listed("period", ask.dimensions)}"""
    return query(steps, final)


def _provider_dependence(ask: Question) -> str:
    steps = _claims(ask) | {
        "per_provider": """
            SELECT period, provider, sum(amount_cents) AS ours, count(DISTINCT person) AS persons
            FROM claims GROUP BY ALL""",
        "whole_town": """
            SELECT period, sum(amount_cents) AS everything, count(DISTINCT person) AS everyone
            FROM claims GROUP BY ALL""",
        "turnover": "SELECT make_date(year, 1, 1) AS period, provider, turnover_cents FROM provider_register",
        "ways": """
            SELECT period, provider, 'of_our_spend' AS statistic, ours AS numerator, everything AS denominator, persons
            FROM per_provider JOIN whole_town USING (period) WHERE everything > 0
            UNION ALL
            SELECT period, provider, 'of_turnover', ours, turnover_cents, persons
            FROM per_provider JOIN turnover USING (period, provider) WHERE turnover_cents > 0
            UNION ALL
            SELECT period, '_T', 'concentration', sum(ours::DOUBLE * ours), everything::DOUBLE * everything, everyone
            FROM per_provider JOIN whole_town USING (period) WHERE everything > 0
            GROUP BY period, everything, everyone""",
    }
    final = f"""
        SELECT {text(ask)} AS period, provider, statistic, 100 * numerator / denominator AS value,
            persons AS "count", numerator, denominator
        FROM ways"""
    return query(steps, final)


PROVIDERS: Final = (
    Indicator(
        id="referrer_share",
        defined_on=_DEFINED,
        name=Text("Wie verwijst", "Who refers"),
        definition=Text(
            "Van alle toewijzingen die in de periode voor het eerst zijn gegeven: het deel per soort verwijzer. "
            "Ook een toewijzing die niet is gestart, telt mee.",
            "Of all allocations first made in the period: the share per type of referrer. An allocation that has not "
            "started counts too.",
        ),
        numerator=Text("Toewijzingen na verwijzing door deze verwijzer", "Allocations referred by this referrer"),
        denominator=Text("Alle toewijzingen", "All allocations"),
        unit="percent",
        counted="allocations",
        moment="inflow",
        population=Text("Toewijzingen van de gemeente.", "Allocations of the municipality."),
        tables=("support",),
        dimensions=("law", "care_form", "district"),
        standard=("law",),
        split=("referrer",),
        frequencies=_OFTEN,
        decimals=1,
        provisional_months=_LATE_MONTHS,
        labels={"referrer": REFERRERS},
        formula=_referrer_share,
    ),
    Indicator(
        id="certified_institutions",
        defined_on=_DEFINED,
        name=Text("Toewijzingen per gecertificeerde instelling", "Allocations per certified institution"),
        definition=Text(
            "Toewijzingen die per kwartaal volgen op een verwijzing door een gecertificeerde instelling, naast een "
            "gemiddeld kwartaal van het basisjaar en het aantal dat is afgesproken.",
            "Allocations per quarter that follow a referral by a certified institution, beside an average quarter of "
            "the baseline year and the number agreed.",
        ),
        unit="allocations",
        counted="allocations",
        moment="inflow",
        population=Text(
            "Toewijzingen na verwijzing door een gecertificeerde instelling.",
            "Allocations referred by a certified institution.",
        ),
        tables=("support",),
        laws=(Law.YOUTH,),
        dimensions=("institution",),
        standard=("institution",),
        split=("line",),
        frequencies=("quarter",),
        additive_over=("institution",),
        polarity="lower_is_better",
        provisional_months=_LATE_MONTHS,
        owner=_CONTRACTS,
        labels={"line": AGREEMENT},
        formula=_certified_institutions,
    ),
    Indicator(
        id="provider_spend",
        defined_on=_DEFINED,
        name=Text("Uitgaven per aanbieder", "Spending per provider"),
        definition=Text(
            "Declaraties over een jaar per aanbieder en zorgvorm. Een creditregel gaat eraf.",
            "Claims of a year per provider and care form. A credit line is subtracted.",
        ),
        unit="cents",
        counted="persons",
        moment="period",
        population=Text("Alle gedeclareerde ondersteuning.", "All claimed support."),
        tables=("cost",),
        dimensions=("law", "care_form", "provider"),
        standard=("care_form", "provider"),
        additive_over=("law", "care_form", "provider"),
        provisional_months=_LATE_CLAIMS_MONTHS,
        owner=_CONTRACTS,
        formula=_provider_spend,
    ),
    Indicator(
        id="provider_dependence",
        defined_on=_DEFINED,
        name=Text("Afhankelijkheid van en door aanbieders", "Dependence on and of providers"),
        definition=Text(
            "Twee kanten per jaar: welk deel van onze uitgaven naar een aanbieder gaat, en welk deel van zijn "
            "omzet van ons komt. De concentratie is 100 als alles naar één aanbieder gaat, en bijna 0 bij heel "
            "veel kleine.",
            "Two sides per year: which share of our spending goes to a provider, and which share of its turnover comes "
            "from us. The concentration is 100 when all goes to one provider and near 0 with very many small ones.",
        ),
        numerator=Text("Onze uitgaven bij de aanbieder", "Our spending at the provider"),
        denominator=Text("Al onze uitgaven, of de omzet", "All our spending, or the turnover"),
        ratio=("cents", "cents"),
        unit="percent",
        counted="persons",
        moment="period",
        population=Text("Aanbieders die hebben gedeclareerd.", "Providers that have claimed."),
        tables=("cost", "provider_register"),
        split=("provider", "statistic"),
        decimals=1,
        provisional_months=_LATE_CLAIMS_MONTHS,
        owner=_CONTRACTS,
        labels={"statistic": DEPENDENCE},
        formula=_provider_dependence,
    ),
)
