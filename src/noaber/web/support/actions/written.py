"""What the actions of this room have in common: how the journal names a case, and whom a line is about."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from noaber.web.journal.actions import By, write

from ..models import Case


def name_of(case: Case) -> str:
    """Return how the journal names a case: a restricted one by no name, since others read the journal too."""
    return "een afgeschermd dossier" if case.restricted else case.name


def subjects(case: Case) -> list[str]:
    """Return the keys of the residents of a case who are known by one."""
    linked = case.members.filter(resident__isnull=False, left_on__isnull=True)
    return list(linked.order_by("pk").values_list("resident__key", flat=True).distinct())


def tell(event: str, case: Case, by: By, details: Mapping[str, Any] = MappingProxyType({})) -> None:
    """Write the one line of an act on a case."""
    about = (subjects(case) or [""])[0]
    write(event, by=by, object=("case", case.key), object_name=name_of(case), subject=about, details=details)
