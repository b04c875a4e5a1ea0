"""One journey through two rooms in a real browser: a call, the question behind it, the tree, a team, a first visit."""

from importlib.resources import files

import msgspec
import pytest
from django.conf import settings as django_settings

from browser import browser
from noaber.web.entrance.models import PassedOn
from noaber.web.support.models import Case
from visits import visit

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "Mijn vader eet niet meer goed sinds mijn moeder er niet is."


@pytest.fixture
def town(team, settings):
    """The partner with the districts of the made-up town."""
    told = str(files("noaber.demo") / "noaberstad.toml")
    settings.NOABER = msgspec.structs.replace(django_settings.NOABER, role="partner", municipality=told)
    return team


def call(page):
    """The daughter calls; together they look for the question behind the question, and walk along the tree."""
    page.fill("[name=words]", WORDS)
    page.locator("[name=theme][value=gezondheid]").check()
    page.locator("[name=outcome][value=basic_support]").check()
    page.locator("[name=channel][value=telephone]").check()
    page.fill("[name=where]", "Oale Markt")
    page.click("summary:has-text('Wie vraagt het')")
    page.fill("[name=caller_name]", "Els Roelofs")
    page.fill("[name=caller_phone]", "06 11 11 22 22")
    page.select_option("[name=relation]", "child")
    page.fill("[name=about_name]", "Wim Roelofs")
    page.click("button[name=clarify]")
    page.fill("[name=said]", "Ik kook niet voor mij alleen")
    page.get_by_label("Voorgelezen, en de inwoner herkent het").check()
    page.click("button[name=triage]")
    for answer in ("Nee", "Nee", "Nee", "Nee, of niet genoeg", "Nee"):
        page.click(f".answers a:text-is('{answer}')")
    page.click("button:has-text('Zo doen we het')")
    assert "Doorgegeven aan het wijkteam" in page.locator("main").inner_text()


def judge(page, words):
    """Somebody looks at the question, and gives an answer of their own."""
    page.get_by_role("link", name="Vragen", exact=True).click()
    page.locator(".todo a", has_text="Kijk als").click()
    page.get_by_label("Basisondersteuning").check()
    page.get_by_label("Waarom?").fill(words)
    page.get_by_role("button", name="Mijn antwoord vastleggen").click()


def test_what_she_says_arrives_and_her_father_gets_a_first_visit(browser, live_server, town):
    wide, phone = {"viewport": {"width": 1280, "height": 900}}, {"viewport": {"width": 360, "height": 740}}
    with visit(browser, live_server.url, town.client("jolien"), "/entree/contact/", **wide) as desk:
        call(desk)
        desk.check()
    with visit(browser, live_server.url, town.client("janna"), "/ondersteuning/", **phone) as page:
        assert "Nieuw van de entree: Ik kook niet voor mij alleen" in page.locator("main").inner_text()
        page.get_by_role("link", name="Opnemen").click()
        page.check()
        assert "Els Roelofs (zoon of dochter)" in page.locator("main").inner_text()
        page.get_by_role("button", name="Opnemen").click()
        page.check()
        judge(page, "Samen eten, met iemand die meegaat")
    with visit(browser, live_server.url, town.client("ruud"), "/ondersteuning/", **wide) as page:
        judge(page, "Dichtbij, met een vast gezicht")
    with visit(browser, live_server.url, town.client("liesbeth"), "/ondersteuning/", **wide) as page:
        page.get_by_role("link", name="Verdelen").click()
        page.get_by_label("Vaste begeleider").select_option(label="Janna")
        page.get_by_label("Vanaf").fill(town.on.isoformat())
        page.get_by_role("button", name="Bewaren").click()
    dark = phone | {"color_scheme": "dark"}
    with visit(browser, live_server.url, town.client("janna"), "/ondersteuning/dossiers/", **dark) as page:
        page.get_by_role("link", name="Wim Roelofs").click()
        page.get_by_role("link", name="Notitie schrijven").click()
        page.get_by_label("Notitie").fill("Eerste bezoek: hij wil wel mee-eten op donderdag.")
        page.get_by_role("button", name="Bewaren").click()
        assert "Eerste bezoek" in page.locator("#verhaal").inner_text()
    with visit(browser, live_server.url, town.client("jolien"), "/entree/vandaag/", **wide) as desk:
        asked = PassedOn.objects.get().question
        desk.goto(f"{live_server.url}/entree/contact/{asked.contact.key}/")
        assert "Opgepakt door Janna van het wijkteam" in desk.locator("main").inner_text()
    assert Case.objects.get().running
