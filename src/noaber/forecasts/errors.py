"""What can be wrong with a question for a forecast; each class has a section in docs/how-to/errors/forecasts.md."""

from __future__ import annotations

from ..records import NoaberError


class ForecastError(NoaberError):
    """A forecast that cannot be made from what is there."""

    code = "N-730"
    exit_code = 5


class NoBasisError(ForecastError):
    """There is nothing to forecast from: no support, no amounts, or no care form that was seen often enough."""

    code = "N-731"


class TooShortError(ForecastError):
    """The series is too short for what is asked of it."""

    code = "N-732"


class HorizonError(ForecastError):
    """The forecast would end before it begins, or further away than a forecast can reach."""

    code = "N-733"
