"""The flow engine: how many clients and euros to expect, exactly, per month, form and area.

What lives here: pure functions on arrays: expected values, variance, draws, levers, samplers, calibration, attribution.
What does not: frames, files, names of measures in a plan and anything drawn. Forecasts, scenarios and jobs may call.
"""

from .capacity import Capacity, Price, price_of_waiting
from .errors import (
    AttributionError,
    ClaimError,
    DurationError,
    FlowError,
    FlowInputError,
    OverlapError,
    RampError,
    ShareError,
    TooFewError,
    UnknownFormError,
)
from .evaluate import evaluate
from .expect import Flows, States, expect
from .levers import PIPELINE, Effect, Lever, Measure, Stated, Waterbed, ramp, route
from .pipeline import Weights, resolve
from .words import MUNICIPALITY, Demography, Doubt, Floats, Forms, Ints, Outcome, Rates, Town, exits, geometric

__all__ = [
    "MUNICIPALITY",
    "PIPELINE",
    "AttributionError",
    "Capacity",
    "ClaimError",
    "Demography",
    "Doubt",
    "DurationError",
    "Effect",
    "Floats",
    "FlowError",
    "FlowInputError",
    "Flows",
    "Forms",
    "Ints",
    "Lever",
    "Measure",
    "Outcome",
    "OverlapError",
    "Price",
    "RampError",
    "Rates",
    "ShareError",
    "Stated",
    "States",
    "TooFewError",
    "Town",
    "UnknownFormError",
    "Waterbed",
    "Weights",
    "evaluate",
    "exits",
    "expect",
    "geometric",
    "price_of_waiting",
    "ramp",
    "resolve",
    "route",
]
