"""Finds the rows of a plan by their codes, and notices references to nothing and codes used twice."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from noaber.records import Text

from .finding import Finding, FindingKind
from .read import Plan
from .row import Part, Row


class Index:
    """The rows of a plan by code; lines of a budget as `budget/line`."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.entries = list(_entries(plan))
        self.rows = dict(reversed(self.entries))

    def find(self, name: str) -> list[Row]:
        """Return the rows that a reference names, in order; none when it names nothing."""
        return [self.rows[code] for code in self.codes(name)]

    def codes(self, name: str) -> list[str]:
        """Return the codes that a reference names, in order of the plan."""
        if "*" not in name:
            return [name] if name in self.rows else []
        return [code for code in dict.fromkeys(code for code, _ in self.entries) if fnmatchcase(code, name)]

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for every code used twice and every reference to nothing."""
        for code, row in self.entries:
            if row is not self.rows[code]:
                words = Text(f"De code {code} is al in gebruik.", f"The code {code} is in use already.")
                yield _finding("code", code, row, words, "code")
        for part, key, name in _references(self.plan):
            if not self.codes(name):
                words = Text(f"Er is niets met de code {name}.", f"Nothing has the code {name}.")
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
        for key in ("package", "packages", "fund", "builds_on", "of", "on"):
            named = getattr(part, key, ())
            yield from ((part, key, name) for name in ((named,) if isinstance(named, str) else named) if name)
    for scenario in plan.scenarios:
        yield from ((scenario, "measures", name) for name in scenario.measures)
