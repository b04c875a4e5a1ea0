"""The gate: a `Result` goes in, a `SafeResult` comes out, and nothing else may be drawn or published.

What lives here: what is hidden and rounded, the audit that plays the attacker, and the only writer and reader of
published files. What does not: calculating and drawing. `jobs`, `cli` and figures may call; the web only reads.
"""

from .errors import ContradictionError, DisclosureError, MissingKeyError, PublishedFileError, RecoverableError
from .gate import protect
from .published import Entry, Index, index, read
from .release import publish
from .safe import REASONS, SafeResult

__all__ = [
    "REASONS",
    "ContradictionError",
    "DisclosureError",
    "Entry",
    "Index",
    "MissingKeyError",
    "PublishedFileError",
    "RecoverableError",
    "SafeResult",
    "index",
    "protect",
    "publish",
    "read",
]
