"""The gate: a `Result` goes in, a `SafeResult` comes out, and nothing else may be drawn or published.

What lives here: what is hidden and rounded, the audit that plays the attacker, and the only writer and reader of
published files. What does not: calculating and drawing. `jobs`, `cli` and figures may call; the web only reads.
"""

from .attacker import Area
from .audit import Audit, Interval, audit
from .errors import ContradictionError, DisclosureError, MissingKeyError, PublishedFileError, RecoverableError
from .gate import protect, protect_together
from .published import Entry, Index, current, index, parse, read
from .release import Publication, publish, published
from .report import report
from .safe import REASONS, SafeResult

__all__ = [
    "REASONS",
    "Area",
    "Audit",
    "ContradictionError",
    "DisclosureError",
    "Entry",
    "Index",
    "Interval",
    "MissingKeyError",
    "Publication",
    "PublishedFileError",
    "RecoverableError",
    "SafeResult",
    "audit",
    "current",
    "index",
    "parse",
    "protect",
    "protect_together",
    "publish",
    "published",
    "read",
    "report",
]
