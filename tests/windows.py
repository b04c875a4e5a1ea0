"""A real browser on pages of the web without a server: what it asks is answered by a client of the test itself.

So the whole test stays in one transaction, and the browser is whoever the client is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextvars import copy_context
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

HOUSE = "http://localhost"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


@pytest.fixture
def window(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open a page as a client at a width and in a colour scheme; `page.said` holds what the console said.

    With `checked` the page's own policy is set aside, so that axe may come in.
    """
    contexts = []

    def open_(
        client: Client, address: str, *, width: int = 1280, scheme: str = "light", checked: bool = False, **more: Any
    ) -> Any:
        size = {"width": width, "height": 800}
        context = browser.new_context(
            viewport=size, color_scheme=scheme, bypass_csp=checked, reduced_motion="reduce", **more
        )
        contexts.append(context)
        here = copy_context()  # in which Django keeps the connection of the test
        context.route("**/*", lambda route: here.copy().run(_answer, route, client))
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.goto(HOUSE + address)
        return page

    yield open_
    for context in contexts:
        context.close()


def _answer(route: Any, client: Client) -> None:
    parts = urlsplit(route.request.url)
    if parts.path.startswith("/static/"):
        file = Path(str(finders.find(parts.path.removeprefix("/static/"))))
        route.fulfill(body=file.read_bytes(), content_type=_TYPES[file.suffix])
        return
    address = parts.path + (f"?{parts.query}" if parts.query else "")
    language = {"accept-language": route.request.headers.get("accept-language", "nl")}
    if route.request.method == "POST":
        given = route.request.post_data or ""
        answer = client.post(address, given, "application/x-www-form-urlencoded", headers=language)
    else:
        answer = client.get(address, headers=language)
    route.fulfill(status=answer.status_code, headers=dict(answer.items()), body=answer.content)
