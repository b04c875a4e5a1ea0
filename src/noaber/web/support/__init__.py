"""Basic support: people and families who get help close to home, the team that gives it, four eyes, and escalation.

What lives here: questions that lead to support, cases with their plan, groups, teams and their second shell, AVE,
Today. What does not: the first contact (entrance), indicated support (casework) and what is shared with another
organisation (exchange). The resident's pages and the site may ask here; nobody else.
"""

__all__: list[str] = []
