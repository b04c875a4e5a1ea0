"""How the fields of an access request are called and said, for people who never saw a table."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from django.utils import timezone
from django.utils.formats import date_format

from noaber.records import Language, Text

from .declaration import Declaration


@cache
def labels() -> dict[str, Text]:
    """Return what fields are called, by their name or by their model and name; read once."""
    return msgspec.toml.decode((files(__package__) / "labels.toml").read_bytes(), type=dict[str, Text])


def label(declaration: Declaration, field: str) -> Text | None:
    """Return what a field is called; None when nobody said."""
    known = labels()
    return known.get(f"{declaration.label}.{field}") or known.get(field)


def shown(declaration: Declaration, row: dict[str, Any], language: Language) -> list[tuple[str, Any]]:
    """Return a row as (label, value) for people: choices, days and yes or no in words; what is empty is left out."""
    told = []
    for name, value in row.items():
        if value is None or value in ("", [], {}):
            continue
        called = label(declaration, name)
        told.append((called(language) if called else name, _said(declaration, name, value, language)))
    return told


def _said(declaration: Declaration, name: str, value: Any, language: Language) -> Any:
    field: Any = declaration.model._meta.get_field(name)
    if isinstance(value, bool):
        return (Text("ja", "yes") if value else Text("nee", "no"))(language)
    if getattr(field, "choices", None):
        return dict(field.flatchoices).get(value, value)
    kind = field.get_internal_type()
    if kind == "DateTimeField":
        return date_format(timezone.localtime(datetime.fromisoformat(value)), "j F Y, H:i")
    return date_format(date.fromisoformat(value), "j F Y") if kind == "DateField" else value
