"""Template tags of the house: numbers and amounts as people here write them, and the mark."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from django import template
from django.template import Context, Node, NodeList
from django.template.base import Parser, Token
from django.utils import timezone
from django.utils.translation import get_language

from noaber.web.access.permissions import Permission
from noaber.web.access.presence import rights
from noaber.web.published import shelf
from noaber.web.site.stacking import stacked

register = template.Library()


def _locale() -> str:
    return "en_GB" if (get_language() or "nl").startswith("en") else "nl_NL"


@register.filter
def euros(cents: int | None) -> str:
    """Return an amount in eurocents as euros: € 1.234,50, or without cents when they are zero."""
    if cents is None:
        return "–"
    whole = cents % 100 == 0
    return format_currency(
        cents / 100, "EUR", locale=_locale(), format="¤ #,##0" if whole else "¤ #,##0.00", currency_digits=False
    )


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """Return a number with the separators of the language, or a dash when there is none."""
    if value is None:
        return "–"
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=_locale())


@register.filter
def day(value: date | None) -> str:
    """Return a day in words, such as 14 januari 2026, or a dash when there is none; of a moment its day here."""
    value = timezone.localdate(value) if isinstance(value, datetime) else value
    return format_date(value, format="d MMMM y", locale=_locale()) if value else "–"


@register.filter
def weekday(value: date, how: str = "") -> str:
    """Return the weekday of a day in words, such as donderdag; `how` "short" gives do."""
    return format_date(value, format="EEE" if how == "short" else "EEEE", locale=_locale())


@register.filter
def districts(codes: Iterable[str]) -> str:
    """Return the names of districts by their codes, with commas between; a code that is not known here stays itself."""
    town = shelf.town()
    names = {item.code: item.name for item in town.districts} if town else {}
    return ", ".join(names.get(code, code) for code in codes)


@register.simple_tag(takes_context=True)
def may(context: Context, permission: str) -> bool:
    """Return whether whoever asks for the page holds a permission today, by its name in access/permissions.py."""
    return rights(context["request"]).may(Permission(permission))


@register.inclusion_tag("site/parts/mark.html")
def mark(title: str = "noaber") -> dict[str, str]:
    """Draw the mark: the word beside a pyramid of three layers."""
    return {"title": title}


@register.inclusion_tag("site/parts/field.html")
def field(bound: object) -> dict[str, object]:
    """Draw one field of a form: label, help, fault, input, in that order, tied together for a screen reader."""
    return {"field": bound}


class _Stacked(Node):
    def __init__(self, inside: NodeList) -> None:
        self.inside = inside

    def render(self, context: Context) -> str:
        return stacked(self.inside.render(context))


@register.tag("stacked")
def stacked_tables(parser: Parser, token: Token) -> Node:
    """Let the rows of tables up to {% endstacked %} stand as blocks with labels on a narrow screen."""
    inside = parser.parse(("endstacked",))
    parser.delete_first_token()
    return _Stacked(inside)
