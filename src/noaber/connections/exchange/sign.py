"""Signatures: HTTP Message Signatures (RFC 9421) with Ed25519, over the digest of what is said (RFC 9530).

A question is signed with its method, host, path, digest and type, a moment and a number that is used once. The answer
is signed with its status and digest and with the signature of the question, so that it answers that one and no other.
Only what this exchange uses is understood: another algorithm, label or list of components is refused.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.exceptions import InvalidSignature

from noaber.records import NoaberError

from .keys import OwnKeys, PeerKeys

WINDOW_SECONDS: Final = 300
"""How far the clocks of two organisations may differ, and how long a number that is used once must be remembered."""
_QUESTION: Final = ("@method", "@authority", "@path", "content-digest", "content-type")
_ANSWER: Final = ("@status", "content-digest", "content-type")
_ASKED: Final = '"signature";req;key="noaber"'
_INPUT: Final = re.compile(
    r'noaber=(\(.*\);created=(\d{1,12});nonce="([\w-]{22,64})";keyid="([\w-]{10,64})";alg="ed25519")'
)
SIGNATURE: Final = re.compile(r"noaber=:([A-Za-z0-9+/=]{88}):")


class SignatureError(NoaberError):
    """What arrived was not signed by whom it says, was changed on its way, or comes too late."""

    code = "N-262"
    exit_code = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """A question or an answer as it is signed; names of headers are in small letters."""

    method: str
    authority: str
    path: str
    body: bytes
    headers: Mapping[str, str]
    status: int = 0
    """Of an answer; 0 for a question."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed by which key, the number that is used once, and the signature itself."""

    key: str
    nonce: str
    signature: str


def sign_request(question: Exchanged, keys: OwnKeys, *, at: datetime) -> dict[str, str]:
    """Return the headers that sign a question: content-digest, signature-input and signature."""
    return _sign(question, keys, at, _components(_QUESTION), asked="")


def sign_answer(answer: Exchanged, keys: OwnKeys, *, at: datetime, asked: str) -> dict[str, str]:
    """Return the headers that sign an answer to the question with the signature `asked`."""
    return _sign(answer, keys, at, _components(_ANSWER, _ASKED), asked=asked)


def verify_request(question: Exchanged, keys: PeerKeys, *, at: datetime) -> Signed:
    """Return who signed a question; raises `SignatureError` (N-262). The caller refuses a nonce that it saw before."""
    return _verify(question, keys, at, _components(_QUESTION), asked="")


def verify_answer(answer: Exchanged, keys: PeerKeys, *, at: datetime, asked: str) -> Signed:
    """Return who signed the answer to the question with the signature `asked`; raises `SignatureError` (N-262)."""
    return _verify(answer, keys, at, _components(_ANSWER, _ASKED), asked=asked)


def key_of(headers: Mapping[str, str]) -> str:
    """Return the name of the key that says to have signed; empty when nothing did."""
    found = _INPUT.fullmatch(headers.get("signature-input", ""))
    return found[4] if found else ""


def _components(names: tuple[str, ...], *more: str) -> str:
    return "(" + " ".join((*(f'"{name}"' for name in names), *more)) + ")"


def _sign(said: Exchanged, keys: OwnKeys, at: datetime, components: str, asked: str) -> dict[str, str]:
    name = keys.signs_as
    nonce = secrets.token_urlsafe(24)
    params = f'{components};created={int(at.timestamp())};nonce="{nonce}";keyid="{name}";alg="ed25519"'
    digest = _digest(said.body)
    line = _line(said, {**said.headers, "content-digest": digest}, params, asked)
    signature = base64.b64encode(keys.signing[name].sign(line)).decode()
    return {
        "content-digest": digest,
        "signature-input": f"noaber={params}",
        "signature": f"noaber=:{signature}:",
    }


def _verify(said: Exchanged, keys: PeerKeys, at: datetime, components: str, asked: str) -> Signed:
    told = _INPUT.fullmatch(said.headers.get("signature-input", ""))
    given = SIGNATURE.fullmatch(said.headers.get("signature", ""))
    if told is None or given is None or not told[1].startswith(f"{components};"):
        raise SignatureError(
            "There is no signature, or not over what must be signed.", now="Sign as RFC 9421 and the manual say."
        )
    key = keys.checking.get(told[4])
    if key is None:
        raise SignatureError("The key of the signature is not known here.", now="Exchange public keys again.")
    if abs(at.timestamp() - int(told[2])) > WINDOW_SECONDS:
        raise SignatureError("The signature is too old, or the clocks differ.", now="Set both clocks by a time server.")
    if said.headers.get("content-digest") != _digest(said.body):
        raise SignatureError("What arrived is not what was signed.", now="Look for what changes messages on their way.")
    try:
        key.verify(base64.b64decode(given[1], validate=True), _line(said, said.headers, told[1], asked))
    except (InvalidSignature, binascii.Error):
        raise SignatureError("The signature does not fit.", now="Check that host and path arrive unchanged.") from None
    return Signed(told[4], told[3], said.headers["signature"])


def _line(said: Exchanged, headers: Mapping[str, str], params: str, asked: str) -> bytes:
    """Return the signature base of RFC 9421 section 2.5: a line per component, then the parameters."""
    derived = {
        "@method": said.method,
        "@authority": said.authority.lower(),
        "@path": said.path,
        "@status": str(said.status),
        _ASKED: asked.removeprefix("noaber="),
    }
    names = re.findall(r'"signature";req;key="noaber"|"[^"]+"', params.partition(")")[0])
    lines = []
    for quoted in names:
        name = quoted if quoted == _ASKED else quoted.strip('"')
        value = derived[name] if name in derived else " ".join(headers.get(name, "").split())
        lines.append(f"{quoted}: {value}")
    return "\n".join((*lines, f'"@signature-params": {params}')).encode()


def _digest(body: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
