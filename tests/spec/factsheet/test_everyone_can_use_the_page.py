"""In a real browser: axe finds nothing, nothing sticks out, and the keyboard reaches everything."""

from pathlib import Path

import pytest

from noaber.figures import factsheet
from protected import TOWN, documents_only, whole_town

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium at /usr/bin/chromium"),
]
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The address of each sheet by its name."""
    folder = tmp_path_factory.mktemp("sheets")
    for name, results, year, language in (
        ("everything", whole_town(), 2025, "nl"),
        ("documents", documents_only(), 2018, "en"),
    ):
        written = factsheet.html(factsheet.compose(results, town=TOWN, year=year), language)
        (folder / f"{name}.html").write_text(written, encoding="utf-8")
    return {path.stem: path.as_uri() for path in folder.iterdir()}


@pytest.fixture
def opened(browser, pages):
    """Open a sheet at a width and in a colour scheme; axe may only enter past the page's own policy."""
    contexts = []

    def open_(name, width, scheme="light"):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.goto(pages[name])
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [("everything", 360, "light"), ("documents", 1280, "dark")],
)
def test_axe_finds_nothing(opened, name, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = opened(name, width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(item => item.open = true)")
    found = axe.Axe().run(page).response
    assert not [(item["id"], item["nodes"][0]["html"]) for item in found["violations"]]
    unsure = [(item["id"], node["html"]) for item in found["incomplete"] for node in item["nodes"]]
    # Text within a drawing has no background that axe can find; unit/figures/test_theme.py measures those colours.
    assert not [item for item in unsure if not (item[0] == "color-contrast" and item[1].startswith("<text"))]


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_sticks_out_sideways(opened, width):
    page = opened("everything", width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_asks_nobody_for_anything(opened, pages):
    page = opened("everything", 768)
    assert page.asked == [pages["everything"]]
    assert not page.said


def test_words_stay_within_their_drawing(opened):
    page = opened("everything", 1280)
    outside = page.evaluate(
        """() => [...document.querySelectorAll('svg.chart text')].filter(text => {
            const box = text.getBBox(), view = text.ownerSVGElement.viewBox.baseVal
            return box.width && (box.x < -3 || box.x + box.width > view.width + 14)
        }).map(text => text.textContent)"""
    )
    assert not outside


def test_the_keyboard_goes_to_the_content_and_opens_a_table(opened):
    page = opened("everything", 768)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open")


def test_on_paper_tables_are_open_and_controls_are_gone(opened):
    page = opened("everything", 1280)
    assert not page.locator(".on-paper table").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator(".on-paper table").first.is_visible()
    assert not page.locator("summary").first.is_visible()
    assert not page.locator("nav").first.is_visible()
