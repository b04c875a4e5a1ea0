"""Judging a message: which rules go with which lines, in which order, and what a broken one means."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from noaber.records import is_citizen_number

from ..model import (
    AllocatedProduct,
    Allocation301,
    Answer319,
    ChangeRequest317,
    Claim323,
    Delivery,
    Message,
    NewProduct,
    ProductToChange,
    Request315,
    RequestDecision,
    RequestedProduct,
    Start305,
    StartedProduct,
    Stop307,
    StoppedProduct,
)
from . import allocations, claims, envelope, requests, starts_and_stops
from .book import Asked, Book
from .rule import At, Effect, Rule, Violation


@dataclass(frozen=True, slots=True)
class Family:
    """The rules of one kind of line: of its message, of the line by itself, and against what stands."""

    title: str
    message: tuple[Rule, ...] = ()
    alone: tuple[Rule, ...] = ()
    against: tuple[Rule, ...] = ()


FAMILIES: Final[dict[str, Family]] = {
    "301": Family(
        "Toewijzing (301)",
        (*envelope.ANY, *envelope.OWN),
        (*envelope.CLIENT, *allocations.MESSAGE),
        allocations.AGAINST,
    ),
    "305": Family(
        "Start (305)",
        (*envelope.ANY, *envelope.OWN),
        (*envelope.CLIENT, *starts_and_stops.START_MESSAGE),
        starts_and_stops.START,
    ),
    "307": Family(
        "Stop (307)",
        (*envelope.ANY, *envelope.OWN),
        (*envelope.CLIENT, *starts_and_stops.STOP_MESSAGE),
        starts_and_stops.STOP,
    ),
    "315": Family("Verzoek om toewijzing (315)", (*envelope.ANY, *envelope.OWN), envelope.CLIENT, requests.REQUEST),
    "317": Family(
        "Verzoek om wijziging (317)",
        (*envelope.ANY, *envelope.OWN, *requests.CHANGE_REQUEST),
        envelope.CLIENT,
        requests.CHANGE,
    ),
    "319": Family("Antwoord (319)", (*envelope.ANY, *envelope.OWN), (), requests.ANSWER),
    "323": Family(
        "Declaratie (323), debetregel",
        (*envelope.ANY, *envelope.OWN, *envelope.CLAIM),
        (*envelope.CLIENT, *claims.MESSAGE),
        claims.DEBIT,
    ),
    "323 credit": Family(
        "Declaratie (323), creditregel",
        (*envelope.ANY, *envelope.OWN, *envelope.CLAIM),
        (*envelope.CLIENT, *claims.MESSAGE),
        claims.CREDIT,
    ),
}
"""The rules, per kind of line, in the order in which they are asked. A return message only has to be for us."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a message: its family, its place among the lines, and whose it is."""

    family: str
    place: int
    element: Any
    citizen_number: str | None
    client: Any = None

    @property
    def subject(self) -> str:
        """The class and place, such as 'Prestatie 14'."""
        return f"{self.element.element or type(self.element).__name__} {self.place}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of one line: refused by a rule, or kept with remarks."""

    line: Line
    at: At
    refusal: Violation | None
    remarks: tuple[Violation, ...]


def lines(message: Message) -> list[Line]:
    """Return the lines of a message in the order of processing: what takes back comes before what is said anew.

    IV008 asks this of withdrawn starts and stops, OP366 of credits. A return message has no lines of its own.
    """
    match message:
        case Allocation301():
            return _of_client("301", message.client, message.client.allocated)
        case Start305():
            return _withdrawn_first(_of_client("305", message.client, message.client.started))
        case Stop307():
            return _withdrawn_first(_of_client("307", message.client, message.client.stopped))
        case Request315():
            return _of_client("315", message.client, message.client.requested)
        case ChangeRequest317():
            request = message.client.request
            return _of_client("317", message.client, (*request.to_change, *request.new))
        case Answer319():
            return [Line("319", 1, message.answer, None)]
        case Claim323():
            return _claim_lines(message)
        case _:
            return []


def _of_client(family: str, client: Any, elements: tuple[Any, ...]) -> list[Line]:
    number = client.citizen_number
    return [Line(family, place, element, number, client) for place, element in enumerate(elements, start=1)]


def _withdrawn_first(found: list[Line]) -> list[Line]:
    return sorted(found, key=lambda line: line.element.status != starts_and_stops.WITHDRAWN)


def _claim_lines(message: Claim323) -> list[Line]:
    taken_back, claimed, place = [], [], 0
    for client in message.claim.clients:
        for element in client.deliveries:
            place += 1
            if claims.is_credit(element):
                taken_back.append(Line("323 credit", place, element, client.citizen_number, client))
            else:
                claimed.append(Line("323", place, element, client.citizen_number, client))
    return taken_back + claimed


def identify(citizen_number: str) -> str:
    """Return a citizen number as the name of a person, empty when it fails the eleven-test."""
    return citizen_number if is_citizen_number(citizen_number) else ""


def check(message: Message, *, municipality: str = "") -> list[Violation]:
    """Return what a message violates by itself, remarks included."""
    found: list[Violation] = []
    at = At(message, Book(), municipality)
    for line in lines(message):
        family = FAMILIES[line.family]
        at.person = identify(line.citizen_number) if line.citizen_number is not None else ""
        broken = [rule for rule in family.message if rule.broken(message, at)]
        broken += [rule for rule in family.alone if rule.broken(line.element, at)]
        found += [_violation(rule, line) for rule in broken]
    return found


def check_against(
    message: Message,
    book: Book,
    *,
    municipality: str = "",
    person: Callable[[str], str] = identify,
    more: tuple[Rule, ...] = (),
) -> Iterator[Verdict]:
    """Judge each line against the `book`, and enter those that are kept so that later lines meet them.

    `municipality` is the code of the receiver (empty: any); `person` turns a citizen number into the name that the
    book knows, empty when it fails the eleven-test; `more` are rules of the caller, asked before those of the book.
    """
    at = At(message, book, municipality)
    found = lines(message)
    if not found:
        return
    if found[0].citizen_number is not None:
        at.person = person(found[0].citizen_number)
    broken = [rule for rule in FAMILIES[found[0].family].message if rule.broken(message, at)]
    whole = next((rule for rule in broken if rule.effect is Effect.ALL_REFUSED), None)
    said = tuple(_violation(rule, found[0]) for rule in broken if rule is not whole)
    asked = {name: (*FAMILIES[name].alone, *more, *FAMILIES[name].against) for name in {line.family for line in found}}
    for line in found:
        if whole is not None:
            yield Verdict(line, at, _violation(whole, line), ())
            continue
        if line.citizen_number is not None:
            at.person = person(line.citizen_number)
        at.allocation = book.allocations.get(str(getattr(line.element, "allocation_number", None)))
        verdict = _judge(line, at, asked[line.family], said)
        if verdict.refusal is None:
            _ENTER[line.family](line.element, at)
        said = ()
        yield verdict
    if whole is None:
        _close(message, at)


def for_us(message: Message, municipality: str) -> bool:
    """Return whether a message, of whatever kind, is to or from this municipality (IV046)."""
    at = At(message, Book(), municipality)
    return not any(rule.broken(message, at) for rule in envelope.ANY)


def _judge(line: Line, at: At, rules: tuple[Rule, ...], said: tuple[Violation, ...]) -> Verdict:
    noted = list(said)
    for rule in rules:
        if rule.broken(line.element, at):
            if rule.effect is not Effect.REMARKED:
                return Verdict(line, at, _violation(rule, line), ())
            noted.append(_violation(rule, line))
    return Verdict(line, at, None, tuple(noted))


def _violation(rule: Rule, line: Line) -> Violation:
    return Violation(rule.code, line.element.line, line.subject, rule.reason, rule.return_code, rule.effect)


# What is kept goes into the book.


def _enter_allocation(line: AllocatedProduct, at: At) -> None:
    at.book.enter_allocation(allocations.said(line, at))
    if line.provider_reference is not None:
        at.book.answer(at.provider, line.provider_reference)


def _enter_start(line: StartedProduct, at: At) -> None:
    enter = at.book.withdraw_start if line.status == starts_and_stops.WITHDRAWN else at.book.enter_start
    enter(str(line.allocation_number), line.begin)


def _enter_stop(line: StoppedProduct, at: At) -> None:
    if line.status == starts_and_stops.WITHDRAWN:
        at.book.withdraw_stop(str(line.allocation_number), line.begin)
    else:
        at.book.enter_stop(str(line.allocation_number), line.begin, line.end, line.end_reason)


def _enter_request(line: RequestedProduct, at: At) -> None:
    at.book.enter_request(at.provider, line.provider_reference, Asked(at.person, at.header.identification))


def _enter_change(line: ProductToChange | NewProduct, at: At) -> None:
    """The reference of a 317 is that of the whole request, entered when the message closes."""


def _enter_answer(line: RequestDecision, at: At) -> None:
    at.book.answers.add((at.provider, line.provider_reference, line.request_answer))
    if line.request_answer == requests.REJECTED:
        at.book.answer(at.provider, line.provider_reference)


def _enter_debit(line: Delivery, at: At) -> None:
    at.book.enter_claim(at.provider, line.reference.reference_number, claims.claimed(line, at.person))


def _enter_credit(line: Delivery, at: At) -> None:
    previous = line.reference.previous_reference or ""
    at.book.enter_credit(at.provider, line.reference.reference_number, previous)


_ENTER: Final[dict[str, Callable[[Any, At], None]]] = {
    "301": _enter_allocation,
    "305": _enter_start,
    "307": _enter_stop,
    "315": _enter_request,
    "317": _enter_change,
    "319": _enter_answer,
    "323": _enter_debit,
    "323 credit": _enter_credit,
}


def _close(message: Message, at: At) -> None:
    book, own = at.book, at.header.identification
    book.identifications.add((message.number, at.header.sender, own))
    if isinstance(message, Claim323):
        book.claim_numbers.add((at.provider, message.claim.claim_number))
    if isinstance(message, ChangeRequest317):
        book.enter_request(at.provider, message.client.request.provider_reference, Asked(at.person, own))
