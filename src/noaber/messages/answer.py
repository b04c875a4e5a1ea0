"""The return message to a message, as the standard builds it from what was found (IV028, IV032, IV087, IV088).

A message without findings gets a bare header back, a claim the code 8001. A fault within the message (0001) or in its
header gets the header with the code. Other faults send the classes back unchanged, each with its codes, or 0200 where
nothing was found; a claim answer repeats only what is not awarded. iWmo publishes no schemas for its return messages:
ours follow the pattern that iJw publishes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final, NamedTuple, Protocol

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
from .parts import Class, Part
from .shape import Shape, message_shape
from .standard import ANSWERED_BY

TECHNICAL, NO_REMARK, NOT_JUDGED, AWARDED = "0001", "0200", "0233", "8001"
HEADER: Final = "Header"
_CLAIM: Final = "Declaratie"


class Finding(Protocol):
    """A rule that a class of the message breaks: `subject` is the name of its place, such as "StartProduct 2"."""

    @property
    def subject(self) -> str:
        """Name of the place, as `places` gives it."""

    @property
    def return_code(self) -> str:
        """Code of list WJ001 that says what is wrong; empty for what only deserves a remark."""


class Place(NamedTuple):
    """A class of a message and how it is called: its element, numbered through the message if there can be more."""

    name: str
    part: Class


def places(message: Message) -> Iterator[Place]:
    """Yield every class of a message but the header, in the order of the message.

    Items of lists are numbered from 1 through the whole message ("Prestatie 12"); what occurs once is not ("Client");
    what stands inside an item is named after it ("Relatie 1 Contact").
    """
    counts: Counter[str] = Counter()
    yield from _places(message, message_shape(message.setting), "", counts)


def _places(part: Part, shape: Shape, within: str, counts: Counter[str]) -> Iterator[Place]:
    for slot in shape.slots:
        value = getattr(part, slot.field)
        if value is None or slot.shape is None or not issubclass(slot.shape.struct, Class):
            continue
        for item in value if slot.item_tag else (value,):
            if slot.item_tag:
                counts[item.element] += 1
                name = f"{item.element} {counts[item.element]}"
            else:
                name = f"{within} {slot.element}".strip()
            yield Place(name, item)
            yield from _places(item, slot.shape, name if slot.item_tag else within, counts)


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
    codes: dict[str, tuple[str, ...]] = {}
    for finding in findings:
        if finding.return_code and finding.return_code not in codes.get(finding.subject, ()):
            codes[finding.subject] = (*codes.get(finding.subject, ()), finding.return_code)
    if any(TECHNICAL in found for found in codes.values()):
        codes = {HEADER: (TECHNICAL,)}
    number = ANSWERED_BY[message.number]
    if isinstance(message, Claim323):
        claim_header = _claim_header(message, identification, on, check_version)
        return _claim_answer(message, claim_header, codes)
    header = _return_header(message, identification, on, check_version)
    body = next(slot for slot in message_shape(message.setting).slots if slot.field != "header")
    values: dict[str, Any] = {"header": header}
    if HEADER in codes:
        values["header"] = msgspec.structs.replace(header, return_codes=codes[HEADER])
    elif codes:
        values["header"] = msgspec.structs.replace(header, return_codes=(NO_REMARK,))
        assert body.shape is not None
        names = iter([place.name for place in places(message)])
        values[body.field] = _coded(getattr(message, body.field), body.shape, names, codes)
    kind: Any = KINDS[number]
    returned: Message = kind(standard=message.standard, **values)
    return returned


def _coded(part: Class, shape: Shape, names: Iterator[str], codes: dict[str, tuple[str, ...]]) -> Class:
    """Return `part` and all inside it with their codes; `names` are those of `places`, in the same order."""
    changes: dict[str, Any] = {"return_codes": codes.get(next(names), (NO_REMARK,))}
    for slot in shape.slots:
        value, inner = getattr(part, slot.field), slot.shape
        if value is None or inner is None or not issubclass(inner.struct, Class):
            continue
        if slot.item_tag:
            changes[slot.field] = tuple(_coded(item, inner, names, codes) for item in value)
        else:
            changes[slot.field] = _coded(value, inner, names, codes)
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


def _claim_answer(message: Claim323, header: ClaimAnswerHeader, codes: dict[str, tuple[str, ...]]) -> ClaimAnswer325:
    if HEADER in codes:
        header = msgspec.structs.replace(header, return_codes=codes[HEADER])
        return ClaimAnswer325(standard=message.standard, header=header)
    claim = message.claim
    clients: tuple[ClaimClient, ...] = ()
    if _CLAIM in codes:
        awarded, found = 0, codes[_CLAIM]
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


def _rejected(claim: Claim, codes: dict[str, tuple[str, ...]]) -> Iterator[ClaimClient]:
    """Yield the clients about whom something is not awarded, with those lines only (TR342, OP304)."""
    line_number = 0
    for position, client in enumerate(claim.clients, 1):
        of_client = codes.get(f"Client {position}")
        lines = []
        for line in client.deliveries:
            line_number += 1
            of_line = (NOT_JUDGED,) if of_client else codes.get(f"Prestatie {line_number}")
            if of_line:
                lines.append(msgspec.structs.replace(line, return_codes=of_line))
        if lines:
            yield msgspec.structs.replace(client, deliveries=tuple(lines), return_codes=of_client or (NO_REMARK,))
