"""The addresses of a role: those of its rooms, and the few of the site itself."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from . import health, views
from .configuration import Role
from .rooms import rooms_of


def addresses(role: Role) -> list[URLPattern | URLResolver]:
    """Return the URL patterns of an installation in this role."""
    return [
        path("", views.home, name="home"),
        path("taal/", views.choose_language, name="language"),
        path("toegankelijkheid/", views.accessibility, name="accessibility"),
        path("gezondheid/", health.alive, name="alive"),
        path("gereed/", health.ready, name="ready"),
        path("api/v1/", include("noaber.web.exchange.api_urls")),
        *(path(room.path, include(f"noaber.web.{room.name}.urls")) for room in rooms_of(role) if room.path),
    ]
