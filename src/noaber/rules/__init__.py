"""Rules: what a law, bylaw, contract, tariff, estimate or choice says, with the days it holds and where it stands.

What lives here: one TOML file per rule, read once, checked and frozen. What does not: working with the value; a clock
counts with a term, a forecast with a price. Every room above may ask `value`, and cite what it returns.
"""

from .read import NoValueError, RuleFileError, UnknownRuleError, all_rules, value
from .rule import KIND_NAMES, SURE_NAMES, UNIT_NAMES, Rule, RuleKind, Sure, Unit, Value

__all__ = [
    "KIND_NAMES",
    "SURE_NAMES",
    "UNIT_NAMES",
    "NoValueError",
    "Rule",
    "RuleFileError",
    "RuleKind",
    "Sure",
    "Unit",
    "UnknownRuleError",
    "Value",
    "all_rules",
    "value",
]
