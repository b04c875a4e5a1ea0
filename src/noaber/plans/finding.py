"""A finding: what in a plan does not add up, where it stands, and who can say what is right; and how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from noaber.records import Language, Text

FindingKind: TypeAlias = Literal[
    "total",
    "conclusion",
    "balance",
    "percentage",
    "misprint",
    "twice",
    "base",
    "on_hold",
    "inferred",
    "source",
    "reference",
    "code",
    "care_form",
]

ADVICE: Final[dict[FindingKind, Text]] = {
    "total": Text(
        "Vraag de opsteller welk getal geldt, of zet bij het totaal waarop het is afgerond (rounded_to).",
        "Ask the author which number holds, or say to what the total was rounded (rounded_to).",
    ),
    "conclusion": Text(
        "Vraag de opsteller welke van de twee tabellen geldt.", "Ask the author which of the two tables holds."
    ),
    "balance": Text(
        "Vraag de opsteller of het saldo of een van de posten anders is.",
        "Ask the author whether the balance or one of the rows differs.",
    ),
    "percentage": Text(
        "Noem het berekende percentage, of zeg van welke getallen het wel komt.",
        "Use the computed percentage, or say from which numbers it does come.",
    ),
    "misprint": Text(
        "Laat de opsteller bevestigen dat zo gelezen mag worden.", "Let the author confirm that this reading is right."
    ),
    "twice": Text("Laat de besparing bij één van de twee tellen.", "Let the saving count with one of them."),
    "base": Text(
        "Verlaag een bedrag, of wijs er een andere grondslag voor aan.", "Lower an amount, or give it another base."
    ),
    "on_hold": Text(
        "Haal het bedrag uit de raming, of neem een besluit om door te gaan.",
        "Take the amount out of the estimate, or decide to go on.",
    ),
    "inferred": Text(
        "Leg de namen naast het oorspronkelijke document.", "Hold the names against the original document."
    ),
    "source": Text("Zet erbij waar het bedrag staat (source).", "Say where the amount stands (source)."),
    "reference": Text("Verbeter de verwijzing, of voeg toe wat ontbreekt.", "Correct it, or add what is missing."),
    "code": Text("Geef elk een eigen code.", "Give each a code of its own."),
    "care_form": Text("Kies een code uit municipality.toml.", "Choose a code from municipality.toml."),
}
"""What to do about each kind of finding."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that does not add up. Nothing is repaired: who wrote the document says what is right."""

    kind: FindingKind
    file: str
    line: int
    subjects: tuple[str, ...]
    """Codes of what it is about."""
    year: int | None = None
    what: Text

    @property
    def advice(self) -> Text:
        """What to do about it."""
        return ADVICE[self.kind]


def write(findings: Sequence[Finding], language: Language = "nl") -> list[str]:
    """Return the findings as plain lines: per finding where and what, then what to do."""
    lines = []
    for item in findings:
        lines += [f"{item.file}:{item.line}  {item.what(language)}", f"    {item.advice(language)}"]
    return lines


def as_dicts(findings: Sequence[Finding], language: Language = "nl") -> list[dict[str, Any]]:
    """Return the findings as plain values with the keys kind, file, line, subjects, year, what and advice."""
    return [
        {
            "kind": item.kind,
            "file": item.file,
            "line": item.line,
            "subjects": list(item.subjects),
            "year": item.year,
            "what": item.what(language),
            "advice": item.advice(language),
        }
        for item in findings
    ]


def money(cents: int) -> Text:
    """Return an amount in words: € 1.505.000 in Dutch, €1,505,000 in English; cents only where there are any."""
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    english = f"{euros:,}" + (f".{rest:02}" if rest else "")
    dutch = english.translate(str.maketrans(",.", ".,"))
    return Text(f"€ {sign}{dutch}", f"{sign}€{english}")
