"""In a real browser: a Monday morning by keys alone, a daughter who calls for her father, and axe on every page."""

import time

import pytest
from django.test import Client
from django.utils import timezone
from stage import a_place, acting, an_activity
from test_every_page_of_the_entrance_opens import PUBLIC, WORKER, filled

from browser import faults
from noaber.web.entrance import actions
from noaber.web.entrance.models import Client as Resident
from noaber.web.entrance.models import Contact, Question

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("partner")]


@pytest.fixture
def desk(browser, live_server, cast):
    """Open a page of a running server as Jolien; `page.said` holds what the console said."""
    contexts = []

    def open_(path, **how):
        context = browser.new_context(locale="nl-NL", reduced_motion="reduce", **how)
        contexts.append(context)
        cookie = cast.client("jolien").cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.goto(live_server.url + path)
        return page

    yield open_
    for context in contexts:
        context.close()


def press(page, keys):
    """Press keys one by one; the district is reached by the mouse or Tab only when it must be changed."""
    for key in keys:
        page.keyboard.press(key)


def test_a_monday_morning_with_twenty_contacts_in_a_row(desk, cast):
    """Three keys each, since the rota says where one is; what is to be passed on (3 and 4) takes one page more."""
    on = timezone.localdate()
    actions.set_shifts(a_place(), person=cast.jolien, on=on, weekly_until=None, by=acting("Koen"))
    page = desk("/entree/contact/")
    page.add_init_script("addEventListener('keydown', () => sessionStorage.keys = +(sessionStorage.keys || 0) + 1)")
    page.reload()
    took = []
    for number in range(20):
        assert page.evaluate("document.activeElement.name") == "words", number
        began = time.perf_counter()
        with page.expect_navigation():
            press(page, (str(number % 9 + 1), "125"[number % 3], "Enter"))
        took.append(time.perf_counter() - began)
    assert Contact.objects.filter(district="WK990100", place__isnull=False).count() == 20
    assert Question.objects.filter(theme="wonen en huishouden", outcome="information").exists()
    assert int(page.evaluate("sessionStorage.keys")) == 20 * 3, "five would be allowed"
    assert max(took) < 15
    assert not [line for line in page.said if "Refused" in line]


def test_five_keys_are_enough_when_the_district_is_another(desk):
    page = desk("/entree/contact/")
    press(page, ("4", "1", "Tab"))
    assert page.evaluate("document.activeElement.name") == "where"
    with page.expect_navigation():
        press(page, ("O", "Enter"))
    kept = Question.objects.get()
    assert (kept.theme, kept.outcome, kept.contact.district) == ("geld en schulden", "information", "WK990100")
    assert kept.contact.caller is None, "anonymous is normal"
    assert kept.contact.seconds >= 1


def test_digits_in_words_are_words(desk):
    page = desk("/entree/contact/")
    page.keyboard.type("Wij hebben 3 kinderen")
    assert page.input_value("[name=words]") == "Wij hebben 3 kinderen"
    assert page.locator("[name=theme]:checked").count() == 0


def test_a_daughter_calls_for_her_father(desk):
    """She is known; he is not. She wants to be called back, and the question is looked at together."""
    page = desk("/entree/contact/")
    page.fill("[name=words]", "Mijn vader valt steeds, en hij wil geen hulp")
    page.check("[name=theme][value=gezondheid]")
    page.check("[name=outcome][value=basic_support]")
    page.check("[name=channel][value=telephone]")
    page.fill("[name=where]", "8991")
    page.click("summary:has-text('Wie vraagt het')")
    page.fill("[name=caller_name]", "Anja de Vries")
    page.fill("[name=caller_phone]", "074 000 00 01")
    page.select_option("[name=relation]", "child")
    page.fill("[name=about_name]", "Henk de Vries")
    page.click("summary:has-text('Terugbellen')")
    page.fill("[name=call_on]", "2099-01-05")
    with page.expect_navigation():
        page.click("button[name=clarify]")
    page.fill("[name=said]", "Ik durf niet meer weg te gaan")
    page.fill("[name=difference]", "Dat er iemand even langsgaat")
    with page.expect_navigation():
        page.click("button[name=triage]")
    for answer in ("Nee", "Nee", "Nee", "Nee, of niet genoeg", "Nee"):
        with page.expect_navigation():
            page.click(f".answers a:text-is('{answer}')")
    assert page.locator("svg.tree.wide .end.walked").count() == 1
    with page.expect_navigation():
        page.click("button:has-text('Zo doen we het')")
    assert "melding doen bij de gemeente" in page.content()
    kept = Contact.objects.get()
    assert (kept.caller.name, kept.about.name, kept.relation) == ("Anja de Vries", "Henk de Vries", "child")
    assert (kept.district, kept.call_backs.get().phone) == ("WK990101", "074 000 00 01")
    assert Resident.objects.count() == 2


def pages(cast):
    """Every page with something on it, and who opens it."""
    place, question = filled(cast)
    an_activity("koffie", name="Koffie", district="")
    contact = question.contact
    found = [("jolien", path) for path in WORKER] + [(None, path) for path in PUBLIC if "bestand" not in path]
    found += [("jolien", f"contact/{contact.key}/{end}") for end in ("", "nog-een-vraag/", "langer/")]
    found += [("jolien", f"vraag/{question.key}/{end}") for end in ("", "verhelderen/", "afwegen/", "afgewogen/")]
    found += [("jolien", f"vraag/{question.key}/afwegen/?pad=no.yes"), ("jolien", f"inwoners/{contact.about.key}/")]
    found += [("jolien", "sociale-kaart/bijhouden/eetcafe/"), ("jolien", "sociale-kaart/bijhouden/eetcafe/nagaan/")]
    found += [(None, "sociale-kaart/eetcafe/"), (None, "sociale-kaart/wijk/WK990100/")]
    found += [(None, "sociale-kaart/wijk/WK990100/analyse/"), ("koen", "steekproef/"), ("koen", "plekken/")]
    return [*found, ("koen", f"plekken/{place.key}/")]


def test_axe_finds_nothing_and_nothing_sticks_out(cast, window):
    wrong = []
    for place, (name, path) in enumerate(pages(cast)):
        client = cast.client(name) if name else Client()
        width, scheme = ((360, "light"), (1280, "dark"))[place % 2]
        page = window(client, f"/entree/{path}", width=width, scheme=scheme, checked=True)
        wrong += [(path, fault) for fault in faults(page)]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wrong.append((path, "sticks out"))
        page.context.close()
    assert not wrong
