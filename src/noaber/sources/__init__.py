"""The doors: one file per supplier format, each returning the rows it kept and a receipt on which every row stands.

What lives here: reading what suppliers send. What does not: storing it (`snapshot`) and counting (`indicators`).
Doors do not know each other; only `jobs` calls them, each as `door.read(path, town=, supplier=, pseudonyms=, ...)`.
"""

from . import backoffice, cbs, indications, messages, tables
from .intake import DeliveryError, deliveries, read_all, write_receipts
from .standing import NEEDED

__all__ = [
    "NEEDED",
    "DeliveryError",
    "backoffice",
    "cbs",
    "deliveries",
    "indications",
    "messages",
    "read_all",
    "tables",
    "write_receipts",
]
