"""What is less sure the further away: how the inflow of each form grows, how long that lasts, and what prices do.

These are parameters to draw, as the level of each rate is; drawn, they are factors per month on inflow and price.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..flows import Floats, Parameter
from ..flows.draws import P90
from . import trend as trends

_DAMPING, _PRICES = "damping", "prices"


@dataclass(frozen=True, kw_only=True)
class Growth:
    """How the inflow of each form grows with unchanged policy, beside the residents, and what prices may do."""

    level: Floats
    """[F] log, beside constant rates."""
    slope: Floats
    """[F] log per year."""
    damping: float
    """What is left of a year's growth in the year after."""
    ahead: Floats
    """[T] years from the start to the middle of each month."""
    prices: Floats
    """[T] standard deviation of the log of the price level."""

    @property
    def expected(self) -> Floats:
        """The factor on the inflow, [T, F]."""
        return np.exp(self.level + trends.path(self.ahead, self.damping)[:, None] * self.slope)

    def beside(self, others: int) -> Growth:
        """Return the same with so many forms behind that do not grow."""
        return replace(self, level=np.pad(self.level, (0, others)), slope=np.pad(self.slope, (0, others)))

    def inflow(self, forms: Sequence[str], numbers: Mapping[str, Floats]) -> Floats:
        """Return the factor on the expected inflow [D|1, T, F], from drawn slopes by form and the drawn damping."""
        slopes = [np.atleast_1d(numbers.get(_slope(form), own)) for form, own in zip(forms, self.slope, strict=True)]
        slope = np.stack(np.broadcast_arrays(*slopes), axis=1)
        damping = np.atleast_1d(numbers.get(_DAMPING, self.damping))
        was = trends.path(self.ahead, self.damping)[:, None] * self.slope
        paths = np.stack([trends.path(self.ahead, min(max(float(one), 0.0), 1.0)) for one in damping])
        return np.asarray(np.exp(paths[:, :, None] * slope[:, None, :] - was))

    def drawn(self, numbers: Mapping[str, Floats]) -> bool:
        """Return whether anything of this was drawn."""
        return any(name in {_DAMPING, _PRICES} or name.startswith(_slope("")) for name in numbers)

    def price(self, numbers: Mapping[str, Floats]) -> Floats:
        """Return the factor on all prices, [D|1, T, 1], from the drawn course of prices."""
        drawn = np.atleast_1d(numbers.get(_PRICES, 0.0))
        return np.exp(drawn[:, None] * self.prices)[:, :, None]

    def parameters(
        self, forms: Sequence[str], errors: Floats, years: Sequence[int], damping: tuple[float, float]
    ) -> list[Parameter]:
        """Return slopes with standard `errors` [F], seen in so many `years`; the `damping` low and high; and prices."""
        found = [
            Parameter(
                name=_slope(form),
                middle=float(own),
                low=float(own - P90 * error),
                high=float(own + P90 * error),
                shape="normal",
                source=f"{count} years of starts",
            )
            for form, own, error, count in zip(forms, self.slope, errors, years, strict=True)
        ]
        low, high = damping
        found.append(Parameter(name=_DAMPING, middle=self.damping, low=low, high=high, shape="normal"))
        return [*found, Parameter(name=_PRICES, middle=0.0, low=-P90, high=P90, shape="normal")]


def _slope(form: str) -> str:
    return f"slope of {form}"
