"""What a file is, by looking inside: only what cannot do anything by itself is taken."""

from __future__ import annotations

import re
from typing import Final

BEGINNINGS: Final = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
)
LARGEST: Final = 5_000_000
MOST: Final = 3


def kind_of(content: bytes) -> tuple[str, str] | None:
    """Return the kind of a file and how its name ends; None for what we do not take."""
    return next(((kind, end) for begin, kind, end in BEGINNINGS if content.startswith(begin)), None)


def safe_name(name: str, end: str) -> str:
    """Return a name that is safe in a header and on a disk, ending in what the file is."""
    stem = re.sub(r"[^\w -]", "", name.rpartition(".")[0] or name).strip()[:80]
    return f"{stem or 'bijlage'}.{end}"
