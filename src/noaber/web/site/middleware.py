"""What every request and every answer of the web has: an identity, and headers that say no to what we never use."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Final

import structlog
from django.http import HttpRequest, HttpResponse

from noaber.web.access.presence import RESIDENT

Answer = Callable[[HttpRequest], HttpResponse]
NEVER_USED: Final = ", ".join(
    f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


class RequestIdentity:
    """Gives each request an identity that stands in every line of the log about it, and in the answer."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request under an identity of its own."""
        identity = uuid.uuid4().hex[:16]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=identity)
        response = self.answer(request)
        response["X-Request-ID"] = identity
        return response


class PermissionsPolicy:
    """Says which abilities of a browser we never use, and that pages for one person are not kept."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the policy; a page that was made for somebody is kept nowhere."""
        response = self.answer(request)
        response["Permissions-Policy"] = NEVER_USED
        if not response.has_header("Cache-Control") and getattr(request, "user", None) is not None:
            known = request.user.is_authenticated or RESIDENT in request.session
            response["Cache-Control"] = "no-store" if known else "private, no-cache"
        return response
