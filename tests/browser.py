"""A real browser for the tests of the web, and axe, which plays the examiner of accessibility."""

import os
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
UNJUDGED = ".table-frame, .figure-table, .chart, .household, .bench-levers"
"""What scrolls by itself on a narrow screen, or is drawn: axe cannot tell the colour behind it. Tests of figures do."""


@pytest.fixture(scope="module")
def browser():
    """Chromium, once for a module (two loops do not go together in one thread); skipped with its reason without."""
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}")
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright waits in a loop of its own; nothing here is asynchronous
    with sync_api.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def faults(page):
    """Everything axe finds wrong or cannot make sure of, as sentences."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    found = axe.run(page).response
    wrong = [(item["id"], node["target"]) for item in found["violations"] for node in item["nodes"]]
    doubt = [
        (item["id"], node["target"])
        for item in found["incomplete"]
        for node in item["nodes"]
        if not page.evaluate(f"target => !!document.querySelector(target)?.closest('{UNJUDGED}')", node["target"][-1])
    ]
    return [f"{name}: {target}" for name, target in wrong + doubt]
