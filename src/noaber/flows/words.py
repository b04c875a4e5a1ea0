"""The words of the flow engine: forms, rates, a town, and what comes out; frozen dataclasses of arrays.

Letters in shapes: D draws, T months, C cells (age band × sex × area), A areas, F care forms, K months behind a client
(the last class stands for K-1 or more), R pairs of forms that follow each other. An axis written `T|1` may have length
1, and then holds for every month. People are persons, money is euros, time is months counted from 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .errors import DurationError, FlowInputError, ShareError, UnknownFormError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MUNICIPALITY = "municipality"


def floats(values: ArrayLike, axes: str, name: str) -> Floats:
    """Return `values` as float64 with as many axes as `axes` has letters; FlowInputError when it holds no numbers."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != len(axes):
        raise FlowInputError(
            f"{name} has {array.ndim} axes and needs {len(axes)} ({', '.join(axes)}).",
            where=name,
            now="Give an array with one axis per letter; an axis that does not vary has length 1.",
        )
    if array.size == 0:
        raise FlowInputError(f"{name} is empty.", where=name, now="Give at least one cell, form and month.")
    if not np.isfinite(array).all():
        raise FlowInputError(
            f"{name} holds a value that is not a number.", where=name, now="Leave out or mend the value."
        )
    return array


def shares(values: ArrayLike, axes: str, name: str) -> Floats:
    """Return `values` as `floats` does; ShareError when one lies outside 0..1."""
    array = floats(values, axes, name)
    if array.min() < 0 or array.max() > 1:
        raise ShareError(
            f"{name} runs from {array.min():g} to {array.max():g}; a share lies between 0 and 1.",
            where=name,
            now="Give shares as parts of one (7 percent is 0.07).",
        )
    return array


def fits(array: Floats, shape: tuple[int, ...], name: str) -> None:
    """Raise FlowInputError unless `array` broadcasts to exactly `shape`."""
    if len(array.shape) != len(shape) or any(
        have not in {1, want} for have, want in zip(array.shape, shape, strict=True)
    ):
        raise FlowInputError(
            f"{name} has shape {array.shape} and does not fit {shape}.",
            where=name,
            now="Every axis has the full length, or length 1 where it does not vary.",
        )


@dataclass(frozen=True, kw_only=True)
class Forms:
    """Care forms: each with its law, who pays, and the pool of residents it draws from.

    A resident has at most one form of a pool at a time, and is at risk of starting one while having none. Usually a
    pool is a law. Basic support and "nothing indicated" are forms too; so is what another payer pays.
    """

    names: tuple[str, ...]
    laws: tuple[str, ...]
    pools: tuple[str, ...] = ()
    """Per form; the laws when left out."""
    payers: tuple[str, ...] = ()
    """Per form; all `municipality` when left out."""

    def __post_init__(self) -> None:
        if not self.names:
            raise FlowInputError("There is no care form.", where="forms", now="Give at least one care form.")
        object.__setattr__(self, "pools", self.pools or self.laws)
        object.__setattr__(self, "payers", self.payers or (MUNICIPALITY,) * len(self.names))
        lengths = {len(self.names), len(self.laws), len(self.pools), len(self.payers)}
        if len(lengths) > 1 or len(set(self.names)) < len(self.names):
            raise FlowInputError(
                "Care forms need a name of their own, a law, a pool and a payer each.",
                where="forms",
                now="Give four lists of the same length, without the same name twice.",
            )

    def __len__(self) -> int:
        return len(self.names)

    def index(self, name: str) -> int:
        """Return the position of a form; UnknownFormError when the town does not have it."""
        if name not in self.names:
            raise UnknownFormError(
                f"The care form {name!r} does not exist in this town.",
                where="care form",
                now=f"Choose from: {', '.join(self.names)}.",
            )
        return self.names.index(name)

    @property
    def pool_names(self) -> tuple[str, ...]:
        """The pools, in order of first appearance."""
        return tuple(dict.fromkeys(self.pools))

    @property
    def pool(self) -> Ints:
        """The number of each form's pool, [F]."""
        return np.array([self.pool_names.index(name) for name in self.pools], dtype=np.int64)

    @property
    def municipal(self) -> NDArray[np.bool_]:
        """Whether the municipality pays, [F]."""
        return np.array([payer == MUNICIPALITY for payer in self.payers])


@dataclass(frozen=True, kw_only=True)
class Demography:
    """Residents who age, move, come and go: linear maps between cells, applied at the start of a month.

    `maps[y][to, from]` is the share of `from` that goes to `to`; what a column lacks to 1 has died or left, and care
    ends with it. Newcomers (births, people who move in) have no support yet. Without maps they are the net change of a
    cell, and may be fewer than none: then how long support lasts holds already that clients die and leave.
    """

    maps: Floats
    """[Y, C, C]; none, [0, C, C], where nobody is moved between cells."""
    at: Ints
    """[T]: which map moves people at the start of each month; -1 for none."""
    newcomers: Floats
    """[T, C] persons"""

    def __post_init__(self) -> None:
        if len(self.maps):
            shares(self.maps, "YCC", "demography maps")
        floats(self.newcomers, "TC", "newcomers")
        if self.maps.sum(axis=1).max(initial=0.0) > 1 + 1e-9:
            raise ShareError(
                "A demography map moves more people out of a cell than live there.",
                where="demography maps",
                now="Let every column add up to at most 1.",
            )
        if len(self.maps) and self.newcomers.min() < 0:
            raise FlowInputError("Newcomers are negative.", where="newcomers", now="Let a map take people away.")
        if self.at.max(initial=-1) >= len(self.maps):
            raise FlowInputError("A month asks for a map that is not there.", where="demography at", now="Add the map.")


@dataclass(frozen=True, kw_only=True)
class Rates:
    """What happens to residents and clients in a month, with unchanged policy."""

    inflow: Floats
    """[T|1, C, F] chance that a resident at risk starts this form in a month (inflow × access)."""
    exit: Floats
    """[K, C|1, F] share of the clients with k months behind them for whom this month is the last."""
    intensity: Floats
    """[T|1, F] units per client and month."""
    price: Floats
    """[T|1, F] euros per unit."""
    contribution: Floats
    """[T|1, F] euros that a client pays per month."""
    fixed: Floats
    """[T|1, F] euros per month, whatever the number of clients."""
    follows: Ints = field(default_factory=lambda: np.zeros((0, 2), dtype=np.int64))
    """[R, 2] pairs (form that ends, form that begins in the next month): throughflow."""
    through: Floats = field(default_factory=lambda: np.zeros((1, 0)))
    """[K|1, R] share of those who end after k months that goes on to the pair's second form."""


@dataclass(frozen=True, kw_only=True)
class Town:
    """Residents, their support at the start, and the rates of an unchanged policy."""

    forms: Forms
    months: int
    residents: Floats
    """[C] persons at the start of month 0."""
    areas: Ints
    """[C] number of the area of each cell, from 0."""
    rates: Rates
    stock: Floats
    """[K, C, F] clients at the start of month 0 by months behind them, so that class 0 is empty as a rule."""
    demography: Demography | None = None

    def __post_init__(self) -> None:
        floats(self.residents, "C", "residents")
        rates, size = self.rates, (len(self.residents), len(self.forms))
        classes = len(floats(rates.exit, "KCF", "exit"))
        if self.months < 1:
            raise FlowInputError("A forecast needs at least one month.", where="months", now="Choose a later end.")
        if self.residents.min() < 0 or self.residents.sum() == 0:
            raise FlowInputError(
                "There are no residents, or fewer than none.", where="residents", now="Check the counts."
            )
        fits(shares(rates.inflow, "TCF", "inflow"), (self.months, *size), "inflow")
        fits(shares(rates.exit, "KCF", "exit"), (classes, *size), "exit")
        fits(floats(self.stock, "KCF", "stock"), (classes, *size), "stock")
        for name in ("intensity", "price", "contribution", "fixed"):
            fits(floats(getattr(rates, name), "TF", name), (self.months, size[1]), name)
        if self.areas.shape != self.residents.shape or self.areas.min() < 0:
            raise FlowInputError("Every cell needs the number of its area.", where="areas", now="Give one per cell.")
        self._check_people()
        self._check_throughflow()
        if self.demography is not None:
            self._check_demography(self.demography)

    def _check_demography(self, demography: Demography) -> None:
        cells = len(self.residents)
        shapes = (demography.maps.shape[1:], demography.at.shape, demography.newcomers.shape)
        if shapes != ((cells, cells), (self.months,), (self.months, cells)):
            raise FlowInputError("Demography lacks months or cells.", where="demography", now="Extend it.")

    def _check_people(self) -> None:
        pools = self.in_pools(self.rates.inflow)
        if pools.max() > 1 + 1e-9:
            raise ShareError(
                f"In one cell {pools.max():.3g} of the residents at risk would start in one month.",
                where="inflow",
                now="Let the inflow of the forms of one pool add up to at most 1.",
            )
        served = self.in_pools(self.stock.sum(axis=0))
        if self.stock.min() < 0 or (served > self.residents[:, None] * (1 + 1e-9) + 1e-9).any():
            raise FlowInputError(
                "A cell has fewer than no clients, or more clients of one pool than residents.",
                where="stock",
                now="Count a client once per pool, or put forms that go together in pools of their own.",
            )

    def _check_throughflow(self) -> None:
        rates = self.rates
        if not len(rates.follows):
            return
        fits(shares(rates.through, "KR", "through"), (len(rates.exit), len(rates.follows)), "through")
        if rates.follows.min() < 0 or rates.follows.max() >= len(self.forms):
            raise UnknownFormError(
                "Throughflow names a form that is not there.", where="follows", now="Check the pairs."
            )
        leaving = rates.through @ one_hot(rates.follows[:, 0], len(self.forms))
        if leaving.max() > 1 + 1e-9:
            raise ShareError(
                f"Of those who end {self.forms.names[int(leaving.max(axis=0).argmax())]} more than everyone goes on.",
                where="through",
                now="Let the shares of one ending form add up to at most 1.",
            )

    @property
    def area_count(self) -> int:
        """The number of areas."""
        return int(self.areas.max()) + 1

    def in_pools(self, values: Floats) -> Floats:
        """Return `values` [..., F] summed to [..., P]."""
        return values @ one_hot(self.forms.pool, len(self.forms.pool_names))


_MONTHLY = ("inflow", "price")


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """What we do not know of the base rates: a factor per draw and form, [D|1, F] each; 1 is the best estimate.

    Those on inflow and price may differ per month as well, [D|1, T, F], for what is less sure the further away.
    """

    inflow: Floats = field(default_factory=lambda: np.ones((1, 1)))
    duration: Floats = field(default_factory=lambda: np.ones((1, 1)))
    """Factor on how long support lasts."""
    intensity: Floats = field(default_factory=lambda: np.ones((1, 1)))
    price: Floats = field(default_factory=lambda: np.ones((1, 1)))

    def __post_init__(self) -> None:
        axes = {name: "DTF" if values.ndim == 3 and name in _MONTHLY else "DF" for name, values in vars(self).items()}
        if min(floats(values, axes[name], name).min() for name, values in vars(self).items()) <= 0:
            raise DurationError("A factor of doubt is zero or less.", where="doubt", now="Draw factors above zero.")

    @property
    def draws(self) -> int:
        """The number of draws."""
        return max(len(values) for values in vars(self).values())

    def of_forms(self, forms: Sequence[int]) -> Doubt:
        """Return the doubt of these forms only."""
        chosen = {name: values[..., forms] for name, values in vars(self).items() if values.shape[-1] > 1}
        return replace(self, **chosen)

    def part(self, draws: slice) -> Doubt:
        """Return only these draws."""
        return Doubt(**{name: values[draws] if len(values) > 1 else values for name, values in vars(self).items()})


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What to expect, per draw, month, area and form, [D, T, A, F] each: persons and euros."""

    forms: Forms
    clients: Floats
    starts: Floats
    ends: Floats
    """Clients for whom the month was the last; who dies or leaves by demography is not among them."""
    waiting: Floats
    units: Floats
    gross: Floats
    """Units × price."""
    contribution: Floats
    """What clients pay themselves."""
    fixed: Floats
    stated: Floats
    """Amounts that a plan states and nobody modelled; negative where they save."""
    investment: Floats
    """[T] what measures cost to set up and run, apart from support."""
    measures: tuple[str, ...] = ()

    @property
    def net(self) -> Floats:
        """Euros for whoever pays the form, without investments, [D, T, A, F]."""
        return self.gross - self.contribution + self.fixed + self.stated

    def paid_by(self, payer: Literal["municipality", "all"]) -> Floats:
        """Return net euros by month [D, T] for the municipality or for society as a whole, investments included."""
        net = self.net if payer == "all" else self.net[..., self.forms.municipal]
        return np.asarray(net.sum(axis=(2, 3)) + self.investment)


def one_hot(numbers: Ints, size: int) -> Floats:
    """Return a matrix [len(numbers), size] that sums what carries the same number."""
    return np.eye(size)[numbers]


def exits(survival: ArrayLike, tail: float) -> Floats:
    """Return the exit shares [K] that belong to a survival curve [K], with `tail` the share that ends from then on.

    `survival[k]` is the share still supported after k months, so it begins with 1 and never rises. DurationError when
    it does not, or when the tail never ends.
    """
    curve = shares(survival, "K", "survival")
    if curve[0] != 1 or (np.diff(curve) > 0).any() or not 0 < tail <= 1:
        raise DurationError(
            "A duration must begin with everyone, never rise, and end some day.",
            where="survival",
            now="Give the share still supported after 0, 1, 2 … months and a tail above 0.",
        )
    before, after = curve[:-1], curve[1:]
    hazard = np.divide(before - after, before, out=np.ones_like(before), where=before > 0)
    return np.append(hazard, tail)


def geometric(months: ArrayLike) -> Floats:
    """Return exit shares [1, 1, F] for a mean duration in months per form; DurationError below one month."""
    mean = floats(months, "F", "duration")
    if mean.min() < 1:
        raise DurationError(
            f"A duration of {mean.min():g} months is less than the one month that every client counts.",
            where="duration",
            now="Give a duration of at least 1 month.",
        )
    return (1.0 / mean)[None, None, :]
