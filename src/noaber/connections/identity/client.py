"""Asks an identity connection who somebody is: the authorization code flow of OpenID Connect, with PKCE and nonce."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.parse import urlencode

import httpx
import jwt

from noaber.records import NoaberError

_NUMBER: Final = re.compile(r"\d{9}")
_SECONDS: Final = 10.0


class IdentityError(NoaberError):
    """The identity connection did not say who somebody is, or said it in a way that cannot be trusted."""

    code = "N-260"
    exit_code = 5


@dataclass(frozen=True, slots=True)
class Pending:
    """What is remembered of a login that has begun, in the session of whoever began it."""

    state: str
    nonce: str
    verifier: str

    def plain(self) -> dict[str, str]:
        """Return it as a session keeps it."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityConnection:
    """A provider that vouches for residents.

    `assurance` lists the `acr` values that are strong enough, none meaning any; `claim` names the claim of the token
    with the citizen number; `back` is our address that it sends people back to.
    """

    issuer: str
    client_id: str
    client_secret: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_endpoint: str
    back: str
    assurance: tuple[str, ...] = ()
    claim: str = "bsn"

    def begin(self) -> tuple[str, Pending]:
        """Return the address to send somebody to, and what to remember until they are back."""
        pending = Pending(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))
        digest = hashlib.sha256(pending.verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self.client_id,
            "redirect_uri": self.back,
            "state": pending.state,
            "nonce": pending.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        if self.assurance:
            asked["acr_values"] = " ".join(self.assurance)
        return f"{self.authorization_endpoint}?{urlencode(asked)}", pending

    def finish(self, answer: Mapping[str, str], pending: Pending | None) -> str:
        """Return the citizen number of whoever came back with `answer`; raises IdentityError (N-260) otherwise."""
        if pending is None or not hmac.compare_digest(answer.get("state", ""), pending.state):
            raise _refused("The answer belongs to another login.")
        if "code" not in answer:
            raise _refused("The login was broken off.")
        claims = self._claims(answer["code"], pending)
        if not hmac.compare_digest(str(claims.get("nonce", "")), pending.nonce):
            raise _refused("The token belongs to another login.")
        if self.assurance and claims.get("acr") not in self.assurance:
            raise _refused("The login was not strong enough.")
        number = str(claims.get(self.claim, ""))
        if not _NUMBER.fullmatch(number):
            raise _refused("The token has no citizen number.")
        return number

    def _claims(self, code: str, pending: Pending) -> dict[str, Any]:
        """Return what the token says, its signature, issuer, audience and end checked."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.back,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "code_verifier": pending.verifier,
        }
        try:
            with httpx.Client(timeout=_SECONDS) as web:
                token = web.post(self.token_endpoint, data=asked).raise_for_status().json()["id_token"]
                keys = jwt.PyJWKSet.from_dict(web.get(self.jwks_endpoint).raise_for_status().json())
            known_as = jwt.get_unverified_header(token).get("kid")
            key = next(item for item in keys.keys if item.key_id == known_as)
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=["RS256", "PS256", "ES256"],
                audience=self.client_id,
                issuer=self.issuer,
                options={"require": ["exp", "iat", "aud", "iss"]},
            )
        except (httpx.HTTPError, jwt.PyJWTError, StopIteration, KeyError, ValueError, TypeError) as fault:
            raise _refused(f"The token cannot be trusted ({type(fault).__name__}).") from None
        return claims


def _refused(what: str) -> IdentityError:
    return IdentityError(what, now="Log in again; when it keeps failing, look at [residents] in the installation file.")
