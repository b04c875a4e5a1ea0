"""The audit: can anyone work out a hidden figure from all that is published together?

For every hidden number that rests on few persons, two linear programs ask for the least and the most it can be. When
they lie too close, the figure is recoverable and the release is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .attacker import Area, Key, Number, Picture, components, named, picture
from .errors import ContradictionError, RecoverableError
from .linear import Program
from .safe import SafeResult, name_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The least and the most that a hidden number can be for an attacker; for the privacy officer, never published."""

    key: Key
    low: float
    high: float
    wide: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What the audit saw: how many results, numbers and relations, and every hidden number that needs room."""

    results: int
    earlier: int
    numbers: int
    relations: int
    hidden: tuple[Interval, ...]
    standing_alone: int
    """Hidden numbers that no relation touches: only the rule itself bounds them."""
    linked: tuple[tuple[str, ...], ...]
    """Results that hang together, by name, because they share numbers or one follows from others."""

    @property
    def recoverable(self) -> tuple[Interval, ...]:
        """Hidden numbers that can be worked out, or nearly."""
        return tuple(item for item in self.hidden if not item.wide)

    def require(self) -> None:
        """Raise `RecoverableError` (N-551), naming cells without numbers, when a hidden figure is recoverable."""
        found = self.recoverable
        if not found:
            return
        names = [named(item.key) for item in found[:10]]
        more = f"; and {len(found) - 10} more" if len(found) > 10 else ""
        raise RecoverableError(
            f"{len(found)} hidden figures can be worked out from what would be published.",
            where="; ".join(names) + more,
            now="Protect these results together (protect_together), or publish fewer dimensions.",
        )


def audit(
    results: Sequence[SafeResult],
    earlier: Sequence[SafeResult] = (),
    areas: Sequence[Area] = (),
    *,
    exact_intervals: bool = False,
) -> Audit:
    """Return what an attacker can derive of the hidden numbers in `results`, and in `earlier` ones that hang together
    with them.

    An interval that is wide enough may be reported narrower than it is, since the search stops there; ask for
    `exact_intervals` to have all of them to the end. Raises `ContradictionError` (N-553) when the results cannot all be
    true at once.
    """
    known = picture(results, earlier, areas)
    found = _intervals(known, exact=exact_intervals)
    if found is None and earlier:
        # A figure that was called final changed: then the earlier publication is about other numbers.
        known = picture(results, earlier, areas, apart=True)
        found = _intervals(known, exact=exact_intervals)
    if found is None:
        raise ContradictionError(
            "What would be published cannot all be true at once.",
            where=", ".join(sorted({result.indicator for result in results})),
            now="Make the results from one snapshot; if that is so, report this with the names of the indicators.",
        )
    related = {item.key for item in found}
    alone = [number for number in known.numbers if number.need is not None and number.key not in related]
    return Audit(
        results=len(results),
        earlier=len(earlier),
        numbers=len(known.numbers),
        relations=len(known.rows),
        hidden=tuple(found),
        standing_alone=sum(any(place < len(results) for place, _ in number.cells) for number in alone),
        linked=_linked(known, [name_of(result) for result in (*results, *earlier)]),
    )


def _linked(known: Picture, names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    groups: list[set[str]] = []
    for members, _ in components(known):
        new = {names[place] for at in members for place, _ in known.numbers[at].cells}
        groups = [group for group in groups if not group & new] + [new.union(*(g for g in groups if g & new))]
    return tuple(sorted(tuple(sorted(group)) for group in groups if len(group) > 1))


def _intervals(known: Picture, *, exact: bool) -> list[Interval] | None:
    """Return the interval of every hidden number that relations touch; None when the relations cannot all hold."""
    found: list[Interval] = []
    for members, rows in components(known):
        sensitive = [at for at in members if known.numbers[at].need is not None]
        if not sensitive:
            continue
        program = Program(members, known.numbers, rows)
        for at in sensitive:
            ends = _ends(program, at, known.numbers[at], exact=exact)
            if ends is None:
                return None
            found.append(ends)
    return found


def _ends(program: Program, at: int, number: Number, *, exact: bool) -> Interval | None:
    assert number.need is not None
    ends: tuple[float, float] | None = program.seen(at)
    # A rest has room also when it must be zero, which only the ends themselves tell.
    if exact or number.need.rest_up_to is not None or not number.need.met(*program.seen(at)):
        ends = program.extremes(at)
    if ends is None:
        return None
    return Interval(key=number.key, low=ends[0], high=ends[1], wide=number.need.met(*ends))
