"""Problems as RFC 9457 tells them, in Dutch; with every fault of a message, and never with what stood in it."""

from __future__ import annotations

from typing import Final

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

TYPE: Final = "urn:noaber:uitwisseling:"
_TITLES: Final = {
    400: "Niet begrepen",
    401: "Niet herkend",
    403: "Niet toegestaan",
    404: "Niet gevonden",
    405: "Zo kan dit niet worden gevraagd",
    409: "Dit kan niet meer",
    413: "Te groot",
    503: "Nu niet",
}


class Fault(Schema):
    """Eén ding dat niet klopt in een bericht."""

    place: str = Field(alias="veld")
    reason: str = Field(alias="reden")


class Problem(Schema):
    """Een probleem, zoals RFC 9457 het beschrijft (application/problem+json)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    faults: list[Fault] = Field(default_factory=list, alias="fouten")


class ProblemError(Exception):
    """Something is wrong with what was asked."""

    def __init__(self, status: int, kind: str, detail: str, faults: list[dict[str, str]] | None = None) -> None:
        self.status, self.kind, self.detail, self.faults = status, kind, detail, faults or []
        super().__init__(kind)


def problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
    """Return a problem as an answer; `instance` is the identity of the request in the logs."""
    told = {
        "type": TYPE + error.kind,
        "title": _TITLES[error.status],
        "status": error.status,
        "detail": error.detail,
        "instance": request.path,
        "fouten": error.faults,
    }
    return HttpResponse(msgspec.json.encode(told), status=error.status, content_type="application/problem+json")
