"""Words of the exchange for its templates: fields, purposes, moments, states and organisations by their key."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

from noaber.records import Language, Text
from noaber.rules import SURE_NAMES

from .. import peers
from ..fields import FIELDS, ORIGIN_NAMES, Origin
from ..purposes import MOMENTS, PURPOSES
from ..workflow import WORKFLOW, State

register = template.Library()


def in_words(words: Text) -> str:
    """Return words in the language of the page."""
    language: Language = "en" if (get_language() or "nl").startswith("en") else "nl"
    return words(language)


@register.filter
def field_words(key: str) -> str:
    """Return a field in words."""
    return in_words(FIELDS[key].words) if key in FIELDS else key


@register.filter
def purpose_words(key: str) -> str:
    """Return a purpose in words."""
    return in_words(PURPOSES[key].words) if key in PURPOSES else key


@register.filter
def plain_ground(ground: str) -> str:
    """Return a ground as a resident reads it: without how surely its article was read, which is for who decides."""
    for words in SURE_NAMES.values():
        ground = ground.replace(f" ({words.nl})", "")
    return ground


@register.filter
def moment_words(key: str) -> str:
    """Return a moment in words."""
    return in_words(MOMENTS[key].words) if key in MOMENTS else key


@register.filter
def state_words(key: str) -> str:
    """Return a state in words."""
    return in_words(WORKFLOW[State(key)].name)


@register.filter
def origin_words(key: str) -> str:
    """Return the law under which something was obtained in words."""
    return in_words(ORIGIN_NAMES[Origin(key)])


@register.filter
def organisation_words(code: str) -> str:
    """Return how an organisation is called."""
    return peers.name_of(code)


@register.filter
def value_of(content: Mapping[str, str], name: str) -> str:
    """Return what stands in a field, or nothing."""
    return content.get(name, "")
