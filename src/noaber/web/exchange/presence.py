"""Which other organisation is here: known by its signature, let in once per question; and each answer is signed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from noaber.connections.exchange import (
    Exchanged,
    KeyFileError,
    SignatureError,
    sign_answer,
    verify_request,
)
from noaber.connections.exchange.sign import SIGNATURE, key_of
from noaber.web.access.door import peer as peers_only
from noaber.web.journal.actions import By

from .inbox.actions import note_nonce
from .peers import Peer, keys_of, own_keys, peers
from .problems import ProblemError, problem

_LOG: Final = logging.getLogger(__name__)
MOST_BYTES: Final = 1_100_000
_WHY: Final = "The other organisation says who it is with its signature, which is checked before anything else."
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, and the words under which the journal knows them."""

    peer: Peer
    by: By


def who_asks(request: HttpRequest) -> Asking:
    """Return the organisation whose signature fits; raises ProblemError (401, or 413 for what is too large)."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise ProblemError(413, "te-groot", "Een bericht is hoogstens 1 MB.")
    headers = {name.lower(): value for name, value in request.headers.items()}
    said = Exchanged(
        method=request.method or "",
        authority=request.get_host(),
        path=request.path,
        body=request.body,
        headers=headers,
    )
    now = timezone.now()
    found = _signer(key_of(headers))
    if found is None:
        raise _not_known("unknown key")
    try:
        signed = verify_request(said, keys_of(found.code), at=now)
    except SignatureError as error:
        raise _not_known(error.what) from error
    if not note_nonce(signed.key, signed.nonce, now):
        raise _not_known("replayed")
    identity = structlog.contextvars.get_contextvars().get("request", "")
    origin = str(request.META.get("REMOTE_ADDR", ""))
    by = By(
        at=now,
        actor=found.code,
        name=found.name,
        role="andere organisatie",
        organisation=found.name,
        origin=origin,
        request=identity,
    )
    return Asking(found, by)


def _signer(key: str) -> Peer | None:
    """Return the organisation to which a key belongs; a file that cannot be read goes to the log, and fits nobody."""
    for item in peers():
        try:
            if key in keys_of(item.code).checking:
                return item
        except (KeyFileError, OSError) as error:
            _LOG.error("the key file of %s cannot be used: %s", item.code, type(error).__name__)
    return None


def _not_known(why: str) -> ProblemError:
    """Tell the log why, and who asks no more than that it was not known."""
    _LOG.warning("a question was not let in: %s", why)
    return ProblemError(401, "handtekening", "De handtekening is niet van een organisatie die wij kennen, of is oud.")


def gated(view: View, version: str) -> View:
    """Return a view of the API with its door, the header API-Version, and an answer that is signed."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        given = view(request, *args, **kwargs)
        if given.status_code == 405:
            given = problem(request, ProblemError(405, "methode", f"Wel: {given.headers.get('Allow', '')}."))
        given["API-Version"] = version
        given["Cache-Control"] = "no-store"
        asked = request.headers.get("signature", "")
        if SIGNATURE.fullmatch(asked):
            _sign(given, asked)
        return given

    return csrf_exempt(peers_only(_WHY)(answer))


def _sign(given: HttpResponse, asked: str) -> None:
    said = Exchanged(
        method="",
        authority="",
        path="",
        body=given.content,
        headers={"content-type": given.headers["Content-Type"]},
        status=given.status_code,
    )
    for name, value in sign_answer(said, own_keys(), at=timezone.now(), asked=asked).items():
        given[name] = value
