"""The two pages of the API that everyone may ask for: its description, and that there is nothing else."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from noaber.web.access.door import public

from .api import VERSION
from .document import document
from .problems import ProblemError, problem


@public("The description of the API says nothing about anybody, and tools of other organisations read it.")
def openapi(_request: HttpRequest) -> HttpResponse:
    """Return the description of the API."""
    told = json.dumps(document(), ensure_ascii=False, indent=2) + "\n"
    headers = {"Access-Control-Allow-Origin": "*", "API-Version": VERSION}
    return HttpResponse(told, content_type="application/json", headers=headers)


@public("It says that there is nothing here.")
@csrf_exempt
def nowhere(request: HttpRequest) -> HttpResponse:
    """Return that there is nothing at this address, in the way of the API."""
    answer = problem(request, ProblemError(404, "onbekend-adres", "Dit adres bestaat niet."))
    answer["API-Version"] = VERSION
    return answer
