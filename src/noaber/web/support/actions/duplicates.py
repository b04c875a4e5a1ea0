"""Two rows of one household or person: one points to the other; nothing moves, so that undoing is taking it away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from noaber.web.access.models import Person
from noaber.web.journal.actions import By, looked

from ..models import Case, Member
from .written import tell

_POINTER = ["merged_into", "merged_at", "merged_by"]


@transaction.atomic
def merge_cases(twin: Case, *, into: Case, person: Person, at: datetime, by: By) -> None:
    """Say that two cases are of one household: the first points to the second, which is the one that goes on.

    Both are read anew under a lock: who comes second, from either side, changes nothing.
    """
    assert twin.pk != into.pk, "a case is not merged into itself"
    held = {row.pk: row for row in Case.objects.select_for_update().filter(pk__in=[twin.pk, into.pk]).order_by("pk")}
    if _point(held[twin.pk], held[into.pk], person, at):
        tell("case_merged", into, by)


@transaction.atomic
def unmerge_case(twin: Case, *, by: By) -> None:
    """Take a merge back: both cases are as they were."""
    twin.merged_into = twin.merged_at = twin.merged_by = None
    twin.save(update_fields=_POINTER)
    tell("case_unmerged", twin, by)


@transaction.atomic
def merge_members(twin: Member, *, into: Member, person: Person, at: datetime, by: By) -> None:
    """Say that two members are one person, such as a child of two households; who counts them counts one."""
    assert twin.pk != into.pk, "a member is not merged into itself"
    held = {row.pk: row for row in Member.objects.select_for_update().filter(pk__in=[twin.pk, into.pk]).order_by("pk")}
    if _point(held[twin.pk], held[into.pk], person, at):
        tell("member_merged", into.case, by)


@transaction.atomic
def unmerge_member(twin: Member, *, by: By) -> None:
    """Take a merge of two members back."""
    twin.merged_into = twin.merged_at = twin.merged_by = None
    twin.save(update_fields=_POINTER)
    tell("member_unmerged", twin.case, by)


def _point(twin: Case | Member, into: Case | Member, person: Person, at: datetime) -> bool:
    """Let a row point to another; return false when either already points somewhere, so that no circle can arise."""
    if twin.merged_into_id or into.merged_into_id:
        return False
    twin.merged_into_id, twin.merged_at, twin.merged_by = into.pk, at, person
    twin.save(update_fields=_POINTER)
    return True


def look_at_doubles(count: int, *, by: By) -> None:
    """Record that somebody looked at what may be double."""
    looked(by=by, object=("case", "doubles"), object_name=f"{count} paren die dubbel kunnen zijn")
