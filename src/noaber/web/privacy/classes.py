"""The classes of a field: every field of every model is in exactly one, and a test counts them.

A model says so in an inner class:

    class Privacy:
        subject = "person"              # the path to whom a row is about ("self": the row), a tuple of paths, or ""
        purpose = gettext_noop("…")     # for what, in Dutch: a line of the processing register
        basis = "AVG art. 6 lid 1 onder e"
        keep = "retention/staff_account"  # the rule that says how long, counted from the day in `counted_from`
        counted_from = "ended_on"       # a date or moment, also along a path; "" when kept as long as it is used
        fields = {"name": personal("to address people"), …}

and, when its rows are people ("self"), `same` with the relations to other rows of one person, and `found_by` with the
field that holds the words by which somebody without a citizen number is found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["plain", "internal", "personal", "special", "identifier", "secret"]


@dataclass(frozen=True, slots=True)
class Class:
    """The class of a field, and why the field is kept at all."""

    kind: Kind
    why: str


def plain(why: str = "technical") -> Class:
    """Return the class of what says nothing about anyone: keys, versions, settings."""
    return Class("plain", why)


def internal(why: str) -> Class:
    """Return the class of business data of an organisation."""
    return Class("internal", why)


def personal(why: str) -> Class:
    """Return the class of what is about one person."""
    return Class("personal", why)


def special(why: str) -> Class:
    """Return the class of what is about one person's health, youth care, income or the like."""
    return Class("special", why)


def identifier(why: str) -> Class:
    """Return the class of a number by which the law lets us know a person; always encrypted."""
    return Class("identifier", why)


def secret(why: str) -> Class:
    """Return the class of what only the machine needs: hashes, keys, tokens; never shown, and in no export."""
    return Class("secret", why)
