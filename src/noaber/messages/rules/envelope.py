"""Rules about a message as a whole: for whom it is, what it is called, and what a claim says of all its lines."""

from __future__ import annotations

from typing import Final

from ..model import Claim323
from ..weeks import month_of
from .rule import At, Rule, refuses, refuses_message, remarks


def _elsewhere(_: object, at: At) -> bool:
    return bool(at.municipality) and at.municipality not in (at.header.sender, at.header.receiver)


def _said_before(_: object, at: At) -> bool:
    header = at.header
    return (at.message.number, header.sender, header.identification) in at.book.identifications


ANY: Final[tuple[Rule, ...]] = (refuses_message("IV046", "Dit bericht is niet van of aan deze gemeente.", _elsewhere),)
"""Every message, return messages too."""

OWN: Final[tuple[Rule, ...]] = (
    refuses_message(
        "TR056", "Deze Identificatie is al gebruikt voor een bericht van deze soort.", _said_before, "9056"
    ),
)
"""Every message that is no return message: a return message repeats the identification of what it answers."""

CLIENT: Final[tuple[Rule, ...]] = (
    refuses("CS002", "Het Bsn voldoet niet aan de elfproef.", lambda _, at: not at.person),
)
"""Every line about a client."""


def _no_month(message: Claim323, _: At) -> bool:
    period = message.claim.claim_period
    return (period.begin, period.end) != month_of(period.begin)


def _wrong_total(message: Claim323, _: At) -> bool:
    lines = (line for client in message.claim.clients for line in client.deliveries)
    return message.claim.submitted_total.signed != sum(line.submitted.signed for line in lines)


def _number_used(message: Claim323, at: At) -> bool:
    return (at.provider, message.claim.claim_number) in at.book.claim_numbers


def _credited_here(message: Claim323) -> list[str]:
    """Return the references that the credits of a claim name."""
    lines = (line for client in message.claim.clients for line in client.deliveries)
    return [line.reference.previous_reference or "" for line in lines if line.submitted.debit_credit == "C"]


def _credits_twice(message: Claim323, _: At) -> bool:
    credited = _credited_here(message)
    return len(credited) != len(set(credited))


def _credits_itself(message: Claim323, _: At) -> bool:
    own = {line.reference.reference_number for client in message.claim.clients for line in client.deliveries}
    return not own.isdisjoint(_credited_here(message))


CLAIM: Final[tuple[Rule, ...]] = (
    refuses_message("CS340", "De DeclaratiePeriode is niet precies een kalendermaand.", _no_month),
    refuses_message(
        "TR358", "TotaalIngediendBedrag is niet de som van de prestaties (debet min credit).", _wrong_total
    ),
    refuses_message("TR315", "Een VorigReferentieNummer komt vaker voor in het bericht.", _credits_twice),
    refuses_message("TR316", "Een prestatie wordt in hetzelfde bericht gecrediteerd.", _credits_itself),
    refuses_message("TR333", "Dit DeclaratieNummer is al gebruikt door deze aanbieder.", _number_used, "9333"),
    remarks(
        "TR137",
        "De DeclaratiePeriode eindigt na de dagtekening van het bericht.",
        lambda message, at: message.claim.claim_period.end > at.header.date,
    ),
)
"""Claims (323)."""
