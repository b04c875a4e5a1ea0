"""Plans: programmes, packages, measures, proposals, scenarios, budgets and funds as documents, with their sources.

What lives here: reading them from TOML, and saying what does not add up; nothing is repaired. What does not: costing a
measure, which `scenarios` does with what is declared here. Scenarios, jobs and the web may call.
"""

from .check import check, held
from .documents import (
    Base,
    Budget,
    BudgetLine,
    CarryOver,
    Conclusion,
    Counts,
    Elsewhere,
    Expectation,
    Fund,
    Leaflet,
    Measure,
    Option,
    Package,
    Percentage,
    Pilot,
    Programme,
    Proposal,
    Resolution,
    Scenario,
    Statement,
    Total,
)
from .effect import Effect, Estimate, IncomeLimit, Lever, Waterbed
from .errors import PlanAmountError, PlanError, PlanFileError, PlanKeyError
from .finding import Finding, FindingKind, as_dicts, write
from .read import Plan, parse, read, together
from .row import Place, Row

__all__ = [
    "Base",
    "Budget",
    "BudgetLine",
    "CarryOver",
    "Conclusion",
    "Counts",
    "Effect",
    "Elsewhere",
    "Estimate",
    "Expectation",
    "Finding",
    "FindingKind",
    "Fund",
    "IncomeLimit",
    "Leaflet",
    "Lever",
    "Measure",
    "Option",
    "Package",
    "Percentage",
    "Pilot",
    "Place",
    "Plan",
    "PlanAmountError",
    "PlanError",
    "PlanFileError",
    "PlanKeyError",
    "Programme",
    "Proposal",
    "Resolution",
    "Row",
    "Scenario",
    "Statement",
    "Total",
    "Waterbed",
    "as_dicts",
    "check",
    "held",
    "parse",
    "read",
    "together",
    "write",
]
