"""What the store holds that a delivery of messages is judged against, entered in a book.

Only what the delivery speaks of is looked up: a town's claims of ten years run into millions, those that a month of
messages meets into thousands. Totals are added up by Polars, the rest is entered line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import polars as pl

from noaber.messages.model import Claim323, ClaimAnswer325, Delivery, Extent, Message, Product
from noaber.messages.rules import Allocated, Asked, Book, Claimed, Line
from noaber.messages.rules.book import Use
from noaber.messages.rules.requests import REJECTED
from noaber.messages.rules.starts_and_stops import WITHDRAWN
from noaber.records import DELIVERED

from .message_rows import ACCEPTED, replies

Frames = Mapping[str, pl.DataFrame]

_ALLOCATED: Final = (
    "allocation_number",
    "person",
    "provider",
    "category",
    "product",
    "allocated_at",
    "valid_from",
    "valid_until",
    "change_reason",
    "volume",
    "unit",
    "frequency",
    "budget_cents",
)
_CLAIMED: Final = (
    "provider",
    "reference",
    "allocation_number",
    "person",
    "period_from",
    "period_until",
    "category",
    "product",
    "volume",
    "unit",
    "amount_cents",
)
NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "allocation": ("law", *_ALLOCATED, "district", "reference", "known_on", "line"),
    "start": ("law", "allocation_number", "began_on", "status", "sequence", "known_on"),
    "stop": ("law", "allocation_number", "began_on", "ended_on", "end_reason", "status", "sequence", "known_on"),
    "claim": ("law", *_CLAIMED, "claim_number", "previous_reference"),
    "request": ("law", "provider", "reference", "person"),
    "answer": ("law", "provider", "reference", "answer"),
    "reply": ("law", "provider", "subject", "message", "return_code"),
}
"""The tables that a message is judged against, and of each the columns that rules ask for."""
_IN_UNITS: Final = pl.col("volume").fill_null(0) * pl.when(pl.col("unit") == "04").then(60).otherwise(1)
_SIGN: Final = pl.when(pl.col("amount_cents") < 0).then(-1).otherwise(1)


@dataclass(slots=True)
class Asking:
    """What the messages of one law in a delivery speak of: the names by which standing rows are looked up."""

    persons: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    """References of claim lines, own and previous."""
    periods: set[tuple[str, date]] = field(default_factory=set)
    claim_numbers: set[str] = field(default_factory=set)
    requests: set[str] = field(default_factory=set)
    """References of requests and of what answers them."""

    def hear(self, message: Message, lines: Iterable[Line], persons: Mapping[str, str]) -> None:
        """Note what a message speaks of."""
        if isinstance(message, Claim323):
            self.claim_numbers.add(message.claim.claim_number)
        if isinstance(message, ClaimAnswer325):
            self.references |= {str(row["subject"]) for row in replies(message) if row["subject"] is not None}
        for line in lines:
            element: Any = line.element
            if isinstance(element, Delivery):
                self._hear_claim(element)
                continue
            if line.citizen_number is not None:
                self.persons.add(persons[line.citizen_number])
            number = getattr(element, "allocation_number", None)
            if number is not None:
                self.numbers.add(str(number))
            whole = getattr(line.client, "request", element)
            reference = getattr(whole, "provider_reference", None)
            if reference is not None:
                self.requests.add(reference)

    def _hear_claim(self, line: Delivery) -> None:
        number = str(line.allocation_number)
        self.numbers.add(number)
        self.references.add(line.reference.reference_number)
        if line.reference.previous_reference is not None:
            self.references.add(line.reference.previous_reference)
        self.periods.add((number, line.product_period.begin))


def book_of(known: Frames, law: str, asking: Asking) -> tuple[Book, dict[str, str | None]]:
    """Return the book of what stands under `law` as far as `asking` goes, and the district of each allocation."""
    mine = {
        name: _standing(known, name).filter(pl.col("law") == law, wanted).select(NEEDED[name]).collect()
        for name, wanted in _wanted(asking).items()
    }
    book = Book()
    _enter_allocations(book, mine["allocation"])
    _enter_support(book, mine["start"], mine["stop"])
    _enter_claims(book, mine["claim"], mine["reply"], asking)
    _enter_requests(book, mine["request"], mine["answer"], mine["allocation"])
    return book, dict(mine["allocation"].sort("known_on", "line").select("allocation_number", "district").iter_rows())


def _standing(known: Frames, name: str) -> pl.LazyFrame:
    frame = known.get(name)
    return (DELIVERED[name].empty() if frame is None else frame).lazy()


def _wanted(asking: Asking) -> dict[str, pl.Expr]:
    """Return per table which rows the delivery speaks of; answers are few, and all of them may matter.

    What a credit takes back, and who took it back before, is under the allocation number that both must name.
    """
    number = _among("allocation_number", asking.numbers)
    person = _among("person", asking.persons)
    return {
        "allocation": number | person,
        "start": number,
        "stop": number,
        "claim": number | _among("reference", asking.references) | _among("claim_number", asking.claim_numbers),
        "request": _among("reference", asking.requests) | person,
        "answer": pl.lit(True),
        "reply": (pl.col("message") == "325") & ~pl.col("return_code").is_in(ACCEPTED),
    }


def _among(column: str, wanted: set[str]) -> pl.Expr:
    return pl.col(column).is_in(pl.Series(sorted(wanted), dtype=pl.String).implode())


def _enter_allocations(book: Book, allocations: pl.DataFrame) -> None:
    """Enter the latest version of each allocation; many share a product and an extent."""
    products: dict[tuple[str, str | None], Product] = {}
    extents: dict[tuple[int, str, str], Extent] = {}
    latest = allocations.sort("allocated_at", "known_on", "line").unique("allocation_number", keep="last")
    for row in latest.select(_ALLOCATED).iter_rows():
        number, person, provider, category, code, at, first, last, reason, volume, unit, frequency, cents = row
        product = extent = None
        if category is not None:
            product = products.setdefault((category, code), Product(category=category, product_code=code))
        if frequency is not None:
            extent = extents.setdefault(
                (volume, unit, frequency), Extent(volume=volume, unit=unit, frequency=frequency)
            )
        book.enter_allocation(
            Allocated(
                number=number,
                person=person,
                provider=provider,
                product=product,
                at=at,
                valid_from=first,
                valid_until=last,
                change_reason=reason,
                extent=extent,
                budget_cents=cents,
            )
        )


def _enter_support(book: Book, starts: pl.DataFrame, stops: pl.DataFrame) -> None:
    """Enter starts and stops in the order in which they became known; on one day and place, a start comes first."""
    order = ("known_on", "sequence", "stops")
    moved = pl.concat(
        [
            starts.with_columns(pl.lit(0).alias("stops"), ended_on=pl.lit(None, pl.Date), end_reason=pl.lit("")),
            stops.with_columns(pl.lit(1).alias("stops")),
        ],
        how="diagonal",
    )
    columns = ("allocation_number", "began_on", "ended_on", "end_reason", "status", "stops")
    for number, began, ended, reason, status, is_stop in moved.sort(order).select(columns).iter_rows():
        withdrawn = status == WITHDRAWN
        if is_stop and withdrawn:
            book.withdraw_stop(number, began)
        elif is_stop:
            book.enter_stop(number, began, ended, reason)
        elif withdrawn:
            book.withdraw_start(number, began)
        else:
            book.enter_start(number, began)


def _enter_claims(book: Book, said: pl.DataFrame, rejected: pl.DataFrame, asking: Asking) -> None:
    """Enter totals per allocation, the lines that are named, and the services that are claimed again.

    Of a line that the municipality rejected only the reference remains: it may be claimed again under another.
    """
    book.claim_numbers |= set(said.select("provider", "claim_number").unique().iter_rows())
    named = said.filter(_among("reference", asking.references))
    book.references |= set(named.select("provider", "reference").iter_rows())
    claims = said.join(rejected, left_on=["provider", "reference"], right_on=["provider", "subject"], how="anti")
    used = claims.group_by("allocation_number").agg(
        (_IN_UNITS * _SIGN).sum(), pl.col("amount_cents").sum(), _SIGN.sum().alias("debits")
    )
    for number, units, cents, debits in used.iter_rows():
        book.used[number] = Use(units, cents, debits)
    debit = claims.filter(pl.col("amount_cents") >= 0)
    credit = claims.filter(pl.col("amount_cents") < 0).select("provider", "previous_reference")
    book.credited |= set(credit.iter_rows())
    book.claims |= {
        (provider, reference): line
        for provider, reference, line in _claimed(debit.filter(_among("reference", asking.references)))
    }
    again = pl.DataFrame(
        sorted(asking.periods), schema={"allocation_number": pl.String, "period_from": pl.Date}, orient="row"
    )
    standing = debit.join(again, on=["allocation_number", "period_from"], how="semi").join(
        credit, left_on=["provider", "reference"], right_on=["provider", "previous_reference"], how="anti"
    )
    book.services |= {line.service for _, _, line in _claimed(standing)}


def _claimed(lines: pl.DataFrame) -> Iterable[tuple[str, str, Claimed]]:
    """Return provider, reference and content of each claim line."""
    for row in lines.select(_CLAIMED).iter_rows():
        provider, reference, number, person, first, last, category, product, volume, unit, cents = row
        line = Claimed(
            allocation_number=number,
            person=person,
            period=(first, last),
            product=(category, product),
            volume=volume,
            unit=unit,
            cents=cents,
        )
        yield provider, reference, line


def _enter_requests(book: Book, requests: pl.DataFrame, answers: pl.DataFrame, allocations: pl.DataFrame) -> None:
    """Enter requests and what answered them: a rejection, or an allocation."""
    for provider, reference, person in requests.select("provider", "reference", "person").iter_rows():
        book.enter_request(provider, reference, Asked(person, ""))
    book.answers |= set(answers.select("provider", "reference", "answer").iter_rows())
    settled = answers.filter(pl.col("answer") == REJECTED).select("provider", "reference")
    given = allocations.select("provider", "reference").drop_nulls()
    for provider, reference in (*settled.iter_rows(), *given.iter_rows()):
        book.answer(provider, reference)
