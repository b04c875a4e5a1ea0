"""Whether stated amounts fit in the budget lines they must come from, all of them at once: one euro counts once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from noaber.records import Text

from .documents import Base, BudgetLine, Measure
from .finding import Finding, money
from .index import Index

Hold: TypeAlias = tuple[int, str]
"""A claim, by number, and a line that it takes euros from."""
Step: TypeAlias = tuple[int, str, Hold | None]
"""A claim takes euros from a line, which someone else gives up there; None where the line has room."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """An amount in cents that must come from some lines, in whatever parts."""

    cents: int
    lines: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Shortage:
    """Claims (by number) that ask more together than their lines hold."""

    claims: tuple[int, ...]
    lines: tuple[str, ...]


def shortages(claims: Sequence[Claim], held: Mapping[str, int]) -> list[Shortage]:
    """Return the groups of claims that cannot all be met; none when every euro can be given once.

    `held` is what each line holds, in cents. Exact: a maximum flow from claims to lines and its bottlenecks.
    """
    given: dict[Hold, int] = {}
    free = dict(held)
    short = [number for number in range(len(claims)) if not _meet(number, claims, free, given)]
    groups: list[Shortage] = []
    for number in short:
        if not any(number in group.claims for group in groups):
            reached, lines = _reach(number, claims, given)
            groups.append(Shortage(claims=tuple(sorted(reached)), lines=tuple(sorted(lines))))
    return groups


def _meet(number: int, claims: Sequence[Claim], free: dict[str, int], given: dict[Hold, int]) -> bool:
    """Give a claim what it asks, moving earlier claims to other lines where that helps; False when it cannot."""
    left = claims[number].cents
    while left > 0:
        path = _path(number, claims, free, given)
        if path is None:
            return False
        moved = min(left, free[path[-1][1]], *(given[taken] for _, _, taken in path if taken is not None))
        for claim, line, taken in path:
            given[claim, line] = given.get((claim, line), 0) + moved
            if taken is not None:
                given[taken] -= moved
        free[path[-1][1]] -= moved
        left -= moved
    return True


def _path(
    number: int, claims: Sequence[Claim], free: Mapping[str, int], given: Mapping[Hold, int]
) -> list[Step] | None:
    """Return the steps (claim, line, what a later claim gives up there) to the nearest line with room, or None."""
    came: dict[int, Hold | None] = {number: None}
    todo = [number]
    for claim in todo:
        for line in sorted(claims[claim].lines):
            if free[line] > 0:
                return _steps(claim, line, came)
            for other, where in list(given):
                if where == line and given[other, line] > 0 and other not in came:
                    came[other] = (claim, line)
                    todo.append(other)
    return None


def _steps(claim: int, line: str, came: Mapping[int, Hold | None]) -> list[Step]:
    steps: list[Step] = [(claim, line, None)]
    while (before := came[claim]) is not None:
        steps.insert(0, (before[0], before[1], (claim, before[1])))
        claim = before[0]
    return steps


def _reach(number: int, claims: Sequence[Claim], given: Mapping[Hold, int]) -> tuple[set[int], set[str]]:
    """Return the claims and lines that stand in the way of a claim that was not met."""
    reached, lines, todo = {number}, set[str](), [number]
    for claim in todo:
        lines |= claims[claim].lines
        more = {other for (other, line), cents in given.items() if line in lines and cents > 0} - reached
        reached |= more
        todo += sorted(more)
    return reached, lines


def findings(index: Index) -> Iterator[Finding]:
    """Yield a finding for every claim larger than its base, and for every group that is larger than what it shares."""
    standing = [measure for measure in index.plan.measures if measure.status != "dropped"]
    asked = [(measure, base) for measure in standing for base in measure.bases]
    held = {line: max(index.rows[line].largest, 0) for _, base in asked for line in _lines(index, base)}
    claims = []
    for measure, base in asked:
        lines = _lines(index, base)
        cents = measure.largest if base.amount is None else base.amount
        whole = sum(held[line] for line in lines)
        if lines and cents > whole:
            yield _alone(measure, base, cents, whole)
        claims.append(Claim(cents=min(cents, whole), lines=lines))
    for group in shortages(claims, held):
        yield _together([asked[number] for number in group.claims], [claims[n] for n in group.claims], group, held)


def _lines(index: Index, base: Base) -> frozenset[str]:
    return frozenset(code for name in base.on for code in index.codes(name, BudgetLine))


def _alone(measure: Measure, base: Base, cents: int, whole: int) -> Finding:
    file, line = base.place.of("on")
    claim, held = money(cents), money(whole)
    return Finding(
        kind="base",
        file=file,
        line=line,
        subjects=(measure.code,),
        what=Text(
            f"{measure.name} moet {claim.nl} halen uit een grondslag van {held.nl}.",
            f"{measure.name} must find {claim.en} in a base of {held.en}.",
        ),
    )


def _together(
    asked: Collection[tuple[Measure, Base]], claims: Collection[Claim], group: Shortage, held: Mapping[str, int]
) -> Finding:
    codes = tuple(dict.fromkeys(measure.code for measure, _ in asked))
    file, line = max(base.place.of("on") for _, base in asked)
    claim, whole = money(sum(item.cents for item in claims)), money(sum(held[name] for name in group.lines))
    named, lines = ", ".join(codes), ", ".join(group.lines)
    return Finding(
        kind="base",
        file=file,
        line=line,
        subjects=codes,
        what=Text(
            f"{named} moeten samen {claim.nl} halen uit {lines}, waar {whole.nl} wordt uitgegeven.",
            f"{named} must together find {claim.en} in {lines}, where {whole.en} is spent.",
        ),
    )
