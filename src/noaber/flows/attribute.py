"""Whose saving is it: the total of a plan divided over its measures, so that the shares add up to the cent.

The Shapley value: what a measure adds, on average over every order in which the measures could have come. Beside it
stand the two numbers that people confuse it with: alone (first in) and last in line. Sources: L. S. Shapley (1953);
by package G. Owen (1977); pairs M. Grabisch and M. Roubens (1999).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb, factorial, prod

import numpy as np
from numpy.typing import NDArray

from .errors import AttributionError
from .words import Floats, Ints

EXACT = 12
"""More measures than this need packages or permutations: 4,096 evaluations are enough."""

TOGETHER = 16
"""Coalitions that are added up at once."""

Value = Callable[[frozenset[int]], Floats]
"""What a set of measures is worth (any shape, always the same), such as net euros per draw, month, area and form."""


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """A total divided over measures. N measures; `...` is the shape of what is divided."""

    names: tuple[str, ...]
    total: Floats
    """[...] all measures together minus none."""
    share: Floats
    """[N, ...] what belongs to each measure; adds up to `total`."""
    alone: Floats
    """[N, ...] each measure without the others."""
    last: Floats
    """[N, ...] each measure when all others are there already."""
    error: Floats
    """[N, ...] standard error of `share` from sampled orders; zero when exact."""
    pairs: Floats | None = None
    """[N, N, ...] how much two measures strengthen (+) or overlap (-, for savings) each other, when asked for."""
    evaluations: int = 0


def attribute(names: Sequence[str], value: Value, *, pairs: bool = False) -> Attribution:
    """Return the exact Shapley value of up to 12 measures, from 2^N evaluations.

    `value(members)` is the worth of the measures with these positions in `names`. Shares are exact to rounding, in
    every cell of whatever shape `value` returns. AttributionError without measures, with a name twice or above 12.
    """
    count = _check(names, limit=EXACT)
    none, whole = value(frozenset()), value(frozenset(range(count)))
    found = _Sums(count, none.shape, pairs=pairs)
    for members in _subsets(range(count)):
        inside = np.array([number in members for number in range(count)])
        worth = none if not members else whole if len(members) == count else value(members)
        found.add(inside, worth - none)  # so that where nothing changes every share is zero to the bit
    return Attribution(
        names=tuple(names),
        total=whole - none,
        share=found.share(),
        alone=found.alone,
        last=found.last,
        error=np.zeros_like(found.alone),
        pairs=found.pairs() if pairs else None,
        evaluations=2**count,
    )


def attribute_by_package(names: Sequence[str], packages: Sequence[str], value: Value) -> Attribution:
    """Return the Owen value: packages come as a whole, and within a package its measures come in any order.

    `packages` gives the package of each measure. The shares of a package add up to what the package would get if
    packages were the measures. Needs about Σ 2^(packages-1) · 2^size evaluations; AttributionError above 12 packages,
    or 12 measures in one.
    """
    count = _check(names, limit=None)
    groups: dict[str, list[int]] = {}
    for number, package in enumerate(packages):
        groups.setdefault(package, []).append(number)
    if len(packages) != count or max(len(groups), *map(len, groups.values())) > EXACT:
        raise AttributionError(
            "The measures do not fit in packages of at most 12, and at most 12 packages.",
            where="packages",
            now="Name one package per measure, and split or join packages.",
        )
    known = _Remembered(value)
    everyone = frozenset(range(count))
    none, whole = known(frozenset()), known(everyone)
    share = np.zeros((count, *none.shape))
    for own in groups.values():
        others = [members for members in groups.values() if members is not own]
        for outside in _subsets(range(len(others))):
            before = frozenset(number for place in outside for number in others[place])
            turn = 1.0 / (len(groups) * comb(len(groups) - 1, len(outside)))
            for within in _subsets(own):
                worth = known(before | within)
                inside = np.array([number in within for number in own])
                share[own] += turn * _outer(_shapley_weight(inside, len(own)), worth)
    return Attribution(
        names=tuple(names),
        total=whole - none,
        share=share,
        alone=np.stack([known(frozenset([n])) - none for n in range(count)]),
        last=np.stack([whole - known(everyone - {n}) for n in range(count)]),
        error=np.zeros_like(share),
        evaluations=len(known.values),
    )


def attribute_by_orders(names: Sequence[str], value: Value, *, orders: int, seed: int) -> Attribution:
    """Return the Shapley value from sampled orders, each with its reverse, and the standard error beside it.

    Shares still add up to the total exactly. `orders` is the number of orders with their reverses, at least 4.
    """
    count = _check(names, limit=None)
    if orders < 4 or orders % 2:
        raise AttributionError("The number of orders is odd or below 4.", where="orders", now="Take 200 or more.")
    known = _Remembered(value)
    everyone = frozenset(range(count))
    none, whole = known(frozenset()), known(everyone)
    rng = np.random.default_rng([seed, count])
    mean, squares = np.zeros((count, *none.shape)), np.zeros((count, *none.shape))
    for turn in range(orders // 2):
        order = rng.permutation(count)
        couple = 0.5 * (_along(order, known) + _along(order[::-1], known))
        step = couple - mean
        mean += step / (turn + 1)
        squares += step * (couple - mean)
    couples = orders // 2
    return Attribution(
        names=tuple(names),
        total=whole - none,
        share=mean,
        alone=np.stack([known(frozenset([n])) - none for n in range(count)]),
        last=np.stack([whole - known(everyone - {n}) for n in range(count)]),
        error=np.sqrt(squares / (couples * (couples - 1))),
        evaluations=len(known.values),
    )


def to_cents(share: Floats, total: Floats) -> Ints:
    """Return shares [N, ...] in whole cents that add up exactly to the total [...] in whole cents.

    Whoever was rounded the most against its favour gets the cent that is left; ties go to the first in line.
    """
    wanted = np.rint(np.asarray(total) * 100).astype(np.int64)
    exact = share * 100
    cents = np.floor(exact).astype(np.int64)
    left = wanted - cents.sum(axis=0)
    place = np.argsort(np.argsort(cents - exact, axis=0, kind="stable"), axis=0, kind="stable")
    each, more = np.divmod(left, len(share))
    return np.asarray(cents + each + (place < more))


class _Sums:
    """Sums over coalitions that are kept while they stream by, a few at a time, so that they never stand in memory."""

    def __init__(self, count: int, shape: tuple[int, ...], *, pairs: bool) -> None:
        self.alone, self.last = np.zeros((count, *shape)), np.zeros((count, *shape))
        self.count, self.couples = count, list(itertools.combinations(range(count), 2)) if pairs else []
        self._sum = np.zeros((count + len(self.couples), prod(shape)))
        self._worths, self._weights = np.empty((TOGETHER, prod(shape))), np.zeros((len(self._sum), TOGETHER))
        self._waiting = 0

    def add(self, inside: NDArray[np.bool_], worth: Floats) -> None:
        size = int(inside.sum())
        if size == 0:
            self.alone -= worth
        if size == 1:
            self.alone[inside] += worth
        if size == self.count:
            self.last += worth
        if size == self.count - 1:
            self.last[~inside] -= worth
        self._worths[self._waiting] = worth.ravel()
        self._weights[: self.count, self._waiting] = _shapley_weight(inside, self.count)
        self._weights[self.count :, self._waiting] = [_pair_weight(inside, *couple) for couple in self.couples]
        self._waiting += 1
        if self._waiting == TOGETHER:
            self._work_off()

    def _work_off(self) -> None:
        """Add up who waits, all measures at once: one multiplication of matrices."""
        self._sum += self._weights[:, : self._waiting] @ self._worths[: self._waiting]
        self._waiting = 0

    def share(self) -> Floats:
        """Return [N, ...]."""
        self._work_off()
        return self._sum[: self.count].reshape(self.alone.shape)

    def pairs(self) -> Floats:
        """Return [N, N, ...]."""
        self._work_off()
        found = np.zeros((self.count, *self.alone.shape))
        for (one, other), worth in zip(self.couples, self._sum[self.count :], strict=True):
            found[one, other] = found[other, one] = worth.reshape(self.alone.shape[1:])
        return found


class _Remembered:
    """A value that is computed once per coalition."""

    def __init__(self, value: Value) -> None:
        self.value = value
        self.values: dict[frozenset[int], Floats] = {}

    def __call__(self, members: frozenset[int]) -> Floats:
        if members not in self.values:
            self.values[members] = self.value(members)
        return self.values[members]


def _shapley_weight(inside: NDArray[np.bool_], count: int) -> Floats:
    """Return by how much the worth of a coalition counts for each measure, [N]: plus when inside, minus when not."""
    size = int(inside.sum())
    plus = factorial(size - 1) * factorial(count - size) / factorial(count) if size else 0.0
    minus = factorial(size) * factorial(count - size - 1) / factorial(count) if size < count else 0.0
    return np.where(inside, plus, -minus)


def _pair_weight(inside: NDArray[np.bool_], one: int, other: int) -> float:
    """Return by how much the worth of a coalition counts for how two measures act on each other."""
    count, without = len(inside), int(inside.sum()) - int(inside[one]) - int(inside[other])
    return (1.0 if inside[one] == inside[other] else -1.0) / ((count - 1) * comb(count - 2, without))


def _along(order: NDArray[np.int64], value: Value) -> Floats:
    """Return what each measure adds when they come in this order, [N, ...]."""
    worth = [value(frozenset(order[:place].tolist())) for place in range(len(order) + 1)]
    added = np.empty((len(order), *worth[0].shape))
    for place, number in enumerate(order):
        added[number] = worth[place + 1] - worth[place]
    return added


def _subsets(numbers: Sequence[int]) -> list[frozenset[int]]:
    """Return every subset; the last numbers change first."""
    chosen = itertools.product((False, True), repeat=len(numbers))
    return [frozenset(itertools.compress(numbers, inside)) for inside in chosen]


def _outer(weight: Floats, worth: Floats) -> Floats:
    return np.asarray(np.multiply.outer(weight, worth))


def _check(names: Sequence[str], limit: int | None) -> int:
    if not names:
        raise AttributionError("There is no measure to attribute to.", where="measures", now="Add a measure.")
    if len(set(names)) < len(names):
        raise AttributionError("Two measures have one name.", where="measures", now="Give each measure its own name.")
    if limit is not None and len(names) > limit:
        raise AttributionError(
            f"{len(names)} measures are too many to attribute exactly.",
            where="measures",
            now=f"Attribute by package, or by sampled orders; exact up to {limit}.",
        )
    return len(names)
