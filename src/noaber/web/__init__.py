"""The Django half, in which people work; each room is a folder, and `site` puts the rooms of a role together.

What lives here: people, rights, pages, and what two organisations say to each other. What does not: the analysis, of
which only `workbench` may know. Nothing outside this half imports it.
"""

__all__: list[str] = []
