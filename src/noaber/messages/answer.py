"""The return message to a message, as the standard builds it from what was found (IV028, IV032, IV087, IV088).

A message without findings gets a bare header back, a claim the code 8001. A fault within the message (0001) or in its
header gets the header with the code. Other faults send the classes back unchanged, each with its codes, or 0200 where
nothing was found; a claim answer repeats only what is not awarded. iWmo publishes no schemas for its return messages:
ours follow the pattern that iJw publishes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import msgspec

from .model import (
    KINDS,
    Claim,
    Claim323,
    ClaimAnswer,
    ClaimAnswer325,
    ClaimAnswerHeader,
    ClaimClient,
    Header,
    Message,
    MessageIdentification,
    ReturnHeader,
    Total,
    message_code,
)
from .parts import Class
from .shape import Shape, message_shape
from .standard import ANSWERED_BY

TECHNICAL, NO_REMARK, NOT_JUDGED, AWARDED = "0001", "0200", "0233", "8001"

Codes = dict[int, tuple[str, ...]]
"""Return codes by the identity of a part: two parts can be equal and stand in two places."""


class Finding(NamedTuple):
    """What was found: the very part of the message that it is about (its header, or a class in it), and the code."""

    part: Header | Class
    return_code: str


def answer(
    message: Message,
    findings: Iterable[Finding] = (),
    *,
    identification: str,
    on: date,
    check_version: str | None = None,
) -> Message:
    """Return the return message to `message`.

    `identification` and `on` are those of the answer; `check_version` is the version of the official XSLT checks, when
    those were used. Raises `KeyError` for a message that is itself a return message.
    """
    number = ANSWERED_BY[message.number]
    codes = _codes(message, findings)
    if isinstance(message, Claim323):
        claim_header = _claim_header(message, identification, on, check_version)
        return _claim_answer(message, claim_header, codes)
    header = _return_header(message, identification, on, check_version)
    body = next(slot for slot in message_shape(message.setting).slots if slot.field != "header")
    values: dict[str, Any] = {"header": header}
    if own := codes.get(id(message.header)):
        values["header"] = msgspec.structs.replace(header, return_codes=own)
    elif codes:
        values["header"] = msgspec.structs.replace(header, return_codes=(NO_REMARK,))
        assert body.shape is not None
        values[body.field] = _coded(getattr(message, body.field), body.shape, codes)
    kind: Any = KINDS[number]
    returned: Message = kind(standard=message.standard, **values)
    return returned


def _codes(message: Message, findings: Iterable[Finding]) -> Codes:
    """Return the codes of each part; one fault within the message (0001) is all that its header then says."""
    codes: Codes = {}
    for part, code in findings:
        found = codes.get(id(part), ())
        if code and code not in found:
            codes[id(part)] = (*found, code)
    return {id(message.header): (TECHNICAL,)} if any(TECHNICAL in found for found in codes.values()) else codes


def _coded(part: Class, shape: Shape, codes: Codes) -> Class:
    """Return `part` and all inside it with their codes."""
    changes: dict[str, Any] = {"return_codes": codes.get(id(part), (NO_REMARK,))}
    for slot in shape.slots:
        value, inner = getattr(part, slot.field), slot.shape
        if value is None or inner is None or not issubclass(inner.struct, Class):
            continue
        if slot.item_tag:
            changes[slot.field] = tuple(_coded(item, inner, codes) for item in value)
        else:
            changes[slot.field] = _coded(value, inner, codes)
    return msgspec.structs.replace(part, **changes)


def _header_values(message: Message) -> dict[str, Any]:
    fields = {field.name: getattr(message.header, field.name) for field in msgspec.structs.fields(Header)}
    return {**fields, "code": message_code(message.standard, ANSWERED_BY[message.number])}


def _return_header(message: Message, identification: str, on: date, check_version: str | None) -> ReturnHeader:
    """Everything but the code is copied, sender and receiver too (IV028)."""
    return ReturnHeader(
        **_header_values(message),
        return_identification=identification,
        return_date=on,
        check_version=check_version,
    )


def _claim_header(claim: Claim323, identification: str, on: date, check_version: str | None) -> ClaimAnswerHeader:
    """A claim answer is a message of its own: from municipality to provider, with an identity of its own (IV087)."""
    header = claim.header
    return ClaimAnswerHeader(
        code=message_code(claim.standard, ANSWERED_BY[claim.number]),
        sender=header.receiver,
        receiver=header.sender,
        message_id=MessageIdentification(identification=identification, dated=on),
        claim_id=header.message_id,
        check_version=check_version,
        claim_schema_versions=header.schema_versions,
        return_codes=(NO_REMARK,),
    )


def _claim_answer(message: Claim323, header: ClaimAnswerHeader, codes: Codes) -> ClaimAnswer325:
    if own := codes.get(id(message.header)):
        return ClaimAnswer325(standard=message.standard, header=msgspec.structs.replace(header, return_codes=own))
    claim = message.claim
    clients: tuple[ClaimClient, ...] = ()
    if of_claim := codes.get(id(claim)):
        awarded, found = 0, of_claim
    elif codes:
        clients = tuple(_rejected(claim, codes))
        lost = sum(line.submitted.signed for client in clients for line in client.deliveries)
        awarded, found = claim.submitted_total.signed - lost, (NO_REMARK,)
    else:
        awarded, found = claim.submitted_total.signed, (AWARDED,)
    body = ClaimAnswer(
        claim_number=claim.claim_number,
        submitted_total=claim.submitted_total,
        awarded_total=Total(total_cents=abs(awarded), debit_credit="D" if awarded >= 0 else "C"),
        clients=clients,
        return_codes=found,
    )
    return ClaimAnswer325(standard=message.standard, header=header, claim_answer=body)


def _rejected(claim: Claim, codes: Codes) -> Iterator[ClaimClient]:
    """Yield the clients about whom something is not awarded, with those lines only (TR342, OP304)."""
    for client in claim.clients:
        of_client = codes.get(id(client))
        judged = ((line, (NOT_JUDGED,) if of_client else codes.get(id(line))) for line in client.deliveries)
        lines = tuple(msgspec.structs.replace(line, return_codes=found) for line, found in judged if found)
        if lines:
            yield msgspec.structs.replace(client, deliveries=lines, return_codes=of_client or (NO_REMARK,))
