"""Template tags of the entrance: its choices in the language of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import template

from noaber.records import Text
from noaber.web.exchange.queries import Progress

from .. import passing
from ..models import Contact, PassedOn, Question
from ..towns import language_now, name_of
from ..words import ACCESSIBILITY, CHANNELS, OUTCOMES, PARTS, RELATIONS, THEMES, WEEKDAYS, named

register = template.Library()


@register.simple_tag
def words(owner: object, field: str) -> str:
    """Return a text of `owner` in the language of the page; a template would call the text itself, so it is named."""
    text: Text = getattr(owner, field)
    return text(language_now())


@register.simple_tag
def theme(key: str) -> str:
    """Return how a theme is said."""
    return named(THEMES, key)(language_now())


@register.simple_tag
def outcome(key: str) -> str:
    """Return how an outcome is said."""
    return named(OUTCOMES, key)(language_now())


@register.simple_tag
def channel(key: str) -> str:
    """Return how a channel is said."""
    return named(CHANNELS, key)(language_now())


@register.simple_tag
def part(key: str) -> str:
    """Return how a part of the day is said."""
    return named(PARTS, key)(language_now())


@register.simple_tag
def weekday(number: int) -> str:
    """Return how a weekday (0: Monday) is said."""
    return named(WEEKDAYS, str(number))(language_now())


@register.simple_tag
def access(key: str) -> str:
    """Return how something that makes a place accessible is said."""
    return named(ACCESSIBILITY, key)(language_now())


@register.simple_tag
def district(code: str) -> str:
    """Return the name of a district; of none, that it is the whole municipality."""
    return name_of(code)


@dataclass(frozen=True, slots=True)
class Went:
    """Where a question went from the entrance, how far that is, and whether it still has to be passed on."""

    asks: bool
    passed: PassedOn | None
    progress: Progress | None


@register.simple_tag
def went(question: Question) -> Went:
    """Return where a question went from the entrance, for whoever asked or answered it."""
    found = passing.passed(question)
    asks = question.outcome in passing.GOES_TO and found is None
    return Went(asks, found, passing.progress(found) if found else None)


@register.filter
def relation(contact: Contact) -> str:
    """Return what the caller is to the one a contact is about."""
    return named(RELATIONS, contact.relation)(language_now())


@register.filter
def at(row: Sequence[int], place: int) -> int:
    """Return what stands at a place of a row."""
    return row[place]


@register.filter
def percent(share: float | None, decimals: int = 0) -> str:
    """Return a share in percent."""
    if share is None:
        return "–"
    told = f"{share * 100:.{decimals}f}"
    return f"{told}%" if language_now() == "en" else f"{told.replace('.', ',')}%"
