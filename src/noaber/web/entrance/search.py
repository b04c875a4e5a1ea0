"""Finding residents despite typing errors: by trigrams, in PostgreSQL with its index, elsewhere in Python.

Both count the same: the share of the trigrams of a word asked for that the words of a row have.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import FloatField, Func, Q, QuerySet, Value

from noaber.web.access.rights import Rights

from .models import Client

NEAR: Final = 0.45
"""The share of trigrams from which two words are thought to be one."""
SHOWN: Final = 20


def plain(text: str) -> str:
    """Return a text in small letters, without accents and signs, one space between words."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in bare).split())


def searchable(*, name: str, born_on: date | None, phone: str, mail: str) -> str:
    """Return what a resident can be found by: the words of the name, the digits of the number, the day of birth."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    day = f"{born_on:%d%m%Y}" if born_on else ""
    return " ".join(part for part in (plain(name), digits, day, plain(mail)) if part)[:400]


def trigrams(word: str) -> set[str]:
    """Return the trigrams of one word, padded as PostgreSQL does: two spaces before it and one behind."""
    padded = f"  {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def nearness(asked: str, text: str) -> float:
    """Return how near the words asked for are to a text: the mean over them of the share of shared trigrams."""
    words = [trigrams(word) for word in text.split()]
    scores = []
    for word in asked.split():
        mine = trigrams(word)
        scores.append(max((len(mine & theirs) / len(mine) for theirs in words), default=0.0))
    return sum(scores) / len(scores) if scores else 0.0


def find(rights: Rights, asked: str, *, shown: int = SHOWN) -> list[Client]:
    """Return the residents whom somebody may see that are nearest to what was typed, the nearest first."""
    words = plain(asked)
    if len(words) < 2:
        return []
    visible = Client.objects.visible_to(rights).themselves()
    near = _candidates(visible, words)
    scored = sorted(((nearness(words, row.search), row) for row in near), key=lambda item: (-item[0], item[1].name))
    return [row for score, row in scored if score >= NEAR][:shown]


def _candidates(visible: QuerySet[Client], words: str) -> QuerySet[Client]:
    """Return the rows worth comparing: those near a word by the index of PostgreSQL, or all that share a beginning."""
    if connection.vendor == "postgresql":
        within: QuerySet[Client] = visible.annotate(
            near=Func(Value(words), "search", function="word_similarity", output_field=FloatField())
        ).filter(near__gte=0.2)
        return within.order_by("-near")[:200]
    parts = Q(pk__in=[])
    for word in words.split():
        for piece in {word[place : place + 2] for place in range(0, max(len(word) - 1, 1), 2)}:
            parts |= Q(search__contains=piece)
    return visible.filter(parts)


@dataclass(frozen=True, slots=True)
class Twins:
    """Two rows that may be one person, and why we think so."""

    first: Client
    second: Client
    why: str


def twins(rights: Rights, *, shown: int = SHOWN) -> list[Twins]:
    """Return pairs of residents that may be one: one number or day of birth with a near name; the nearest first."""
    rows = list(Client.objects.visible_to(rights).themselves().order_by("pk"))
    found: dict[tuple[int, int], tuple[float, Twins]] = {}
    for why, label in (("phone", "telefoon"), ("born_on", "geboortedag")):
        groups: dict[object, list[Client]] = {}
        for row in rows:
            if key := getattr(row, why):
                groups.setdefault("".join(filter(str.isdigit, key)) if why == "phone" else key, []).append(row)
        for group in groups.values():
            for place, first in enumerate(group):
                for second in group[place + 1 :]:
                    near = nearness(plain(first.name), plain(second.name))
                    if near >= NEAR:
                        found[first.pk, second.pk] = (near, Twins(first, second, label))
    return [pair for _, pair in sorted(found.values(), key=lambda item: -item[0])][:shown]
