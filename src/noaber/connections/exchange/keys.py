"""Keys: what an installation signs and opens with, and what it gives the other to check and seal with.

One secret of 32 bytes gives two private keys, one to sign (Ed25519) and one to open (X25519), so that no key serves two
purposes. The public halves travel as a JSON Web Key Set (RFC 7517, 8037); a key is named by its thumbprint (RFC 7638).
Secrets form a series: the newest signs and is sealed for, older ones still open what was sealed for them.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from noaber.records import NoaberError


class KeyFileError(NoaberError):
    """The file with the public keys of the other organisation cannot be used."""

    code = "N-261"
    exit_code = 2


class _Key(msgspec.Struct, frozen=True):
    """One public key as RFC 8037 writes it."""

    crv: Literal["Ed25519", "X25519"]
    x: str
    kty: Literal["OKP"] = "OKP"
    use: Literal["sig", "enc"] = "sig"
    kid: str = ""


class _KeySet(msgspec.Struct, frozen=True):
    """The public keys of one organisation, newest first."""

    organisation: str
    keys: tuple[_Key, ...]


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """The private keys of this installation by their name; `signs_as` and `sealed_for` name the newest of each."""

    signing: Mapping[str, Ed25519PrivateKey]
    opening: Mapping[str, X25519PrivateKey]
    signs_as: str
    sealed_for: str

    @classmethod
    def of(cls, secrets: Mapping[int, bytes]) -> OwnKeys:
        """Return the keys that follow from a series of secrets of 32 bytes, by number; the highest is the newest."""
        newest_first = [secrets[number] for number in sorted(secrets, reverse=True)]
        signing = [Ed25519PrivateKey.from_private_bytes(_derived(item, b"sign")) for item in newest_first]
        opening = [X25519PrivateKey.from_private_bytes(_derived(item, b"open")) for item in newest_first]
        by_signing = {_public(key.public_key()).kid: key for key in signing}
        by_opening = {_public(key.public_key()).kid: key for key in opening}
        return cls(by_signing, by_opening, next(iter(by_signing)), next(iter(by_opening)))

    def public(self) -> PeerKeys:
        """Return the public halves, as the other organisation holds them."""
        return PeerKeys(
            {name: key.public_key() for name, key in self.signing.items()},
            {name: key.public_key() for name, key in self.opening.items()},
        )


@dataclass(frozen=True, slots=True)
class PeerKeys:
    """The public keys of the other organisation by their name, newest first."""

    checking: Mapping[str, Ed25519PublicKey]
    sealing: Mapping[str, X25519PublicKey]


def public_file(keys: OwnKeys, organisation: str) -> bytes:
    """Return the file to hand to the other organisation; nothing in it is secret, but it must arrive unchanged."""
    public = keys.public()
    found = [*map(_public, public.checking.values()), *map(_public, public.sealing.values())]
    return msgspec.json.format(msgspec.json.encode(_KeySet(organisation, tuple(found))), indent=2) + b"\n"


def read_public(content: bytes, *, organisation: str, where: str = "") -> PeerKeys:
    """Return the keys in a file of public keys; raises `KeyFileError` (N-261) when it is not one, or of another."""
    try:
        found = msgspec.json.decode(content, type=_KeySet)
        checking = {k.kid: Ed25519PublicKey.from_public_bytes(_bytes(k.x)) for k in found.keys if k.crv == "Ed25519"}
        sealing = {k.kid: X25519PublicKey.from_public_bytes(_bytes(k.x)) for k in found.keys if k.crv == "X25519"}
        named = all(_public(key).kid == name for name, key in checking.items())
        named = named and all(_public(key).kid == name for name, key in sealing.items())
    except (msgspec.MsgspecError, ValueError) as error:
        raise _wrong("This is no file of public keys.", where) from error
    if not checking or not sealing or not named:
        raise _wrong("A public key is missing, or does not fit its name.", where)
    if found.organisation != organisation:
        raise _wrong(f"These are the keys of another organisation than {organisation}.", where)
    return PeerKeys(checking, sealing)


def _wrong(what: str, where: str) -> KeyFileError:
    return KeyFileError(what, where=where, now="Ask the other organisation for the file that `exchange_keys` writes.")


def _public(key: Ed25519PublicKey | X25519PublicKey) -> _Key:
    """Return a public key in words, named by its thumbprint: SHA-256 over its required members (RFC 7638)."""
    crv: Literal["Ed25519", "X25519"] = "Ed25519" if isinstance(key, Ed25519PublicKey) else "X25519"
    x = _text(key.public_bytes_raw())
    thumb = _text(hashlib.sha256(f'{{"crv":"{crv}","kty":"OKP","x":"{x}"}}'.encode()).digest())
    return _Key(crv, x, use="sig" if crv == "Ed25519" else "enc", kid=thumb)


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"noaber exchange " + purpose).derive(secret)


def _text(plain: bytes) -> str:
    return base64.urlsafe_b64encode(plain).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
