"""The tables of CBS that matter for the social domain, by a name that people can remember.

Key figures per district are a table of their own every year, and their columns on care come about two years late. The
numbers were seen at CBS or in what it published, but for those that are marked: look these up before you rely on them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .table import CbsTableError


@dataclass(frozen=True, slots=True)
class Entry:
    """A table: the name we give it, its number at CBS, what it holds, and whether the number was seen there."""

    name: str
    identifier: str
    text: str
    seen: bool = True


_KEY_FIGURES: Final = {
    2015: "83220NED",
    2016: "83487NED",
    2017: "83765NED",
    2018: "84286NED",
    2019: "84583NED",
    2020: "84799NED",
    2021: "85039NED",
    2022: "85318NED",
    2023: "85618NED",
    2024: "85984NED",
    2026: "86358NED",
}
_FROM_MEMORY: Final = (2022, 2023)

CATALOGUE: Final = (
    *(
        Entry(f"kerncijfers-{year}", number, f"Kerncijfers wijken en buurten {year}", year not in _FROM_MEMORY)
        for year, number in _KEY_FIGURES.items()
    ),
    Entry("bevolking", "85644NED", "Bevolking op 1 januari naar leeftijd, geslacht en regio"),
    Entry("prognose", "85171NED", "Prognose van de bevolking per gemeente, alleen het totaal"),
    Entry("wmo", "86050NED", "Wmo-cliënten per soort ondersteuning en gemeente"),
    Entry("wmo-stromen", "86051NED", "Wmo: stand, instroom en uitstroom per gemeente"),
    Entry("wmo-wijken-2025", "86158NED", "Wmo-cliënten per wijk, 2025"),
    Entry("wmo-wijken-2023", "85639NED", "Wmo-cliënten per wijk, 2023"),
    Entry("wmo-uitgaven", "84580NED", "Uitgaven aan de Wmo per gemeente, begroot en gerealiseerd"),
    Entry("jeugd", "85099NED", "Jongeren met jeugdzorg, kerncijfers"),
    Entry("jeugd-verwijzers", "85097NED", "Jeugdhulptrajecten naar verwijzer"),
)
"""Every table with a name of its own."""


def identifier(name: str) -> str:
    """Return the number of a table by its name in the catalogue, or the number itself.

    Raises `CbsTableError` (N-252) for a name that is neither.
    """
    for entry in CATALOGUE:
        if name.lower() in (entry.name, entry.identifier.lower()):
            return entry.identifier
    if re.fullmatch(r"[0-9]{5}[A-Za-z]{3}", name):
        return name
    raise CbsTableError(
        "Dit is geen naam of nummer van een tabel van het CBS.",
        now=f"Kies uit: {', '.join(entry.name for entry in CATALOGUE)}; of geef een nummer zoals 85984NED.",
    )
