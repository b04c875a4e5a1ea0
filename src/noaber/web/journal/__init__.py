"""The journal: who did what to what, when, from where and for which purpose, and who looked; append-only and chained.

What lives here: writing an entry, its sentence, reading and verifying. What does not: deciding who may (access), pages
(oversight) and the acts themselves. Every action of every room writes exactly one entry; this room asks only privacy.
"""

__all__: list[str] = []
