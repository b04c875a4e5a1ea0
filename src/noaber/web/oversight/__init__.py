"""Oversight: the pages of the privacy officer, and what residents may see of who looked at them.

What lives here: reading the journal, the processing register, retention, all that is held on one person. What does not:
the journal and the classes themselves (journal, privacy), and who may (access). It reads all rooms by what their models
declare, and none of them asks it anything.
"""

__all__: list[str] = []
