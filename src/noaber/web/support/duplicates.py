"""Households and people that may be one: near names with the same number, birth year, or resident at the entrance.

Pairs stay within one team, and an open case is never paired with a restricted one: merging must not let anybody see
more than before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Generic, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from .models import Case, Member
from .search import likeness
from .viewer import Viewer, may_know

Row = TypeVar("Row")
NEAR: Final = 0.5
"""The share of trigrams, either way, from which two names are thought to be one."""
SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Pair(Generic[Row]):
    """Two rows that may be one, the older of which stays, and why we think so."""

    twin: Row
    into: Row
    why: str


def households(viewer: Viewer) -> list[Pair[Case]]:
    """Return pairs of cases of one's teams that may be of one household, those most alike first.

    The one that goes on is the older, but never one that ended: help that runs would be lost from sight.
    """
    members = countable(viewer).filter(case__merged_into__isnull=True)
    found: dict[tuple[int, int], tuple[float, Pair[Case]]] = {}
    for first, second, why in _alike(members):
        one, other = first.case, second.case
        near = max(_near(first.name, second.name), _near(one.name, other.name))
        apart = one.pk == other.pk or one.team_id != other.team_id or one.restricted != other.restricted
        if not apart and near >= NEAR:
            into, twin = sorted((one, other), key=lambda case: (case.ended_on is not None, case.pk))
            found[into.pk, twin.pk] = (near, Pair(twin, into, why))
    return [pair for _near_, pair in sorted(found.values(), key=lambda item: -item[0])][:SHOWN]


def people(viewer: Viewer) -> list[Pair[Member]]:
    """Return pairs of members that may be one person, in one household or in two, those most alike first."""
    found: dict[tuple[int, int], tuple[float, Pair[Member]]] = {}
    for first, second, why in _alike(countable(viewer)):
        near = _near(first.name, second.name)
        if near >= NEAR and first.case.restricted == second.case.restricted:
            into, twin = sorted((first, second), key=lambda member: member.pk)
            found[into.pk, twin.pk] = (near, Pair(twin, into, why))
    return [pair for _near_, pair in sorted(found.values(), key=lambda item: -item[0])][:SHOWN]


def merged_cases(viewer: Viewer) -> QuerySet[Case]:
    """Return the cases that point to another, of those that this person works in."""
    return (
        worked_in(viewer)
        .filter(merged_into__isnull=False)
        .select_related("merged_into", "merged_by")
        .order_by("-merged_at")
    )


def merged_members(viewer: Viewer) -> QuerySet[Member]:
    """Return the members that point to another, of the cases that this person works in."""
    found = Member.objects.filter(case__in=worked_in(viewer), merged_into__isnull=False)
    return found.select_related("case", "merged_into__case", "merged_by").order_by("-merged_at")


def countable(viewer: Viewer) -> QuerySet[Member]:
    """Return the members who count as a person, of all cases in which somebody may write, merged ones as well."""
    found = Member.objects.filter(case__in=worked_in(viewer), household=True, left_on__isnull=True)
    return found.filter(merged_into__isnull=True).select_related("case", "client").order_by("pk")


def worked_in(viewer: Viewer) -> QuerySet[Case]:
    """Return the cases in which somebody may write, merged ones as well."""
    return Case.objects.filter(may_know(viewer), team__in=viewer.teams())


def _alike(members: Iterable[Member]) -> Iterator[tuple[Member, Member, str]]:
    """Give every two members that have something in common that two people seldom have; the weakest reason first."""
    asked: list[tuple[str, Callable[[Member], Hashable]]] = [
        (_("geboortejaar"), lambda member: member.birth_year),
        (_("telefoonnummer"), lambda member: _number(member.reach)),
        (_("bekend bij de entree"), lambda member: member.client.itself.pk if member.client else None),
        (_("dezelfde inwoner"), lambda member: member.resident_id),
    ]
    rows = list(members)
    for why, key in asked:
        groups: dict[Hashable, list[Member]] = defaultdict(list)
        for member in rows:
            if value := key(member):
                groups[value].append(member)
        for group in groups.values():
            for first, second in combinations(group, 2):
                yield first, second, why


def _number(reach: str) -> str:
    digits = "".join(sign for sign in reach if sign.isdigit())
    return digits if len(digits) >= 9 else ""


def _near(one: str, other: str) -> float:
    return min(likeness(one, other), likeness(other, one))
