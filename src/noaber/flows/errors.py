"""What can be wrong with a question to the flow engine; each class has a section in docs/how-to/errors/flows.md."""

from __future__ import annotations

from ..records import NoaberError


class FlowError(NoaberError):
    """A question that the flow engine cannot answer."""

    code = "N-720"
    exit_code = 7


class FlowInputError(FlowError):
    """Arrays are empty, hold no number, or do not fit each other."""

    code = "N-721"


class ShareError(FlowError):
    """A share below 0 or above 1, or shares of one whole that add up to more than 1."""

    code = "N-722"


class DurationError(FlowError):
    """A duration of zero or less, or a spell that ends before it starts."""

    code = "N-723"


class RampError(FlowError):
    """A ramp that ends before it starts, or that does not run between 0 and 1."""

    code = "N-724"


class UnknownFormError(FlowError):
    """A care form that the town does not have."""

    code = "N-725"


class TooFewError(FlowError):
    """Too little was seen to estimate anything from: one client only, or a care form never seen."""

    code = "N-726"


class OverlapError(FlowError):
    """Measures on the same people that contradict each other."""

    code = "N-727"


class ClaimError(FlowError):
    """A stated amount that is larger than what is left of its base."""

    code = "N-728"


class AttributionError(FlowError):
    """An attribution that cannot be made as asked."""

    code = "N-729"
