"""The fourteen messages of iWmo and iJw 3.2 as frozen structs, complete: every element of the standard has a field.

Field names are ours, element names the standard's (`names.py`); the order of the fields is the order of the schema. A
field without a default is mandatory; a tuple is a list in its wrapper element. `line` is the line of the element in the
XML. `return_codes` stand in return messages only, where the standard repeats a message and adds them to each class.

Dates are `date`, amounts integer cents, codes the strings of the standard (`codes.py` has their meaning). Names and
addresses have a file of their own (`person.py`), for a door keeps none of them.
"""

from __future__ import annotations

import datetime
from typing import Annotated, ClassVar, Final

from noaber.records import Law, Remark

from . import datatypes as t
from .parts import Class, Compound, Only, Part
from .person import BirthDate, Communication, Contact, FullName, Relation, ShortName
from .standard import CODES, LAWS, Number, Setting, Standard


class MessageIdentification(Compound, frozen=True, kw_only=True):
    """What a message is called by its sender, and its date."""

    identification: t.MessageId
    dated: t.DateValue


class SchemaVersions(Compound, frozen=True, kw_only=True):
    """Versions of the schemas that a message was made with."""

    base_schema: t.SchemaVersion = "1.0.0"
    message_schema: t.SchemaVersion = "1.0.0"


class ClosedPeriod(Compound, frozen=True, kw_only=True):
    """From and until, both days included."""

    begin: t.DateValue
    end: t.DateValue


class Product(Compound, frozen=True, kw_only=True):
    """Product category and, unless the allocation is aspecific, product code."""

    category: t.Category
    product_code: t.ProductCodeText | None = None


class Extent(Compound, frozen=True, kw_only=True):
    """How much (*omvang*): volume, unit and frequency."""

    volume: t.VolumeNumber
    unit: t.Unit
    frequency: t.Frequency


class Amount(Compound, frozen=True, kw_only=True):
    """An amount in cents, debit (D) or credit (C)."""

    cents: t.Cents
    debit_credit: t.DebitCredit

    @property
    def signed(self) -> int:
        """Cents, negative when credit."""
        return self.cents if self.debit_credit == "D" else -self.cents


class Total(Compound, frozen=True, kw_only=True):
    """A total in cents, debit (D) or credit (C)."""

    total_cents: t.TotalCents
    debit_credit: t.DebitCredit

    @property
    def signed(self) -> int:
        """Cents, negative when credit."""
        return self.total_cents if self.debit_credit == "D" else -self.total_cents


class ClaimReference(Compound, frozen=True, kw_only=True):
    """The number of a claim line, and of the line that it credits."""

    reference_number: t.ClaimLineNumber
    previous_reference: t.ClaimLineNumber | None = None


class Referrer(Compound, frozen=True, kw_only=True):
    """Who referred the client."""

    type: t.ReferrerType
    name: t.ReferrerNameText | None = None
    caregiver_code: t.AgbText | None = None


# Headers


class Header(Part, frozen=True, kw_only=True):
    """Who says it to whom, under which name and on which day."""

    code: t.MessageCodeText
    version: t.VersionNumber = 3
    subversion: t.SubversionNumber = 2
    sender: t.SenderText
    receiver: t.ReceiverText
    message_id: MessageIdentification
    schema_versions: SchemaVersions = SchemaVersions()

    @property
    def identification(self) -> str:
        """What the message is called by its sender."""
        return self.message_id.identification

    @property
    def date(self) -> datetime.date:
        """The day of the message (*dagtekening*)."""
        return self.message_id.dated


class ReturnHeader(Header, frozen=True, kw_only=True):
    """The header of the message that is answered, and the identity of the answer."""

    return_identification: t.MessageId
    return_date: t.DateValue
    check_version: t.SchemaVersion | None = None
    return_schema_versions: SchemaVersions = SchemaVersions()
    return_codes: tuple[t.ReturnCode, ...] = ()


class ClaimAnswerHeader(Header, frozen=True, kw_only=True):
    """The header of a claim answer, with the identity of the claim."""

    claim_id: MessageIdentification
    check_version: t.SchemaVersion | None = None
    claim_schema_versions: SchemaVersions = SchemaVersions()
    return_codes: tuple[t.ReturnCode, ...]


# Allocation (301)


class AllocatedProduct(Class, frozen=True, kw_only=True):
    """What the municipality orders a provider to deliver (*ToegewezenProduct*)."""

    element = "ToegewezenProduct"
    allocation_number: t.AllocationNumber
    provider_reference: t.ReferenceText | None = None
    product: Product | None = None
    allocation_date: t.DateValue
    allocation_time: t.TimeValue
    valid_from: t.DateValue
    end: t.DateValue | None = None
    change_reason: t.ChangeReason | None = None
    extent: Extent | None = None
    budget_cents: t.Cents | None = None
    comment: t.CommentText | None = None


class AllocationClient(Class, frozen=True, kw_only=True):
    """The client of an allocation, with everything that is allocated at this provider."""

    citizen_number: t.CitizenNumberText
    birth_date: BirthDate
    sex: t.Sex
    name: FullName
    communication: Communication | None = None
    legal_status: t.LegalStatus | None = None
    representation: t.Representation | None = None
    comment: t.CommentText | None = None
    relations: tuple[Relation, ...] = ()
    contacts: tuple[Contact, ...]
    allocated: tuple[AllocatedProduct, ...]


# Start (305) and stop (307)


class StartedProduct(Class, frozen=True, kw_only=True):
    """A product whose delivery began."""

    element = "StartProduct"
    allocation_number: t.AllocationNumber | None = None
    product: Product | None = None
    allocation_from: t.DateValue | None = None
    begin: t.DateValue
    status: t.DeliveryStatus


class StartClient(Class, frozen=True, kw_only=True):
    """The client of a start message."""

    citizen_number: t.CitizenNumberText
    birth_date: BirthDate
    sex: t.Sex
    name: ShortName
    started: tuple[StartedProduct, ...]


class StoppedProduct(Class, frozen=True, kw_only=True):
    """A product whose delivery ended, for good or for a time (reason 20)."""

    element = "StopProduct"
    allocation_number: t.AllocationNumber | None = None
    product: Product | None = None
    allocation_from: t.DateValue | None = None
    begin: t.DateValue
    end_reason: t.EndReason
    end: t.DateValue
    status: t.DeliveryStatus


class StopClient(Class, frozen=True, kw_only=True):
    """The client of a stop message."""

    citizen_number: t.CitizenNumberText
    birth_date: BirthDate
    sex: t.Sex
    name: ShortName
    stopped: tuple[StoppedProduct, ...]


# Requests (315, 317) and the answer to them (319)


class RequestedProduct(Class, frozen=True, kw_only=True):
    """A product that a provider asks to have allocated (*AangevraagdProduct*)."""

    element = "AangevraagdProduct"
    provider_reference: t.ReferenceText
    decision_number: t.AllocationNumber | None = None
    product: Product | None = None
    decision_from: t.DateValue | None = None
    allocation_from: t.DateValue
    allocation_until: t.DateValue | None = None
    extent: Extent | None = None
    budget_cents: t.Cents | None = None
    referrer: Referrer
    framework_contract: t.YesNo | None = None
    comment: t.CommentText | None = None


class RequestClient(Class, frozen=True, kw_only=True):
    """The client of a request for allocation."""

    citizen_number: t.CitizenNumberText
    birth_date: BirthDate
    sex: t.Sex
    name: ShortName
    guardian_known: Annotated[t.YesNo | None, Only("ijw")] = None
    comment: t.CommentText | None = None
    requested: tuple[RequestedProduct, ...]


class UnchangedProduct(Class, frozen=True, kw_only=True):
    """An allocation that must stay as it is."""

    element = "OngewijzigdProduct"
    allocation_number: t.AllocationNumber


class ProductToChange(Class, frozen=True, kw_only=True):
    """An allocation that should change, and into what."""

    element = "TeWijzigenProduct"
    allocation_number: t.AllocationNumber
    wanted_from: t.DateValue
    end: t.DateValue | None = None
    extent: Extent | None = None
    budget_cents: t.Cents | None = None


class NewProduct(Class, frozen=True, kw_only=True):
    """A product that is asked beside the allocations there are."""

    element = "NieuwProduct"
    product: Product | None = None
    wanted_from: t.DateValue
    end: t.DateValue | None = None
    extent: Extent | None = None
    budget_cents: t.Cents | None = None


class ChangeRequest(Class, frozen=True, kw_only=True):
    """The wanted situation: what stays, what changes and what is new."""

    provider_reference: t.ReferenceText
    request_reason: t.RequestReason
    unchanged: tuple[UnchangedProduct, ...] = ()
    to_change: tuple[ProductToChange, ...] = ()
    new: tuple[NewProduct, ...] = ()


class ChangeClient(Class, frozen=True, kw_only=True):
    """The client of a request for change."""

    citizen_number: t.CitizenNumberText
    request: ChangeRequest


class Residence(Class, frozen=True, kw_only=True):
    """The municipality that is responsible instead (*woonplaatsbeginsel*)."""

    municipality: t.MunicipalityText


class RequestDecision(Class, frozen=True, kw_only=True):
    """What the municipality answers: rejected and why, or under inquiry."""

    provider_reference: t.ReferenceText
    request_answer: t.RequestAnswer
    rejection_reason: t.RejectionReason | None = None
    residence: Annotated[Residence | None, Only("ijw")] = None


# Claim (323) and claim answer (325)


class Delivery(Class, frozen=True, kw_only=True):
    """A claim line (*Prestatie*): what was delivered in a month under one allocation, and its amount."""

    element = "Prestatie"
    reference: ClaimReference
    allocation_number: t.AllocationNumber
    product_category: t.Category
    claimed_code: t.ProductCodeText
    product_period: ClosedPeriod
    delivered_volume: t.VolumeNumber
    unit: t.Unit
    tariff_cents: t.Cents | None = None
    submitted: Amount


class ClaimClient(Class, frozen=True, kw_only=True):
    """A client in a claim, with the lines about them."""

    element = "Client"
    citizen_number: t.CitizenNumberText
    deliveries: tuple[Delivery, ...]


class Claim(Class, frozen=True, kw_only=True):
    """The claim of one month."""

    claim_number: t.ClaimNumber
    claim_period: ClosedPeriod
    claim_dated: t.DateValue
    submitted_total: Total
    clients: tuple[ClaimClient, ...]


class ClaimAnswer(Class, frozen=True, kw_only=True):
    """What is awarded of a claim, and the lines that are not."""

    claim_number: t.ClaimNumber
    submitted_total: Total
    awarded_total: Total
    clients: tuple[ClaimClient, ...] = ()


# Messages


class Message(Part, frozen=True, kw_only=True):
    """A message of one of the two standards; `remarks` say what the reader tolerated."""

    number: ClassVar[Number]
    standard: Standard
    header: Header
    remarks: tuple[Remark, ...] = ()

    @property
    def law(self) -> Law:
        """The law that the standard belongs to."""
        return LAWS[self.standard]

    @property
    def setting(self) -> Setting:
        """Standard and number together."""
        return Setting(self.standard, self.number)

    def __repr__(self) -> str:
        return f"<{self.setting.name}>"


class Allocation301(Message, frozen=True, kw_only=True):
    """Allocation (*toewijzing*), municipality to provider."""

    number = "301"
    client: AllocationClient


class AllocationReturn302(Message, frozen=True, kw_only=True):
    """Return message to an allocation."""

    number = "302"
    header: ReturnHeader
    client: AllocationClient | None = None


class Start305(Message, frozen=True, kw_only=True):
    """Start of delivery, provider to municipality."""

    number = "305"
    client: StartClient


class StartReturn306(Message, frozen=True, kw_only=True):
    """Return message to a start."""

    number = "306"
    header: ReturnHeader
    client: StartClient | None = None


class Stop307(Message, frozen=True, kw_only=True):
    """Stop of delivery, provider to municipality."""

    number = "307"
    client: StopClient


class StopReturn308(Message, frozen=True, kw_only=True):
    """Return message to a stop."""

    number = "308"
    header: ReturnHeader
    client: StopClient | None = None


class Request315(Message, frozen=True, kw_only=True):
    """Request for allocation (*verzoek om toewijzing*), provider to municipality."""

    number = "315"
    client: RequestClient


class RequestReturn316(Message, frozen=True, kw_only=True):
    """Return message to a request for allocation."""

    number = "316"
    header: ReturnHeader
    client: RequestClient | None = None


class ChangeRequest317(Message, frozen=True, kw_only=True):
    """Request for change (*verzoek om wijziging*), provider to municipality."""

    number = "317"
    client: ChangeClient


class ChangeRequestReturn318(Message, frozen=True, kw_only=True):
    """Return message to a request for change."""

    number = "318"
    header: ReturnHeader
    client: ChangeClient | None = None


class Answer319(Message, frozen=True, kw_only=True):
    """Answer to a request, municipality to provider."""

    number = "319"
    answer: RequestDecision


class AnswerReturn320(Message, frozen=True, kw_only=True):
    """Return message to an answer."""

    number = "320"
    header: ReturnHeader
    answer: RequestDecision | None = None


class Claim323(Message, frozen=True, kw_only=True):
    """Claim (*declaratie*), provider to municipality."""

    number = "323"
    claim: Claim


class ClaimAnswer325(Message, frozen=True, kw_only=True):
    """Claim answer (*declaratie-antwoord*), municipality to provider."""

    number = "325"
    header: ClaimAnswerHeader
    claim_answer: ClaimAnswer | None = None


KINDS: Final[dict[Number, type[Message]]] = {kind.number: kind for kind in Message.__subclasses__()}
"""The struct of each message number."""


def message_code(standard: Standard, number: Number) -> str:
    """Return the message code (*BerichtCode*) that a header of this message must carry."""
    return CODES[Setting(standard, number)]
