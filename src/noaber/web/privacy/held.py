"""All that is held on one person: every row of every model that is about them, in one shape for people and machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import models

from .declaration import SELF, Declaration, declarations, field_at

HIDDEN: Final = frozenset({"plain", "secret"})
"""The classes that say nothing about a person, or that nobody may see."""


@dataclass(frozen=True, slots=True)
class Held:
    """The rows of one model about one person: for each row its fields by name, hidden classes left out."""

    declaration: Declaration
    rows: list[dict[str, Any]]


def held_on(person: models.Model) -> Iterator[Held]:
    """Give per model what is held on `person`, a row of a model that has a `key`; models without rows are left out."""
    for declaration in declarations():
        query = models.Q(pk__in=[])
        for path in declaration.subjects:
            query |= _about(person, declaration, path)
        rows = declaration.model._base_manager.filter(query).distinct().order_by("pk")
        told = [_told(row, declaration) for row in rows]
        if told:
            yield Held(declaration, told)


def _about(person: models.Model, declaration: Declaration, path: str) -> models.Q:
    """Return which rows are about the person along one path; none when the path leads to another kind of subject."""
    if path == SELF:
        return models.Q(pk=person.pk) if isinstance(person, declaration.model) else models.Q(pk__in=[])
    field: Any = field_at(declaration.model, path)
    if field.related_model is None:
        return models.Q(**{path: getattr(person, "key", None)})
    return models.Q(**{path: person}) if isinstance(person, field.related_model) else models.Q(pk__in=[])


def _told(row: models.Model, declaration: Declaration) -> dict[str, Any]:
    shown = {name for name, item in declaration.fields.items() if item.kind not in HIDDEN}
    fields = [*row._meta.fields, *row._meta.many_to_many]
    return {field.name: _plain(row, field) for field in fields if field.name in shown}


def _plain(row: models.Model, field: Any) -> Any:
    """Return the value of a field as JSON can say it; a relation by its own words."""
    if field.many_to_many:
        return [str(item) for item in getattr(row, field.name).all()]
    value = getattr(row, field.name)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return str(value)
