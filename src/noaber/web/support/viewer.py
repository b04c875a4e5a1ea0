"""Who looks, on which day, and the one rule that says which cases that person may know of.

Searching and showing both ask `may_know`; so what cannot be found cannot be read in a list either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.translation import gettext as _

from noaber.web.access.models import Person, Team
from noaber.web.access.permissions import Permission
from noaber.web.access.rights import Rights

from .models import Case, CaseWorker, Escalation, Leave, Share, ShellMember
from .models.cases import PARTS

EVERY_PART = frozenset(part for part, _words in PARTS)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks, with what they may do on that day."""

    person: Person
    rights: Rights
    on: date

    def teams(self, permission: Permission = Permission.WORK_IN_SUPPORT) -> QuerySet[Team]:
        """Return the teams for which this person holds a permission."""
        if not self.rights.may(permission):
            return Team.objects.none()
        own = Team.objects.filter(organisation=self.rights.organisation).order_by("name")
        limited = self.rights.teams_for(permission)
        return own if limited is None else own.filter(pk__in=limited)


def stood_in_for(viewer: Viewer) -> QuerySet[Leave]:
    """Return the leave of colleagues for whom this person stands in today."""
    return Leave.objects.filter(stand_in=viewer.person, begins_on__lte=viewer.on, ends_on__gte=viewer.on)


def _own(viewer: Viewer) -> QuerySet[CaseWorker]:
    whose = Q(person=viewer.person) | Q(person__in=stood_in_for(viewer).values("person"))
    return CaseWorker.objects.filter(whose, ends_on__isnull=True)


def _attached_to(viewer: Viewer) -> QuerySet[Team]:
    """Return the teams that this person attaches to from the second shell today."""
    running = ShellMember.objects.filter(person=viewer.person, begins_on__lte=viewer.on, ends_on__gte=viewer.on)
    return Team.objects.filter(pk__in=running.values("team"))


def _shares(viewer: Viewer) -> QuerySet[Share]:
    """Return what is shared with this person today, as long as they are attached to the team of the case."""
    running = Q(begins_on__lte=viewer.on, ends_on__gte=viewer.on)
    return Share.objects.filter(running, person=viewer.person, case__team__in=_attached_to(viewer)).exclude(parts=[])


def _owned(viewer: Viewer) -> QuerySet[Escalation]:
    """Return the escalations that this person owns: of their own organisation, or as long as they are attached."""
    mine = Q(case_owner=viewer.person) | Q(process_owner=viewer.person)
    near = Q(case__team__organisation=viewer.rights.organisation) | Q(case__team__in=_attached_to(viewer))
    return Escalation.objects.filter(mine, near, ended_on__isnull=True)


def may_know(viewer: Viewer) -> Q:
    """Return which cases a person may know of: their own, those of their team that are not restricted, what is shared.

    An escalation is known to who owns it. Without a right to support there is nothing to know.
    """
    if not viewer.rights.may(Permission.SEE_SUPPORT):
        return Q(pk__in=[])
    return (
        (Q(pk__in=_own(viewer).values("case")) & Q(team__in=viewer.teams()))
        | Q(team__in=viewer.teams(), restricted=False)
        | Q(pk__in=_shares(viewer).values("case"))
        | Q(pk__in=_owned(viewer).values("case"))
    )


def visible_to(viewer: Viewer) -> QuerySet[Case]:
    """Return the cases that a person may open and find; one that was merged is found as the one that counts."""
    return named(Case.objects.filter(may_know(viewer), merged_into__isnull=True), viewer)


def worked_by(viewer: Viewer) -> QuerySet[Case]:
    """Return the cases in which a person may write: the visible ones of their own teams."""
    return visible_to(viewer).filter(team__in=viewer.teams())


def own(viewer: Viewer) -> QuerySet[Case]:
    """Return the cases that a person works in now, or stands in for."""
    return worked_by(viewer).filter(pk__in=_own(viewer).values("case"))


def named(cases: QuerySet[Case], viewer: Viewer) -> QuerySet[Case]:
    """Return cases of which each knows whether this person may read its name: for lists with others' cases in them."""
    known = ExpressionWrapper(may_know(viewer), output_field=BooleanField())
    return cases.annotate(known=known).select_related("team")


def shown(case: Case) -> str:
    """Return the name of a case that came through `named`, or that it is restricted."""
    return case.name if getattr(case, "known", False) else _("afgeschermd")


def parts_of(viewer: Viewer, case: Case) -> frozenset[str]:
    """Return which parts of a visible case a person sees: all of it in the team, else what was shared or is owned."""
    if viewer.teams().filter(pk=case.team_id).exists():
        return EVERY_PART
    shared = {part for share in _shares(viewer).filter(case=case) for part in share.parts}
    return frozenset(shared | ({"escalation"} if _owned(viewer).filter(case=case).exists() else set())) & EVERY_PART


def twins_of(viewer: Viewer, case: Case) -> list[tuple[Case, frozenset[str]]]:
    """Return the cases merged into one that a person may know of themselves, each with the parts of it that they see.

    What was shared of a case is not shared of its twin.
    """
    known = set(
        Case.objects.filter(may_know(viewer), pk__in=[twin.pk for twin in case.twins]).values_list("pk", flat=True)
    )
    return [(twin, parts_of(viewer, twin)) for twin in case.twins if twin.pk in known]
