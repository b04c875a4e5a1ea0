"""An imitation of an identity connection, for the demo and for tests: real HTTP, real tokens, and made-up residents.

Whoever opens its page sees at once that it is not DigiD: anyone may choose to be any resident. It listens on this
machine only.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import parse_qs, urlencode
from wsgiref.simple_server import WSGIRequestHandler, make_server

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

_KEY: Final = "made-up"
_MINUTES: Final = 5
_PAGE: Final = """<!doctype html><html lang="nl"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Dit is geen DigiD</title>
<style>body{font:18px/1.5 sans-serif;margin:0;color:#222;background:#fff}
p.stripes{margin:0;padding:1.5rem;font-size:1.5rem;font-weight:700;color:#7a1f00;
background:repeating-linear-gradient(-45deg,#fff2cc 0 18px,#ffe08a 18px 36px)}
main{max-width:36rem;margin:0 auto;padding:1rem 1.5rem 4rem}
button{display:block;width:100%;margin:.5rem 0;padding:.9rem;font:inherit;text-align:start;cursor:pointer;
background:#fff;border:2px dashed #7a1f00;border-radius:4px}button:focus-visible{outline:4px solid #7a1f00}</style>
<p class="stripes">Dit is geen DigiD. Dit is nep, voor een verzonnen gemeente.</p>
<main><h1>Wie wilt u zijn?</h1><p>Niemand hieronder bestaat. U hoeft dus niets te bewijzen.
Bij een echte gemeente staat hier de inlog van DigiD.</p><form method="post">BUTTONS</form></main></html>"""


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the library's own word
        """Say nothing: an address here holds a code."""


class FakeIdentity:
    """A provider that vouches for whoever asks; `residents` are (citizen number, name) pairs that do not exist."""

    def __init__(
        self, residents: Sequence[tuple[str, str]], *, acr: str = "nep", clock: Callable[[], float] = time.time
    ) -> None:
        self._clock = clock
        self.residents = dict(residents)
        self.acr = acr
        self.issuer = ""
        self.override: dict[str, Any] = {}
        """Claims that tests want to be wrong."""
        self._codes: dict[str, dict[str, str]] = {}
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def settings(self) -> dict[str, str]:
        """Return the addresses, as an installation file names them."""
        ends = {"authorization_endpoint": "/", "token_endpoint": "/token", "jwks_endpoint": "/keys"}
        return {"issuer": self.issuer, "user_endpoint": self.issuer} | {
            name: self.issuer + path for name, path in ends.items()
        }

    @contextmanager
    def serve(self, port: int = 0) -> Iterator[str]:
        """Answer on this machine while the block lasts; gives the address, at a free port unless one is named."""
        with make_server("127.0.0.1", port, self, handler_class=_Quiet) as server:
            self.issuer = f"http://127.0.0.1:{server.server_port}"
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            try:
                yield self.issuer
            finally:
                server.shutdown()
                thread.join()

    def __call__(self, request: Mapping[str, Any], start: Callable[..., Any]) -> list[bytes]:
        """Answer one request, as WSGI asks it."""
        length = int(request.get("CONTENT_LENGTH") or 0)
        given = {name: values[0] for name, values in parse_qs(request["wsgi.input"].read(length).decode()).items()}
        asked = {name: values[0] for name, values in parse_qs(request.get("QUERY_STRING", "")).items()}
        where, post = request["PATH_INFO"], request["REQUEST_METHOD"] == "POST"
        if where == "/keys":
            return _json(start, {"keys": [self._public()]})
        if where == "/token" and post:
            return self._token(start, given)
        if where == "/" and post and given.get("who") in self.residents:
            return self._send_back(start, asked, given["who"])
        if where == "/":
            return _answer(start, "200 OK", "text/html; charset=utf-8", self._page().encode())
        return _answer(start, "404 Not Found", "text/plain", b"")

    def _page(self) -> str:
        buttons = (
            f'<button name="who" value="{html.escape(number)}">{html.escape(name)}</button>'
            for number, name in self.residents.items()
        )
        return _PAGE.replace("BUTTONS", "\n".join(buttons))

    def _send_back(self, start: Callable[..., Any], asked: dict[str, str], who: str) -> list[bytes]:
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked | {"who": who}
        back = f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
        return _answer(start, "303 See Other", "text/plain", b"", ("Location", back))

    def _token(self, start: Callable[..., Any], given: dict[str, str]) -> list[bytes]:
        """Give a token for a code, once, to whoever began the login."""
        began = self._codes.pop(given.get("code", ""), None)
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if began is None or began["code_challenge"] != challenge or began["redirect_uri"] != given.get("redirect_uri"):
            return _json(start, {"error": "invalid_grant"}, "400 Bad Request")
        now = int(self._clock())
        claims = {
            "iss": self.issuer,
            "aud": began["client_id"],
            "sub": began["who"],
            "bsn": began["who"],
            "acr": self.acr,
            "nonce": began["nonce"],
            "iat": now,
            "exp": now + _MINUTES * 60,
        }
        token = jwt.encode(claims | self.override, self._key, algorithm="RS256", headers={"kid": _KEY})
        return _json(start, {"id_token": token, "access_token": "none", "token_type": "Bearer"})

    def _public(self) -> dict[str, Any]:
        plain: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return plain | {"kid": _KEY, "use": "sig", "alg": "RS256"}


def _json(start: Callable[..., Any], plain: object, status: str = "200 OK") -> list[bytes]:
    return _answer(start, status, "application/json", json.dumps(plain).encode())


def _answer(start: Callable[..., Any], status: str, kind: str, body: bytes, *more: tuple[str, str]) -> list[bytes]:
    start(status, [("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store"), *more])
    return [body]
