"""Why and when something is shared: the purposes, each under one law, and the moments of a resident's way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from noaber.records import Text


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose: its name on the line, its words, and the law under which the receiver works for it."""

    key: str
    words: Text
    law: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment at which something may be shared: its name on the line and its words."""

    key: str
    words: Text


PURPOSES: Final[dict[str, Purpose]] = {
    purpose.key: purpose
    for purpose in (
        Purpose("wmo-maatwerk", Text("Onderzoek en besluit Wmo-maatwerk", "Inquiry and decision under the Wmo"), "wmo"),
        Purpose("jeugdhulp", Text("Toeleiding naar jeugdhulp", "Leading to youth care"), "jeugdwet"),
        Purpose("basisondersteuning", Text("Basisondersteuning zonder indicatie", "Basic support"), "wmo-algemeen"),
        Purpose("domeinoverstijgend", Text("Aanpak over de domeinen heen", "Approach across domains"), "wams"),
    )
}
"""All purposes by their name on the line."""

MOMENTS: Final[dict[str, Moment]] = {
    moment.key: moment
    for moment in (
        Moment("naar-maatwerk", Text("Van de toegang naar maatwerk", "From the entrance to indicated support")),
        Moment("naar-basis", Text("Van maatwerk naar basisondersteuning", "From indicated to basic support")),
        Moment("evaluatie", Text("Evaluatie van lopende ondersteuning", "Evaluation of running support")),
    )
}
"""All moments by their name on the line."""
