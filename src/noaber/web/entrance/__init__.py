"""The entrance: contacts, clarifying, triage, call-backs, the social map, sample registration, and what to do today.

What lives here: residents as the entrance knows them, their questions and what came of them, opening places. What does
not: support itself (support), files (casework), what residents fill in themselves (frontdesk). Rooms above call its
actions and start from its querysets; nobody else writes its tables.
"""

__all__: list[str] = []
