"""The words of the field: laws, layers, kinds of support, and text in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

TOTAL: Final = "_T"
"""The code of "all together" in a dimension, as SDMX writes it."""

Language = Literal["nl", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or term in Dutch (the source) and English."""

    nl: str
    en: str

    def __call__(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.nl if language == "nl" else self.en


class Law(StrEnum):
    """The law under which support is given; the standard has no element for it, so each door says it."""

    WMO = "wmo"
    YOUTH = "jeugdwet"
    PARTICIPATION = "participatiewet"


class Layer(StrEnum):
    """The three layers of the pyramid, from wide to narrow."""

    SOCIAL_BASIS = "social_basis"
    BASIC_SUPPORT = "basic_support"
    INDICATED_SUPPORT = "indicated_support"


class Kind(StrEnum):
    """How support is given."""

    INDIVIDUAL = "individual"
    GROUP = "group"
    STAY = "stay"
    HOUSEHOLD_HELP = "household_help"
    AID = "aid"
    PROTECTION = "protection"
    BENEFIT = "benefit"


class Status(StrEnum):
    """How firm a published figure is, in the words of Statistics Netherlands."""

    PROVISIONAL = "provisional"
    REVISED = "revised_provisional"
    FINAL = "final"


LAW_NAMES: Final[dict[str, Text]] = {
    Law.WMO: Text("Wmo", "Social Support Act (Wmo)"),
    Law.YOUTH: Text("Jeugdwet", "Youth Act"),
    Law.PARTICIPATION: Text("Participatiewet", "Participation Act"),
    TOTAL: Text("Alle wetten samen", "All laws together"),
}

LAYER_NAMES: Final[dict[str, Text]] = {
    Layer.SOCIAL_BASIS: Text("Sociale basis", "Social basis"),
    Layer.BASIC_SUPPORT: Text("Basisondersteuning", "Basic support"),
    Layer.INDICATED_SUPPORT: Text("Geïndiceerde ondersteuning", "Indicated support"),
    TOTAL: Text("Alle lagen samen", "All layers together"),
}

KIND_NAMES: Final[dict[str, Text]] = {
    Kind.INDIVIDUAL: Text("Individueel", "Individual"),
    Kind.GROUP: Text("Groep", "Group"),
    Kind.STAY: Text("Verblijf", "Stay"),
    Kind.HOUSEHOLD_HELP: Text("Hulp bij het huishouden", "Help in the household"),
    Kind.AID: Text("Hulpmiddel of voorziening", "Aid or provision"),
    Kind.PROTECTION: Text("Jeugdbescherming en jeugdreclassering", "Youth protection and probation"),
    Kind.BENEFIT: Text("Uitkering of regeling", "Benefit or scheme"),
    TOTAL: Text("Alle soorten samen", "All kinds together"),
}
