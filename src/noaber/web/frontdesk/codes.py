"""Codes with which a resident finds a form again: easy to read out, and too many to guess."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

from django.conf import settings

_LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ23456789"
"""No vowels, so that no words come about; nothing that looks like something else."""
_LONG: Final = 12


def make() -> str:
    """Return a new code, such as BCDF-2345-GHJK: one out of 28 to the twelfth."""
    plain = "".join(secrets.choice(_LETTERS) for _ in range(_LONG))
    return "-".join(plain[place : place + 4] for place in range(0, _LONG, 4))


def hashed(code: str) -> str:
    """Return what is kept of a code, however it was typed: 64 hex digits that only this installation can make."""
    plain = "".join(sign for sign in code.upper() if sign in _LETTERS)
    return hmac.new(settings.NOABER.secret("web_forms"), plain.encode(), hashlib.sha256).hexdigest()
