"""The flow engine: how many clients and euros to expect, exactly, per month, form and area.

What lives here: pure functions on arrays: expected values, variance, draws, levers, samplers, calibration, attribution.
What does not: frames, files, names of measures in a plan and anything drawn. Forecasts, scenarios and jobs may call.
"""

from .attribute import Attribution, attribute, attribute_by_orders, attribute_by_package, to_cents
from .calibrate import Calibration, Seen, average_price, calibrate
from .capacity import Capacity, Price, price_of_waiting
from .draws import Parameter, draws, sobol
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
from .evaluate import evaluate, net_of, payback
from .expect import States, expect
from .levers import PIPELINE, Effect, Lever, Measure, Stated, Waterbed, ramp, route
from .pipeline import Weights, resolve
from .resolved import Flows
from .sample import Spells, count, count_samples, event_samples
from .variance import Moments, chance, client_variance, frailty, moments, overdispersed, quantiles, residents
from .words import MUNICIPALITY, Demography, Doubt, Floats, Forms, Ints, Outcome, Rates, Town, exits, geometric

__all__ = [
    "MUNICIPALITY",
    "PIPELINE",
    "Attribution",
    "AttributionError",
    "Calibration",
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
    "Moments",
    "Outcome",
    "OverlapError",
    "Parameter",
    "Price",
    "RampError",
    "Rates",
    "Seen",
    "ShareError",
    "Spells",
    "Stated",
    "States",
    "TooFewError",
    "Town",
    "UnknownFormError",
    "Waterbed",
    "Weights",
    "attribute",
    "attribute_by_orders",
    "attribute_by_package",
    "average_price",
    "calibrate",
    "chance",
    "client_variance",
    "count",
    "count_samples",
    "draws",
    "evaluate",
    "event_samples",
    "exits",
    "expect",
    "frailty",
    "geometric",
    "moments",
    "net_of",
    "overdispersed",
    "payback",
    "price_of_waiting",
    "quantiles",
    "ramp",
    "residents",
    "resolve",
    "route",
    "sobol",
    "to_cents",
]
