"""How the journal tells of a contact: which one, by its day, and about whom; in one place for all who write it."""

from __future__ import annotations

from typing import Any

from noaber.web.journal.actions import By, write

from .models import Contact


def subject_of(contact: Contact) -> str:
    """Return the key of the resident whom a contact is about, for the journal; empty when anonymous."""
    whose = contact.whose
    return whose.key if whose else ""


def tell(event: str, contact: Contact, by: By, **details: Any) -> None:
    """Write the one line of an act about a contact."""
    write(
        event,
        by=by,
        object=("contact", contact.key),
        object_name=f"contact van {contact.at:%d-%m-%Y}",
        subject=subject_of(contact),
        details=details,
    )
