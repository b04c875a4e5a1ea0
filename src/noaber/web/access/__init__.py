"""Who may do what here: organisations, teams, people, roles, permissions with their purpose, assignments and mandates.

What lives here: logging in and rights. What does not: what people do with them (each room), and the record of it
(journal). Every room of the web asks here; this room asks only journal and privacy.
"""

__all__: list[str] = []
