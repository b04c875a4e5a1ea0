"""The way of a message, as one table: what it can be, what it can become, and who says so.

The receiver's copy begins at `delivered`. Withdrawing wins from everything, because it mends what should not have been
sent; so both copies end the same, in whatever order the news of it travels.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from noaber.records import Text

Who = Literal["sender", "line", "receiver"]


class State(StrEnum):
    """What a message can be."""

    DRAFTED = "drafted"
    SENT = "sent"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Step:
    """A state in words, how it is said on the line, what can follow and by whom, and whether it needs a reason."""

    name: Text
    status: str
    following: dict[State, Who]
    needs_reason: bool = False


WORKFLOW: Final[dict[State, Step]] = {
    State.DRAFTED: Step(Text("concept", "draft"), "", {State.SENT: "sender", State.WITHDRAWN: "sender"}),
    State.SENT: Step(
        Text("onderweg", "on its way"),
        "",
        {
            State.DELIVERED: "line",
            State.ACKNOWLEDGED: "receiver",  # its news may overtake that of the delivery
            State.REJECTED: "receiver",
            State.WITHDRAWN: "sender",
        },
    ),
    State.DELIVERED: Step(
        Text("afgeleverd", "delivered"),
        "afgeleverd",
        {State.ACKNOWLEDGED: "receiver", State.REJECTED: "receiver", State.WITHDRAWN: "sender"},
    ),
    State.ACKNOWLEDGED: Step(Text("overgenomen", "taken over"), "bevestigd", {State.WITHDRAWN: "sender"}),
    State.REJECTED: Step(Text("afgewezen", "rejected"), "afgewezen", {State.WITHDRAWN: "sender"}, needs_reason=True),
    State.WITHDRAWN: Step(Text("ingetrokken", "withdrawn"), "ingetrokken", {}, needs_reason=True),
}
"""Every state with what can follow it."""


def may_become(state: str, following: str, by: Who) -> bool:
    """Return whether a message in `state` can become `following` when `by` says so."""
    return WORKFLOW[State(state)].following.get(State(following)) == by


def state_of(status: str) -> State:
    """Return the state that a status on the line stands for; raises KeyError."""
    return _STATES[status]


_STATES: Final = {step.status: state for state, step in WORKFLOW.items() if step.status}
