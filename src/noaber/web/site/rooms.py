"""The rooms of the web, by hand: which role has them, at which address, and how the navigation calls them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from noaber.records import Text

from .configuration import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room of the web: its package, the start of its addresses, who has it, and its name in the navigation.

    A room without addresses of its own has an empty `path`. `entry` is the name of the page that the navigation leads
    to; a room without one stands in no navigation. Whether a person sees it follows from what the page declares.
    """

    name: str
    path: str
    roles: tuple[Role, ...] = ("municipality", "partner")
    entry: str = ""
    label: Text | None = None


ROOMS: Final = (
    Room(name="privacy", path=""),
    Room(name="journal", path=""),
    Room(
        name="published",
        path="cijfers/",
        roles=("municipality",),
        entry="published:themes",
        label=Text("Cijfers", "Figures"),
    ),
    Room(name="council", path="raad/", roles=("municipality",), entry="council:home", label=Text("Raad", "Council")),
    Room(
        name="workbench",
        path="werkbank/",
        roles=("municipality",),
        entry="workbench:bench",
        label=Text("Werkbank", "Workbench"),
    ),
    Room(
        name="entrance",
        path="entree/",
        roles=("partner",),
        entry="entrance:hall",
        label=Text("Wijkentree", "Entrance"),
    ),
    Room(name="exchange", path="uitwisseling/", entry="exchange:desk", label=Text("Overdracht", "Handover")),
    Room(
        name="support",
        path="ondersteuning/",
        roles=("partner",),
        entry="support:today",
        label=Text("Ondersteuning", "Support"),
    ),
    Room(name="access", path="toegang/", entry="access:people", label=Text("Toegang", "Access")),
    Room(name="oversight", path="toezicht/", entry="oversight:journal", label=Text("Toezicht", "Oversight")),
    Room(
        name="frontdesk",
        path="vraag/",
        roles=("partner",),
        entry="frontdesk:begin",
        label=Text("Stel uw vraag", "Ask your question"),
    ),
)


def rooms_of(role: Role) -> tuple[Room, ...]:
    """Return the rooms of a role, in the order of the navigation."""
    return tuple(room for room in ROOMS if role in room.roles)
