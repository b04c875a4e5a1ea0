"""Finding a case by a name that is not spelt quite right: trigrams of what was typed, within what may be found."""

from __future__ import annotations

import unicodedata
from collections import defaultdict

from django.db.models import QuerySet

from .models import Case, Member

ENOUGH = 0.5
"""The share of what was typed that must be found again."""


def find(typed: str, cases: QuerySet[Case]) -> list[int]:
    """Return the numbers of the cases of which a name is like `typed`, the best first; `cases` is all there is."""
    names: dict[int, list[str]] = defaultdict(list)
    for number, name in cases.values_list("pk", "name"):
        names[number].append(name)
    members = Member.objects.filter(case__in=cases.values("pk"), left_on__isnull=True)
    for number, name in members.values_list("case", "name"):
        names[number].append(name)
    scores = {number: max(likeness(typed, name) for name in told) for number, told in names.items()}
    return sorted((number for number, score in scores.items() if score >= ENOUGH), key=lambda item: -scores[item])


def likeness(typed: str, name: str) -> float:
    """Return which share of the trigrams of `typed` stands in `name`, between 0 and 1; marks and capitals aside."""
    wanted, held = _trigrams(typed), _trigrams(name)
    return len(wanted & held) / len(wanted) if wanted else 0.0


def _trigrams(text: str) -> set[str]:
    plain = "".join(char for char in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(char))
    words = "".join(char if char.isalnum() else " " for char in plain).split()
    return {f"  {word} "[place : place + 3] for word in words for place in range(len(word) + 1)}
