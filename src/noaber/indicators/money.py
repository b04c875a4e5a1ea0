"""Money as documents state it: budget beside realisation, funding and its gap, budget per care form."""

from __future__ import annotations

from datetime import date
from typing import Final

from noaber.records import LAW_NAMES, Text

from .declaration import Indicator, Names, Question
from .steps import NOT_APPLICABLE, by_cube, cubed, listed, query, text

_DEFINED: Final = date(2026, 11, 1)
_CONTROLLER: Final = Text("Controller sociaal domein", "Controller social domain")
_DOCUMENTS: Final = Text("Bedragen uit begroting en grootboek.", "Amounts from the budget and the ledger.")
VERSIONS: Final[Names] = {
    "primitive": Text("Begroting", "Budget"),
    "revised": Text("Begroting na wijziging", "Revised budget"),
    "realised": Text("Realisatie", "Realisation"),
    "stated": Text("Bedrag in de tabel van indicaties", "Amount in the table of indications"),
}
ITEMS: Final[Names] = {
    "state_grant": Text("Rijksbijdrage", "State grant"),
    "own_contribution": Text("Eigen bijdragen", "Own contributions"),
    "expense": Text("Uitgaven", "Expense"),
    "computed": Text("Inkomsten min uitgaven, nagerekend", "Income minus expense, as we compute it"),
    "balance": Text("Saldo zoals vermeld", "Balance as stated"),
    "reserve": Text("Uit de reserve", "From the reserve"),
}


def _added(ask: Question, split: str) -> str:
    """Return the closing question on the step `amounts`: cents per cell, with nobody behind them."""
    return f"""
        SELECT {listed(f"{text(ask)} AS period", cubed(ask.dimensions), split)}, sum(cents) AS value, NULL AS "count",
            bool_or(provisional) AS provisional
        FROM amounts {by_cube(["period", split], ask.dimensions)}"""


def _budget_realisation(ask: Question) -> str:
    steps = {
        "amounts": """
            SELECT make_date(year, 1, 1) AS period, law, budget_line, version, amount_cents AS cents,
                FALSE AS provisional
            FROM budget
            UNION ALL
            SELECT make_date(year, 1, 1), law, budget_line, 'realised', amount_cents, status <> 'final'
            FROM realisation"""
    }
    return query(steps, _added(ask, "version"))


def _budget_by_care_form(ask: Question) -> str:
    steps = {
        "amounts": f"""
            SELECT make_date(year, 1, 1) AS period, law, coalesce(care_form, '{NOT_APPLICABLE}') AS care_form, version,
                amount_cents AS cents, FALSE AS provisional
            FROM budget
            UNION ALL
            SELECT make_date(year, 1, 1), law, care_form, 'stated', max(budget_cents), FALSE
            FROM indication_table WHERE budget_cents IS NOT NULL GROUP BY year, law, care_form"""
    }
    return query(steps, _added(ask, "version"))


def _funding_gap(ask: Question) -> str:
    steps = {
        "stated": """
            SELECT make_date(year, 1, 1) AS period, law, kind AS item, amount_cents AS cents, FALSE AS provisional
            FROM funding""",
        "amounts": """
            SELECT * FROM stated
            UNION ALL
            SELECT period, law, 'computed', CASE item WHEN 'expense' THEN -cents ELSE cents END, FALSE
            FROM stated WHERE item IN ('state_grant', 'own_contribution', 'expense')""",
    }
    return query(steps, _added(ask, "item"))


MONEY: Final = (
    Indicator(
        id="budget_realisation",
        defined_on=_DEFINED,
        name=Text("Begroting en realisatie", "Budget and realisation"),
        definition=Text(
            "Wat de gemeente begrootte, na wijziging begrootte en uitgaf, per begrotingsregel. Inkomsten zijn "
            "negatief.",
            "What the municipality budgeted, budgeted after revision, and spent, per budget line. Income is negative.",
        ),
        unit="cents",
        counted="none",
        moment="stated",
        population=_DOCUMENTS,
        tables=("budget", "realisation"),
        dimensions=("law", "budget_line"),
        standard=("law",),
        split=("version",),
        additive_over=("law", "budget_line"),
        owner=_CONTROLLER,
        labels={"version": VERSIONS},
        formula=_budget_realisation,
    ),
    Indicator(
        id="budget_by_care_form",
        defined_on=_DEFINED,
        name=Text("Begroting per zorgvorm", "Budget per care form"),
        definition=Text(
            "Wat de gemeente per zorgvorm begrootte. Een tabel van indicaties noemt soms een eigen bedrag; dat staat "
            "ernaast, ook als het afwijkt.",
            "What the municipality budgeted per care form. A table of indications sometimes states an amount of its "
            "own; it stands beside the budget, also when it differs.",
        ),
        unit="cents",
        counted="none",
        moment="stated",
        population=_DOCUMENTS,
        tables=("budget", "indication_table"),
        dimensions=("law", "care_form"),
        standard=("law", "care_form"),
        split=("version",),
        additive_over=("law", "care_form"),
        owner=_CONTROLLER,
        labels={"version": VERSIONS},
        formula=_budget_by_care_form,
    ),
    Indicator(
        id="funding_gap",
        defined_on=_DEFINED,
        name=Text("Inkomsten, uitgaven en tekort", "Income, expense and shortfall"),
        definition=Text(
            "Wat de gemeente krijgt en uitgeeft volgens de meerjarenbegroting. Naast het saldo dat daar staat, "
            "staat het saldo dat volgt uit de regels zelf. Een tekort is negatief.",
            "What the municipality receives and spends according to the multi-year budget. Beside the balance stated "
            "there stands the balance that follows from the lines themselves. A shortfall is negative.",
        ),
        unit="cents",
        counted="none",
        moment="stated",
        population=Text("Bedragen uit de meerjarenbegroting.", "Amounts from the multi-year budget."),
        tables=("funding",),
        dimensions=("law",),
        standard=("law",),
        split=("item",),
        additive_over=("law",),
        polarity="higher_is_better",
        owner=_CONTROLLER,
        labels={"item": ITEMS, "law": {**LAW_NAMES, "beide": Text("Beide wetten", "Both laws")}},
        formula=_funding_gap,
    ),
)
