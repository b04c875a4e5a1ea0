"""Who we are: one TOML file, read once, frozen, passed along.

Everything local stands here: districts and their postcodes, care forms and products, suppliers and their files, the
events that break a series, and the disclosure thresholds. Nothing in it is a secret; the key has a file of its own.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from .records import Kind, Law, Layer, NoaberError, Text


class MunicipalityError(NoaberError):
    """municipality.toml cannot be read or contradicts itself."""

    code = "N-102"
    exit_code = 2


class _Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of municipality.toml: frozen, and a key that nothing reads is an error."""


class District(_Frozen, frozen=True):
    """A district of the municipality, as Statistics Netherlands knows it."""

    code: str
    """The code of Statistics Netherlands, such as WK016400."""
    name: str
    """Its name, as residents know it."""
    tile: tuple[int, int]
    """Its place on the tile map: column and row, from the top left."""
    postcodes: tuple[str, ...] = ()
    """Its postcodes, of four or six characters; the longest match decides."""


class CareForm(_Frozen, frozen=True):
    """A care form by which the municipality plans and pays."""

    code: str
    """A short code of your own; figures are split by it."""
    law: Law
    """The law under which it is given."""
    name: Text
    """Its name in Dutch and English."""
    kind: Kind
    """How it is given."""
    layer: Layer = Layer.INDICATED_SUPPORT
    """Its layer of the pyramid."""
    task_field: str = ""
    """The Iv3 task field (*taakveld*) that it is booked on."""


class Product(_Frozen, frozen=True):
    """A product code of the region and the care form that it belongs to."""

    law: Law
    """The law of the message that names it."""
    category: str
    """National category, two digits."""
    care_form: str
    """Code of the care form that it belongs to."""
    code: str = ""
    """Product code; empty stands for the whole category."""
    valid_from: date = date(2015, 1, 1)
    """First day on which this holds."""
    valid_until: date | None = None
    """Last day on which this holds; empty: still."""


class Supplier(_Frozen, frozen=True):
    """Who sends what, and which door reads it."""

    name: str
    """A name of your own; receipts carry it."""
    source: Literal["messages", "backoffice", "tables", "cbs", "indications"]
    """The door that reads it."""
    files: str
    """Pattern of its file names, such as `messages/*.zip`."""
    mapping: str = ""
    """For CSV exports: the mapping file, beside this one."""


class Event(_Frozen, frozen=True):
    """Something that broke series: when, of what kind, whether figures stay comparable, and which it touches.

    An event touches a series when the series shows one of its `laws`, `layers` or `care_forms` (empty: all of them),
    or is named in `indicators`.
    """

    on: date
    """First day of the new meaning."""
    kind: Literal["measured", "real"]
    """A break in the way of counting (`measured`), or a change in the world or the policy (`real`)."""
    comparable: bool
    """Whether figures before and after can be compared."""
    text: Text
    """What happened, in a sentence that readers see."""
    laws: tuple[Law, ...] = ()
    """Laws that it touches."""
    layers: tuple[Layer, ...] = ()
    """Layers that it touches."""
    care_forms: tuple[str, ...] = ()
    """Care forms that it touches."""
    indicators: tuple[str, ...] = ()
    """Indicators that it touches whatever they show."""


class PriceStep(_Frozen, frozen=True):
    """What changes what is paid beside the yearly index: a wage agreement, another tariff, a change of a fee."""

    on: date
    """First day that it costs or saves."""
    care_forms: tuple[str, ...]
    """Care forms that it touches."""
    cents_per_year: int
    """What it adds to their spending in a whole year; negative where it saves."""
    text: Text
    """What was agreed, in a sentence that readers see."""
    source: str
    """Where it stands."""


class Disclosure(_Frozen, frozen=True):
    """Thresholds of the gate; the defaults are those of Statistics Netherlands for district figures."""

    rule: Literal["cbs5", "exact", "noise"] = "cbs5"
    """How figures are protected: as Statistics Netherlands does, exactly with more hidden, or with noise."""
    hide_up_to: Annotated[int, msgspec.Meta(ge=0)] = 7
    """A figure that rests on this many persons or fewer is hidden, zero included."""
    round_to: Annotated[int, msgspec.Meta(ge=1)] = 5
    """Counts that are shown are rounded to a multiple of this."""
    round_cents_to: Annotated[int, msgspec.Meta(ge=1)] = 100_000
    """Amounts that rest on persons are rounded to this: a thousand euros."""
    minimum_denominator: Annotated[int, msgspec.Meta(ge=0)] = 100
    """A share over fewer than this is hidden."""
    minimum_width: Annotated[int, msgspec.Meta(ge=0)] = 3
    """What is hidden must leave this much room between the least and the most it can be, given all that is shown."""
    amount_width_percent: Annotated[int, msgspec.Meta(ge=0, le=90)] = 20
    """A hidden amount must leave this share of itself as room: nobody comes within a tenth of it."""
    noise_up_to: Annotated[int, msgspec.Meta(ge=0)] = 5
    """The rule `noise` moves a count by at most this."""
    sensitive: tuple[str, ...] = ("domain", "law", "layer", "care_form", "intensity", "theme", "outcome", "question")
    """Dimensions where "everybody" says something about each of them, so that it is hidden too."""


class ReferralAgreement(_Frozen, frozen=True):
    """The agreement with certified institutions: fewer allocations than in the baseline year."""

    baseline_year: int = 2018
    """The year that is compared with."""
    reduction_percent: int = 20
    """How much fewer, in percent."""


class Municipality(_Frozen, frozen=True):
    """One municipality, or the made-up town: the keys at the top of the file."""

    code: str
    """Four digits, as messages write it: 0164 and not GM0164."""
    name: str
    """Its name, as readers know it."""
    districts: tuple[District, ...]
    """Its districts."""
    care_forms: tuple[CareForm, ...]
    """Its care forms."""
    products: tuple[Product, ...] = ()
    """Which product is which care form."""
    suppliers: tuple[Supplier, ...] = ()
    """Who sends what."""
    events: tuple[Event, ...] = ()
    """What broke its figures."""
    price_steps: tuple[PriceStep, ...] = ()
    """What changes prices beside the yearly index; forecasts reckon with it."""
    disclosure: Disclosure = Disclosure()
    """Thresholds of the gate."""
    referral_agreement: ReferralAgreement = ReferralAgreement()
    """The agreement with certified institutions."""
    neighbours: tuple[str, ...] = ()
    """Codes of the municipalities around it, four digits each: one of the groups that figures are compared with."""
    figures_from: date = date(2015, 1, 1)
    """First day of the figures: what registration does not reach back to in full is not counted."""
    made_up: bool = False
    """Whether its residents do not exist; every figure then says so."""
    schemas: str = ""
    """Folder with the official message schemas, when the municipality has them; empty: our own checks only."""
    folder: Path = Path()
    """Folder of the file itself; filled when read."""

    @property
    def gm_code(self) -> str:
        """The CBS code, such as GM0164."""
        return f"GM{self.code}"

    @property
    def store(self) -> Path:
        """Folder of deliveries and snapshots."""
        return self.folder / "store"

    @property
    def published(self) -> Path:
        """Folder of what passed the gate."""
        return self.folder / "published"

    def care_form(self, law: str, category: str | None, product: str | None, on: date) -> str | None:
        """Return the care form of a product on a day: by its code, else by its category, else None."""
        for code in (product or "", ""):
            for item in self.products:
                if (item.law, item.category, item.code) != (law, category or "", code):
                    continue
                if item.valid_from <= on and (item.valid_until is None or on <= item.valid_until):
                    return item.care_form
        return None

    def district(self, postcode: str) -> str | None:
        """Return the district of a postcode ("7551AB"), the longest match first; None when unknown."""
        plain = re.sub(r"\s", "", postcode).upper()
        for length in (6, 4):
            for district in self.districts:
                if plain[:length] in district.postcodes:
                    return district.code
        return None


def read(path: Path) -> Municipality:
    """Read municipality.toml at `path`.

    Raises `MunicipalityError` (N-102) when it is missing, is not TOML, has a key nothing reads, or names a care form
    that it does not declare.
    """
    try:
        plain = msgspec.toml.decode(path.read_bytes())
        town = msgspec.convert(plain | {"folder": str(path.resolve().parent)}, Municipality, dec_hook=_decode)
    except FileNotFoundError:
        raise MunicipalityError(
            "There is no municipality file here.",
            where=str(path),
            now="Name yours with --municipality, or make the made-up town with: noaber demo",
        ) from None
    except (msgspec.MsgspecError, OSError) as error:
        raise MunicipalityError(
            f"The municipality file cannot be read: {error}.",
            where=str(path),
            now="Correct that key; docs/reference/municipality.md lists them all.",
        ) from error
    _check(town, path)
    return town


def _decode(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError(kind)


def _check(town: Municipality, path: Path) -> None:
    known = {form.code for form in town.care_forms}
    named = {product.care_form for product in town.products}
    named |= {code for event in town.events for code in event.care_forms}
    named |= {code for step in town.price_steps for code in step.care_forms}
    if named - known:
        raise MunicipalityError(
            f"Care forms are named but not declared: {', '.join(sorted(named - known))}.",
            where=str(path),
            now="Add them under [[care_forms]], or correct the name.",
        )
    if not re.fullmatch(r"[0-9]{4}", town.code):
        raise MunicipalityError(
            f"The municipality code '{town.code}' is not four digits.", where=str(path), now="Write 0164, not GM0164."
        )
