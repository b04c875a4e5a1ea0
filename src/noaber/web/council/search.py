"""Finding what is public: figures, definitions, documents, districts, and questions with their answers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from noaber.web.access.presence import language
from noaber.web.published import shelf
from noaber.web.published.gallery import gallery, sheet
from noaber.web.published.models import Question

Kind = Literal["figure", "definition", "document", "district", "question"]
_MOST = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found: what it is, its title, a few words about it, and where it stands."""

    kind: Kind
    title: str
    words: str
    address: str


def search(asked: str) -> list[Hit]:
    """Return what holds every word that was asked, titles first; only what everyone may read."""
    wanted = _plain(asked).split()
    if not wanted:
        return []
    found = [hit for hit in _everything() if _holds(wanted, (hit.title, hit.words))]
    return sorted(found, key=lambda hit: not _holds(wanted, (hit.title,)))[:_MOST]


def _everything() -> Iterator[Hit]:
    """Go through all that is public, in the order in which it is found."""
    tongue = language()
    current = shelf.current()
    exhibits = gallery(list(current.values()))
    for item in exhibits:
        address = reverse("published:theme", args=[item.theme.key]) + f"#{item.figure.name}"
        yield Hit("figure", item.figure.title, f"{item.figure.about} · {item.theme.name(tongue)}", address)
    for indicator, result in shelf.results(current.values()).items():
        address = reverse("published:figure", args=[indicator])
        yield Hit("definition", result.title(tongue), result.definition(tongue), address)
    made = sheet(current)
    if made is not None:
        name = _("Sociaal domein in beeld %(year)s") % {"year": made.year}
        about = _("Factsheet: alle cijfers op één blad, ook als PDF")
        yield Hit("document", name, about, reverse("published:factsheet"))
    town = shelf.town()
    for district in town.districts if town else ():
        yield Hit(
            "district", district.name, _("Cijfers van deze wijk"), reverse("published:district", args=[district.code])
        )
    for question in Question.objects.public():
        address = reverse("published:figure", args=[question.indicator]) + f"#vraag-{question.pk}"
        yield Hit("question", question.text, question.answer, address)


def _holds(wanted: Iterable[str], texts: Iterable[str]) -> bool:
    held = _plain(" ".join(texts))
    return all(word in held for word in wanted)


def _plain(text: str) -> str:
    """Return a text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
