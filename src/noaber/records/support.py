"""Support under a law: what was allocated, started, stopped, asked and claimed, and the spell that follows from it.

The first seven tables hold what a delivery said, row by row. `SUPPORT` and `COST` are folded from them by the
snapshot, by the standard's own rules: the latest allocation wins, status 3 withdraws, a rejected claim line is gone.
Names and codes follow iWmo and iJw 3.2; see GLOSSARY.md for the Dutch terms.
"""

from __future__ import annotations

from typing import Final

from .table import Column, Privacy, Table, Type
from .words import Kind, Law, Layer

LAW: Final = Column(
    name="law",
    type=Type.TEXT,
    description="Law under which the support is given",
    privacy=Privacy.SPECIAL,
    choices=tuple(Law),
)
PERSON: Final = Column(
    name="person",
    type=Type.TEXT,
    description="Pseudonym of the resident (32 hex digits), made at the door",
    privacy=Privacy.PSEUDONYM,
    pattern="[0-9a-f]{32}",
)
HOUSEHOLD: Final = Column(
    name="household",
    type=Type.TEXT,
    description="Pseudonym of the address (32 hex digits): everyone at one address, not the household of the census",
    privacy=Privacy.PSEUDONYM,
    required=False,
    pattern="[0-9a-f]{32}",
)
ALLOCATION_NUMBER: Final = Column(
    name="allocation_number",
    type=Type.TEXT,
    description="Number of the allocation, unique per municipality and law (TR332)",
    privacy=Privacy.PERSONAL,
    pattern="[A-Za-z0-9-]{1,36}",
)
PROVIDER: Final = Column(
    name="provider",
    type=Type.TEXT,
    description="Provider, by its AGB code",
    privacy=Privacy.INTERNAL,
    pattern="[0-9]{8}",
)
CATEGORY: Final = Column(
    name="category",
    type=Type.TEXT,
    description="National product category (WMO020 or JZ020)",
    privacy=Privacy.SPECIAL,
    required=False,
    pattern="[0-9]{2}",
)
PRODUCT: Final = Column(
    name="product",
    type=Type.TEXT,
    description="Product code agreed in the region",
    privacy=Privacy.SPECIAL,
    required=False,
    pattern="[A-Za-z0-9]{1,5}",
)
CARE_FORM: Final = Column(
    name="care_form",
    type=Type.TEXT,
    description="Care form of the municipality that the product belongs to; municipality.toml says which",
    privacy=Privacy.SPECIAL,
    pattern="[A-Z][A-Z0-9_]*",
)
DISTRICT: Final = Column(
    name="district",
    type=Type.TEXT,
    description="District (CBS wijk code) of the address, from its postcode; empty when unknown",
    privacy=Privacy.PERSONAL,
    required=False,
    pattern="WK[0-9]{6}",
)
BIRTH_YEAR: Final = Column(
    name="birth_year",
    type=Type.INTEGER,
    description="Year of birth; the day and month stay at the door",
    privacy=Privacy.PERSONAL,
    unit="year",
    required=False,
    minimum=1880,
    maximum=2100,
)
SEX: Final = Column(
    name="sex",
    type=Type.TEXT,
    description="Sex as the message codes it: 0 unknown, 1 male, 2 female",
    privacy=Privacy.PERSONAL,
    required=False,
    choices=("0", "1", "2"),
)
VOLUME: Final = Column(
    name="volume",
    type=Type.INTEGER,
    description="Number of units per frequency",
    privacy=Privacy.SPECIAL,
    unit="units",
    required=False,
    minimum=0,
)
UNIT: Final = Column(
    name="unit",
    type=Type.TEXT,
    description="Unit: 01 minute, 04 hour, 14 day and night, 16 half-day, 82 piece (output), 83 euro, 84 piece",
    privacy=Privacy.SPECIAL,
    required=False,
    choices=("01", "04", "14", "16", "82", "83", "84"),
)
FREQUENCY: Final = Column(
    name="frequency",
    type=Type.TEXT,
    description="Frequency of the volume: 1 a day, 2 a week, 4 a month, 6 in total over the allocation",
    privacy=Privacy.SPECIAL,
    required=False,
    choices=("1", "2", "4", "6"),
)
BUDGET_CENTS: Final = Column(
    name="budget_cents",
    type=Type.CENTS,
    description="Budget of the allocation over its whole term",
    privacy=Privacy.SPECIAL,
    unit="eurocents",
    required=False,
    minimum=0,
)
REFERRER: Final = Column(
    name="referrer",
    type=Type.TEXT,
    description=(
        "Type of referrer: 01 municipality, 02 general practitioner, 03 youth doctor, 04 certified institution, "
        "05 medical specialist, 06 self or none, 08 judge, prosecutor or youth prison"
    ),
    privacy=Privacy.SPECIAL,
    required=False,
    choices=("01", "02", "03", "04", "05", "06", "08"),
)
REFERRER_CODE: Final = Column(
    name="referrer_code",
    type=Type.TEXT,
    description="AGB code of the referring institution, where the request names one",
    privacy=Privacy.INTERNAL,
    required=False,
    pattern="[0-9]{8}",
)
REFERENCE: Final = Column(
    name="reference",
    type=Type.TEXT,
    description="The provider's own reference, unique per provider and law",
    privacy=Privacy.PERSONAL,
    pattern=".{1,36}",
)
STATUS: Final = Column(
    name="status",
    type=Type.TEXT,
    description="Status of the delivered line: 1 first, 3 withdrawn (CS058); a correction is 3 and then 1",
    privacy=Privacy.INTERNAL,
    choices=("1", "3"),
)
SEQUENCE: Final = Column(
    name="sequence",
    type=Type.INTEGER,
    description="Order of the line among lines known on one day; the higher is the later",
    privacy=Privacy.INTERNAL,
    minimum=0,
)


def day(name: str, description: str, *, required: bool = True) -> Column:
    """Return a column with a day in the life of one person's support."""
    return Column(name=name, type=Type.DATE, description=description, privacy=Privacy.PERSONAL, required=required)


ALLOCATION: Final = Table(
    name="allocation",
    description="Allocations (301, or a provision in the back office): an order to a provider for one resident",
    columns=(
        LAW,
        ALLOCATION_NUMBER,
        PERSON,
        HOUSEHOLD,
        BIRTH_YEAR,
        SEX,
        DISTRICT,
        PROVIDER,
        CATEGORY,
        PRODUCT,
        CARE_FORM,
        Column(
            name="allocated_at",
            type=Type.MOMENT,
            description="Day and time of the allocation; among versions of one number the latest wins (IV013)",
            privacy=Privacy.PERSONAL,
        ),
        day("valid_from", "First day of the allocation"),
        day("valid_until", "Last day of the allocation; empty when open", required=False),
        Column(
            name="change_reason",
            type=Type.TEXT,
            description="Reason of change (02-14); 13 removes the allocation",
            privacy=Privacy.SPECIAL,
            required=False,
            choices=("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14"),
        ),
        VOLUME,
        UNIT,
        FREQUENCY,
        BUDGET_CENTS,
        REFERRER,
        REFERRER_CODE,
        Column(
            name="reference",
            type=Type.TEXT,
            description="The provider's reference of the request that this allocation answers",
            privacy=Privacy.PERSONAL,
            required=False,
            pattern=".{1,36}",
        ),
    ),
    key=("law", "allocation_number", "allocated_at"),
    pairs=(("valid_from", "valid_until"),),
)

_MOVED: Final = (LAW, ALLOCATION_NUMBER, PERSON, PROVIDER, CATEGORY, PRODUCT)

START: Final = Table(
    name="start",
    description="Starts of support (305, or the begin date in the back office)",
    columns=(*_MOVED, day("began_on", "Day the support began"), STATUS, SEQUENCE),
    key=("law", "allocation_number", "began_on", "sequence"),
)

STOP: Final = Table(
    name="stop",
    description="Ends of support (307, or the end date in the back office)",
    columns=(
        *_MOVED,
        day("began_on", "Day the ended support had begun"),
        day("ended_on", "Last day of the support"),
        Column(
            name="end_reason",
            type=Type.TEXT,
            description="Reason of the end; code 31 means moving house in the Wmo and 'as planned' in the Youth Act",
            privacy=Privacy.SPECIAL,
            choices=("02", "19", "20", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "38", "39"),
        ),
        STATUS,
        SEQUENCE,
    ),
    key=("law", "allocation_number", "began_on", "ended_on", "sequence"),
    pairs=(("began_on", "ended_on"),),
)

REQUEST: Final = Table(
    name="request",
    description="Requests of providers for an allocation (315) or a change of one (317), and who referred",
    columns=(
        LAW,
        REFERENCE,
        Column(
            name="kind",
            type=Type.TEXT,
            description="What is asked: a new allocation or a change of a running one",
            privacy=Privacy.INTERNAL,
            choices=("new", "change"),
        ),
        PERSON,
        PROVIDER,
        CATEGORY,
        PRODUCT,
        REFERRER,
        REFERRER_CODE,
        day("wanted_from", "First day asked for", required=False),
        day("wanted_until", "Last day asked for", required=False),
        VOLUME,
        UNIT,
        FREQUENCY,
        BUDGET_CENTS,
    ),
    key=("law", "provider", "reference", "category", "product"),
    pairs=(("wanted_from", "wanted_until"),),
)

ANSWER: Final = Table(
    name="answer",
    description="Answers of the municipality to a request (319): rejected or under inquiry",
    columns=(
        LAW,
        PROVIDER,
        REFERENCE,
        Column(
            name="answer",
            type=Type.TEXT,
            description="1 rejected, 2 under inquiry",
            privacy=Privacy.PERSONAL,
            choices=("1", "2"),
        ),
        Column(
            name="reason",
            type=Type.TEXT,
            description="Reason of rejection (1-9)",
            privacy=Privacy.PERSONAL,
            required=False,
            pattern="[1-9]",
        ),
    ),
    key=("law", "provider", "reference", "answer"),
)

REPLY: Final = Table(
    name="reply",
    description="Return messages (302, 306, 308, 316, 318, 320, 325): return codes on a message or one of its lines",
    columns=(
        LAW,
        Column(
            name="message",
            type=Type.TEXT,
            description="Number of the return message",
            privacy=Privacy.INTERNAL,
            choices=("302", "306", "308", "316", "318", "320", "325"),
        ),
        PROVIDER,
        Column(
            name="identification",
            type=Type.TEXT,
            description="Identification of the message that is answered",
            privacy=Privacy.INTERNAL,
            pattern=".{1,12}",
        ),
        Column(
            name="subject",
            type=Type.TEXT,
            description="Allocation number or reference of the line; empty when the whole message is meant",
            privacy=Privacy.PERSONAL,
            required=False,
            pattern=".{1,36}",
        ),
        Column(
            name="return_code",
            type=Type.TEXT,
            description="Return code (list WJ001); 0200 and 8001 mean accepted",
            privacy=Privacy.INTERNAL,
            pattern="[0-9]{4}",
        ),
    ),
    key=("law", "message", "provider", "identification", "subject", "return_code"),
)

AMOUNT_CENTS: Final = Column(
    name="amount_cents",
    type=Type.CENTS,
    description="Amount; a credit is negative",
    privacy=Privacy.SPECIAL,
    unit="eurocents",
)

CLAIM: Final = Table(
    name="claim",
    description="Claimed services (323, or a cost line of the back office)",
    columns=(
        LAW,
        PROVIDER,
        Column(
            name="claim_number",
            type=Type.TEXT,
            description="Number of the claim the line stands in",
            privacy=Privacy.INTERNAL,
            pattern="[A-Za-z0-9-]{1,36}",
        ),
        REFERENCE,
        Column(
            name="previous_reference",
            type=Type.TEXT,
            description="Reference of the line that this line credits or corrects",
            privacy=Privacy.PERSONAL,
            required=False,
            pattern=".{1,36}",
        ),
        PERSON,
        ALLOCATION_NUMBER,
        CATEGORY,
        PRODUCT,
        CARE_FORM,
        DISTRICT,
        day("period_from", "First day of the service"),
        day("period_until", "Last day of the service"),
        VOLUME,
        UNIT,
        AMOUNT_CENTS,
    ),
    key=("law", "provider", "reference"),
    pairs=(("period_from", "period_until"),),
)

KNOWN_FROM: Final = Column(
    name="known_from",
    type=Type.DATE,
    description="First day on which this version was known",
    privacy=Privacy.INTERNAL,
)
KNOWN_UNTIL: Final = Column(
    name="known_until",
    type=Type.DATE,
    description="Day on which another version took its place; empty for the version that stands",
    privacy=Privacy.INTERNAL,
    required=False,
)
LAYER: Final = Column(
    name="layer",
    type=Type.TEXT,
    description="Layer of the pyramid",
    privacy=Privacy.PERSONAL,
    choices=tuple(Layer),
)
KIND: Final = Column(
    name="kind",
    type=Type.TEXT,
    description="How the support is given",
    privacy=Privacy.SPECIAL,
    choices=tuple(Kind),
)

SUPPORT: Final = Table(
    name="support",
    description="Support spells, folded: one row per spell and version of what was known about it",
    columns=(
        LAW,
        LAYER,
        CARE_FORM,
        KIND,
        ALLOCATION_NUMBER,
        PERSON,
        HOUSEHOLD,
        BIRTH_YEAR,
        SEX,
        DISTRICT,
        PROVIDER,
        REFERRER,
        REFERRER_CODE,
        day("allocated_on", "Day of the first allocation under this number"),
        day("allocated_from", "First day of the allocation"),
        day("allocated_until", "Last day of the allocation; empty when open", required=False),
        day("began_on", "Day the support began; empty when it has not", required=False),
        day("ended_on", "Last day of the support; empty while it runs", required=False),
        Column(
            name="end_reason",
            type=Type.TEXT,
            description="Reason of the end, as the stop message codes it",
            privacy=Privacy.SPECIAL,
            required=False,
        ),
        VOLUME,
        UNIT,
        FREQUENCY,
        BUDGET_CENTS,
        KNOWN_FROM,
        KNOWN_UNTIL,
    ),
    key=("law", "allocation_number", "began_on", "known_from"),
    pairs=(("began_on", "ended_on"), ("known_from", "known_until")),
)

COST: Final = Table(
    name="cost",
    description="Costs, folded: claim lines that stand, per version of what was known",
    columns=(
        LAW,
        PROVIDER,
        PERSON,
        ALLOCATION_NUMBER,
        CARE_FORM,
        KIND,
        DISTRICT,
        Column(
            name="month",
            type=Type.MONTH,
            description="Month in which the service began",
            privacy=Privacy.PERSONAL,
        ),
        VOLUME,
        UNIT,
        AMOUNT_CENTS,
        KNOWN_FROM,
        KNOWN_UNTIL,
    ),
    key=("delivery", "line", "known_from"),
    pairs=(("known_from", "known_until"),),
)
