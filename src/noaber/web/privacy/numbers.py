"""Citizen numbers: encrypted in the database, found by a blind index, under keys that lie elsewhere and can be renewed.

A model has both fields side by side:

    number = EncryptedNumber()
    number_index = BlindIndex("number", unique=True)

and finds a row with `number_index__in=blind(number)`. What stands in the column is the number of the key and the
AES-256-GCM ciphertext, bound to the table and column it stands in; the index is an HMAC-SHA-256 of the number.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

from noaber.records import NoaberError

SERIES: Final = "numbers"
"""The name of the keys in the folder of keys: numbers-1.key, numbers-2.key, …"""
_NONCE: Final = 12


class NumberKeyError(NoaberError):
    """A citizen number cannot be read, because the key it was written with is not there or is another one."""

    code = "N-951"
    exit_code = 2


class Keyring:
    """The keys of citizen numbers by their number; the highest writes, all read."""

    def __init__(self, keys: Mapping[int, bytes]) -> None:
        self.newest = max(keys)
        self._seal = {number: AESGCM(_derived(key, b"seal")) for number, key in keys.items()}
        self._index = {number: _derived(key, b"index") for number, key in keys.items()}

    def seal(self, number: str, place: str) -> str:
        """Return `number` encrypted under the newest key, bound to the `place` where it will stand."""
        nonce = os.urandom(_NONCE)
        sealed = self._seal[self.newest].encrypt(nonce, number.encode(), place.encode())
        return f"{self.newest}.{base64.b64encode(nonce + sealed).decode()}"

    def unseal(self, sealed: str, place: str) -> str:
        """Return the number; raises NumberKeyError (N-951) without its key, or when it was moved or changed."""
        key, _, text = sealed.partition(".")
        plain = base64.b64decode(text)
        try:
            return self._seal[int(key)].decrypt(plain[:_NONCE], plain[_NONCE:], place.encode()).decode()
        except (KeyError, InvalidTag):
            raise NumberKeyError(
                "A citizen number cannot be read with the keys of this installation.",
                where=f"{place}, key {key}",
                now=f"Put {SERIES}-{key}.key back in the folder of keys, from where its copy is kept.",
            ) from None

    def index(self, number: str) -> str:
        """Return the blind index of a number under the newest key: 64 hex digits."""
        return _hashed(self._index[self.newest], number)

    def indexes(self, number: str) -> list[str]:
        """Return the blind indexes of a number under every key, newest first, so that renewing misses nobody."""
        return [_hashed(self._index[key], number) for key in sorted(self._index, reverse=True)]


def _hashed(key: bytes, number: str) -> str:
    return hmac.new(key, number.encode(), hashlib.sha256).hexdigest()


def _derived(key: bytes, purpose: bytes) -> bytes:
    """Return a key for one purpose, so that no key serves two."""
    return HKDF(SHA256(), 32, salt=None, info=b"noaber citizen number " + purpose).derive(key)


def keyring() -> Keyring:
    """Return the keys of this installation, as they lie in its folder now: another process may have renewed them."""
    return _keyring(tuple(sorted(settings.NOABER.series(SERIES).items())))


@cache
def _keyring(keys: tuple[tuple[int, bytes], ...]) -> Keyring:
    return Keyring(dict(keys))


def blind(number: str) -> list[str]:
    """Return the indexes under which a number may stand in a BlindIndex: ask with `__in`."""
    return keyring().indexes(number)


class EncryptedNumber(models.CharField[str, str]):
    """A number that the database holds encrypted; in Python it is a text. It cannot be searched: use its BlindIndex."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"max_length": 120})

    @property
    def _place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """Return the number, as Python sees it."""
        return keyring().unseal(value, self._place) if value else value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Return what the database holds."""
        return keyring().seal(str(value), self._place) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Return the lookup of emptiness, and refuse all others: every row is encrypted in another way."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted; look it up by its blind index.")
        return super().get_lookup(lookup_name)


class BlindIndex(models.CharField[str, str]):
    """By which a row is found that holds an encrypted number; filled when the row is saved, and says nothing itself."""

    def __init__(self, of: str, *args: Any, **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **kwargs | {"max_length": 64, "editable": False})

    def deconstruct(self) -> Any:
        """Return how a migration writes this field."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"], kwargs["editable"]
        return name, path, [self.of, *args], kwargs

    def pre_save(self, instance: models.Model, add: bool) -> str:
        """Work the index out of the number beside it."""
        value = keyring().index(getattr(instance, self.of)) if getattr(instance, self.of) else ""
        setattr(instance, self.attname, value)
        return value
