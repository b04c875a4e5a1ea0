"""The front desk: what residents fill in themselves, one question per page, and what they see of it afterwards.

What lives here: the form on the web, its drafts under a code, uploads, and the page that says what happens with it.
What does not: answering (entrance, whose actions take a finished form in) and who logs in (access).
"""

__all__: list[str] = []
