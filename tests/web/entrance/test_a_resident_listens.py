"""A resident with a screen reader on a telephone: what is said of each page, from the first question to the answer."""

import pytest
from stage import an_activity

from browser import faults
from noaber.web.entrance.models import Contact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("partner")]
NAMELESS = """() => [...document.querySelectorAll("main :is(input:not([type=hidden]), textarea, select, button), a")]
    .filter(e => !(e.labels?.length || e.ariaLabel || e.textContent.trim() || e.title)).map(e => e.outerHTML)"""


@pytest.fixture
def phone(browser, live_server):
    """A telephone; `page.heard` collects what is wrong for who listens, of every page that was passed."""
    context = browser.new_context(locale="nl-NL", viewport={"width": 360, "height": 640}, bypass_csp=True)
    page = context.new_page()
    page.home, page.heard = live_server.url, []

    def listen(language="nl"):
        said = page.locator("body").aria_snapshot()
        wrong = [f"no {name}" for name in ("banner", "main", "contentinfo") if f"- {name}" not in said]
        wrong += [f"{found} headings of the first level" for found in (said.count("[level=1]"),) if found != 1]
        wrong += [f"language {found}" for found in (page.locator("html").get_attribute("lang"),) if found != language]
        wrong += [f"nameless {found}" for found in page.evaluate(NAMELESS)]
        page.heard += [(page.url, fault) for fault in (*wrong, *faults(page))]

    page.listen = listen
    yield page
    context.close()


def onward(page, name="Verder"):
    page.listen()
    page.get_by_role("button", name=name, exact=True).click()


def test_every_page_of_asking_can_be_heard(phone):
    phone.goto(phone.home + "/vraag/")
    onward(phone, "Begin")
    phone.get_by_role("textbox", name="Wat wilt u vragen?").fill("Ik zie de brieven niet meer goed")
    onward(phone)
    phone.get_by_role("group", name="Waar gaat uw vraag over?").get_by_role("radio", name="Gezondheid").check()
    onward(phone)
    phone.get_by_role("textbox", name="Wat is uw postcode?").fill("1234")
    phone.get_by_role("button", name="Verder", exact=True).click()
    assert phone.evaluate("document.activeElement.id") == "fouten", "what is wrong is said first"
    assert phone.title().startswith("Fout: ")
    assert phone.get_by_role("alert").get_by_role("link").get_attribute("href") == "#id_postcode"
    assert "id_postcode_error" in phone.locator("#id_postcode").get_attribute("aria-describedby")
    assert phone.locator("#id_postcode").get_attribute("aria-invalid") == "true"
    phone.get_by_role("textbox", name="Wat is uw postcode?").fill("8990")
    onward(phone)
    phone.get_by_role("radio").first.check()
    onward(phone)
    phone.listen()
    phone.goto(phone.home + "/vraag/nakijken/")
    onward(phone, "Versturen")
    phone.listen()
    phone.goto(phone.home + "/vraag/wat-gebeurt-er/")
    phone.listen()
    assert phone.heard == []
    assert Contact.objects.get().channel == "web"


def test_the_map_and_the_places_can_be_heard_in_english_too(phone):
    an_activity()
    for path in ("sociale-kaart/", "sociale-kaart/eetcafe/", "sociale-kaart/wijk/WK990100/", "plekken/"):
        phone.goto(f"{phone.home}/entree/{path}")
        phone.listen()
    phone.goto(f"{phone.home}/entree/sociale-kaart/wijk/WK990100/analyse/")
    phone.get_by_role("button", name="English").click()
    phone.listen("en")
    assert phone.heard == []
