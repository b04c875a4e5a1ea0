"""What we keep of people: in which class every field is, for how long, and why; encrypted numbers; destroying in time.

What lives here: classes, encrypted fields, destroying, what is held on one person, the register. What does not: who may
look (access), who looked (journal), pages (oversight). Every room of the web classes its fields with these words.
"""

from .classes import Class, identifier, internal, personal, plain, secret, special

__all__ = ["Class", "identifier", "internal", "personal", "plain", "secret", "special"]
