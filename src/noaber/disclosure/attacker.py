"""What an attacker knows: an interval for every number that is published or hidden, and how the numbers hang together.

The attacker has everything that is published, knows the rule and its thresholds, and knows what the definitions say:
which parts add up, which quarters make a year, which rate is worked out from which count. No true number enters here.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple, get_args

from noaber.municipality import Disclosure
from noaber.records import TOTAL
from noaber.results import OverTime, days_of

from .definitions import AT_MOST, BALANCES, Codes, shown
from .errors import ContradictionError
from .safe import Relation, SafeResult
from .small import COUNTS

_FIRMER: Final = get_args(Relation)


class Key(NamedTuple):
    """One number in the world: of which figure, in which edition, when, and for whom (totals left out)."""

    figure: str
    edition: str
    period: str
    codes: Codes


class Area(NamedTuple):
    """An area of one division and the areas of another that lie within it without overlap, each (dimension, code)."""

    whole: tuple[str, str]
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Need:
    """How much room a hidden number must keep: `width` apart, or for an amount also `share` of itself.

    A `rest` is no cell: it is what is left of a whole after the parts that are shown, and needs room only when it is
    small and not zero.
    """

    width: float
    share: float = 0.0
    rest_up_to: float | None = None

    def met(self, low: float, high: float) -> bool:
        """Return whether the interval leaves room enough."""
        if high - low >= max(self.width, self.share * max(abs(low), abs(high)) if math.isfinite(high - low) else 0):
            return True
        return self.rest_up_to is not None and (high > self.rest_up_to or high <= 0)


@dataclass(slots=True)
class Number:
    """What is known of one number.

    `shown` and `hidden` are the cells, as (result, row), where it is published and where it is held back; `least` and
    `most` are what would be known if nothing showed it.
    """

    key: Key
    low: float
    high: float
    whole: bool
    need: Need | None = None
    shown: list[tuple[int, int]] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    least: float = -math.inf
    most: float = math.inf

    @property
    def cells(self) -> list[tuple[int, int]]:
        """All cells that are about this number."""
        return self.shown + self.hidden


class Row(NamedTuple):
    """A relation: the sum of coefficient times number lies between `low` and `high`."""

    terms: tuple[tuple[int, float], ...]
    low: float
    high: float


class Room(NamedTuple):
    """How far a number could reach if nothing showed it, and what hiding it would cost."""

    low: float
    high: float
    cost: float


@dataclass(slots=True)
class Picture:
    """All numbers and relations that an attacker can put together."""

    numbers: list[Number] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    place: dict[Key, int] = field(default_factory=dict)
    rest: Need = field(default_factory=lambda: Need(width=0))
    """Room for what is left of a whole after the parts that are shown."""
    fresh: int = 0
    """How many of the results are new; what stands in earlier ones alone is out already."""

    def add(self, number: Number) -> int:
        """Add a number that has no key in the published tables, such as a rest; return its place."""
        self.numbers.append(number)
        return len(self.numbers) - 1

    def sum(self, whole: int, parts: Iterable[int]) -> None:
        """State that the parts add up to the whole."""
        self.rows.append(Row(((whole, 1.0), *((part, -1.0) for part in parts)), 0.0, 0.0))

    def at_most(self, small: int, large: int) -> None:
        """State that one number is never more than another."""
        self.rows.append(Row(((large, 1.0), (small, -1.0)), 0.0, math.inf))


def picture(
    results: Sequence[SafeResult],
    earlier: Sequence[SafeResult] = (),
    areas: Sequence[Area] = (),
    *,
    apart: bool = False,
) -> Picture:
    """Return what an attacker knows from `results` together with what was published `earlier`.

    A final figure of an earlier publication is the same number as today's; a provisional one may have changed, and
    with `apart` every earlier one may have. Raises `ContradictionError` (N-553) when two of `results` give one number
    two values that cannot both be true.
    """
    rules = [result.rule for result in (*results, *earlier)]
    few = max((at.hide_up_to for at in rules), default=0)
    known = Picture(rest=Need(width=max(map(_width, rules), default=0), rest_up_to=few), fresh=len(results))
    snapshots = {result.provenance.snapshot for result in results}
    for place, result in enumerate((*results, *earlier)):
        if result.persons:
            old = place >= len(results)
            changes = old and result.provenance.snapshot not in snapshots
            _read(known, result, place, _edition(result, place, changes=changes, apart=old and apart), old=old)
    everything = (*results, *earlier)
    # What holds now is tried on today's numbers; an older version speaks only for what is no longer made.
    _relate_parts(known, _weakest_relations(earlier) | _weakest_relations(results))
    _relate_periods(known, {figure: item.over_time for item in everything for _, figure in shown_figures(item)})
    _relate_figures(known)
    _relate_areas(known, areas)
    return known


def _edition(result: SafeResult, place: int, *, changes: bool, apart: bool) -> Callable[[str], str]:
    """Return in which edition a period of a result stands: empty for what is the same number as today's."""
    if apart:
        return lambda period: f"version {place}"
    if not changes or result.provisional_from is None:
        return lambda period: ""
    first = result.provisional_from
    return lambda period: result.provenance.snapshot if period >= first else ""


def _read(known: Picture, result: SafeResult, place: int, edition: Callable[[str], str], *, old: bool) -> None:
    for at, row in enumerate(result.cells.iter_rows(named=True)):
        if row["hidden"] == "empty":
            continue
        codes = frozenset((name, row[name]) for name in result.dimensions if row[name] != TOTAL)
        for column in result.relations:
            if row["hidden"] is None and row[column] is None:
                continue
            figure, of = shown(result.indicator, column, codes)
            number = Number(
                Key(figure, edition(row["period"]), moment(result, row["period"]), of),
                *interval(result, column, row[column], row["hidden"]),
                whole=result.whole and result.units[column] in COUNTS,
                need=need(result, column, row["hidden"]),
            )
            if row["hidden"] is None:
                number.shown.append((place, at))
            else:
                number.hidden.append((place, at))
                number.least, number.most = number.low, number.high
            _meet(known, number, old=old)


def moment(result: SafeResult, period: str) -> str:
    """Return what a period is about: itself, or for a stock its last day, so that December is also the year's end."""
    return days_of(period)[1].isoformat() if result.over_time == "last" else period


def shown_figures(result: SafeResult) -> set[tuple[str, str]]:
    """Return the (column, figure) pairs of a result; one column can show another figure under one of its codes."""
    rows = result.cells.select(result.dimensions).unique().iter_rows(named=True)
    found = {(column, shown(result.indicator, column, frozenset())[0]) for column in result.relations}
    for row in rows:
        codes = frozenset((name, code) for name, code in row.items() if code != TOTAL)
        found |= {(column, shown(result.indicator, column, codes)[0]) for column in result.relations}
    return found


def _meet(known: Picture, new: Number, *, old: bool) -> None:
    """Add a number, or let it meet what is known of it already: the attacker takes the narrowest of both."""
    at = known.place.get(new.key)
    if at is None:
        known.place[new.key] = known.add(new)
        return
    number = known.numbers[at]
    low, high = max(number.low, new.low), min(number.high, new.high)
    if low > high:
        if old:
            return  # A figure that was called final changed after all, or its definition did: another number now.
        raise ContradictionError(
            f"Two tables disagree about {new.key.figure} in {new.key.period}.",
            where=named(new.key),
            now="Make both from one snapshot, with one rule.",
        )
    number.low, number.high = low, high
    number.least, number.most = max(number.least, new.least), min(number.most, new.most)
    number.shown += new.shown
    number.hidden += new.hidden
    number.need = number.need or new.need


def interval(result: SafeResult, column: str, value: float | None, hidden: str | None) -> tuple[float, float]:
    """Return the least and the most that a number can be, by what its own cell shows."""
    at, kind = result.rule, result.units[column]
    lowest = 0.0 if result.bounded or kind in COUNTS else -math.inf
    if hidden is None:
        assert value is not None
        return _shown(result, kind, value)
    if hidden == "small" and kind in COUNTS and column != "denominator":
        most = at.hide_up_to + (at.noise_up_to if at.rule == "noise" else 0)
        return 0.0, float(most) if result.bounded else math.inf
    if hidden in {"secondary", "group"} and kind in COUNTS:
        return (at.hide_up_to + 1.0 if result.whole else float(at.hide_up_to)), math.inf
    return lowest, math.inf


def _shown(result: SafeResult, kind: str, value: float) -> tuple[float, float]:
    at = result.rule
    if kind not in COUNTS:
        step = at.round_cents_to / 2 if at.rule != "exact" else 0.0
        spread = at.noise_up_to / (at.hide_up_to + 1) if at.rule == "noise" else 0.0
        ends = [(value + side) / (1 + shift) for side in (-step, step) for shift in (-spread, spread)]
        return min(ends), max(ends)
    low = high = value
    if at.rule == "cbs5":
        low, high = value - at.round_to / 2, value + at.round_to / 2
        if result.whole:
            low, high = math.ceil(low), math.ceil(high) - 1
    elif at.rule == "noise":
        low, high = value - at.noise_up_to, value + at.noise_up_to
    return max(low, at.hide_up_to + result.whole), high


def need(result: SafeResult, column: str, hidden: str | None) -> Need | None:
    """Return how much room a hidden number must keep; None when it says nothing about few persons."""
    at = result.rule
    if hidden not in {"small", "group"} or column == "denominator":
        return None
    if result.units[column] == "cents":
        return Need(width=at.round_cents_to, share=at.amount_width_percent / 100)
    return Need(width=_width(at))


def _width(at: Disclosure) -> int:
    """Return the room that a hidden count can be promised: two small parts of a total that is not small are never 0."""
    return max(0, min(at.minimum_width, at.hide_up_to - 1))


def _weakest_relations(results: Sequence[SafeResult]) -> dict[tuple[str, str], Relation]:
    """Return per figure and dimension what holds in every table that could tell."""
    found: dict[tuple[str, str], Relation] = {}
    for result in results:
        for column, figure in shown_figures(result):
            for name, holds in result.relations[column].items():
                found[figure, name] = min(holds, found.get((figure, name), holds), key=_FIRMER.index)
    return found


def _relate_parts(known: Picture, relations: Mapping[tuple[str, str], Relation]) -> None:
    children: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for key, at in known.place.items():
        for code in key.codes:
            whole = known.place.get(key._replace(codes=key.codes - {code}))
            if whole is not None:
                children[whole, code[0]].append(at)
    for (whole, name), parts in children.items():
        relation = relations.get((known.numbers[whole].key.figure, name), "none")
        if relation == "adds":
            known.sum(whole, parts)
        elif relation != "none":
            for part in parts:
                known.at_most(part, whole)
            if relation == "union":
                known.rows.append(Row(((whole, -1.0), *((part, 1.0) for part in parts)), 0.0, math.inf))


def _relate_periods(known: Picture, over_time: Mapping[str, OverTime]) -> None:
    """Add that shorter periods make up a longer one; what is missing of it is a rest that may be small."""
    for key, whole in list(known.place.items()):
        if over_time.get(key.figure) != "adds":
            continue
        for shorter in _shorter(key.period):
            parts = [at for period in shorter if (at := known.place.get(key._replace(period=period))) is not None]
            if len(parts) == len(shorter):
                known.sum(whole, parts)
            elif parts:
                known.sum(whole, [*parts, _rest(known, whole)])


def _rest(known: Picture, whole: int) -> int:
    number = known.numbers[whole]
    key = number.key._replace(figure=f"{number.key.figure}/rest")
    return known.add(Number(key, 0.0, math.inf, number.whole, known.rest if number.whole else None))


def _shorter(period: str) -> list[list[str]]:
    year = period[:4]
    if len(period) == 4:
        return [[f"{year}-Q{number}" for number in range(1, 5)], [f"{year}-{number:02}" for number in range(1, 13)]]
    if len(period) == 7 and period[5] == "Q":
        last = 3 * int(period[6])
        return [[f"{year}-{number:02}" for number in range(last - 2, last + 1)]]
    return []


def _relate_figures(known: Picture) -> None:
    """Add what the definitions say of two or three figures together."""
    for small, large in AT_MOST:
        for key, at in known.place.items():
            if key.figure == small and (other := known.place.get(key._replace(figure=large))) is not None:
                known.at_most(at, other)
    for stock, inflow, outflow in BALANCES:
        for key, begun in known.place.items():
            if key.figure != inflow:
                continue
            ended = known.place.get(key._replace(figure=outflow))
            first, last = days_of(key.period)
            after = known.place.get(key._replace(figure=stock, period=last.isoformat()))
            day_before = first.fromordinal(first.toordinal() - 1).isoformat()
            before = known.place.get(key._replace(figure=stock, period=day_before))
            if ended is not None and after is not None and before is not None:
                known.rows.append(Row(((after, 1.0), (ended, 1.0), (before, -1.0), (begun, -1.0)), 0.0, 0.0))


def _relate_areas(known: Picture, areas: Sequence[Area]) -> None:
    """Add that areas of one division lie within an area of another; the people in between are a rest."""
    for area in areas:
        for key, whole in list(known.place.items()):
            if area.whole not in key.codes:
                continue
            others = key.codes - {area.whole}
            parts = [known.place.get(key._replace(codes=others | {part})) for part in area.parts]
            found = [part for part in parts if part is not None]
            if found:
                known.sum(whole, [*found, _rest(known, whole)])


def components(known: Picture) -> Iterator[tuple[list[int], list[Row]]]:
    """Yield the numbers that hang together, with their relations, as far as new results take part in them.

    What stands alone is left out.
    """
    parent = list(range(len(known.numbers)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = at = parent[parent[at]]
        return at

    for row in known.rows:
        for (left, _), (right, _) in pairwise(row.terms):
            parent[root(left)] = root(right)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for at in range(len(parent)):
        members[root(at)].append(at)
    rows: defaultdict[int, list[Row]] = defaultdict(list)
    for row in known.rows:
        rows[root(row.terms[0][0])].append(row)
    for top, inside in members.items():
        new = any(place < known.fresh for at in inside for place, _ in known.numbers[at].cells)
        if top in rows and new:
            yield inside, rows[top]


def named(key: Key) -> str:
    """Return a number's name without the number: figure, period and codes."""
    codes = ", ".join(f"{name} {code}" for name, code in sorted(key.codes)) or "total"
    return f"{key.figure}, {key.period}, {codes}"
