"""Draws of what we do not know: scrambled Sobol points, and per parameter the distribution they are turned into.

A draw is keyed by (seed, draw): draw 17 has the same numbers for the baseline and every scenario, whether 64 or 1024
are made. Powers of two are balanced: each half, quarter, … of a parameter's range is drawn equally often.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .errors import FlowInputError
from .words import Floats

Shape = Literal["fixed", "uniform", "triangular", "normal", "lognormal", "share"]
Words = NDArray[np.uint32]
BITS = 32
P90 = NormalDist().inv_cdf(0.9)
_NORMAL = np.frompyfunc(NormalDist().inv_cdf, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A number we are not sure of: best estimate, low and high, and where it comes from.

    Of `normal`, `lognormal` and `share` (a share that stays within 0..1), one in ten lies below `low` and one in ten
    above `high`, and half below `middle`; `uniform` and `triangular` lie wholly between them.
    """

    name: str
    middle: float
    low: float = np.nan
    high: float = np.nan
    shape: Shape = "fixed"
    source: str = ""

    def __post_init__(self) -> None:
        if self.shape == "fixed":
            return
        if not self.low <= self.middle <= self.high:
            raise FlowInputError(
                f"{self.name} has a best estimate of {self.middle:g} outside {self.low:g} to {self.high:g}.",
                where=self.name,
                now="Give low, middle and high in that order.",
            )
        inside = {"lognormal": self.low > 0, "share": self.low > 0 and self.high < 1}
        if not inside.get(self.shape, True):
            raise FlowInputError(
                f"{self.name} cannot be {self.shape} between {self.low:g} and {self.high:g}.",
                where=self.name,
                now="A lognormal lies above 0, a share between 0 and 1.",
            )

    def at(self, chance: Floats) -> Floats:
        """Return the values below which the parameter lies with these chances (inverse distribution)."""
        if self.shape == "fixed":
            return np.full(chance.shape, self.middle)
        if self.shape == "uniform":
            return self.low + (self.high - self.low) * chance
        if self.shape == "triangular":
            return self._triangular(chance)
        if self.shape == "normal":
            return self._two_sided(chance, self.low, self.middle, self.high)
        if self.shape == "lognormal":
            return np.exp(self._two_sided(chance, *np.log([self.low, self.middle, self.high])))
        odds = [np.log(value / (1.0 - value)) for value in (self.low, self.middle, self.high)]
        return np.asarray(1.0 / (1.0 + np.exp(-self._two_sided(chance, *odds))))

    def _triangular(self, chance: Floats) -> Floats:
        width = self.high - self.low
        if width == 0:
            return np.full(chance.shape, self.middle)
        top = (self.middle - self.low) / width
        rising = self.low + np.sqrt(chance * width * (self.middle - self.low))
        falling = self.high - np.sqrt((1.0 - chance) * width * (self.high - self.middle))
        return np.where(chance < top, rising, falling)

    @staticmethod
    def _two_sided(chance: Floats, low: float, middle: float, high: float) -> Floats:
        """Return quantiles of a normal whose two halves may differ in width."""
        deviation = normal_quantile(chance)
        return middle + deviation * np.where(deviation < 0, middle - low, high - middle) / P90


def draws(parameters: Sequence[Parameter], count: int, seed: int) -> dict[str, Floats]:
    """Return `count` values per parameter, [D] each, by name.

    `count` is a power of two (512 or 1024 for a figure, 64 for attribution). A parameter's numbers follow from its
    place in the list: append the parameters of scenarios to those of the baseline, and all share their draws.
    """
    names = [parameter.name for parameter in parameters]
    if len(set(names)) < len(names):
        raise FlowInputError("Two parameters have one name.", where="parameters", now="Give each its own name.")
    points = sobol(count, len(parameters), seed)
    return {parameter.name: parameter.at(points[:, place]) for place, parameter in enumerate(parameters)}


def sobol(count: int, dimensions: int, seed: int) -> Floats:
    """Return scrambled Sobol points strictly between 0 and 1, [count, dimensions].

    Sources: I. M. Sobol (1967); direction numbers of the first 20 dimensions from S. Joe and F. Y. Kuo (2008), later
    ones drawn; nested scrambling by hashing (A. B. Owen 1995, in the form of B. Burley 2020).
    """
    if count < 1 or count & (count - 1):
        raise FlowInputError(f"{count} draws are not a power of two.", where="draws", now="Take 64, 256, 512 or 1024.")
    index = np.arange(count, dtype=np.uint32)
    points = np.empty((count, dimensions))
    for dimension in range(dimensions):
        number = np.zeros(count, dtype=np.uint32)
        for bit, direction in enumerate(_directions(dimension)[: (count - 1).bit_length()]):  # higher ones are 0
            number ^= np.where((index >> np.uint32(bit)) & np.uint32(1), np.uint32(direction), np.uint32(0))
        points[:, dimension] = (_scramble(number, seed, dimension) + 0.5) / 2.0**BITS
    return points


# Initial direction numbers per dimension from the second on; their polynomials are the primitive ones in order.
_FIRST = (
    (1,),
    (1, 3),
    (1, 3, 1),
    (1, 1, 1),
    (1, 1, 3, 3),
    (1, 3, 5, 13),
    (1, 1, 5, 5, 17),
    (1, 1, 5, 5, 5),
    (1, 1, 7, 11, 19),
    (1, 1, 5, 1, 1),
    (1, 1, 1, 3, 11),
    (1, 3, 5, 5, 31),
    (1, 3, 3, 9, 7, 49),
    (1, 1, 1, 15, 21, 21),
    (1, 3, 1, 13, 27, 49),
    (1, 1, 1, 15, 7, 5),
    (1, 3, 1, 15, 13, 25),
    (1, 1, 5, 5, 19, 61),
    (1, 3, 7, 11, 23, 15, 103),
    (1, 3, 7, 13, 13, 15, 69),
)


@functools.cache
def _directions(dimension: int) -> tuple[int, ...]:
    """Return the 32 direction numbers of a dimension."""
    if dimension == 0:
        return tuple(1 << (BITS - 1 - bit) for bit in range(BITS))
    polynomial = _primitive(dimension)
    degree = polynomial.bit_length() - 1
    if dimension <= len(_FIRST):
        first = list(_FIRST[dimension - 1])
    else:
        first = [(mixed(dimension, bit) % (1 << (bit + 1))) | 1 for bit in range(degree)]
    numbers = first
    for bit in range(degree, BITS):
        new = numbers[bit - degree] ^ (numbers[bit - degree] << degree)
        for step in range(1, degree):
            if (polynomial >> (degree - step)) & 1:
                new ^= numbers[bit - step] << step
        numbers.append(new)
    return tuple(number << (BITS - 1 - bit) for bit, number in enumerate(numbers))


@functools.cache
def _primitive(place: int) -> int:
    """Return the n-th primitive polynomial over two elements, as bits: x + 1 is 0b11, the first."""
    polynomial = _primitive(place - 1) + 2 if place > 1 else 3
    while not _is_primitive(polynomial):
        polynomial += 2
    return polynomial


def _is_primitive(polynomial: int) -> bool:
    """Return whether the powers of x run through all remainders before they come back to 1."""
    degree = polynomial.bit_length() - 1
    power, order = 1, 0
    while True:
        power <<= 1
        if power >> degree:
            power ^= polynomial
        order += 1
        if power in {0, 1}:
            return power == 1 and order == (1 << degree) - 1


def mixed(*keys: int) -> int:
    """Return 64 well-mixed bits from whole numbers, the same on every machine (splitmix64, S. Vigna 2015)."""
    state = 0
    for key in keys:
        state = (state + key + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        state ^= state >> 31
    return state


def _scramble(number: Words, seed: int, dimension: int) -> Words:
    """Flip each binary digit depending on the digits before it: random, but as evenly spread as before."""
    bits = _reversed(number)
    for turn in range(4):
        key = mixed(seed, dimension, turn)
        bits = bits + np.uint32(key & 0xFFFFFFFF)
        bits ^= bits * np.uint32((key >> 32) & 0xFFFFFFFE)
    return _reversed(bits)


def _reversed(number: Words) -> Words:
    """Return the 32 bits in reverse order."""
    for shift, mask in ((1, 0x55555555), (2, 0x33333333), (4, 0x0F0F0F0F), (8, 0x00FF00FF), (16, 0x0000FFFF)):
        number = ((number >> np.uint32(shift)) & np.uint32(mask)) | ((number & np.uint32(mask)) << np.uint32(shift))
    return number


def normal_quantile(chance: Floats) -> Floats:
    """Return the standard normal value below which the chance lies."""
    return np.asarray(_NORMAL(chance), dtype=np.float64)
