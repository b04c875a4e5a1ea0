"""Only connections talk to the outside; whoever reads a figure or runs a test asks nobody."""

import ast

from house import modules

TALK = {
    "aiohttp",
    "ftplib",
    "http",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "urllib3",
    "urllib.request",
    "webbrowser",
}
EDGE = {"cli.py"}
"""May open a browser on a page of its own."""


def reaches():
    """Every import of something that talks, as (module, what)."""
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((name, item.name) for item in node.names)
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                yield name, node.module


def test_only_connections_talk_to_the_outside():
    talking = {(name, what) for name, what in reaches() if what in TALK or what.partition(".")[0] in TALK}
    assert not {(name, what) for name, what in talking if not name.startswith("connections/") and name not in EDGE}
