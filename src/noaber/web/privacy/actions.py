"""What changes here: destroying in time, and renewing how numbers are written.

This room lies below the journal; whoever calls these writes the line (oversight/actions.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.deletion import ProtectedError
from django.db.models.functions import Cast

from .declaration import Declaration, value_at
from .models import Destroyed
from .numbers import BlindIndex, EncryptedNumber, keyring
from .retention import Due

_TOGETHER = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows were destroyed, and how many were held because something that stays still leans on them."""

    destroyed: int
    held: int


@transaction.atomic
def destroy(past: Due, *, batch: str, at: datetime) -> Outcome:
    """Destroy the rows that are past their term and leave a stub of each; what others lean on is held until they go."""
    gone = held = 0
    for row in list(past.rows):
        try:
            with transaction.atomic():
                stub = _stub(row, past, batch, at)  # before the row loses its key
                row.delete()
                if past.declaration.stub:
                    stub.save(force_insert=True)
        except ProtectedError:
            held += 1
        else:
            gone += 1
    return Outcome(gone, held)


def _stub(row: models.Model, past: Due, batch: str, at: datetime) -> Destroyed:
    return Destroyed(
        batch=batch,
        model=past.declaration.label,
        row=str(getattr(row, "key", row.pk))[:80],
        subject=subject_of(row, past.declaration),
        rule=past.rule.name,
        source=past.rule.source[:300],
        at=at,
    )


def subject_of(row: models.Model, declaration: Declaration) -> str:
    """Return the key of whom a row is about; empty when it is about nobody."""
    found = value_at(row, declaration.subjects[0]) if declaration.subjects else ""
    return str(getattr(found, "key", found) or "")[:40]


def reseal() -> int:
    """Write every citizen number again under the newest key, and return how many were under an older one."""
    count = 0
    for model in apps.get_models():
        for field in [item for item in model._meta.fields if isinstance(item, EncryptedNumber)]:
            indexes = [
                item.name for item in model._meta.fields if isinstance(item, BlindIndex) and item.of == field.name
            ]
            count += _reseal(model, field.name, [field.name, *indexes])
    return count


def _reseal(model: type[models.Model], name: str, fields: Sequence[str]) -> int:
    rows: Any = model._base_manager.annotate(sealed=Cast(name, models.TextField()))
    old = rows.exclude(sealed="").exclude(sealed__startswith=f"{keyring().newest}.").order_by("pk")
    keys = list(old.values_list("pk", flat=True))
    for first in range(0, len(keys), _TOGETHER):
        with transaction.atomic():
            for row in model._base_manager.select_for_update().filter(pk__in=keys[first : first + _TOGETHER]):
                row.save(update_fields=list(fields))
    return len(keys)
