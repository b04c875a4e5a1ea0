"""What surrounds support: population, households, key figures, prices, money, providers, contacts and experience.

None of these tables holds a person: they are counts, amounts and answers added up. Each is bitemporal by the same
rule: a later delivery with the same key takes the place of the earlier one, and both stay readable as of their day.
"""

from __future__ import annotations

from typing import Final

from .table import Column, Privacy, Table, Type
from .words import Law, Layer, Status

AREA: Final = Column(
    name="area",
    type=Type.TEXT,
    description="Area: municipality (GM), district (WK) or neighbourhood (BU), by its CBS code",
    privacy=Privacy.PUBLIC,
    pattern="(GM[0-9]{4}|WK[0-9]{6}|BU[0-9]{8})",
)
DISTRICT: Final = Column(
    name="district",
    type=Type.TEXT,
    description="District (CBS wijk code); empty when unknown",
    privacy=Privacy.PUBLIC,
    required=False,
    pattern="WK[0-9]{6}",
)
LAW: Final = Column(
    name="law", type=Type.TEXT, description="Law the figure belongs to", privacy=Privacy.PUBLIC, choices=tuple(Law)
)
YEAR: Final = Column(
    name="year",
    type=Type.INTEGER,
    description="Calendar year",
    privacy=Privacy.PUBLIC,
    unit="year",
    minimum=1990,
    maximum=2100,
)
STATUS: Final = Column(
    name="status",
    type=Type.TEXT,
    description="How firm the figure is",
    privacy=Privacy.PUBLIC,
    choices=tuple(Status),
)
SOURCE: Final = Column(
    name="source",
    type=Type.TEXT,
    description="Document or table the figure stands in",
    privacy=Privacy.PUBLIC,
    required=False,
)


def number(name: str, description: str, unit: str, *, privacy: Privacy = Privacy.PUBLIC) -> Column:
    """Return a column with a count that cannot be negative."""
    return Column(name=name, type=Type.INTEGER, description=description, privacy=privacy, unit=unit, minimum=0)


def amount(name: str, description: str, *, required: bool = True) -> Column:
    """Return a column with an amount in whole eurocents; it may be negative."""
    return Column(
        name=name,
        type=Type.CENTS,
        description=description,
        privacy=Privacy.PUBLIC,
        unit="eurocents",
        required=required,
    )


def words(name: str, description: str, *, required: bool = True, choices: tuple[str, ...] = ()) -> Column:
    """Return a column with text about no one."""
    return Column(
        name=name,
        type=Type.TEXT,
        description=description,
        privacy=Privacy.PUBLIC,
        required=required,
        choices=choices,
    )


POPULATION: Final = Table(
    name="population",
    description="Inhabitants on a day, per area, age and sex",
    columns=(
        Column(name="on", type=Type.DATE, description="Day of the count, mostly 1 January", privacy=Privacy.PUBLIC),
        AREA,
        number("age_from", "Youngest age of the band, in whole years", "years"),
        Column(
            name="age_until",
            type=Type.INTEGER,
            description="Oldest age of the band, inclusive; empty for 'and older'",
            privacy=Privacy.PUBLIC,
            unit="years",
            required=False,
            minimum=0,
        ),
        words("sex", "Sex: 0 all, 1 male, 2 female", choices=("0", "1", "2")),
        number("persons", "Inhabitants", "persons"),
        words("kind", "Counted or projected", choices=("observed", "forecast")),
        SOURCE,
    ),
    key=("on", "area", "age_from", "age_until", "sex", "kind"),
    pairs=(("age_from", "age_until"),),
)

HOUSEHOLDS: Final = Table(
    name="households",
    description="Private households on a day, per area",
    columns=(
        Column(name="on", type=Type.DATE, description="Day of the count, mostly 1 January", privacy=Privacy.PUBLIC),
        AREA,
        number("households", "Private households", "households"),
        SOURCE,
    ),
    key=("on", "area"),
)

KEY_FIGURE: Final = Table(
    name="key_figure",
    description="Published figures of Statistics Netherlands and others, per area and period",
    columns=(
        words("table_id", "Table the figure stands in, such as 86050NED"),
        words("period", "Period as the publisher codes it, such as 2024JJ00"),
        YEAR,
        AREA,
        words("name", "Name of the figure, in our words (snake case)"),
        Column(
            name="value",
            type=Type.NUMBER,
            description="The figure; empty where the publisher keeps it secret or has none",
            privacy=Privacy.PUBLIC,
            required=False,
        ),
        words("unit", "Unit of the figure"),
        STATUS,
    ),
    key=("table_id", "period", "area", "name"),
)

AREA_NAME: Final = Table(
    name="area_name",
    description="What an area was called in a year, as the publisher of figures names it",
    columns=(
        YEAR,
        AREA,
        words("name", "Name of the area"),
        SOURCE,
    ),
    key=("year", "area"),
)

PRICE_INDEX: Final = Table(
    name="price_index",
    description="Yearly changes of the price indices with which spending is corrected",
    columns=(
        YEAR,
        words("index", "OVA labour, PPC materials, CPI consumer prices", choices=("OVA", "PPC", "CPI")),
        Column(
            name="change",
            type=Type.NUMBER,
            description="Change from the year before",
            privacy=Privacy.PUBLIC,
            unit="percent",
            minimum=-20,
            maximum=50,
        ),
        STATUS,
        SOURCE,
    ),
    key=("year", "index"),
)

BUDGET: Final = Table(
    name="budget",
    description="Budget lines per year and law; care form where the line has one",
    columns=(
        YEAR,
        LAW,
        words("budget_line", "Name of the budget line"),
        words("care_form", "Care form the line pays for", required=False),
        words("version", "Which budget", choices=("primitive", "revised")),
        amount("amount_cents", "Budgeted expense; income is negative"),
        SOURCE,
    ),
    key=("year", "law", "budget_line", "version"),
)

REALISATION: Final = Table(
    name="realisation",
    description="Booked expense per year, law and budget line, from the ledger",
    columns=(
        YEAR,
        LAW,
        words("budget_line", "Name of the budget line"),
        words("care_form", "Care form the line pays for", required=False),
        amount("amount_cents", "Booked expense; income is negative"),
        STATUS,
        SOURCE,
    ),
    key=("year", "law", "budget_line"),
)

FUNDING: Final = Table(
    name="funding",
    description="Income, expense and stated balance per year and law, as multi-year budgets show them",
    columns=(
        YEAR,
        words("law", "Law, or 'beide' for both", choices=(*Law, "beide")),
        words("item", "Name of the line"),
        words("kind", "What the line is", choices=("state_grant", "own_contribution", "expense", "balance", "reserve")),
        amount("amount_cents", "Amount with the sign of the source: income and expense positive, a shortfall negative"),
        SOURCE,
    ),
    key=("year", "law", "item"),
)

PROVIDER_REGISTER: Final = Table(
    name="provider_register",
    description="Providers per year: what they are and what they turn over",
    columns=(
        YEAR,
        Column(
            name="provider",
            type=Type.TEXT,
            description="Provider, by its AGB code",
            privacy=Privacy.INTERNAL,
            pattern="[0-9]{8}",
        ),
        Column(name="name", type=Type.TEXT, description="Name of the provider", privacy=Privacy.INTERNAL),
        words(
            "kind",
            "What kind of organisation it is",
            choices=("provider", "certified_institution", "partner", "referrer"),
        ),
        amount("turnover_cents", "Turnover of the organisation in the year", required=False),
        amount("profit_cents", "Result of the organisation in the year", required=False),
    ),
    key=("year", "provider"),
)

INDICATION_TABLE: Final = Table(
    name="indication_table",
    description="Tables of indications per care form, as a document states them: no person behind a row",
    columns=(
        YEAR,
        words("period", "Which part of the year", choices=("year", "jan_apr")),
        LAW,
        words("care_form", "Care form"),
        words("label", "Name of the care form in the document"),
        words("kind", "Counted or expected", choices=("observed", "expected")),
        number("indications", "Indications", "indications"),
        amount("budget_cents", "Budget of the care form for the year", required=False),
        SOURCE,
    ),
    key=("year", "period", "law", "care_form", "kind"),
)

CONTACT: Final = Table(
    name="contact",
    description="Contacts at the entrance, without who: one row per question",
    columns=(
        Column(name="on", type=Type.DATE, description="Day of the contact", privacy=Privacy.INTERNAL),
        DISTRICT,
        words("channel", "How the resident came", choices=("desk", "telephone", "web", "home")),
        words("theme", "What the question is about"),
        words(
            "outcome",
            "What came of it",
            choices=("information", "social_basis", "basic_support", "indicated_support", "elsewhere"),
        ),
        number("contacts", "Contacts", "contacts", privacy=Privacy.INTERNAL),
    ),
    key=("on", "district", "channel", "theme", "outcome"),
)

PARTNER_COUNT: Final = Table(
    name="partner_count",
    description="Residents and households in freely accessible support, as the partner counts them: never who",
    columns=(
        Column(name="month", type=Type.MONTH, description="Month of the count (its last day)", privacy=Privacy.PUBLIC),
        DISTRICT,
        words("layer", "Layer of the pyramid", choices=tuple(Layer)),
        words("kind", "Individual or group", choices=("individual", "group")),
        number("persons", "Residents with this support on the last day of the month", "persons"),
        number("households", "Addresses with this support on the last day of the month", "households"),
        number("started", "Residents who started in the month", "persons"),
        number("ended", "Residents who ended in the month", "persons"),
    ),
    key=("month", "district", "layer", "kind"),
)

EXPERIENCE: Final = Table(
    name="experience",
    description="Client experience survey: answers added up per question",
    columns=(
        YEAR,
        LAW,
        words("question", "Question, by its code"),
        words("label", "The statement residents answered"),
        number("invited", "Residents invited", "persons"),
        number("answered", "Residents who answered", "persons"),
        number("positive", "Residents who (fully) agreed", "persons"),
    ),
    key=("year", "law", "question"),
)
