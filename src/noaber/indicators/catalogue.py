"""All indicators and all versions of their definitions, by hand and in the order of the reference page."""

from __future__ import annotations

from datetime import date
from typing import Final

from .declaration import Indicator, IndicatorError, in_force
from .intensity import INTENSITY
from .money import MONEY
from .municipalities import MUNICIPALITIES
from .providers import PROVIDERS
from .spending import SPENDING
from .surroundings import SURROUNDINGS
from .use import USE

THEMES: Final = (USE, INTENSITY, PROVIDERS, SPENDING, MONEY, SURROUNDINGS, MUNICIPALITIES)
_VERSIONS: Final = tuple(indicator for theme in THEMES for indicator in theme)

INDICATORS: Final[dict[str, Indicator]] = {
    indicator.id: in_force((item for item in _VERSIONS if item.id == indicator.id), date.max) for indicator in _VERSIONS
}
"""The latest version of every indicator, by id."""


def version_on(indicator_id: str, on: date = date.max) -> Indicator:
    """Return the definition of an indicator that was in force on a day; without a day, the latest.

    Raises `IndicatorError` (N-502) when there is no such indicator, or none yet on that day.
    """
    versions = [item for item in _VERSIONS if item.id == indicator_id]
    if not versions:
        raise IndicatorError(f"There is no indicator {indicator_id}.", now=f"Choose from: {', '.join(INDICATORS)}.")
    return in_force(versions, on)
