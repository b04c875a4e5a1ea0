"""Which amounts of a plan should add up to which, and what the difference is when they do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from noaber.records import Text

from .documents import Budget, Fund, Measure, Package, Programme
from .finding import Finding, FindingKind, money
from .index import Index
from .row import Amounts, Part, Row

ONCE = 0
"""The year under which a structural amount, or one for all years together, is compared."""


@dataclass(frozen=True, kw_only=True)
class Sum:
    """What a document states, and the parts that should add up to it: cents per year."""

    kind: FindingKind
    name: str
    code: str
    part: Part
    key: str
    stated: Mapping[int, int]
    parts: Sequence[Mapping[int, int]]
    rounded_to: int = 0

    def adds_up(self, year: int) -> bool:
        """Whether stated and parts agree in a year, as far as the document does not round."""
        return 2 * abs(self.found(year) - self.stated[year]) <= self.rounded_to

    def found(self, year: int) -> int:
        """Return what the parts add up to, in cents."""
        return sum(part.get(year, 0) for part in self.parts)

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for every year in which stated and parts disagree."""
        file, line = self.part.place.of(self.key)
        for year in self.stated if any(self.parts) else ():
            if not self.adds_up(year):
                yield Finding(
                    kind=self.kind,
                    file=file,
                    line=line,
                    subjects=(self.code,),
                    year=year or None,
                    what=self._words(year),
                )

    def _words(self, year: int) -> Text:
        stated, found = self.stated[year], self.found(year)
        said, own, gap, why = money(stated), money(found), money(abs(found - stated)), explanation(stated, found)
        name = f"{self.name}, {year}" if year else self.name
        if self.kind == "conclusion":
            nl = f"{name}: de slottabel zegt {said.nl}, de eigen tabel {own.nl}"
            en = f"{name}: the conclusion says {said.en}, its own table {own.en}"
        else:
            both = self._ups_and_downs(year)
            nl = f"{name}: de delen zijn samen {own.nl}{both.nl}, het document zegt {said.nl}"
            en = f"{name}: the parts add up to {own.en}{both.en}, the document says {said.en}"
        return Text(f"{nl}; {gap.nl} verschil{why.nl}.", f"{en}; {gap.en} apart{why.en}.")

    def _ups_and_downs(self, year: int) -> Text:
        """Say what is added and what is taken off, where there is both."""
        ups = sum(max(part.get(year, 0), 0) for part in self.parts)
        downs = self.found(year) - ups
        if not (ups and downs):
            return Text("", "")
        more, less = money(ups), money(downs)
        return Text(f" ({more.nl} en {less.nl})", f" ({more.en} and {less.en})")


def explanation(stated: int, found: int) -> Text:
    """Say whether rounding, or cutting off, to the last unit that the stated amount shows fits the difference."""
    step = 100
    while stated and stated % (10 * step) == 0:
        step *= 10
    towards = 1 if found >= 0 else -1
    cut = towards * (abs(found) // step * step)
    rounded = towards * ((abs(found) + step // 2) // step * step)
    unit = money(step)
    if stated == rounded:
        return Text(f", wat past bij afronden op {unit.nl}", f", which fits rounding to {unit.en}")
    if stated == cut:
        return Text(
            f", wat past bij afkappen op {unit.nl} in plaats van afronden",
            f", which fits cutting off at {unit.en} instead of rounding",
        )
    return Text(", en afronden verklaart het niet", ", and rounding does not explain it")


def sums(index: Index) -> Iterator[Sum]:
    """Yield everything in a plan that should add up."""
    plan = index.plan
    for package in plan.packages:
        yield from _of_row(package, package.code, [item for item in plan.measures if item.package == package.code])
    for total in plan.totals:
        rows = [row for name in total.of for row in index.find(name) if row is not total]
        yield from _of_row(total, total.code, rows)
    for scenario in plan.scenarios:
        yield from _of_row(scenario, scenario.code, scenario.rows)
    for programme in plan.programmes:
        yield from _of_programme(programme, index)
    for budget in plan.budgets:
        yield from _of_budget(budget, index)
    for fund in plan.funds:
        yield from _of_fund(fund, [item.amounts for item in plan.proposals if item.fund == fund.code])
    for measure in plan.measures:
        yield from _of_options(measure)


def _of_row(row: Row, code: str, parts: Sequence[Row]) -> Iterator[Sum]:
    """Yield the amounts and the structural amount of a row against those of its parts."""
    per_year = [value_of(part) for part in parts]
    yield _sum(row, code, "amounts", row.amounts, per_year)
    if row.structural is not None:
        once = [{ONCE: part.structural} for part in parts if part.structural is not None]
        yield _sum(row, code, "structural", {ONCE: row.structural}, once)


def value_of(row: Row) -> Amounts:
    """Return what a row contributes to a total: the balance of a budget that states one, else its amounts."""
    return row.balance if isinstance(row, Budget) and row.balance else row.amounts


def _of_programme(programme: Programme, index: Index) -> Iterator[Sum]:
    packages = [row.amounts for code in programme.packages for row in index.find(code, Package)]
    yield _sum(programme, programme.code, "amounts", programme.amounts, packages)
    rows = [row.amounts for row in programme.conclusion]
    yield _sum(programme, programme.code, "balance", programme.balance, [programme.shortfall, *rows], "balance")
    own = [value_of(row) for row in index.find(programme.shortfall_of)]
    yield _sum(programme, programme.code, "shortfall", programme.shortfall, own, "conclusion")
    for line in programme.conclusion:
        own = [value_of(row) for row in index.find(line.of)]
        yield _sum(line, line.of, "amounts", line.amounts, own, "conclusion")


def _of_budget(budget: Budget, index: Index) -> Iterator[Sum]:
    spending = [line.amounts for line in budget.lines if line.kind == "spending"]
    income = [line.amounts for line in budget.lines if line.kind == "income"]
    yield _sum(budget, budget.code, "amounts", budget.amounts, spending)
    yield _sum(budget, budget.code, "balance", budget.balance, [*income, *map(_less, spending)], "balance")
    for line in budget.lines:
        if line.of:
            whole = [item.amounts for item in index.find(line.of)]
            yield _sum(line, f"{budget.code}/{line.code}", "amounts", line.amounts, whole)


def _of_fund(fund: Fund, asked: Sequence[Amounts]) -> Iterator[Sum]:
    yield _sum(fund, fund.code, "spent", fund.spent, asked)
    everything = [{ONCE: sum(amounts.values())} for amounts in asked]
    if fund.spent_in_all is not None:
        yield _sum(fund, fund.code, "spent_in_all", {ONCE: fund.spent_in_all}, everything)
    if fund.available is not None:
        left = {ONCE: sum(fund.left.values())}
        yield _sum(fund, fund.code, "available", {ONCE: fund.available}, [*everything, left])
    if fund.amounts:
        gone = [_less(item.amounts) for item in fund.carry_overs]
        come = [{item.to: sum(item.amounts.values())} for item in fund.carry_overs]
        yield _sum(fund, fund.code, "left", fund.left, [fund.amounts, *map(_less, asked), *gone, *come], "balance")


def _of_options(measure: Measure) -> Iterator[Sum]:
    for option in measure.options:
        code = f"{measure.code}/{option.code}"
        if option.net is not None and option.costs is not None:
            parts = [{ONCE: option.structural or 0}, {ONCE: -option.costs}]
            yield _sum(option, code, "net", {ONCE: option.net}, parts, "balance")
        if option.chosen and measure.structural is not None:
            result = option.structural if option.net is None else option.net
            yield _sum(measure, code, "structural", {ONCE: measure.structural}, [{ONCE: result or 0}])


def _less(amounts: Amounts) -> Amounts:
    return {year: -amount for year, amount in amounts.items()}


def _sum(
    row: Row,
    code: str,
    key: str,
    stated: Mapping[int, int],
    parts: Sequence[Mapping[int, int]],
    kind: FindingKind = "total",
) -> Sum:
    rounds = key in {"amounts", "structural", "available"}
    return Sum(
        kind=kind,
        name=row.name,
        code=code,
        part=row,
        key=key,
        stated=stated,
        parts=parts,
        rounded_to=row.rounded_to if rounds else 0,
    )
