"""Rules about requests (315, 317) and the answers to them (319)."""

from __future__ import annotations

from typing import Final

from ..model import ChangeRequest317, NewProduct, ProductToChange, RequestDecision, RequestedProduct
from .rule import At, Rule, refuses, refuses_message, remarks

REJECTED, UNDER_INQUIRY = "1", "2"


def _asked_before(line: RequestedProduct, at: At) -> bool:
    asked = at.book.requests.get((at.provider, line.provider_reference))
    return asked is not None and asked.message != at.header.identification


def _asked_twice(line: RequestedProduct, at: At) -> bool:
    asked = at.book.requests.get((at.provider, line.provider_reference))
    return asked is not None and asked.message == at.header.identification


def _pending(_: object, at: At) -> bool:
    waiting = at.book.pending.get((at.person, at.provider), set())
    return any(at.book.requests[at.provider, other].message != at.header.identification for other in waiting)


_ONE_AT_A_TIME = remarks("TR374", "Er is nog een verzoek voor deze client in behandeling.", _pending)

REQUEST: Final[tuple[Rule, ...]] = (
    refuses(
        "CS003",
        "De ToewijzingEinddatum ligt voor de ToewijzingIngangsdatum.",
        lambda line, _: line.allocation_until is not None and line.allocation_until < line.allocation_from,
    ),
    refuses("TR383", "Deze ReferentieAanbieder staat al bij een ander product in het bericht.", _asked_twice),
    refuses("TR347", "Deze ReferentieAanbieder is al gebruikt voor een eerder verzoek.", _asked_before, "9347"),
    _ONE_AT_A_TIME,
)
"""Requested products of a 315."""


def _reference_used(message: ChangeRequest317, at: At) -> bool:
    return (at.provider, message.client.request.provider_reference) in at.book.requests


CHANGE_REQUEST: Final[tuple[Rule, ...]] = (
    refuses_message(
        "TR347", "Deze ReferentieAanbieder is al gebruikt voor een eerder verzoek.", _reference_used, "9347"
    ),
)
"""A 317 as a whole."""


def _unknown(line: ProductToChange | NewProduct, at: At) -> bool:
    return isinstance(line, ProductToChange) and (at.allocation is None or at.allocation.removed)


def _not_theirs(line: ProductToChange | NewProduct, at: At) -> bool:
    standing = at.allocation
    return standing is not None and (standing.person, standing.provider) != (at.person, at.provider)


CHANGE: Final[tuple[Rule, ...]] = (
    refuses(
        "CS003",
        "De Einddatum ligt voor de GewensteIngangsdatum.",
        lambda line, _: line.end is not None and line.end < line.wanted_from,
    ),
    refuses("TR351", "Er is geen toewijzing met dit ToewijzingNummer.", _unknown, "9351"),
    refuses("TR304", "Het Bsn is niet dat van de client van de toewijzing.", _not_theirs, "8187"),
    _ONE_AT_A_TIME,
)
"""Products of a 317 that should change or are new."""


def _decided(line: RequestDecision, at: At) -> bool:
    return (at.provider, line.provider_reference, REJECTED) in at.book.answers


def _under_inquiry(line: RequestDecision, at: At) -> bool:
    answered = (at.provider, line.provider_reference, UNDER_INQUIRY) in at.book.answers
    return line.request_answer == UNDER_INQUIRY and answered


def _never_asked(line: RequestDecision, at: At) -> bool:
    return (at.provider, line.provider_reference) not in at.book.requests


ANSWER: Final[tuple[Rule, ...]] = (
    refuses("TR365", "Dit verzoek is al afgewezen.", _decided, "9365"),
    refuses("TR360", "Dit verzoek is al in onderzoek genomen.", _under_inquiry, "9360"),
    remarks("TR355", "Er is geen verzoek met deze ReferentieAanbieder bekend.", _never_asked),
)
"""Answers (319)."""
