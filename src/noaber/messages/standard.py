"""What the standard fixes for every message: standards, numbers, codes, directions and namespaces.

Source: iWmo and iJw, release 3.2 (Zorginstituut Nederland). The two standards are one in shape; the law follows from
the standard, because no element names it.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from noaber.records import Law

Standard = Literal["iwmo", "ijw"]
Number = Literal["301", "302", "305", "306", "307", "308", "315", "316", "317", "318", "319", "320", "323", "325"]

VERSION: Final = 3
SUBVERSION: Final = 2

LAWS: Final[dict[Standard, Law]] = {"iwmo": Law.WMO, "ijw": Law.YOUTH}
STANDARD_NAMES: Final[dict[Standard, str]] = {"iwmo": "iWmo", "ijw": "iJw"}
SHORT: Final[dict[Standard, str]] = {"iwmo": "wmo", "ijw": "jw"}
"""How the standard is spelled in the name of a message: WMO301, JW301."""

ANSWERED_BY: Final[dict[Number, Number]] = {
    "301": "302",
    "305": "306",
    "307": "308",
    "315": "316",
    "317": "318",
    "319": "320",
    "323": "325",
}
RETURNS: Final = frozenset(ANSWERED_BY.values())
FROM_MUNICIPALITY: Final[frozenset[Number]] = frozenset({"301", "302", "319", "320", "325"})
"""Messages whose header names a municipality as sender. A return message keeps the header of what it answers, so a 302
names the municipality as well, although the provider sends it; only the 325 turns the two round."""

_FIRST_CODES: Final[dict[Standard, dict[Number, int]]] = {
    "iwmo": {"301": 414, "305": 418, "307": 420, "315": 444, "317": 480, "319": 482, "323": 484},
    "ijw": {"301": 436, "305": 438, "307": 440, "315": 446, "317": 486, "319": 488, "323": 490},
}


class Setting(NamedTuple):
    """A message of one standard, such as ("iwmo", "301"): all that a shape or a data type depends on."""

    standard: Standard
    number: Number

    @property
    def name(self) -> str:
        """The name in the standard's spelling, such as WMO301."""
        return f"{SHORT[self.standard]}{self.number}".upper()

    @property
    def namespace(self) -> str:
        """Namespace of the message's own elements."""
        return f"http://www.istandaarden.nl/{self.standard}/3_2/{self.name.lower()}/schema"

    @property
    def base_namespace(self) -> str:
        """Namespace of the elements inside compound data types (*basisschema*)."""
        return f"http://www.istandaarden.nl/{self.standard}/3_2/basisschema/schema"

    @property
    def returning(self) -> bool:
        """Whether it is a return message, in which every class carries return codes."""
        return self.number in RETURNS


CODES: Final[dict[Setting, str]] = {
    Setting(standard, number): str(first + step)
    for standard, codes in _FIRST_CODES.items()
    for there, first in codes.items()
    for step, number in enumerate((there, ANSWERED_BY[there]))
}
"""The message code (*BerichtCode*) of each message: of a return message, the next after that of what it answers."""

SETTINGS: Final[dict[str, Setting]] = {setting.namespace: setting for setting in CODES}
"""The message that a root element's namespace stands for."""
