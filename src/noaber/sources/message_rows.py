"""From message to rows: which fields of a line go into which table, and what stays at the door.

A resident comes in with number, name, address, contacts and remarks, and leaves as a pseudonym, a birth year, a sex,
the pseudonym of an address and a district. Nothing else of them passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from noaber.messages.model import (
    AllocatedProduct,
    AllocationClient,
    ClaimAnswerHeader,
    Delivery,
    Extent,
    Message,
    NewProduct,
    Product,
    ProductToChange,
    RequestDecision,
    RequestedProduct,
    ReturnHeader,
    StartedProduct,
    StoppedProduct,
)
from noaber.messages.parts import Class
from noaber.messages.person import Address, BirthDate
from noaber.messages.rules import At, Line, provider_of
from noaber.messages.rules.allocations import moment
from noaber.municipality import Municipality
from noaber.pseudonym import Pseudonymiser

Row = dict[str, object]

_UNKNOWN_BIRTH_DATE: Final = "3"
_EARLIEST_BIRTH: Final = 1880
ACCEPTED: Final = ("0200", "8001")
"""Return codes that reject nothing."""
_ADDRESSES: Final = ("01", "03", "02")
"""Which address tells where someone lives: that of the population register, of residence, of correspondence."""


@dataclass(slots=True)
class Household:
    """The pseudonym of an address and its district."""

    pseudonym: str | None = None
    district: str | None = None


@dataclass(slots=True)
class Rows:
    """Makes the rows of one delivery under one law; remembers the district of each allocation for its claims."""

    town: Municipality
    pseudonyms: Pseudonymiser
    law: str
    districts: dict[str, str | None] = field(default_factory=dict)
    _care_forms: dict[tuple[str, str, date], str | None] = field(default_factory=dict)

    def care_form(self, category: str | None, product: str | None, on: date) -> str | None:
        """Return the care form of a product on a day, or None when the municipality declares none."""
        key = (category or "", product or "", on)
        if key not in self._care_forms:
            self._care_forms[key] = self.town.care_form(self.law, *key)
        return self._care_forms[key]

    def make(self, line: Line, at: At, sequence: int) -> tuple[str, Row]:
        """Return the table and row of a line that was kept; lineage is added by the door."""
        table, maker = _MAKERS[line.family]
        return table, {"law": self.law, **maker(self, line, at, sequence)}

    def allocation(self, line: Line, at: At, _: int) -> Row:
        """301: one version of an allocation."""
        element: AllocatedProduct = line.element
        client: AllocationClient = line.client
        home = self._home(client)
        number = str(element.allocation_number)
        self.districts[number] = home.district
        product = _product(element.product)
        return {
            "allocation_number": number,
            "person": at.person,
            "household": home.pseudonym,
            "birth_year": _birth_year(client.birth_date),
            "sex": client.sex if client.sex in ("0", "1", "2") else None,
            "district": home.district,
            "provider": at.provider,
            **product,
            "care_form": self.care_form(product["category"], product["product"], element.valid_from),
            "allocated_at": moment(element),
            "valid_from": element.valid_from,
            "valid_until": element.end,
            "change_reason": element.change_reason,
            **_extent(element.extent),
            "budget_cents": element.budget_cents,
            "reference": element.provider_reference,
        }

    def start(self, line: Line, at: At, sequence: int) -> Row:
        """305: a start, or the withdrawal of one."""
        element: StartedProduct = line.element
        return {**_moved(element, at, sequence), "began_on": element.begin}

    def stop(self, line: Line, at: At, sequence: int) -> Row:
        """307: a stop, or the withdrawal of one."""
        element: StoppedProduct = line.element
        return {
            **_moved(element, at, sequence),
            "began_on": element.begin,
            "ended_on": element.end,
            "end_reason": element.end_reason,
        }

    def request(self, line: Line, at: At, _: int) -> Row:
        """315: a product that is asked for, and who referred."""
        element: RequestedProduct = line.element
        return {
            "reference": element.provider_reference,
            "kind": "new",
            "person": at.person,
            "provider": at.provider,
            **_product(element.product),
            "referrer": element.referrer.type,
            "referrer_code": element.referrer.caregiver_code,
            "wanted_from": element.allocation_from,
            "wanted_until": element.allocation_until,
            **_extent(element.extent),
            "budget_cents": element.budget_cents,
        }

    def change(self, line: Line, at: At, _: int) -> Row:
        """317: a product that should change or is new; the reference is that of the whole request."""
        element: ProductToChange | NewProduct = line.element
        standing = at.allocation.product if at.allocation is not None else None
        product = element.product if isinstance(element, NewProduct) else standing
        return {
            "reference": line.client.request.provider_reference,
            "kind": "change",
            "person": at.person,
            "provider": at.provider,
            **_product(product),
            "wanted_from": element.wanted_from,
            "wanted_until": element.end,
            **_extent(element.extent),
            "budget_cents": element.budget_cents,
        }

    def answer(self, line: Line, at: At, _: int) -> Row:
        """319: rejected or under inquiry."""
        element: RequestDecision = line.element
        return {
            "provider": at.provider,
            "reference": element.provider_reference,
            "answer": element.request_answer,
            "reason": element.rejection_reason,
        }

    def claim(self, line: Line, at: At, _: int) -> Row:
        """323: a debit line, or the credit of one (a negative amount)."""
        element: Delivery = line.element
        number = str(element.allocation_number)
        return {
            "provider": at.provider,
            "claim_number": at.message.claim.claim_number,  # type: ignore[attr-defined]  # only a 323 has such lines
            "reference": element.reference.reference_number,
            "previous_reference": element.reference.previous_reference,
            "person": at.person,
            "allocation_number": number,
            "category": element.product_category,
            "product": element.claimed_code,
            "care_form": self.care_form(element.product_category, element.claimed_code, element.product_period.begin),
            "district": self.districts.get(number),
            "period_from": element.product_period.begin,
            "period_until": element.product_period.end,
            "volume": element.delivered_volume,
            "unit": element.unit,
            "amount_cents": element.submitted.signed,
        }

    def _home(self, client: AllocationClient) -> Household:
        """Return where a client lives, from the first address in the order of preference that has a postcode."""
        found = {contact.kind: contact.address for contact in reversed(client.contacts)}
        for kind in _ADDRESSES:
            address = found.get(kind)
            if address is not None and address.postcode is not None and address.house is not None:
                return self._household(address)
        return Household()

    def _household(self, address: Address) -> Household:
        assert address.postcode is not None
        assert address.house is not None
        addition = f"{address.house.house_letter or ''}{address.house.house_suffix or ''}"
        pseudonym = self.pseudonyms.household(address.postcode, str(address.house.house_number), addition)
        return Household(pseudonym, self.town.district(address.postcode))


_MAKERS: Final[dict[str, tuple[str, Callable[[Rows, Line, At, int], Row]]]] = {
    "301": ("allocation", Rows.allocation),
    "305": ("start", Rows.start),
    "307": ("stop", Rows.stop),
    "315": ("request", Rows.request),
    "317": ("request", Rows.change),
    "319": ("answer", Rows.answer),
    "323": ("claim", Rows.claim),
    "323 credit": ("claim", Rows.claim),
}


def _product(product: Product | None) -> dict[str, str | None]:
    if product is None:
        return {"category": None, "product": None}
    return {"category": product.category, "product": product.product_code}


def _extent(extent: Extent | None) -> Row:
    if extent is None:
        return {}
    return {"volume": extent.volume, "unit": extent.unit, "frequency": extent.frequency}


def _moved(element: StartedProduct | StoppedProduct, at: At, sequence: int) -> Row:
    """A start or stop need not repeat the product: then it is that of the allocation."""
    standing = at.allocation.product if at.allocation is not None else None
    return {
        "allocation_number": str(element.allocation_number),
        "person": at.person,
        "provider": at.provider,
        **_product(element.product or standing),
        "status": element.status,
        "sequence": sequence,
    }


def _birth_year(birth: BirthDate) -> int | None:
    unknown = birth.use == _UNKNOWN_BIRTH_DATE or birth.day.year < _EARLIEST_BIRTH
    return None if unknown else birth.day.year


def replies(message: Message) -> list[Row]:
    """Return the return codes of a return message, each once per subject: the whole message, or one of its lines.

    A rejection of a client, or of a part of one, is a rejection of all lines about them.
    """
    header: Any = message.header
    own: list[tuple[str, str | None]] = [(code, None) for code in header.return_codes]
    answered = header.claim_id.identification if isinstance(header, ClaimAnswerHeader) else header.identification
    return [
        {
            "message": message.number,
            "provider": provider_of(header),
            "identification": answered,
            "subject": subject,
            "return_code": code,
        }
        for code, subject in dict.fromkeys(own + _codes(message, []))
    ]


def rejected(row: Row) -> bool:
    """Return whether a row of a return message rejects what it is about."""
    return row["return_code"] not in ACCEPTED


def _codes(part: Any, around: list[str]) -> list[tuple[str, str | None]]:
    """Return (return code, subject) of the classes within a part, from the outside in; `around` are its lines."""
    found: list[tuple[str, str | None]] = []
    for item in _classes(part):
        own = _subject(item)
        lines = [own] if own is not None else _lines(item) or around
        for code in item.return_codes:
            subjects = [own] if code in ACCEPTED or not lines else lines
            found += [(code, subject) for subject in subjects]
        found += _codes(item, lines)
    return found


def _lines(part: Any) -> list[str]:
    """Return the subjects of all lines within a part."""
    found: list[str] = []
    for item in _classes(part):
        own = _subject(item)
        found += [own] if own is not None else _lines(item)
    return found


def _classes(part: Any) -> Iterator[Any]:
    """Yield the message classes right below a part."""
    for name in part.__struct_fields__:
        value = getattr(part, name)
        yield from (item for item in (value if isinstance(value, tuple) else (value,)) if isinstance(item, Class))


def _subject(part: Any) -> str | None:
    if isinstance(part, Delivery):
        return part.reference.reference_number
    number = getattr(part, "allocation_number", None)
    reference: str | None = getattr(part, "provider_reference", None)
    return reference if number is None else str(number)


def day_of(message: Message) -> date:
    """Return the day on which a message was said: of a return message that of the answer, not of the question."""
    header: Any = message.header
    day: date = header.return_date if isinstance(header, ReturnHeader) else header.date
    return day
