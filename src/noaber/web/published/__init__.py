"""Published figures: taken in by one person, approved by another, shown to everyone, and the questions under them.

What lives here: versions of figures and their approval, pages by theme and district, the fact sheet, downloads,
questions and answers. What does not: counting and hiding (the core) and the council's home (council).
"""

__all__: list[str] = []
