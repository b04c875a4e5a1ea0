"""What the entrance passed on and no team took up yet: for whose team, since when, and whether it waits too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from noaber.web.access.models import Team
from noaber.web.access.permissions import Permission
from noaber.web.entrance import passing
from noaber.web.entrance.models import Client, PassedOn
from noaber.web.entrance.models.passed import TO_TEAM

from .models import Case
from .viewer import Viewer, visible_to


@dataclass(frozen=True, slots=True)
class Arrival:
    """A question that waits: the resident, their own words, which teams can take it up, and until when they should."""

    passed: PassedOn
    whose: Client
    words: str
    reach: str
    teams: tuple[Team, ...]
    until: date
    late: bool
    known: Case | None
    """A case of the same resident that this viewer may open."""

    @property
    def nobodys(self) -> bool:
        """Whether no team works in the district, so that any team can take it up."""
        return len(self.teams) != 1


def arrivals(viewer: Viewer) -> list[Arrival]:
    """Return what waits for one's teams, longest first; of a district without a team, for everyone who leads one."""
    mine = list(viewer.teams())
    if not mine:
        return []
    served = {code for codes in _districts(viewer) for code in codes}
    leads = list(viewer.teams(Permission.LEAD_SUPPORT))
    found = []
    for item in passing.waiting(TO_TEAM):
        district, whose = item.question.contact.district, item.question.contact.whose
        teams = [team for team in mine if district in team.districts] if district in served else leads
        if whose is None or not teams:
            continue
        found.append(
            Arrival(
                passed=item,
                whose=whose,
                words=passing.told(item.question),
                reach=passing.reach(item.question.contact),
                teams=tuple(teams),
                until=passing.due_on(item),
                late=passing.late(item, viewer.on),
                known=_known(viewer, whose),
            )
        )
    return found


def _districts(viewer: Viewer) -> list[list[str]]:
    return list(Team.objects.filter(organisation=viewer.rights.organisation).values_list("districts", flat=True))


def _known(viewer: Viewer, whose: Client) -> Case | None:
    same = [whose, *whose.merged.all()]
    return visible_to(viewer).filter(members__client__in=same).order_by("ended_on", "-pk").first()
