"""The doors: one file per supplier format, each returning the rows it kept and a receipt on which every row stands.

What lives here: reading what suppliers send. What does not: storing it (`snapshot`) and counting (`indicators`).
Doors do not know each other; only `jobs` calls them.
"""

__all__: list[str] = []
