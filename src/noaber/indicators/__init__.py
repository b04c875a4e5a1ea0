"""Indicators: the figures that are followed, each a declaration with a formula, and how they are calculated.

What lives here: definitions in words and in SQL over the views of a snapshot. What does not: reading files, hiding
small numbers (the gate does that) and drawing. `jobs` and the forecasts may call.
"""

from .calculate import calculate
from .catalogue import INDICATORS, version_on
from .declaration import Indicator, IndicatorError, Question, Twin
from .reference import reference

__all__ = [
    "INDICATORS",
    "Indicator",
    "IndicatorError",
    "Question",
    "Twin",
    "calculate",
    "reference",
    "version_on",
]
