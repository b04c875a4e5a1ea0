"""Whose saving is it: what a variant saves in a year, divided over its measures, law by law.

Care forms between which nobody moves do not act on each other. So what a variant saves is the sum over groups of such
forms, each group is divided over the measures that touch it, and the shares of a measure in the groups add up: the same
as of all at once, and much faster found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from noaber import plans

from ..flows import (
    Doubt,
    Effect,
    Floats,
    Forms,
    Measure,
    Rates,
    Town,
    attribute,
    attribute_by_orders,
    attribute_by_package,
    evaluate,
    to_cents,
)
from ..flows.attribute import EXACT, Attribution, Value
from .baseline import Baseline, by_age
from .compare import BAND, Executor, Tell, numbers_of
from .errors import UnknownTargetError
from .levers import resolve
from .variant import Variant, variants

DRAWS: Final = 16
By = Literal["measure", "package"]
"""What comes in any order: every measure by itself, or packages as a whole and the measures within each."""
_ORDERS: Final = 64
_CHUNK: Final = 16
"""Coalitions that a worker counts at a time."""


@dataclass(frozen=True, kw_only=True)
class Shares:
    """A saving of the municipality divided over measures: N measures, Y years, L laws; euros, investments left out."""

    variant: Variant
    names: tuple[str, ...]
    """Codes of the measures that can be counted."""
    laws: tuple[str, ...]
    years: tuple[int, ...]
    share: Floats
    """[N, Y, L] adds up to `total`."""
    low: Floats
    """[N, Y] of all laws together, from the draws of rates and effects; with `high` the band of eight in ten."""
    high: Floats
    alone: Floats
    """[N, Y, L] without the other measures."""
    last: Floats
    """[N, Y, L] when all others are there already."""
    error: Floats
    """[N, Y, L] standard error where orders were sampled; 0 where the division is exact."""
    total: Floats
    """[Y, L]"""
    overlap: Floats
    """[N, N, Y] by how much two measures take from each other (negative) or strengthen each other, in all."""
    draws: int
    packages: Shares | None = None
    """The same total over the packages of the measures, when it was divided by package; else None."""

    def cents(self) -> Floats:
        """Return the shares of all laws together in whole cents, [N, Y], that add up to the total to the cent."""
        return to_cents(self.share.sum(axis=2), self.total.sum(axis=1)).astype(np.float64)

    def scaled(self, total: Floats) -> Shares:
        """Return the same division of the total [Y, L] that a comparison with more draws came to."""
        by_law = np.divide(total, self.total, out=np.ones_like(total), where=np.abs(self.total) > 1)
        whole = self.total.sum(axis=1)
        by_year = np.divide(total.sum(axis=1), whole, out=np.ones_like(whole), where=np.abs(whole) > 1)
        return replace(
            self,
            total=total,
            share=self.share * by_law,
            alone=self.alone * by_law,
            last=self.last * by_law,
            error=self.error * by_law,
            low=self.low * by_year,
            high=self.high * by_year,
            packages=None if self.packages is None else self.packages.scaled(total),
        )


def attribute_variant(
    baseline: Baseline,
    plan: plans.Plan,
    name: str,
    *,
    by: By = "measure",
    draws: int = DRAWS,
    seed: int = 1,
    executor: Executor | None = None,
    tell: Tell | None = None,
) -> Shares:
    """Return whose saving it is: exact up to 12 measures in a cluster, by sampled orders with their error beyond.

    By package it is exact beyond that too: packages come as a whole, and within one its measures come in any order
    (Owen). A measure of no package is one by itself. Raises UnknownTargetError (N-711) when there is nothing to divide,
    AttributionError (N-729) for more than 12 packages or measures in one, and the errors of `compare`.
    """
    variant = variants(plan, [name])[0]
    measures = [item for item in variant.measures if item.effects]
    if not measures:
        raise UnknownTargetError(
            f"{variant.name} has no measures with effects, so there is nothing to divide.",
            where=name,
            now="Name a scenario or package whose measures have effects.",
        )
    numbers = numbers_of(baseline, plan.measures, draws, seed)
    one = baseline if any(e.areas for item in measures for e in item.effects) else by_age(baseline)
    laws = tuple(dict.fromkeys(baseline.laws))
    shape = (draws, len(baseline.years), len(laws))
    codes, packages = tuple(item.code for item in measures), tuple(item.package or item.code for item in measures)
    whole, joined = _Whole(codes, shape), _Whole(tuple(dict.fromkeys(packages)), shape)
    found = groups([resolve(measure, one, numbers) for measure in measures], one.town)
    for done, group in enumerate(found):
        if tell is not None:
            tell(variant.name, done / len(found))
        own = [packages[number] for number in group.members] if by == "package" else None
        part, together = _divided(_Asked.of(one, group, one.doubt(numbers), laws), own, executor)
        whole.add(part)
        if together is not None:
            joined.add(together)
    packaged = joined.shares(variant, laws, baseline.years) if by == "package" else None
    return whole.shares(variant, laws, baseline.years, packaged)


class _Whole:
    """What the groups of forms add up to, over measures or over packages; savings, so with the sign turned."""

    def __init__(self, names: tuple[str, ...], shape: tuple[int, ...]) -> None:
        self.names, self.total = names, np.zeros(shape)
        self.parts = {key: np.zeros((len(names), *shape)) for key in ("share", "alone", "last", "error")}
        self.overlap = np.zeros((len(names), len(names), shape[1]))

    def add(self, part: Attribution) -> None:
        """Add what one group of forms came to."""
        places = [self.names.index(name) for name in part.names]
        for key, values in self.parts.items():
            values[places] += part.error if key == "error" else -getattr(part, key)
        self.total -= part.total
        if part.pairs is not None:
            self.overlap[np.ix_(places, places)] -= part.pairs.mean(axis=2).sum(axis=-1)

    def shares(
        self, variant: Variant, laws: tuple[str, ...], years: tuple[int, ...], packages: Shares | None = None
    ) -> Shares:
        """Return the whole, on average over the draws and with its band."""
        low, high = np.quantile(self.parts["share"].sum(axis=3), BAND, axis=1)
        return Shares(
            variant=variant,
            names=self.names,
            laws=laws,
            years=years,
            low=low,
            high=high,
            total=self.total.mean(axis=0),
            overlap=self.overlap,
            draws=len(self.total),
            packages=packages,
            **{key: values.mean(axis=1) for key, values in self.parts.items()},
        )


@dataclass(frozen=True, kw_only=True)
class Group:
    """Care forms that can act on each other, and the measures that touch them, with those effects only."""

    members: list[int]
    """Positions among all measures."""
    measures: tuple[Measure, ...]
    forms: list[int]
    """Numbers of the forms: those that are touched, those of the same pools, and where their people go."""


def groups(measures: Sequence[Measure], town: Town) -> list[Group]:
    """Return the groups of care forms of which the spending can be divided one by one.

    Pools are joined when an effect sends people from one to another that is used already. A pool to which nobody comes
    by himself joins nothing: who arrives there costs what he costs.
    """
    forms, rates = town.forms, town.rates
    used = {forms.pools[f] for f in range(len(forms)) if rates.inflow[..., f].any() or town.stock[..., f].any()}
    effects = [
        (number, effect, _pools(forms, effect.touches), _pools(forms, *_routes(effect)))
        for number, measure in enumerate(measures)
        for effect in measure.effects
    ]
    linking = used.union(*(touched for _, _, touched, _ in effects))
    joined: list[set[str]] = []
    for _, _, touched, to in effects:
        links = touched | (to & linking)
        near = [one for one in joined if one & links]
        joined = [one for one in joined if not one & links] + [links.union(*near)]
    found = []
    for pools in joined:
        mine = [item for item in effects if item[2] & pools]
        members = sorted({number for number, *_ in mine})
        reached = pools.union(*(to for *_, to in mine))
        found.append(
            Group(
                members=members,
                measures=tuple(
                    Measure(
                        name=measures[one].name, effects=tuple(effect for number, effect, *_ in mine if number == one)
                    )
                    for one in members
                ),
                forms=[place for place, pool in enumerate(forms.pools) if pool in reached],
            )
        )
    return found


def _pools(forms: Forms, *matrices: Floats) -> set[str]:
    """Return the pools of the forms, the last axis, of which something is not zero."""
    return {forms.pools[int(form)] for matrix in matrices for form in np.flatnonzero(matrix.any(axis=0))}


def _routes(effect: Effect) -> list[Floats]:
    """Return to where an effect sends people, [F, F] each."""
    return [item for item in (effect.to, effect.waterbed.to if effect.waterbed else None) if item is not None]


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """Measures on part of a town, to be counted: all that a worker needs."""

    town: Town
    measures: tuple[Measure, ...]
    doubt: Doubt
    years: Floats
    """[Y, T]"""
    laws: Floats
    """[F, L] for the forms that the municipality pays."""

    @staticmethod
    def of(baseline: Baseline, group: Group, doubt: Doubt, laws: tuple[str, ...]) -> _Asked:
        """Return the forms of a group by themselves."""
        town, pick = baseline.town, group.forms
        part = _only(town, pick)
        member = [[float(law == one) for one in laws] for law in part.forms.laws]
        return _Asked(
            town=part,
            measures=tuple(
                replace(item, effects=tuple(_picked(effect, pick) for effect in item.effects))
                for item in group.measures
            ),
            doubt=doubt.of_forms(pick),
            years=baseline.of_years(),
            laws=np.array(member) * part.forms.municipal[:, None],
        )


def _picked(effect: Effect, pick: list[int]) -> Effect:
    """Return an effect with only these forms."""
    square = np.ix_(pick, pick)
    bed = effect.waterbed
    return replace(
        effect,
        touches=effect.touches[:, pick],
        to=None if effect.to is None else effect.to[square],
        waterbed=None if bed is None else replace(bed, to=bed.to[square]),
    )


def _only(town: Town, pick: list[int]) -> Town:
    """Return the town with only these forms; their pools are whole, so that nothing else acts on them."""
    old, rates = town.forms, town.rates
    number = {form: place for place, form in enumerate(pick)}
    kept = [row for row, (one, other) in enumerate(rates.follows.tolist()) if one in number and other in number]
    pairs = [(number[one], number[other]) for one, other in rates.follows[kept].tolist()]
    names = ("inflow", "exit", "intensity", "price", "contribution", "fixed")
    return replace(
        town,
        forms=Forms(**{n: tuple(getattr(old, n)[f] for f in pick) for n in ("names", "laws", "pools", "payers")}),
        rates=Rates(
            follows=np.array(pairs, dtype=np.int64).reshape(-1, 2),
            through=rates.through[:, kept],
            **{name: getattr(rates, name)[..., pick] for name in names},
        ),
        stock=town.stock[..., pick],
    )


def _divided(
    asked: _Asked, packages: Sequence[str] | None, executor: Executor | None
) -> tuple[Attribution, Attribution | None]:
    """Return the spending of the municipality [D, Y, L] divided over the measures, and over packages when there are.

    Which coalitions a division asks of does not depend on what they are worth, so it is asked first, and a pool of
    workers counts them.
    """
    names = [item.name for item in asked.measures]

    def divide(value: Value, *, pairs: bool) -> Attribution:
        if packages is not None:
            return attribute_by_package(names, packages, value)
        if len(names) > EXACT:
            return attribute_by_orders(names, value, orders=_ORDERS, seed=1)
        return attribute(names, value, pairs=pairs)

    wanted: dict[frozenset[int], Floats] = {}
    divide(lambda members: wanted.setdefault(members, np.zeros(())), pairs=False)
    coalitions = list(wanted)
    tasks = [
        [
            replace(asked, measures=tuple(item for n, item in enumerate(asked.measures) if n in members))
            for members in coalitions[start : start + _CHUNK]
        ]
        for start in range(0, len(coalitions), _CHUNK)
    ]
    answers = executor.map(worths, tasks) if executor is not None else map(worths, tasks)
    worth_of = dict(zip(coalitions, (answer for chunk in answers for answer in chunk), strict=True))
    found = divide(worth_of.__getitem__, pairs=True)
    return found, None if packages is None else _joined(packages, worth_of)


def _joined(packages: Sequence[str], worth_of: Mapping[frozenset[int], Floats]) -> Attribution:
    """Return the division over packages, of which every coalition was counted for their measures."""
    names = list(dict.fromkeys(packages))

    def value(chosen: frozenset[int]) -> Floats:
        return worth_of[frozenset(n for n, package in enumerate(packages) if names.index(package) in chosen)]

    return attribute(names, value, pairs=True)


def worths(tasks: Sequence[_Asked]) -> list[Floats]:
    """Return the spending of each task; this is what a worker does."""
    return [worth(task) for task in tasks]


def worth(task: _Asked) -> Floats:
    """Return what the municipality spends per draw, year and law, [D, Y, L], with these measures."""
    outcome = evaluate(task.town, task.measures, doubt=task.doubt)
    net = outcome.net.sum(axis=2)
    # Without draws in any measure or rate of these forms there is one draw only, which then stands for all.
    found = np.moveaxis(np.tensordot(net, task.years, axes=([1], [1])), 2, 1) @ task.laws
    return np.asarray(found)
