"""The doors: one file per supplier format, each returning the rows it kept and a receipt on which every row stands.

What lives here: reading what suppliers send. What does not: storing it (`snapshot`) and counting (`indicators`).
Doors do not know each other; only `jobs` calls them, each as `door.read(path, town=, supplier=, pseudonyms=, ...)`.
"""

from . import backoffice, cbs, indications, messages, tables

__all__ = ["backoffice", "cbs", "indications", "messages", "tables"]
