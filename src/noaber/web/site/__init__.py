"""What puts the rooms of a role together: settings, addresses, templates, theme, health and jobs.

What lives here: what belongs to no room. What does not: people (access), acts (each room's `actions`), figures.
This room stands on top of all others of the web; none of them imports it.
"""

__all__: list[str] = []
