"""Messages of one resident at one provider, and what the rules say of them: the words in which the rules are tested.

A test says what happens in order, each in one line, and reads what was refused. What a test does not say is as below:
Wmo guidance (02, code 02A15) of 3 hours a week for 2026, allocated on 15 December 2025.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from itertools import count
from typing import Any

from noaber.messages import Number, message_code
from noaber.messages.model import (
    AllocatedProduct,
    Allocation301,
    AllocationClient,
    Amount,
    Answer319,
    ChangeClient,
    ChangeRequest,
    ChangeRequest317,
    Claim,
    Claim323,
    ClaimClient,
    ClaimReference,
    ClosedPeriod,
    Delivery,
    Extent,
    Header,
    Message,
    MessageIdentification,
    NewProduct,
    Product,
    ProductToChange,
    Referrer,
    Request315,
    RequestClient,
    RequestDecision,
    RequestedProduct,
    Start305,
    StartClient,
    StartedProduct,
    Stop307,
    StopClient,
    StoppedProduct,
    Total,
)
from noaber.messages.person import Address, BirthDate, Contact, FullName, House, ShortName, Surname
from noaber.messages.rules import Book, Effect, check_against
from noaber.messages.weeks import month_of

CLIENT, OTHER_CLIENT, NOBODY = "999900006", "999900018", "999900007"
TOWN, PROVIDER, OTHER_PROVIDER = "0164", "01023456", "01099999"
GUIDANCE, HOUSEHOLD_HELP, DAY_CARE = ("02", "02A15"), ("01", "01A01"), ("07", "07A01")
HOURS_A_WEEK, MINUTES_A_WEEK, IN_TOTAL = ("04", "2"), ("01", "2"), ("04", "6")
HOME = Address(house=House(house_number=12), postcode="8990AB")
_numbers = count(1)


def day(text: str) -> date:
    """Return a day written as 2026-03-01."""
    return date.fromisoformat(text)


def maybe(text: str | None) -> date | None:
    """Return a day, or None where there is none."""
    return day(text) if text else None


def product(of: tuple[str, str | None] | None) -> Product | None:
    """Return a product of a category and, where there is one, a code."""
    return Product(category=of[0], product_code=of[1]) if of else None


def extent(volume: int | None, per: tuple[str, str]) -> Extent | None:
    """Return a volume in a unit and frequency."""
    return Extent(volume=volume, unit=per[0], frequency=per[1]) if volume is not None else None


def header(number: Number, on: str, *, by: str, to: str, named: str = "") -> Header:
    """Return a header; a message has a name of its own unless it is `named`."""
    name = MessageIdentification(identification=named or f"B{next(_numbers)}", dated=day(on))
    return Header(code=message_code("iwmo", number), sender=by, receiver=to, message_id=name)


def allocated(
    number: int = 1001,
    *,
    of: tuple[str, str | None] | None = GUIDANCE,
    first: str = "2026-01-01",
    last: str | None = "2026-12-31",
    volume: int | None = 3,
    per: tuple[str, str] = HOURS_A_WEEK,
    budget: int | None = None,
    on: str = "2025-12-15",
    at: time = time(9),
    reason: str | None = None,
    answers: str | None = None,
) -> AllocatedProduct:
    """Return a line of a 301."""
    return AllocatedProduct(
        line=7,
        allocation_number=number,
        provider_reference=answers,
        product=product(of),
        allocation_date=day(on),
        allocation_time=at,
        valid_from=day(first),
        end=maybe(last),
        change_reason=reason,
        extent=extent(volume, per),
        budget_cents=budget,
    )


def allocation(
    *lines: AllocatedProduct, on: str = "2025-12-15", client: str = CLIENT, to: str = PROVIDER, named: str = ""
) -> Allocation301:
    """Return a 301."""
    name = FullName(birth_name=Surname(surname="Voorbeeld"), name_use="1")
    about = AllocationClient(
        citizen_number=client,
        birth_date=BirthDate(day=date(1948, 5, 6)),
        sex="2",
        name=name,
        contacts=(Contact(kind="01", address=HOME),),
        allocated=lines or (allocated(),),
    )
    return Allocation301(standard="iwmo", header=header("301", on, by=TOWN, to=to, named=named), client=about)


def start(
    begin: str = "2026-01-05",
    number: int | None = 1001,
    *,
    status: str = "1",
    of: tuple[str, str | None] | None = None,
    on: str = "2026-01-06",
    client: str = CLIENT,
    by: str = PROVIDER,
) -> Start305:
    """Return a 305 of one line."""
    line = StartedProduct(line=7, allocation_number=number, product=product(of), begin=day(begin), status=status)
    about = StartClient(
        citizen_number=client,
        birth_date=BirthDate(day=date(1948, 5, 6)),
        sex="2",
        name=ShortName(birth_name=Surname(surname="Voorbeeld")),
        started=(line,),
    )
    return Start305(standard="iwmo", header=header("305", on, by=by, to=TOWN), client=about)


def stop(
    end: str = "2026-06-30",
    begin: str = "2026-01-05",
    number: int | None = 1001,
    *,
    reason: str = "19",
    status: str = "1",
    on: str = "",
    client: str = CLIENT,
    by: str = PROVIDER,
) -> Stop307:
    """Return a 307 of one line, said on the last day itself unless it says otherwise."""
    line = StoppedProduct(
        line=7, allocation_number=number, begin=day(begin), end_reason=reason, end=day(end), status=status
    )
    about = StopClient(
        citizen_number=client,
        birth_date=BirthDate(day=date(1948, 5, 6)),
        sex="2",
        name=ShortName(birth_name=Surname(surname="Voorbeeld")),
        stopped=(line,),
    )
    return Stop307(standard="iwmo", header=header("307", on or end, by=by, to=TOWN), client=about)


def request(*references: str, on: str = "2025-12-01", client: str = CLIENT, by: str = PROVIDER) -> Request315:
    """Return a 315 with a product for each reference."""
    lines = tuple(
        RequestedProduct(
            line=7,
            provider_reference=reference,
            product=product(GUIDANCE),
            allocation_from=day("2026-01-01"),
            allocation_until=day("2026-12-31"),
            extent=extent(3, HOURS_A_WEEK),
            referrer=Referrer(type="02"),
        )
        for reference in references
    )
    about = RequestClient(
        citizen_number=client,
        birth_date=BirthDate(day=date(1948, 5, 6)),
        sex="2",
        name=ShortName(birth_name=Surname(surname="Voorbeeld")),
        requested=lines,
    )
    return Request315(standard="iwmo", header=header("315", on, by=by, to=TOWN), client=about)


def change(
    reference: str, number: int = 1001, *, new: bool = False, client: str = CLIENT, by: str = PROVIDER
) -> ChangeRequest317:
    """Return a 317 that asks for four hours in an allocation, and perhaps for day care beside it."""
    beside = NewProduct(line=9, product=product(DAY_CARE), wanted_from=day("2026-04-01"))
    asked = ChangeRequest(
        provider_reference=reference,
        request_reason="1",
        to_change=(
            ProductToChange(
                line=7,
                allocation_number=number,
                wanted_from=day("2026-04-01"),
                end=day("2026-12-31"),
                extent=extent(4, HOURS_A_WEEK),
            ),
        ),
        new=(beside,) if new else (),
    )
    about = ChangeClient(citizen_number=client, request=asked)
    return ChangeRequest317(standard="iwmo", header=header("317", "2026-03-01", by=by, to=TOWN), client=about)


def answer(reference: str, what: str = "1", *, on: str = "2025-12-08") -> Answer319:
    """Return a 319: 1 rejects, 2 takes under inquiry."""
    decision = RequestDecision(line=7, provider_reference=reference, request_answer=what)
    return Answer319(standard="iwmo", header=header("319", on, by=TOWN, to=PROVIDER), answer=decision)


def line(
    first: str = "2026-01-01",
    last: str = "",
    *,
    number: int = 1001,
    volume: int = 12,
    unit: str = "04",
    tariff: int | None = 6000,
    cents: int | None = None,
    of: tuple[str, str] = GUIDANCE,
    reference: str = "",
    takes_back: str | None = None,
) -> Delivery:
    """Return a line of a 323 for a month (up to its end unless it says otherwise); `takes_back` makes it a credit."""
    begin = day(first)
    return Delivery(
        line=7,
        reference=ClaimReference(reference_number=reference or f"P{next(_numbers)}", previous_reference=takes_back),
        allocation_number=number,
        product_category=of[0],
        claimed_code=of[1],
        product_period=ClosedPeriod(begin=begin, end=maybe(last) or month_of(begin)[1]),
        delivered_volume=volume,
        unit=unit,
        tariff_cents=tariff,
        submitted=Amount(
            cents=volume * (tariff or 1) if cents is None else cents, debit_credit="C" if takes_back else "D"
        ),
    )


def claim(
    *lines: Delivery,
    month: str = "2026-01-01",
    on: str = "",
    client: str = CLIENT,
    by: str = PROVIDER,
    number: str = "",
    total: int | None = None,
    until: str = "",
) -> Claim323:
    """Return a 323 over a month, said when it is over; the total is that of its lines unless it says otherwise."""
    first, last = month_of(day(month))
    said = on or date.fromordinal(last.toordinal() + 8).isoformat()
    cents = sum(item.submitted.signed for item in lines) if total is None else total
    body = Claim(
        line=3,
        claim_number=number or f"D{next(_numbers)}",
        claim_period=ClosedPeriod(begin=day(month), end=maybe(until) or last),
        claim_dated=day(said),
        submitted_total=Total(total_cents=abs(cents), debit_credit="D" if cents >= 0 else "C"),
        clients=(ClaimClient(citizen_number=client, deliveries=lines),),
    )
    assert first.day == 1
    return Claim323(standard="iwmo", header=header("323", said, by=by, to=TOWN), claim=body)


def verdicts(*said: Message, standard: str = "iwmo") -> Iterator[tuple[Effect | None, tuple[str, ...]]]:
    """Yield for each line, in the order of processing, what befell it and by which rules."""
    book = Book()
    for message in said:
        here: Any = message
        if standard != "iwmo":
            here = type(message)(
                **{name: getattr(message, name) for name in message.__struct_fields__} | {"standard": standard}
            )
        for verdict in check_against(here, book, municipality=TOWN):
            if verdict.refusal is not None:
                yield verdict.refusal.effect, (verdict.refusal.rule,)
            else:
                yield None, tuple(remark.rule for remark in verdict.remarks)


def refused(*said: Message, standard: str = "iwmo") -> list[str]:
    """Return the rules by which lines are refused, in the order of processing."""
    return [rule for effect, rules in verdicts(*said, standard=standard) if effect is not None for rule in rules]


def remarked(*said: Message) -> list[str]:
    """Return the rules that are remarked of lines that are kept; fails when a line is refused."""
    found = list(verdicts(*said))
    assert all(effect is None for effect, _ in found), found
    return [rule for _, rules in found for rule in rules]
