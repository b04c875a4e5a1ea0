"""Ages: from bands to single years, who survives a year, and who gives birth."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Final

import numpy as np

from ..flows import Floats

OLDEST: Final = 104
"""The last single age; it holds everyone who is older too."""
_STEEPER: Final = 0.104
"""By how much the risk of dying rises per year of age (B. Gompertz 1825); about this in every rich country."""
_BIRTH_AGE, _BIRTH_SPREAD = 31.5, 5.0
"""Mean and spread of the age at which women in the Netherlands have children."""
_FERTILE: Final = (15, 49)

Band = tuple[int, int]
"""Youngest and oldest age, both included; "and older" ends at `OLDEST`."""


def spread(persons: Floats, bands: Sequence[Band]) -> Floats:
    """Return persons by single age, [..., X], from adjoining bands, [..., B]: the smoothest that adds up to each.

    Smoothest is: with the least change of slope from age to age. Below zero nobody is; the band then shares the rest.
    """
    smooth = np.maximum(persons @ _smoothing(tuple(bands)).T, 0.0)
    member = membership(bands)
    found = smooth @ member.T
    factor = np.divide(persons, found, out=np.zeros_like(found), where=found > 0)
    flat = np.where(found > 0, 0.0, persons / member.sum(axis=1)) @ member
    return np.asarray(smooth * (factor @ member) + flat)


def membership(bands: Sequence[Band]) -> Floats:
    """Return whether an age lies in a band, [B, X]; X runs from the youngest to the oldest age of all bands."""
    ages = np.arange(bands[0][0], bands[-1][1] + 1)
    return np.array([(ages >= first) & (ages <= last) for first, last in bands], dtype=np.float64)


@functools.cache
def _smoothing(bands: tuple[Band, ...]) -> Floats:
    """Return the linear map [X, B] to the smoothest single ages: least squares of second differences, sums held."""
    member = membership(bands)
    count, size = member.shape
    if size < 3:
        return np.asarray(member.T / member.sum(axis=1))
    bend = np.diff(np.eye(size), n=2, axis=0)
    system = np.block([[2 * bend.T @ bend, member.T], [member, np.zeros((count, count))]])
    right = np.vstack([np.zeros((size, count)), np.eye(count)])
    return np.asarray(np.linalg.solve(system, right)[:size])


def survival(life_expectancy: float, ages: Band) -> Floats:
    """Return the share of those of each age on 1 January who are alive a year later, [X]."""
    level = _level(life_expectancy)
    age = np.arange(ages[0], ages[1] + 1) + 0.5
    return np.asarray(np.exp(-level * np.exp(_STEEPER * age) * np.expm1(_STEEPER) / _STEEPER))


@functools.cache
def _level(life_expectancy: float) -> float:
    """Return the risk of dying at age 0 with which people live this long on average, by halving."""
    age = np.arange(0.0, 130.0, 0.25)
    low, high = -25.0, -2.0
    for _ in range(60):
        middle = (low + high) / 2
        alive = np.exp(-np.exp(middle) / _STEEPER * np.expm1(_STEEPER * age))
        if alive.sum() * 0.25 - 0.125 > life_expectancy:
            low = middle
        else:
            high = middle
    return float(np.exp(low))


def fertility(children: float, ages: Band) -> Floats:
    """Return births per woman and year by age, [X], that add up to `children` over a life."""
    everyone = np.arange(OLDEST + 1)
    rate = np.exp(-0.5 * ((everyone - _BIRTH_AGE) / _BIRTH_SPREAD) ** 2)
    rate[(everyone < _FERTILE[0]) | (everyone > _FERTILE[1])] = 0.0
    return np.asarray(children * rate / rate.sum())[ages[0] : ages[1] + 1]


def covers_births(ages: Band) -> bool:
    """Return whether these ages hold both the newborn and everyone who may have them."""
    return ages[0] == 0 and ages[1] >= _FERTILE[1]
