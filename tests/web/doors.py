"""Every address of the web, of both roles, with the door it declares: what the walk and the browser tests go along."""

import re
from importlib import import_module

from django.urls import URLPattern

from noaber.web.access.door import door_of

ROLES = ("municipality", "partner")
SAMPLES = ("bestaat-niet", "987654321", "00000000-0000-4000-8000-000000000000", "0" * 16, "0" * 64, "2001-01-01")
"""What surely does not exist, in the forms that addresses have."""


def patterns(role, below=None, path="", name=""):
    """Every URL pattern of a role as (name, path with its converters, view, converters)."""
    for item in below or import_module(f"noaber.web.site.urls_{role}").urlpatterns:
        here = path + str(item.pattern)
        if isinstance(item, URLPattern):
            yield name + (item.name or ""), here, item.callback, item.pattern.converters
        else:
            within = f"{name}{item.namespace}:" if item.namespace else name
            yield from patterns(role, item.url_patterns, here, within)


def address(path, converters):
    """An address of a pattern, filled with what surely does not exist."""
    for key, converter in converters.items():
        sample = next(item for item in SAMPLES if re.fullmatch(converter.regex, item))
        path = re.sub(rf"<(\w+:)?{key}>", sample, path)
    return "/" + path


def doors():
    """Every address once as (role, name, address, door, whether it has parameters)."""
    seen = set()
    for role in ROLES:
        for name, path, view, converters in patterns(role):
            if (role, path) not in seen:
                seen.add((role, path))
                yield role, name, address(path, converters), door_of(view), bool(converters)
