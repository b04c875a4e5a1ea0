"""Spending: as paid, at the prices of one year, per inhabitant and per client."""

from __future__ import annotations

from datetime import date
from typing import Final

from noaber import rules
from noaber.records import Text

from .declaration import Indicator, Question
from .inhabitants import present
from .steps import NOT_APPLICABLE, UNKNOWN, Steps, by_cube, cubed, listed, query, text, whole

_DEFINED: Final = date(2026, 11, 1)
_LATE_MONTHS: Final = 6
_LABOUR_SHARE: Final = "prices/labour_share"
"""Rule: the share of labour (OVA) in the price of support; the rest is materials (PPC)."""
_ALL_SUPPORT: Final = Text("Alle ondersteuning die de gemeente betaalt.", "All support that the municipality pays for.")
_CONTROLLER: Final = Text("Controller sociaal domein", "Controller social domain")
PRICES: Final = {
    "nominal": Text("Zoals betaald", "As paid"),
    "contract": Text("Gecorrigeerd met OVA en PPC (90/10)", "Corrected by OVA and PPC (90/10)"),
    "consumer": Text("Gecorrigeerd met consumentenprijzen (CPI)", "Corrected by consumer prices (CPI)"),
}


def paid(ask: Question) -> Steps:
    """Return the step `paid` (period, law, care_form, person, cents, provisional): what was paid in each whole year.

    The ledger speaks for a law and year as soon as it has a line of it; before that the claims do. The two are never
    mixed within a law and year, so nothing is missed between them and nothing counts twice. The persons are those of
    the claims in both cases; their rows have no amount where the ledger speaks.
    """
    return {
        "claimed": f"""
            SELECT * FROM (
                SELECT date_trunc('year', month)::DATE AS period, law, care_form, person, amount_cents FROM cost)
            WHERE {whole(ask)}""",
        "booked": f"""
            SELECT * FROM (
                SELECT make_date(year, 1, 1) AS period, law, coalesce(care_form, '{NOT_APPLICABLE}') AS care_form,
                    amount_cents, status <> 'final' AS provisional
                FROM realisation)
            WHERE {whole(ask)}""",
        "paid": """
            SELECT period, law, care_form, NULL AS person, amount_cents AS cents, provisional FROM booked
            UNION ALL
            SELECT period, law, care_form, person, CASE WHEN in_ledger IS NULL THEN amount_cents END, FALSE
            FROM claimed LEFT JOIN (SELECT DISTINCT period, law, TRUE AS in_ledger FROM booked) USING (period, law)""",
    }


def _totals(ask: Question) -> Steps:
    persons = "nullif(count(DISTINCT person), 0)"
    return paid(ask) | {
        "spent": f"""
            SELECT {listed("period", cubed(ask.dimensions))}, sum(cents) AS cents, {persons} AS persons,
                bool_or(provisional) AS provisional
            FROM paid {by_cube(["period"], ask.dimensions)}"""
    }


def _spending(ask: Question) -> str:
    shown = listed(f"{text(ask)} AS period", ask.dimensions)
    return query(_totals(ask), f'SELECT {shown}, cents AS value, persons AS "count", provisional FROM spent')


def _spending_real(ask: Question) -> str:
    labour = rules.value(_LABOUR_SHARE, ask.known_on).number
    steps = _totals(ask) | {
        "changes": f"""
            SELECT year, 'contract' AS price, {labour:g} * max(change) FILTER ("index" = 'OVA')
                + {1 - labour:g} * max(change) FILTER ("index" = 'PPC') AS change
            FROM price_index GROUP BY year
            UNION ALL
            SELECT year, 'consumer', max(change) FILTER ("index" = 'CPI') FROM price_index GROUP BY year""",
        "years": "SELECT DISTINCT year(period) AS year FROM spent",
        "base": """
            SELECT max(year) AS base_year FROM years
            WHERE (SELECT count(change) FROM changes WHERE changes.year = years.year) = 2""",
        "factors": """
            SELECT years.year, prices.price, base_year, exp(coalesce(sum(ln(1 + change / 100)), 0)) AS factor
            FROM years CROSS JOIN base CROSS JOIN (VALUES ('contract'), ('consumer')) AS prices (price)
                LEFT JOIN changes
                    ON changes.price = prices.price AND changes.year > years.year AND changes.year <= base_year
            WHERE years.year <= base_year
            GROUP BY years.year, prices.price, base_year
            HAVING count(change) = base_year - years.year""",
        "shown": f"""
            SELECT {listed("period", ask.dimensions)}, 'nominal' AS price, cents, persons, provisional, base_year
            FROM spent LEFT JOIN base ON TRUE
            UNION ALL
            SELECT {listed("period", ask.dimensions)}, price, cents * factor, persons, provisional, base_year
            FROM spent JOIN factors ON year = year(period)""",
    }
    shown = listed(f"{text(ask)} AS period", ask.dimensions, "price")
    return query(steps, f'SELECT {shown}, cents AS value, persons AS "count", provisional, base_year FROM shown')


def _spending_per_resident(ask: Question) -> str:
    final = f"""
        SELECT {listed(f"{text(ask)} AS period", ask.dimensions)}, cents / present.persons AS value,
            spent.persons AS "count", cents AS numerator, present.persons AS denominator, provisional
        FROM spent JOIN present USING (period)
        WHERE area = '{ask.town.gm_code}' AND present.persons > 0"""
    return query(_totals(ask) | present(ask, "spent", at_end=False), final)


def _spending_per_client(ask: Question) -> str:
    steps = {
        "claimed": f"""
            SELECT date_trunc('year', month)::DATE AS period, law, care_form,
                coalesce(district, '{UNKNOWN}') AS district, person, amount_cents
            FROM cost""",
    }
    final = f"""
        SELECT {listed(f"{text(ask)} AS period", cubed(ask.dimensions))},
            sum(amount_cents) / count(DISTINCT person) AS value, count(DISTINCT person) AS "count",
            sum(amount_cents) AS numerator, count(DISTINCT person) AS denominator
        FROM claimed
        WHERE {whole(ask)}
        {by_cube(["period"], ask.dimensions)}"""
    return query(steps, final)


SPENDING: Final = (
    Indicator(
        id="spending",
        defined_on=_DEFINED,
        name=Text("Uitgaven", "Spending"),
        definition=Text(
            "Wat de gemeente in een jaar aan ondersteuning betaalde, zoals het in het grootboek staat. Zolang een wet "
            "voor dat jaar nog niet in het grootboek staat, tellen de declaraties. Inkomsten gaan eraf.",
            "What the municipality paid for support in a year, as the ledger has it. As long as a law is not in the "
            "ledger for that year, the claims count. Income is subtracted.",
        ),
        unit="cents",
        counted="persons",
        moment="period",
        population=_ALL_SUPPORT,
        tables=("cost", "realisation"),
        dimensions=("law", "care_form"),
        standard=("law", "care_form"),
        additive_over=("law", "care_form"),
        provisional_months=_LATE_MONTHS,
        owner=_CONTROLLER,
        formula=_spending,
    ),
    Indicator(
        id="spending_real",
        defined_on=_DEFINED,
        name=Text("Uitgaven, gecorrigeerd voor prijzen", "Spending, corrected for prices"),
        definition=Text(
            "De uitgaven in prijzen van één jaar: eerst zoals betaald, dan gecorrigeerd met de prijzen in "
            "contracten (90 procent loonkosten, 10 procent materiaal) en daarnaast met consumentenprijzen.",
            "Spending at the prices of one year: first as paid, then corrected by the prices in contracts (90 percent "
            "labour, 10 percent materials), and beside that by consumer prices.",
        ),
        unit="cents",
        counted="persons",
        moment="period",
        population=_ALL_SUPPORT,
        tables=("cost", "realisation", "price_index"),
        dimensions=("law", "care_form"),
        standard=("law",),
        split=("price",),
        additive_over=("law", "care_form"),
        deflator=Text(
            "OVA en PPC (90/10) volgens het advies van de VNG; CPI van het CBS ernaast",
            "OVA and PPC (90/10) as the VNG advises; CPI of Statistics Netherlands beside it",
        ),
        rules=(_LABOUR_SHARE,),
        provisional_months=_LATE_MONTHS,
        owner=_CONTROLLER,
        labels={"price": PRICES},
        formula=_spending_real,
    ),
    Indicator(
        id="spending_per_resident",
        defined_on=_DEFINED,
        name=Text("Uitgaven per inwoner", "Spending per inhabitant"),
        definition=Text(
            "De uitgaven van een jaar gedeeld door alle inwoners van de gemeente op 1 januari van dat jaar.",
            "Spending of a year divided by all inhabitants of the municipality on 1 January of that year.",
        ),
        numerator=Text("Uitgaven in eurocenten", "Spending in eurocents"),
        denominator=Text("Inwoners op 1 januari", "Inhabitants on 1 January"),
        ratio=("cents", "persons"),
        unit="cents_per_person",
        counted="persons",
        moment="period",
        population=Text("Alle inwoners van de gemeente.", "All inhabitants of the municipality."),
        tables=("cost", "realisation", "population"),
        dimensions=("law",),
        standard=("law",),
        additive_over=("law",),
        provisional_months=_LATE_MONTHS,
        owner=_CONTROLLER,
        formula=_spending_per_resident,
    ),
    Indicator(
        id="spending_per_client",
        defined_on=_DEFINED,
        name=Text("Uitgaven per cliënt", "Spending per client"),
        definition=Text(
            "De declaraties over een jaar gedeeld door de inwoners voor wie in dat jaar is gedeclareerd. Betalingen "
            "waar geen cliënt bij staat, zoals een vast bedrag aan de partner, tellen hier niet mee.",
            "The claims of a year divided by the residents for whom was claimed in that year. Payments that name no "
            "client, such as a lump sum to the partner, do not count here.",
        ),
        numerator=Text("Declaraties in eurocenten", "Claims in eurocents"),
        denominator=Text("Inwoners met een declaratie", "Residents with a claim"),
        ratio=("cents", "persons"),
        unit="cents_per_person",
        counted="persons",
        moment="period",
        population=Text("Inwoners voor wie is gedeclareerd.", "Residents for whom was claimed."),
        tables=("cost",),
        dimensions=("law", "care_form", "district"),
        standard=("law",),
        provisional_months=_LATE_MONTHS,
        owner=_CONTROLLER,
        formula=_spending_per_client,
    ),
)
