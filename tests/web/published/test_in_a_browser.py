"""In a real browser: axe finds nothing, nothing sticks out, no policy is broken, and the keyboard asks a question."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from browser import faults
from cast import somebody
from noaber.web.council import actions as council
from noaber.web.published import actions
from noaber.web.published.models import Question, Version
from shelves import take_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PUBLIC = (
    "/raad/",
    "/raad/zoeken/?q=wacht",
    "/raad/momenten/",
    "/cijfers/",
    "/cijfers/thema/piramide/",
    "/cijfers/thema/gebruik/",
    "/cijfers/thema/uitgaven/",
    "/cijfers/thema/gemeente/",
    "/cijfers/cijfer/waiting/",
    "/cijfers/wijken/",
    "/cijfers/wijken/WK990101/",
    "/cijfers/in-beeld/",
)


@pytest.fixture
def lived_in(shown, cast):
    """A house in which people asked, answered and planned."""
    for text in ("Waarom wachten mensen?", "En hoe lang?"):
        said = {"indicator": "waiting", "figure_title": "De wachttijd", "text": text}
        question = actions.ask(**said, asker=cast.aaltje, at=timezone.now(), by=somebody())
    actions.answer(question, text="Vier weken.", publish=True, answerer=cast.berend, at=timezone.now(), by=somebody())
    council.plan(
        on=timezone.localdate() + timedelta(days=9),
        kind="visit",
        title="Werkbezoek",
        remark="",
        planner=cast.berend,
        by=somebody(),
    )
    return shown


def test_axe_finds_nothing_on_what_everyone_reads(lived_in, window):
    for place, address in enumerate(PUBLIC):
        width, scheme = ((360, "light"), (1280, "dark"))[place % 2]
        page = window(Client(), address, width=width, scheme=scheme, checked=True)
        assert faults(page) == [], address


def test_axe_finds_nothing_on_the_pages_of_who_works_here(lived_in, cast, window):
    lived_in.revise("waiting", timezone.localdate())
    draft = take_in(lived_in, cast)[0]
    shown = Version.objects.shown().first()
    waiting = Question.objects.get(outcome="")
    for name, address in (
        ("carolien", "/cijfers/concepten/"),
        ("carolien", f"/cijfers/concepten/{draft.short}/"),
        ("carolien", f"/cijfers/intrekken/{shown.short}/"),
        ("carolien", "/cijfers/vragen/"),
        ("carolien", f"/cijfers/vragen/{waiting.pk}/"),
        ("aaltje", "/cijfers/cijfer/waiting/vraag/"),
        ("aaltje", "/cijfers/cijfer/waiting/"),
        ("berend", "/raad/momenten/"),
    ):
        page = window(cast.client(name), address, checked=True)
        assert faults(page) == [], address


def test_nothing_sticks_out_and_no_policy_is_broken(lived_in, window):
    for address in PUBLIC:
        page = window(Client(), address, width=768)
        assert page.said == [], address
        for width in (768, 360):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)


def test_drawings_have_their_colours(shown, window):
    """Were the style dropped, every shape would be black."""
    page = window(Client(), "/cijfers/thema/piramide/")
    fills = page.evaluate(
        "[...document.querySelectorAll('.chart .p1, .chart .p2, .chart .tick')].map(e => getComputedStyle(e).fill)"
    )
    assert fills
    assert "rgb(0, 0, 0)" not in fills


def test_the_keyboard_asks_a_question(shown, cast, window):
    page = window(cast.client("aaltje"), "/cijfers/cijfer/waiting/")
    page.get_by_role("link", name="Stel een vraag bij dit cijfer").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Uw vraag").focus()
    page.keyboard.type("Hoe lang duurt het?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Uw vraag is gesteld").wait_for()
    assert Question.objects.get().text == "Hoe lang duurt het?"
