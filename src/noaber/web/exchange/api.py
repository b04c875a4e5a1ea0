"""The API between two organisations, by the API Design Rules of the Dutch government (NLGov 2.2.0), version 1.

Nouns in Dutch and in the plural, no citizen number in an address, problem+json with all that is wrong. Who asks is
known by the signature, which is checked before anything else is read.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Header, NinjaAPI, Path, Schema
from ninja.errors import ValidationError as NotUnderstoodError
from pydantic import ConfigDict, Field

from noaber.connections.exchange import Envelope, SealError, open_sealed

from .faults import MayNotLeaveError, OtherMessageError, WrongStepError
from .inbox import actions as inbox
from .peers import own_keys
from .presence import Asking, who_asks
from .problems import Problem, ProblemError, problem
from .queries import ours

_LOG: Final = logging.getLogger(__name__)
VERSION: Final = "1.0.0"
_KEY: Final = r"^[0-9a-f]{32}$"
_CODE = Annotated[str, Field(min_length=4, max_length=20, description="Code van een organisatie: CBS- of AGB-code")]
_Key = Annotated[str, Field(pattern=_KEY, description="Kenmerk van het bericht, door de verzender gekozen")]
_Name = Annotated[str, Field(min_length=1, max_length=60)]


class _Strict(Schema):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Bericht(_Strict):
    """Een bericht over één inwoner; de inhoud is versleuteld voor de ontvanger (HPKE, RFC 9180)."""

    key: _Key = Field(alias="berichtId")
    sender: _CODE = Field(alias="afzender")
    receiver: _CODE = Field(alias="ontvanger")
    agreement: _Name = Field(alias="afspraak", description="De afspraak die beide organisaties kennen")
    moment: _Name = Field(description="Het moment waarop wordt gedeeld")
    purpose: _Name = Field(alias="doel", description="Waarvoor wordt gedeeld")
    sealed_for: Annotated[str, Field(min_length=10, max_length=64)] = Field(
        alias="sleutel", description="Naam van de sleutel waarvoor is versleuteld"
    )
    sealed: Annotated[str, Field(min_length=1, max_length=1_000_000)] = Field(
        alias="inhoud", description="Versleutelde inhoud, base64"
    )


class NieuweStatus(_Strict):
    """Wat er van een bericht is geworden."""

    status: Literal["bevestigd", "afgewezen", "ingetrokken"]
    reason: Annotated[str, Field(max_length=500)] = Field("", alias="reden")


class Ontvangstbewijs(_Strict):
    """Wat een bericht bij de ontvanger is, en sinds wanneer; ondertekend door de ontvanger."""

    key: _Key = Field(alias="berichtId")
    status: Literal["afgeleverd", "bevestigd", "afgewezen", "ingetrokken"]
    since: datetime = Field(alias="sinds")


api = NinjaAPI(
    title="Uitwisseling in het sociaal domein",
    version=VERSION,
    description=(
        "Wat twee organisaties met elkaar delen over een inwoner: versturen, bevestigen, afwijzen en intrekken. "
        "Ieder verzoek en ieder antwoord is ondertekend (HTTP Message Signatures, RFC 9421, Ed25519)."
    ),
    openapi_url=None,
    docs_url=None,
    urls_namespace="exchange_api",
    auth=who_asks,
)
_PROBLEMS: dict[int, Any] = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem}


@api.post(
    "/berichten",
    response={200: Ontvangstbewijs, 201: Ontvangstbewijs, **_PROBLEMS},
    by_alias=True,
    operation_id="verstuurBericht",
    summary="Een bericht versturen",
    description="Hetzelfde bericht nog eens versturen mag: het blijft één bericht, en het antwoord is dan 200.",
    tags=["berichten"],
)
def receive_message(
    request: HttpRequest, bericht: Bericht, idempotency_key: Annotated[str, Header(alias="Idempotency-Key")]
) -> tuple[int, dict[str, Any]]:
    """Take a message in."""
    asking: Asking = request.auth  # type: ignore[attr-defined]
    if bericht.sender != asking.peer.code or bericht.receiver != settings.NOABER.code:
        raise ProblemError(403, "andere-organisatie", "De afzender of de ontvanger klopt niet.")
    if idempotency_key != bericht.key:
        raise ProblemError(400, "idempotentie", "De kop Idempotency-Key moet gelijk zijn aan berichtId.")
    envelope = Envelope(**bericht.model_dump())
    plain = open_sealed(envelope.sealed, own_keys(), key=envelope.sealed_for, about=envelope.about)
    message, new = inbox.receive(envelope, plain, organisation=_ours(), by=asking.by)
    return (201 if new else 200), inbox.receipt(message)


@api.get(
    "/berichten/{bericht_id}",
    response={200: Ontvangstbewijs, **_PROBLEMS},
    by_alias=True,
    operation_id="leesBericht",
    summary="De status van een bericht opvragen",
    tags=["berichten"],
)
def show_message(request: HttpRequest, bericht_id: Annotated[str, Path(pattern=_KEY)]) -> dict[str, Any]:
    """Say what became of a message of whoever asks."""
    message = inbox.find(request.auth.peer.code, bericht_id)  # type: ignore[attr-defined]
    if message is None:
        raise ProblemError(404, "onbekend-bericht", "Dit bericht is hier niet bekend.")
    return inbox.receipt(message)


@api.post(
    "/berichten/{bericht_id}/statussen",
    response={200: Ontvangstbewijs, **_PROBLEMS},
    by_alias=True,
    operation_id="meldStatus",
    summary="Melden wat er van een bericht is geworden",
    description=(
        "De verzender meldt `ingetrokken`, ook van een bericht dat nog niet is aangekomen. De ontvanger meldt "
        "`bevestigd` of `afgewezen`. Dezelfde status nog eens melden mag."
    ),
    tags=["berichten"],
)
def hear_status(
    request: HttpRequest, bericht_id: Annotated[str, Path(pattern=_KEY)], nieuwe_status: NieuweStatus
) -> dict[str, Any]:
    """Hear what became of a message."""
    asking: Asking = request.auth  # type: ignore[attr-defined]
    if nieuwe_status.status != "bevestigd" and not nieuwe_status.reason.strip():
        raise ProblemError(400, "reden-ontbreekt", "Zeg erbij waarom: `reden` is leeg.")
    message = inbox.hear(
        asking.peer.code,
        bericht_id,
        nieuwe_status.status,
        nieuwe_status.reason,
        organisation=_ours(),
        by=asking.by,
    )
    if message is None:
        raise ProblemError(404, "onbekend-bericht", "Dit bericht is hier niet bekend.")
    return inbox.receipt(message)


def _ours() -> Any:
    organisation = ours()
    if organisation is None:
        raise ProblemError(503, "niet-ingericht", "Deze installatie is nog niet ingericht.")
    return organisation


@api.exception_handler(ProblemError)
def _problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
    return problem(request, error)


@api.exception_handler(NotUnderstoodError)
def _not_understood(request: HttpRequest, error: NotUnderstoodError) -> HttpResponse:
    wrong = [{"veld": _place(item["loc"]), "reden": str(item["msg"])} for item in error.errors]
    return problem(request, ProblemError(400, "onleesbaar", "Het bericht is niet zoals het moet zijn.", wrong))


@api.exception_handler(MayNotLeaveError)
def _may_not(request: HttpRequest, error: MayNotLeaveError) -> HttpResponse:
    return problem(request, ProblemError(403, "geen-grond", str(error.ground)))


@api.exception_handler(OtherMessageError)
@api.exception_handler(WrongStepError)
def _conflict(request: HttpRequest, error: OtherMessageError | WrongStepError) -> HttpResponse:
    words = {
        OtherMessageError: ("ander-bericht", "Onder dit kenmerk is al een ander bericht ontvangen."),
        WrongStepError: ("andere-status", "Dit kan van dit bericht niet meer worden."),
    }[type(error)]
    return problem(request, ProblemError(409, *words))


@api.exception_handler(SealError)
def _sealed_wrongly(request: HttpRequest, error: SealError) -> HttpResponse:
    _LOG.warning("a seal was not opened: %s", error.what)
    return problem(request, ProblemError(401, "sleutel", "De inhoud is niet voor een sleutel van hier versleuteld."))


def _place(where: tuple[Any, ...]) -> str:
    """Return the place of a fault as the message has it, without the names of our own parameters."""
    named = [str(part) for part in where if part not in ("body", "bericht", "nieuwe_status", "header", "path")]
    return ".".join(named) or "bericht"
