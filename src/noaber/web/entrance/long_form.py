"""The longer questions that one in k contacts is asked: broad classes, so that nobody can be known by them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from noaber.records import Text

from .words import Word


def _word(key: str, nl: str, en: str) -> Word:
    return Word(key, Text(nl, en), Text("", ""))


_UNKNOWN: Final = _word("unknown", "weet ik niet, of wil ik niet zeggen", "do not know, or would rather not say")


@dataclass(frozen=True, slots=True)
class Extra:
    """A longer question, its answers, and the answer whose share is followed."""

    key: str
    words: Text
    answers: tuple[Word, ...]
    followed: str


EXTRAS: Final = (
    Extra(
        "age",
        Text("Hoe oud is wie het betreft?", "How old is the person it is about?"),
        (
            _word("0-17", "jonger dan 18", "younger than 18"),
            _word("18-64", "18 tot en met 64", "18 to 64"),
            _word("65+", "65 of ouder", "65 or older"),
            _UNKNOWN,
        ),
        "65+",
    ),
    Extra(
        "household",
        Text("Met wie woont deze persoon?", "With whom does this person live?"),
        (
            _word("alone", "alleen", "alone"),
            _word("together", "met een ander, zonder kinderen", "with another, without children"),
            _word("children", "met kinderen", "with children"),
            _word("other", "anders", "otherwise"),
            _UNKNOWN,
        ),
        "alone",
    ),
    Extra(
        "way",
        Text("Hoe kwam de inwoner bij ons?", "How did the resident come to us?"),
        (
            _word("self", "zelf", "by themselves"),
            _word("near", "door familie of buren", "by family or neighbours"),
            _word("doctor", "door de huisarts of een andere zorgverlener", "by the doctor or another carer"),
            _word("school", "door school of kinderopvang", "by school or child care"),
            _word("municipality", "door de gemeente", "by the municipality"),
            _UNKNOWN,
        ),
        "self",
    ),
    Extra(
        "before",
        Text("Is hiervoor al eerder hulp gevraagd?", "Was help asked for this before?"),
        (
            _word("no", "nee, dit is de eerste keer", "no, this is the first time"),
            _word("here", "ja, bij ons", "yes, with us"),
            _word("elsewhere", "ja, ergens anders", "yes, elsewhere"),
            _UNKNOWN,
        ),
        "no",
    ),
    Extra(
        "without",
        Text("Wat was er zonder ons gebeurd?", "What would have happened without us?"),
        (
            _word("self", "de inwoner was er zelf uitgekomen", "they would have managed"),
            _word("later", "het was later erger geworden", "it would have become worse later"),
            _word("indication", "de inwoner had een indicatie gevraagd", "they would have asked an indication"),
            _UNKNOWN,
        ),
        "indication",
    ),
)
"""The longer questions, in their order."""

WHY_NOT: Final = (
    _word("refused", "de inwoner wilde niet", "they would rather not"),
    _word("no_time", "er was geen tijd", "there was no time"),
    _word("unfit", "het was er het moment niet voor", "it was not the moment for it"),
)
"""Why the longer questions could not be asked."""
