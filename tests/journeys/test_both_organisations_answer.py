"""The demo as a stranger meets it: one command serves the municipality and its partner, and one can log in to each."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")]
COMMAND = [sys.executable, "-m", "noaber.web.site.command", "demo"]
PORTS = {"municipality": 8710, "partner": 8711}


@pytest.fixture(scope="module")
def served(_made_village: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory):
    """Everything the demo says while it serves a copy of the village."""
    if any(taken(port) for port in PORTS.values()):
        pytest.skip("the ports of the demo are in use on this machine")
    keys, village = _made_village
    folder = tmp_path_factory.mktemp("served") / "village"
    shutil.copytree(village, folder)
    log = folder.parent / "log"
    environment = {name: text for name, text in os.environ.items() if not name.startswith(("DJANGO", "NOABER"))}
    with log.open("w", encoding="utf-8") as told:
        process = subprocess.Popen(
            [*COMMAND, str(folder)],
            env=environment | {"NOABER_KEYS": str(keys), "PYTHONUNBUFFERED": "1"},
            stdout=told,
            stderr=subprocess.STDOUT,
        )
    try:
        for _ in range(400):
            if "answer now" in log.read_text(encoding="utf-8") or process.poll() is not None:
                break
            time.sleep(0.25)
        said = log.read_text(encoding="utf-8")
        assert "answer now" in said, said
        yield said
    finally:
        process.terminate()
        process.wait(30)


def taken(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def log_in(page: Page, said: str, role: str, name: str) -> None:
    port = PORTS[role]
    found = re.search(rf"{port}\s+password (\S+), then the code (\d+)", said)
    assert found, said
    page.goto(f"http://127.0.0.1:{port}/toegang/inloggen/")
    page.fill("[name=username]", f"{name}@{role}.example")
    page.fill("[name=password]", found[1])
    page.press("[name=password]", "Enter")
    page.fill("[name=code]", found[2])
    page.press("[name=code]", "Enter")


@pytest.fixture
def page():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(locale="nl-NL").new_page()
        page.on("console", lambda message: pytest.fail(message.text) if message.type == "error" else None)
        yield page
        browser.close()


def test_both_are_ready_and_say_so_to_whoever_watches_over_them(served):
    for port in PORTS.values():
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/gereed/") as answer:
            assert answer.status == 200


def test_a_council_member_logs_in_and_finds_the_pyramid(served, page):
    log_in(page, served, "municipality", "aaltje")
    expect(page.get_by_role("link", name="Aaltje ten Hove")).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="Raad").click()
    expect(page.get_by_role("heading", name="De piramide")).to_be_visible()


def test_the_partner_has_rooms_of_its_own_and_none_of_the_council(served, page):
    log_in(page, served, "partner", "aaltje")
    expect(page.get_by_role("navigation")).to_be_visible()
    expect(page.get_by_role("navigation").get_by_role("link", name="Raad")).to_have_count(0)
    assert page.request.get(f"http://127.0.0.1:{PORTS['partner']}/raad/").status == 404
