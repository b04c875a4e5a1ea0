"""The API keeps the API Design Rules of the Dutch government, and is what its description says."""

import json
import re

import msgspec
import pytest
from django.test import Client

from noaber.connections.exchange import STATUSES, Envelope, Receipt
from noaber.web.exchange.api import Bericht, Ontvangstbewijs
from noaber.web.exchange.document import document

TOLD = document()
OPERATIONS = [(method, path, operation) for path, item in TOLD["paths"].items() for method, operation in item.items()]


def test_what_is_served_is_the_description():
    answer = Client().get("/api/v1/openapi.json")
    assert answer.json() == TOLD
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["API-Version"] == TOLD["info"]["version"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", answer["API-Version"])


@pytest.mark.parametrize("path", TOLD["paths"])
def test_an_address_is_of_nouns_in_the_plural_in_small_letters(path):
    assert not path.endswith("/")
    for part in path.strip("/").split("/"):
        assert part.startswith("{") or re.fullmatch(r"[a-z]+(-[a-z]+)*(en|s)", part)


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_an_operation_is_named_signed_and_says_its_problems(method, path, operation):
    assert operation["operationId"]
    assert operation["summary"]
    headers = {item["name"] for item in operation["parameters"] if item["in"] == "header"}
    assert {"Signature", "Signature-Input", "Content-Digest"} <= headers
    assert method in {"get", "post"}
    for status, answer in operation["responses"].items():
        kind = "application/problem+json" if int(status) >= 400 else "application/json"
        assert list(answer["content"]) == [kind]
        assert "API-Version" in answer["headers"]
    assert {"400", "401", "403", "404", "409"} <= set(operation["responses"])


def test_no_citizen_number_stands_in_an_address_or_outside_the_seal():
    assert "burgerservicenummer" not in json.dumps(TOLD).lower()


def names(struct):
    return {field.encode_name for field in msgspec.structs.fields(struct)}


def test_what_is_described_is_what_is_said():
    assert {field.alias or name for name, field in Bericht.model_fields.items()} == names(Envelope)
    assert {field.alias or name for name, field in Ontvangstbewijs.model_fields.items()} == names(Receipt)
    assert TOLD["components"]["schemas"]["Ontvangstbewijs"]["properties"]["status"]["enum"] == list(STATUSES)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("post", "/api/v1/berichten", 401),
        ("get", "/api/v1/berichten", 405),
        ("get", "/api/v1/berichten/00000000000000000000000000000000", 401),
        ("post", "/api/v1/berichten/00000000000000000000000000000000/statussen", 401),
        ("get", "/api/v1/inwoners", 404),
        ("get", "/api/v1/", 404),
    ],
)
def test_who_signs_nothing_gets_a_problem(method, path, status):
    answer = getattr(Client(), method)(path)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert set(answer.json()) == {"type", "title", "status", "detail", "instance", "fouten"}
    assert answer["API-Version"] == "1.0.0"
