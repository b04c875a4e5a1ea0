"""Logging in with a mail address and a password; the second step follows in the views."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from .models import Person


class LocalBackend(BaseBackend):
    """Knows people by their mail address and password; a closed account does not exist for it."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Person | None:
        """Return the person whose address and password these are, or None; both ways take as long."""
        if username is None or password is None:
            return None
        try:
            person = Person.objects.select_related("organisation").get(email__iexact=username)
        except Person.DoesNotExist:
            Person().set_password(password)  # as slow as checking, so that time does not tell who exists
            return None
        return person if person.check_password(password) and person.is_active else None

    def get_user(self, user_id: int) -> Person | None:
        """Return the person of a session, unless the account was closed since."""
        return Person.objects.select_related("organisation").filter(pk=user_id, closed_at__isnull=True).first()
