"""All that is held on one person: every row of every model that is about them, in one shape for people and machines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import models

from .declaration import SELF, Declaration, declarations, field_at

HIDDEN: Final = frozenset({"plain", "secret"})
"""The classes that say nothing about a person, or that nobody may see."""
MOST: Final = 50
"""How many people are shown to choose from; who finds more says more."""


@dataclass(frozen=True, slots=True)
class Held:
    """The rows of one model about one person: for each row its fields by name, hidden classes left out."""

    declaration: Declaration
    rows: list[dict[str, Any]]


def held_on(person: models.Model) -> Iterator[Held]:
    """Give per model what is held on `person`, a row of a model that has a `key`; models without rows are left out.

    Rows that say to be the same person count as one: a client of the entrance, its double, and the resident by law.
    """
    selves = same_as(person)
    for declaration in declarations():
        query = models.Q(pk__in=[])
        for path in declaration.subjects:
            for one in selves:
                query |= _about(one, declaration, path)
        rows = declaration.model._base_manager.filter(query).distinct().order_by("pk")
        told = [_told(row, declaration) for row in rows]
        if told:
            yield Held(declaration, told)


def same_as(person: models.Model) -> list[models.Model]:
    """Return all rows that are this person, beginning with the one asked about."""
    linking = [item for item in declarations() if item.same]
    found, seen = [person], {(type(person), person.pk)}
    for one in found:
        near: list[models.Model] = []
        for item in linking:
            for name in item.same:
                if isinstance(one, item.model) and (other := getattr(one, name)) is not None:
                    near.append(other)
                if isinstance(one, _to(item, name)):
                    near += item.model._base_manager.filter(**{name: one})
        for other in near:
            if (type(other), other.pk) not in seen:
                seen.add((type(other), other.pk))
                found.append(other)
    return found


def people_by(words: str) -> Iterator[tuple[Declaration, models.Model]]:
    """Give who is known by all of these words (a name, a number, an address), for who has no citizen number here."""
    asked = "".join(sign for sign in unicodedata.normalize("NFKD", words.lower()) if not unicodedata.combining(sign))
    parts = "".join(sign if sign.isalnum() else " " for sign in asked).split()
    for item in declarations():
        if item.found_by and parts:
            query = models.Q()
            for part in parts:
                query &= models.Q(**{f"{item.found_by}__contains": part})
            for row in item.model._base_manager.filter(query).order_by("pk")[:MOST]:
                yield item, row


def _to(declaration: Declaration, name: str) -> type[models.Model]:
    related: Any = declaration.model._meta.get_field(name).related_model
    return related  # type: ignore[no-any-return]


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
