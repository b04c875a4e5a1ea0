"""The rules of iWmo and iJw: a table per kind of line of what is refused or remarked, and the judge that asks them.

What lives here: the rules and the book of what stands, which they ask. What does not: files, frames, pseudonyms. The
door `sources.messages` calls `check_against`; whoever writes a message may call `check` before sending it.
"""

from .book import Allocated, Asked, Book, Claimed
from .findings import findings
from .judge import FAMILIES, Family, Line, Verdict, check, check_against, for_us, identify, lines
from .rule import At, Effect, Rule, Violation, provider_of, refuses, remarks

__all__ = [
    "FAMILIES",
    "Allocated",
    "Asked",
    "At",
    "Book",
    "Claimed",
    "Effect",
    "Family",
    "Line",
    "Rule",
    "Verdict",
    "Violation",
    "check",
    "check_against",
    "findings",
    "for_us",
    "identify",
    "lines",
    "provider_of",
    "refuses",
    "remarks",
]
