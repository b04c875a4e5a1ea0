"""The description of the API: OpenAPI 3.1, made from the code; docs/reference keeps a copy that a test compares."""

from __future__ import annotations

from typing import Any, Final

from .api import VERSION, api

_PROBLEM: Final = "application/problem+json"
_HEADERS: Final = {
    "API-Version": {"description": "Versie van deze API", "schema": {"type": "string"}},
    "Content-Digest": {"description": "SHA-256 over het antwoord (RFC 9530)", "schema": {"type": "string"}},
    "Signature-Input": {"description": "Wat is ondertekend (RFC 9421)", "schema": {"type": "string"}},
    "Signature": {"description": "Handtekening van het antwoord (RFC 9421)", "schema": {"type": "string"}},
}
_SIGNED: Final = tuple(
    {"name": name, "in": "header", "required": True, "description": words, "schema": {"type": "string"}}
    for name, words in (
        ("Content-Digest", "SHA-256 over het verzoek (RFC 9530)"),
        ("Signature-Input", "Wat is ondertekend, wanneer, met welke sleutel en welk eenmalig getal (RFC 9421)"),
        ("Signature", "Handtekening van het verzoek, Ed25519 (RFC 9421)"),
    )
)


def document() -> dict[str, Any]:
    """Return the description of the API, as it stands at /api/v1/openapi.json."""
    made: dict[str, Any] = api.get_openapi_schema(path_prefix="")
    told = {
        "openapi": "3.1.0",
        "info": made["info"] | {"contact": {"name": "De beheerder van deze installatie"}, "license": _LICENCE},
        "servers": [{"url": "/api/v1", "description": "Deze installatie"}],
        "paths": made["paths"],
        "components": made["components"],
    }
    for operations in told["paths"].values():
        for operation in operations.values():
            _tell_signatures(operation)
    return told


_LICENCE: Final = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}


def _tell_signatures(operation: dict[str, Any]) -> None:
    operation.pop("security", None)
    operation["parameters"] = [*operation.get("parameters", ()), *_SIGNED]
    operation["responses"] = {str(status): answer for status, answer in operation["responses"].items()}
    for status, answer in operation["responses"].items():
        answer["headers"] = _HEADERS
        if int(status) >= 400:
            answer["description"] = "Probleem"
            answer["content"] = {_PROBLEM: answer["content"].pop("application/json")}
        else:
            answer["description"] = "Ontvangstbewijs"


assert VERSION.split(".")[0] == "1", "the first number of the version stands in the address"
