"""What can be shared about a person: each field with its words, the law under which it was obtained, and its class.

What stands in no agreement is not shared, and what does not stand here can stand in no agreement. Criminal data
(AVG art. 10, UAVG art. 31-33) is absent on purpose: it never travels this way.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from noaber.records import Text

Sort = Literal["personal", "special", "number"]


class Origin(StrEnum):
    """The law under which something was obtained; `ANY` for what every law needs, such as a name."""

    ANY = "any"
    WMO = "wmo"
    YOUTH = "jeugdwet"
    PARTICIPATION = "participatiewet"
    DEBT = "wgs"


ORIGIN_NAMES: Final[dict[Origin, Text]] = {
    Origin.ANY: Text("iedere wet", "every law"),
    Origin.WMO: Text("de Wmo 2015", "the Wmo 2015"),
    Origin.YOUTH: Text("de Jeugdwet", "the Youth Act"),
    Origin.PARTICIPATION: Text("de Participatiewet", "the Participation Act"),
    Origin.DEBT: Text("de Wet gemeentelijke schuldhulpverlening", "the Municipal Debt Counselling Act"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that can be shared: its name on the line, its words, the law it came from, its class."""

    key: str
    words: Text
    origin: Origin = Origin.ANY
    sort: Sort = "personal"
    long: bool = False


FIELDS: Final[dict[str, Field]] = {
    field.key: field
    for field in (
        Field("burgerservicenummer", Text("Burgerservicenummer", "Citizen number"), sort="number"),
        Field("naam", Text("Naam", "Name")),
        Field("geboortedatum", Text("Geboortedatum", "Date of birth")),
        Field("adres", Text("Adres", "Address")),
        Field("telefoon", Text("Telefoon", "Telephone")),
        Field("taal", Text("Taal en tolk", "Language and interpreter")),
        Field("vertegenwoordiger", Text("Ouder, voogd of vertegenwoordiger", "Parent, guardian or representative")),
        Field("contactpersoon", Text("Vaste contactpersoon", "Regular contact")),
        Field("vraag", Text("De vraag in eigen woorden", "The question in their own words"), long=True),
        Field(
            "beperkingen",
            Text("Wat iemand zelf niet kan", "What someone cannot do alone"),
            Origin.WMO,
            "special",
            long=True,
        ),
        Field("netwerk", Text("Eigen kracht en netwerk", "Own strength and network"), Origin.WMO, long=True),
        Field("wmo-ondersteuning", Text("Wmo-ondersteuning", "Support under the Wmo"), Origin.WMO, "special", True),
        Field("jeugdhulp", Text("Jeugdhulp", "Youth care"), Origin.YOUTH, "special", True),
        Field("veiligheid", Text("Veiligheid van een kind", "Safety of a child"), Origin.YOUTH, "special", True),
        Field("school", Text("School", "School"), Origin.YOUTH),
        Field("uitkering", Text("Uitkering en werk", "Benefit and work"), Origin.PARTICIPATION),
        Field("schulden", Text("Schuldhulp", "Debt help"), Origin.DEBT),
        Field("doelen", Text("Doelen en wat is afgesproken", "Goals and what was agreed"), long=True),
    )
}
"""All fields by the name they have on the line, in the order of the form."""
NUMBER: Final = "burgerservicenummer"
