"""Finds the rows of a plan by their codes, and notices references to nothing and codes used twice."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

from noaber.records import Text

from .documents import BudgetLine, Fund, Measure, Package
from .finding import Finding, FindingKind
from .read import Plan
from .row import Part, Row

REFERS_TO: Final[dict[str, tuple[type[Row], Text]]] = {
    "package": (Package, Text("pakket", "package")),
    "packages": (Package, Text("pakket", "package")),
    "measures": (Measure, Text("maatregel", "measure")),
    "builds_on": (Measure, Text("maatregel", "measure")),
    "on": (BudgetLine, Text("begrotingspost", "budget line")),
    "fund": (Fund, Text("fonds", "fund")),
    "of": (Row, Text("regel", "row")),
    "shortfall_of": (Row, Text("regel", "row")),
}
"""The keys that refer, each with the kind of row that it names."""


class Index:
    """The rows of a plan by code; lines of a budget as `budget/line`."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.entries = list(_entries(plan))
        self.rows: dict[str, Row] = {}
        for code, row in self.entries:
            self.rows.setdefault(code, row)

    def find(self, name: str, kind: type[Row] = Row) -> list[Row]:
        """Return the rows of a kind that a reference names, in order of the plan."""
        return [self.rows[code] for code in self.codes(name, kind)]

    def codes(self, name: str, kind: type[Row] = Row) -> list[str]:
        """Return the codes of a kind of row that a reference names, in order of the plan; none when there is none."""
        named = [name] if "*" not in name else [code for code in self.rows if fnmatchcase(code, name)]
        return [code for code in named if isinstance(self.rows.get(code), kind)]

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for every code used twice and every reference to nothing."""
        for code, row in self.entries:
            if row is not self.rows[code]:
                words = Text(f"De code {code} is al in gebruik.", f"The code {code} is in use already.")
                yield _finding("code", code, row, words, "code")
        for part, key, name in _references(self.plan):
            kind, called = REFERS_TO[key]
            if not self.codes(name, kind):
                words = Text(f"Er is geen {called.nl} met de code {name}.", f"No {called.en} has the code {name}.")
                yield _finding("reference", name, part, words, key)


def _finding(kind: FindingKind, code: str, part: Part, words: Text, key: str) -> Finding:
    file, line = part.place.of(key)
    return Finding(kind=kind, file=file, line=line, subjects=(code,), what=words)


def _entries(plan: Plan) -> Iterator[tuple[str, Row]]:
    for documents in (
        plan.programmes,
        plan.packages,
        plan.measures,
        plan.proposals,
        plan.scenarios,
        plan.budgets,
        plan.funds,
        plan.totals,
    ):
        yield from ((document.code, document) for document in documents)
    for budget in plan.budgets:
        yield from ((f"{budget.code}/{line.code}", line) for line in budget.lines)
    for fund in plan.funds:
        yield from ((item.code, item) for item in fund.carry_overs)


def _references(plan: Plan) -> Iterator[tuple[Part, str, str]]:
    """Yield every reference as (who refers, with which key, to what)."""
    for part in plan.parts():
        for key in REFERS_TO:
            named = getattr(part, key, ())
            yield from ((part, key, name) for name in ((named,) if isinstance(named, str) else named) if name)
