"""Says what in a plan does not add up; nothing is repaired, because only who wrote it knows what was meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from noaber.records import Text

from . import bases
from .documents import Budget, Measure, Percentage, Statement
from .finding import Finding, money
from .index import Index
from .read import Plan
from .row import MONEY, Part, Row, keys_of
from .sums import Sum, sums


def check(plan: Plan, *, care_forms: Collection[str] | None = None) -> list[Finding]:
    """Return everything that does not add up, in order of file and line; the empty list when all does.

    With `care_forms` (codes of the municipality) a care form that is not among them is a finding too.
    """
    index = Index(plan)
    wanted = list(sums(index))
    found = [
        *index.findings(),
        *(finding for item in wanted for finding in item.findings()),
        *_misprints(plan, wanted),
        *_percentages(plan),
        *_counted_twice(index),
        *bases.findings(index),
        *_inferred(plan),
        *_without_source(plan),
        *(_unknown_care_forms(plan, care_forms) if care_forms is not None else ()),
    ]
    return sorted(found, key=lambda item: (item.file, item.line, item.year or 0))


def _misprints(plan: Plan, wanted: list[Sum]) -> Iterator[Finding]:
    for part in plan.parts():
        if not isinstance(part, Row):
            continue
        for year, printed in part.printed.items():
            totals = [item for item in wanted if year in item.stated and any(p is part.amounts for p in item.parts)]
            closes = bool(totals) and all(item.adds_up(year) for item in totals)
            file, line = part.place.of("printed")
            read = money(part.amounts.get(year, 0))
            yield Finding(
                kind="misprint",
                file=file,
                line=line,
                subjects=tuple(item.code for item in totals),
                year=year,
                what=Text(
                    f"{part.name}, {year}: er staat '{printed}', gelezen als {read.nl}"
                    f"{'; zo klopt het totaal' if closes else ''}.",
                    f"{part.name}, {year}: it prints '{printed}', read as {read.en}"
                    f"{'; the total then holds' if closes else ''}.",
                ),
            )


def _percentages(plan: Plan) -> Iterator[Finding]:
    for item in plan.percentages:
        for statement in item.stated:
            if abs(item.computed - statement.percent) > statement.tolerance:
                yield _wrong_percentage(item, statement)


def _wrong_percentage(item: Percentage, statement: Statement) -> Finding:
    file, line = statement.place.of("percent")
    others = [f"'{other.words}'" for other in item.stated if other is not statement]
    nl, en = f"; elders heet het {' en '.join(others)}", f"; elsewhere it is called {' and '.join(others)}"
    computed = f"{item.computed:.1f}"
    ratio = f"{item.base} → {item.number}" if item.kind == "growth" else f"{item.number} / {item.base}"
    return Finding(
        kind="percentage",
        file=file,
        line=line,
        subjects=(),
        what=Text(
            f"{item.name}: '{statement.words}', maar {ratio} is {computed.replace('.', ',')}%{nl if others else ''}.",
            f"{item.name}: '{statement.words}', but {ratio} is {computed}%{en if others else ''}.",
        ),
    )


def _counted_twice(index: Index) -> Iterator[Finding]:
    """Yield a finding for booked savings that two lean on who each expect a saving, or one who books it once more."""
    leaning: dict[str, list[str]] = {}
    once_more = set()
    for code, builds_on, expects, books in _leaners(index.plan):
        once_more |= {code} if books else set()
        for name in builds_on if expects else ():
            for booked in index.codes(name, Measure):
                leaning.setdefault(booked, []).append(code)
    shared: dict[tuple[str, ...], list[str]] = {}
    for booked, codes in leaning.items():
        if len(codes) > 1 or codes[0] in once_more:
            shared.setdefault(tuple(codes), []).append(booked)
    for leaners, savings in shared.items():
        yield _leaning(index, leaners, savings)


def _leaners(plan: Plan) -> Iterator[tuple[str, tuple[str, ...], bool, bool]]:
    """Yield (code, what it builds on, whether it expects a saving of its own, whether it books that too)."""
    for proposal in plan.proposals:
        expects = proposal.expects is not None
        yield proposal.code, proposal.builds_on, expects, expects and proposal.books_extra
    for measure in plan.measures:
        yield measure.code, measure.builds_on, measure.largest > 0, measure.largest > 0


def _leaning(index: Index, leaners: tuple[str, ...], savings: list[str]) -> Finding:
    file, line = index.rows[leaners[-1]].place.of("builds_on")
    booked = money(sum(index.rows[code].largest for code in savings))
    who, which = ", ".join(leaners), ", ".join(savings)
    nl, en = ("leunen", "lean") if len(leaners) > 1 else ("leunt met een eigen besparing", "leans with its own saving")
    return Finding(
        kind="twice",
        file=file,
        line=line,
        subjects=(*leaners, *savings),
        what=Text(
            f"{who} {nl} op {booked.nl} die al is ingeboekt ({which}); die telt één keer.",
            f"{who} {en} on {booked.en} that is booked already ({which}); it counts once.",
        ),
    )


def held(plan: Plan) -> list[Finding]:
    """Return savings that a later decision held or dropped and that still count in their package.

    No document contradicts itself here; who reads the package alone would count on money that nobody pursues.
    """
    return sorted(_held(plan), key=lambda item: (item.file, item.line))


def _held(plan: Plan) -> Iterator[Finding]:
    counted = {package.code for package in plan.packages if package.amounts or package.structural is not None}
    for measure in plan.measures:
        if measure.status in {"on_hold", "dropped"} and measure.package in counted:
            yield _still_counted(measure)


def _still_counted(measure: Measure) -> Finding:
    last = measure.resolutions[-1]
    file, line = last.place.of("status")
    amount = money(measure.largest)
    held = measure.status == "on_hold"
    nl, en = ("aangehouden", "put on hold") if held else ("geschrapt", "dropped")
    return Finding(
        kind="on_hold",
        file=file,
        line=line,
        subjects=(measure.code, measure.package),
        year=last.year,
        what=Text(
            f"{measure.code} {measure.name} is in {last.year} {nl}, maar telt mee in {measure.package}: {amount.nl}.",
            f"{measure.code} {measure.name} was {en} in {last.year}, but counts in {measure.package}: {amount.en}.",
        ),
    )


def _inferred(plan: Plan) -> Iterator[Finding]:
    for budget in plan.budgets:
        if count := sum(line.inferred for line in budget.lines):
            yield _guessed_names(budget, count)


def _guessed_names(budget: Budget, count: int) -> Finding:
    file, line = budget.place.of("lines")
    return Finding(
        kind="inferred",
        file=file,
        line=line,
        subjects=(budget.code,),
        what=Text(
            f"{budget.name}: van {count} regels stond de naam los van de bedragen; de volgorde is afgeleid.",
            f"{budget.name}: the names of {count} lines stood apart from their amounts; their order was inferred.",
        ),
    )


def _without_source(plan: Plan) -> Iterator[Finding]:
    for part in plan.parts():
        key = _key_with_amounts(part)
        if key and not part.source:
            file, line = part.place.of(key)
            name = getattr(part, "name", "")
            yield Finding(
                kind="source",
                file=file,
                line=line,
                subjects=tuple(code for code in (getattr(part, "code", ""),) if code),
                what=Text(
                    f"{name or 'Dit deel'}: er staat niet bij waar het bedrag vandaan komt.",
                    f"{name or 'This part'}: nothing says where the amount comes from.",
                ),
            )


def _key_with_amounts(part: Part) -> str:
    """Return the first key of a part that holds an amount; empty when none does."""
    return next((key for key in part.place.keys if keys_of(type(part))[key] in MONEY), "")


def _unknown_care_forms(plan: Plan, known: Collection[str]) -> Iterator[Finding]:
    known = {*known, *(item.code for item in plan.elsewhere)}
    for part in plan.parts():
        named: list[str] = [getattr(part, "care_form", "")]
        for effect in getattr(part, "effects", ()):
            named += [*effect.care_forms, effect.to, effect.waterbed.to if effect.waterbed else ""]
        for code in dict.fromkeys(code for code in named if code and code not in known):
            file, line = part.place.of("care_form", "effects")
            yield Finding(
                kind="care_form",
                file=file,
                line=line,
                subjects=(code,),
                what=Text(f"De zorgvorm {code} bestaat hier niet.", f"There is no care form {code} here."),
            )
