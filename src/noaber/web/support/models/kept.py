"""What many tables here have in common: why they are kept and for how long, and what stands together or not at all."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop

BASIS = "Wmo 2015 art. 2.2.3 en 5.1.1; AVG art. 6 lid 1 onder e"
ABOUT_HOUSEHOLD = ("case__members__resident", "case__members__client")
"""Along which paths a row of a case is about somebody: known by law, or known at the entrance."""


class OfCase:
    """Why rows of a case are kept: as long as a file under the Wmo, counted from the end of the support."""

    subject: str | tuple[str, ...] = ABOUT_HOUSEHOLD
    purpose = gettext_noop("Basisondersteuning geven zonder het verhaal twee keer te vragen")
    basis = BASIS
    keep = "retention/wmo_file"
    counted_from = "case__ended_on"


class OfEscalation(OfCase):
    """Why rows of an escalation are kept: like the case that it is about."""

    subject = tuple(f"escalation__{path}" for path in ABOUT_HOUSEHOLD)
    purpose = gettext_noop("Voorkomen dat een situatie escaleert, met een eigenaar en een klok")
    counted_from = "escalation__case__ended_on"


class OfTeam:
    """Why rows of a team are kept: to know who works where and when."""

    subject: str | tuple[str, ...] = "person"
    purpose = gettext_noop("Het werk in een wijkteam verdelen en overdragen")
    basis = "AVG art. 6 lid 1 onder e"
    keep = "retention/staff_account"
    counted_from = "ends_on"


def new_key() -> str:
    """Return a key that says nothing and cannot be guessed: 16 hex digits."""
    return secrets.token_hex(8)


def pointed(name: str) -> models.CheckConstraint:
    """Return the constraint on a row that may point to its twin: when and by whom stand together.

    They stay when the other row was destroyed in time; the pointer then is empty and this row counts for itself again.
    """
    told = {"merged_at__isnull": False, "merged_by__isnull": False}
    none = {"merged_into__isnull": True, "merged_at__isnull": True, "merged_by__isnull": True}
    return models.CheckConstraint(condition=Q(**told) | Q(**none), name=name)


def together(*fields: str, name: str) -> models.CheckConstraint:
    """Return the constraint that some fields that may be empty (null) are all filled or all empty."""
    every: dict[str, Any] = {f"{field}__isnull": False for field in fields}
    none: dict[str, Any] = {f"{field}__isnull": True for field in fields}
    return models.CheckConstraint(condition=Q(**every) | Q(**none), name=name)
