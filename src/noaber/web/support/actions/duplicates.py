"""Two rows of one household or person: one points to the other; nothing moves, so that undoing is taking it away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from noaber.web.access.models import Person
from noaber.web.journal.actions import By, looked

from ..models import Case, Member
from .written import tell


@transaction.atomic
def merge_cases(twin: Case, *, into: Case, person: Person, at: datetime, by: By) -> None:
    """Say that two cases are of one household: the first points to the second, which is the one that goes on."""
    assert twin.pk != into.pk, "a case is not merged into itself"
    assert into.merged_into is None, "merge into the case that counts"
    twin.merged_into, twin.merged_at, twin.merged_by = into, at, person
    twin.save(update_fields=["merged_into", "merged_at", "merged_by"])
    tell("case_merged", into, by)


@transaction.atomic
def unmerge_case(twin: Case, *, by: By) -> None:
    """Take a merge back: both cases are as they were."""
    twin.merged_into = twin.merged_at = twin.merged_by = None
    twin.save(update_fields=["merged_into", "merged_at", "merged_by"])
    tell("case_unmerged", twin, by)


@transaction.atomic
def merge_members(twin: Member, *, into: Member, person: Person, at: datetime, by: By) -> None:
    """Say that two members are one person, such as a child of two households; who counts them counts one."""
    assert twin.pk != into.pk, "a member is not merged into itself"
    assert into.merged_into is None, "merge into the row that counts"
    twin.merged_into, twin.merged_at, twin.merged_by = into, at, person
    twin.save(update_fields=["merged_into", "merged_at", "merged_by"])
    tell("member_merged", into.case, by)


@transaction.atomic
def unmerge_member(twin: Member, *, by: By) -> None:
    """Take a merge of two members back."""
    twin.merged_into = twin.merged_at = twin.merged_by = None
    twin.save(update_fields=["merged_into", "merged_at", "merged_by"])
    tell("member_unmerged", twin.case, by)


def look_at_doubles(count: int, *, by: By) -> None:
    """Record that somebody looked at what may be double."""
    looked(by=by, object=("case", "doubles"), object_name=f"{count} paren die dubbel kunnen zijn")
