"""The workbench in a real browser: sliders answer, the keyboard reaches all, axe finds nothing, nothing sticks out."""

import pytest

from browser import browser, faults

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SET = "?bekend=2022-12-31&m=ho-taakgericht&m=instroom-bijstand&tarief=-10&tarief-waar=HO"
SAID = "#gezegd-nu"


@pytest.fixture
def open_(browser, live_server, cast, bench):
    """Open an address as Berend; the page collects what the browser complains about."""
    contexts = []

    def opened(address, *, width=1280, scheme="light", scripts=True):
        context = browser.new_context(
            locale="nl-NL",
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        cookie = cast.client("berend").cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda told: page.complaints.append(told.text) if told.type == "error" else None)
        page.goto(live_server.url + address)
        page.wait_for_selector(SAID if "rekening" not in address else "main")
        return page

    yield opened
    for context in contexts:
        context.close()


def test_moving_a_slider_with_the_keyboard_answers_at_once(open_):
    page = open_("/werkbank/?bekend=2022-12-31&tarief-waar=HO")
    before = page.inner_text(SAID)
    slider = page.locator("input[type=range][data-for=tarief]")
    slider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function("before => document.querySelector('#gezegd-nu').textContent !== before", arg=before)
    page.wait_for_function("() => location.search.includes('tarief=-10')")
    assert page.input_value("#tarief") == "-10"
    assert "bespaart de gemeente in 2026" in page.inner_text(SAID)
    assert page.evaluate("document.activeElement.dataset.for") == "tarief", "the hand stays on the slider"
    page.wait_for_function("() => document.querySelector('#gezegd').textContent !== ''")
    page.reload()
    assert page.input_value("#tarief") == "-10"
    assert not page.complaints


def test_switching_a_measure_on_answers_and_the_long_calculation_comes_in_its_place(open_):
    page = open_("/werkbank/?bekend=2022-12-31")
    page.locator("summary", has_text="maatregelen uit het plan").nth(1).focus()
    page.keyboard.press("Enter")
    page.get_by_label("Minder instroom in de bijstand").check()
    page.wait_for_function("() => location.search.includes('m=instroom-bijstand')")
    page.get_by_role("button", name="Van welke maatregel is de besparing?").click()
    page.wait_for_selector("#rekening-shares h3")
    assert "Als laatste: als alle andere er al zijn" in page.inner_text("#rekening-shares")
    assert not faults(page)
    assert not page.complaints


def test_without_javascript_a_number_and_a_button_do_the_same(open_):
    page = open_("/werkbank/?bekend=2022-12-31&tarief-waar=HO", scripts=False)
    assert not page.locator("input[type=range]").first.is_visible()
    page.fill("#tarief", "-10")
    page.get_by_role("button", name="Reken door").click()
    assert "bespaart de gemeente in 2026" in page.inner_text(SAID)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (768, "light"), (360, "dark")])
def test_everyone_can_use_the_workbench(open_, width, scheme):
    page = open_("/werkbank/" + SET, width=width, scheme=scheme)
    assert not faults(page)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not page.complaints
