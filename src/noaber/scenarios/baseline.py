"""What happens with unchanged policy, ready to be asked about: a town for the flow engine and the words for its axes.

Letters in shapes are those of the flow engine: D draws, T months, C cells (age band × district), A districts, F forms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from noaber.records import Text

from ..flows import Doubt, Floats, Ints, Parameter, Town
from ..forecasts import AGES, OLDEST, Band, Growth
from ..forecasts.baseline import doubt, merged

__all__ = ["AGES", "OLDEST", "OTHER", "Band", "Baseline", "by_age", "covered"]

OTHER: Final = "other"
"""In the place of a law, for what falls under none of the three."""


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """A town with unchanged policy from its first month on. It can be kept, and sent to other processes."""

    town: Town
    start: date
    """The first month."""
    names: tuple[Text, ...]
    """Per form, in words."""
    elsewhere: tuple[str, ...]
    """Forms, the last ones, of which the snapshot knows nothing and the plan says what they cost."""
    areas: tuple[str, ...]
    """Codes of the districts."""
    area_names: tuple[str, ...]
    bands: tuple[Band, ...]
    band: Ints
    """[C] age band of each cell."""
    referrers: Mapping[str, Floats]
    """Per code of a referrer the share of a form's starts, [F]."""
    parameters: tuple[Parameter, ...]
    """What we are not sure of: named "inflow of FORM", "duration of FORM", "slope of FORM", "damping" and so on."""
    pooled: Mapping[str, str]
    """Forms that are too small to cost by themselves, and under which form they count."""
    left_out: tuple[str, ...]
    """Forms that nobody uses or starts any more."""
    price_level: str
    """The months whose claims are the prices, such as "2021-01/2021-12"."""
    snapshot: str
    known_on: date
    sources: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    indexed: bool = True
    """Whether prices follow the index from then on; without an index they stay."""
    growth: Growth | None = None
    """How the inflow grows and prices rise, for draws of these; None where nothing does."""

    @property
    def months(self) -> int:
        """The number of months."""
        return self.town.months

    @property
    def forms(self) -> tuple[str, ...]:
        """Codes of the forms."""
        return self.town.forms.names

    @property
    def laws(self) -> tuple[str, ...]:
        """The law of each form; `other` for what falls under none of the three."""
        return self.town.forms.laws

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years of which every month is there."""
        first = self.start.year + (self.start.month > 1)
        last = (self.start.year * 12 + self.start.month - 1 + self.months) // 12
        return tuple(range(first, last))

    @property
    def words(self) -> dict[str, Text]:
        """What each form is called, by its code."""
        return dict(zip(self.forms, self.names, strict=True))

    @property
    def prices(self) -> Text:
        """In whose prices the euros are, in a sentence."""
        nl, en = (self.price_level.replace("/", to) for to in (" tot en met ", " through "))
        if not self.indexed:
            return Text(f"Prijspeil: declaraties van {nl}.", f"Prices: claims of {en}.")
        return Text(
            f"Prijzen van elk jaar: declaraties van {nl}, en daarna met de index voor lonen en materiaal.",
            f"Prices of each year: claims of {en}, and then with the index for wages and materials.",
        )

    def month_of(self, day: date) -> int:
        """Return the number of the month of a day; below 0 before the start."""
        return (day.year - self.start.year) * 12 + day.month - self.start.month

    def month(self, number: int) -> date:
        """Return the first day of a month by its number, from 0."""
        months = self.start.month - 1 + number
        return date(self.start.year + months // 12, months % 12 + 1, 1)

    def of_years(self) -> Floats:
        """Return which months make up each year, [Y, T]."""
        months = np.arange(self.months) + self.start.month - 1
        year = self.start.year + months // 12
        return np.array([year == one for one in self.years], dtype=np.float64)

    def doubt(self, numbers: Mapping[str, Floats]) -> Doubt:
        """Return the factors on the rates, from drawn parameters by name; 1 for what was not drawn."""
        return doubt(self.forms, self.growth, numbers)


def covered(band: tuple[int, int], ages: tuple[int, int] | None) -> float:
    """Return which part of an age band lies between two ages, both included, when all its ages count alike."""
    if ages is None:
        return 1.0
    last = min(band[1], 94)  # hardly anyone is older, and an open band is not a hundred years wide
    inside = min(last, ages[1]) - max(band[0], ages[0]) + 1
    return max(inside, 0) / (last - band[0] + 1)


def by_age(baseline: Baseline) -> Baseline:
    """Return the town with its districts taken together, and each age band in the place of a district."""
    names = tuple(f"{first}-{last}" for first, last in baseline.bands)
    return replace(
        baseline,
        town=merged(baseline.town, baseline.band),
        areas=names,
        area_names=names,
        band=np.arange(len(baseline.bands)),
    )
