"""Seals: what is said about a person is encrypted for one reader, whoever carries it (HPKE, RFC 9180).

X25519, HKDF-SHA-256 and AES-256-GCM, in base mode: the signature around it says who sealed. Bound to `about` (the
message, who sends and who receives), so that nobody can put it in another envelope.
"""

from __future__ import annotations

import base64
import binascii
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from noaber.records import NoaberError

from .keys import OwnKeys, PeerKeys

_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class SealError(NoaberError):
    """What arrived was not sealed for this installation, or belongs in another envelope."""

    code = "N-263"
    exit_code = 4


def seal(plain: bytes, keys: PeerKeys, *, about: str) -> tuple[str, str]:
    """Return the name of the reader's newest key, and `plain` sealed for it (base64)."""
    name, key = next(iter(keys.sealing.items()))
    return name, base64.b64encode(_SUITE.encrypt(plain, key, about.encode())).decode()


def open_sealed(sealed: str, keys: OwnKeys, *, key: str, about: str) -> bytes:
    """Return what was sealed; raises `SealError` (N-263) when the key is not ours or the seal was broken."""
    own = keys.opening.get(key)
    if own is None:
        raise SealError("It was sealed for a key that is not here.", now="Give the other side the newest public keys.")
    try:
        return _SUITE.decrypt(base64.b64decode(sealed, validate=True), own, about.encode())
    except (InvalidTag, ValueError, binascii.Error):
        raise SealError("The seal is broken, or belongs to another message.", now="Send the message again.") from None
