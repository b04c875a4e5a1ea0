"""The addresses of the API, below /api/v1/."""

from __future__ import annotations

from django.urls import URLPattern, re_path
from django.urls import path as at

from . import api_views
from .api import VERSION, api
from .presence import gated

app_name = "exchange_api"


def _gate(pattern: URLPattern) -> URLPattern:
    return URLPattern(pattern.pattern, gated(pattern.callback, VERSION), pattern.default_args, pattern.name)


urlpatterns = [
    at("openapi.json", api_views.openapi, name="openapi"),
    *(_gate(pattern) for pattern in api.urls[0] if pattern.name != "api-root"),
    re_path(r"^.*$", api_views.nowhere, name="nowhere"),
]
