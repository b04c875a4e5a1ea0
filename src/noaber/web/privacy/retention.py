"""Keeping no longer than is allowed: which rows are past their term on a day, by the rule that their model names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone

from noaber.rules import Unit, Value, value

from .declaration import Declaration, declarations, field_at


@dataclass(frozen=True, slots=True)
class Due:
    """The rows of one model that are past their term, the rule that says so, and the day before which they ended."""

    declaration: Declaration
    rule: Value
    before: date
    rows: models.QuerySet[models.Model]


def due(on: date) -> Iterator[Due]:
    """Give for every model with a term what is past it on the day `on`; a row without an end is never past it."""
    for declaration in declarations():
        if not declaration.counted_from:
            continue
        rule = value(declaration.keep, on)
        before = back(on, rule)
        field = field_at(declaration.model, declaration.counted_from)
        limit: date = before
        if isinstance(field, models.DateTimeField):
            limit = timezone.make_aware(datetime.combine(before, time.min))
        rows = declaration.model._base_manager.filter(**{f"{declaration.counted_from}__lt": limit}).order_by("pk")
        yield Due(declaration, rule, before, rows)


def back(on: date, rule: Value) -> date:
    """Return the day that lies the term of a rule before `on`; the last of February when it would be the 29th."""
    count = int(rule.number)
    if rule.unit in {Unit.DAYS, Unit.WEEKS}:
        return on - timedelta(days=count * (7 if rule.unit is Unit.WEEKS else 1))
    months = {Unit.MONTHS: 1, Unit.YEARS: 12}[rule.unit] * count
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=on.day - 1), following - timedelta(days=1))
