"""What can be costed of a plan: a scenario, a package or a measure, as the flow engine counts it or as stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from noaber import plans
from noaber.plans.index import Index

from .errors import NothingTouchedError, UnknownTargetError

STATED: Final = ":genoemd"
"""Behind the code of a scenario: the amounts that its document states, as they stand."""
_IDLE: Final = ("on_hold", "dropped")


@dataclass(frozen=True, kw_only=True)
class Variant:
    """Measures that are costed together, or amounts that are taken as stated."""

    code: str
    name: str
    measures: tuple[plans.Measure, ...] = ()
    claims: tuple[plans.Row, ...] = ()
    """Amounts without measures, each with the law from whose spending it must come."""
    idle: tuple[plans.Measure, ...] = ()
    """Measures that were put on hold or dropped, and do not count."""
    uncosted: tuple[plans.Measure, ...] = ()
    """Measures that are named without anything that can be counted."""


def variants(plan: plans.Plan, names: Sequence[str]) -> tuple[Variant, ...]:
    """Return what the names stand for, in order; none means every scenario, each with its stated amounts.

    A name is the code of a scenario, package or measure, a scenario's with `:genoemd` behind it, or several codes with
    `+` between. Raises UnknownTargetError (N-711) for a name that is not in the plan.
    """
    chosen = names or [code for item in plan.scenarios for code in _both(item)]
    if not chosen:
        raise UnknownTargetError(
            "This plan has no scenarios.", where="plan", now="Name its packages or measures, such as: 4.1.1+4.1.2"
        )
    index = Index(plan)
    return tuple(_variant(name, index) for name in dict.fromkeys(chosen))


def countable(plan: plans.Plan, names: Sequence[str]) -> tuple[Variant, ...]:
    """Return `variants`; NothingTouchedError (N-712) for one that was asked for and holds nothing to count."""
    found = variants(plan, names)
    for item in found:
        if names and not item.measures and not item.claims:
            why = "all of it was put on hold or dropped" if item.idle else "no effect, no investment and no amount"
            raise NothingTouchedError(
                f"{item.name} has nothing that can be counted: {why}.",
                where=item.code,
                now="Give a measure of it an effect or an amount, or leave it out.",
            )
    return found


def _both(scenario: plans.Scenario) -> list[str]:
    return [scenario.code, *([scenario.code + STATED] if any(row.amounts for row in scenario.rows) else [])]


def _variant(name: str, index: Index) -> Variant:
    if name.endswith(STATED):
        scenario = _found(name.removesuffix(STATED), index)
        rows = tuple(scenario.rows) if isinstance(scenario, plans.Scenario) else ()
        return Variant(code=name, name=f"{scenario.name}, zoals genoemd", claims=rows)
    named = [_found(code, index) for code in name.split("+")]
    measures = list(dict.fromkeys(code for row in named for code in _measures_of(row, index)))
    found = [row for code in measures if isinstance(row := index.rows[code], plans.Measure)]
    active = [item for item in found if item.status not in _IDLE]
    return Variant(
        code=name,
        name=" + ".join(row.name for row in named),
        measures=tuple(item for item in active if _countable(item)),
        idle=tuple(item for item in found if item.status in _IDLE),
        uncosted=tuple(item for item in active if not _countable(item)),
    )


def _countable(measure: plans.Measure) -> bool:
    return bool(measure.effects or measure.investments or any(measure.amounts.values()))


def _found(code: str, index: Index) -> plans.Row:
    """Return the row with a code."""
    if code not in index.rows:
        known = [*(item.code for item in index.plan.scenarios), *(item.code for item in index.plan.packages)]
        measures = [item.code for item in index.plan.measures]
        raise UnknownTargetError(
            f"There is nothing with the code {code} in this plan.",
            where="plan",
            now=f"Choose from: {', '.join(known or measures)}." if known or measures else "Write a measure first.",
        )
    return index.rows[code]


def _measures_of(row: plans.Row, index: Index) -> list[str]:
    if isinstance(row, plans.Scenario):
        return [code for name in row.measures for code in index.codes(name)]
    if isinstance(row, plans.Package):
        return [item.code for item in index.plan.measures if item.package == row.code]
    return [row.code] if isinstance(row, plans.Measure) else []
