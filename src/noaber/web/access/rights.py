"""What one person may do on one day: permissions by role, team and organisation, worked out once per request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .models import Assignment, Person
from .permissions import Permission
from .roles import ROLES


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody has today, and the team it is for (None: for the whole organisation)."""

    role: str
    team: int | None


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do today."""

    organisation: int | None = None
    held: tuple[Held, ...] = ()

    def may(self, permission: Permission, *, team: int | None = None) -> bool:
        """Return whether a role gives `permission`; with `team`, whether it does so for that team."""
        return any(
            permission in ROLES[item.role].permissions and (team is None or item.team in (None, team))
            for item in self.held
        )

    def roles_for(self, permission: Permission) -> str:
        """Return the names of the roles that give `permission`, as the journal keeps them."""
        return ", ".join(ROLES[item.role].name.nl for item in self.held if permission in ROLES[item.role].permissions)

    def teams_for(self, permission: Permission) -> set[int] | None:
        """Return the teams for which `permission` is held; None when for the whole organisation."""
        giving = [item.team for item in self.held if permission in ROLES[item.role].permissions]
        return None if None in giving else {team for team in giving if team is not None}


NOBODY = Rights()


def rights_of(person: Person, on: date) -> Rights:
    """Return the rights of a person on a day: of roles that run, that still exist, and that fit the organisation.

    Who comes as a guest has only the roles that are for guests, whatever was given.
    """
    running = Assignment.objects.filter(person=person, begins_on__lte=on, ends_on__gte=on).order_by("pk")
    kind, guest = person.organisation.kind, person.organisation.guest
    fitting = {role.key for role in ROLES.values() if kind in role.kinds and (role.guest or not guest)}
    held = tuple(Held(item.role, item.team_id) for item in running if item.role in fitting)
    return Rights(person.organisation_id, held) if person.is_active else NOBODY
