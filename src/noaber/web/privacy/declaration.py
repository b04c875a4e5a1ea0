"""What each model declares about its fields, in one shape; for libraries, which declare nothing, `outside` does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from .classes import Class
from .outside import OUTSIDE

Model = type[models.Model]
SELF = "self"


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a model says of itself: whom its rows are about, what for, on which basis, and how long they are kept."""

    model: Model
    subjects: tuple[str, ...]
    purpose: str
    basis: str
    keep: str
    counted_from: str
    fields: Mapping[str, Class]
    stub: bool
    """Whether a row that is destroyed leaves one; what is about nobody does not, nor what itself says what is gone."""
    same: tuple[str, ...] = ()
    """For who somebody is: the relations that lead to another row of the same person."""
    found_by: str = ""
    """For who somebody is: the field with the words by which one is found, in small letters without accents."""

    @property
    def label(self) -> str:
        """The room and the model, such as access.Person."""
        return self.model._meta.label

    @property
    def room(self) -> str:
        """The room (or library) whose table it is."""
        return self.model._meta.app_label

    def kinds(self) -> tuple[str, ...]:
        """Return the classes that occur, in the order of the fields."""
        return tuple(dict.fromkeys(item.kind for item in self.fields.values()))


def declared(model: Model) -> Declaration:
    """Return the declaration of a model; raises KeyError when there is none."""
    told: Any = vars(model).get("Privacy") or OUTSIDE[model._meta.label]
    named = (told.subject,) if isinstance(told.subject, str) else told.subject
    subjects = tuple(path for path in named if path)
    return Declaration(
        model=model,
        subjects=subjects,
        purpose=told.purpose,
        basis=told.basis,
        keep=told.keep,
        counted_from=told.counted_from,
        fields=told.fields,
        stub=bool(subjects) and getattr(told, "stub", True),
        same=getattr(told, "same", ()),
        found_by=getattr(told, "found_by", ""),
    )


def declarations() -> Iterator[Declaration]:
    """Give the declaration of every model with a table here, by label."""
    tables = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    for model in sorted(tables, key=lambda model: model._meta.label):
        yield declared(model)


def field_at(model: Model, path: str) -> models.Field[Any, Any]:
    """Return the field at the end of a path such as file__resident."""
    field: Any = None
    for name in path.split("__"):
        field = model._meta.get_field(name)
        model = field.related_model or model
    return field


def value_at(row: models.Model, path: str) -> Any:
    """Return what stands at the end of a path, or None when it breaks off; the row itself at "self"."""
    found: Any = row
    for name in () if path == SELF else path.split("__"):
        found = getattr(found, name, None)
    return found
