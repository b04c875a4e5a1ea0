"""What is declared is used, and what is used is declared and locked."""

import ast
import re
import sys
import tomllib

from house import ROOT, modules

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
AHEAD: set[str] = set()
"""Declared for rooms that are being built; a row goes as soon as its room stands."""
WEB = re.compile("cryptography|django|granian|mozilla-django-oidc|psycopg|segno|structlog|whitenoise")
"""Declared for the web half, which has a census of its own."""


OTHERWISE = {"jwt": "pyjwt"}
"""Packages that are imported under another name than they are declared by."""


def declared(names):
    """The distribution names of requirements."""
    return {re.split(r"[\[<>=~! ]", name, maxsplit=1)[0].lower() for name in names}


def used():
    """The distributions that the core imports."""
    roots = set()
    for _, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                roots |= {item.name.partition(".")[0] for item in node.names}
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                roots.add(node.module.partition(".")[0])
    return {OTHERWISE.get(name, name) for name in roots - set(sys.stdlib_module_names) - {"noaber"}}


def test_what_is_used_is_declared():
    optional = {name for extra in ("cluster", "fast") for name in declared(PROJECT["optional-dependencies"][extra])}
    assert not used() - declared(PROJECT["dependencies"]) - optional


def test_what_is_declared_is_used():
    idle = declared(PROJECT["dependencies"]) - used() - AHEAD
    assert not [name for name in idle if not WEB.match(name)]


def test_what_is_used_is_not_called_ahead():
    assert not AHEAD & used()


def test_what_is_declared_is_locked():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    assert not [
        name for name in declared(PROJECT["dependencies"]) if not re.search(rf"^{name}(\[|==)", lock, re.MULTILINE)
    ]
