"""What we keep of people: in which class every field is, for how long, and why; encrypted numbers; destroying in time.

What lives here: classes, encrypted fields, the job that destroys, what we hold on one person. What does not: who may
look (access) and who looked (journal). Every room of the web classes its fields with the words of `classes`.
"""

from .classes import Class, identifier, internal, personal, plain, special

__all__ = ["Class", "identifier", "internal", "personal", "plain", "special"]
