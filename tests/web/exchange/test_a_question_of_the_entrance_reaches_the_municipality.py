"""A journey through two installations in a real browser: a call at the partner, and a desk at the municipality."""

import pytest

from browser import browser
from exchanging import BORN, MUNICIPALITY, NUMBERS, PARTNER
from visits import visit

__all__ = ["browser"]
pytestmark = pytest.mark.browser
WORDS = "Ik val steeds in de douche. Kan er iets aan mijn huis gebeuren?"
WIDE, PHONE = {"viewport": {"width": 1280, "height": 900}}, {"viewport": {"width": 360, "height": 740}}


def write(page, number):
    """Hand over what waits: for which law, what the law asks for, and what may go."""
    page.get_by_role("link", name="Dina Voortman").click()
    page.check()
    page.get_by_role("link", name="Onderzoek en besluit Wmo-maatwerk").click()
    page.check()
    assert page.input_value("[name=vraag]") == WORDS
    assert page.input_value("[name=naam]") == "Dina Voortman"
    page.fill("[name=number]", number)
    page.fill("[name=born_on]", BORN.isoformat())
    page.fill("[name=jeugdhulp]", "Haar kleinzoon woont bij haar, met begeleiding.")
    page.get_by_role("button", name="Bewaren en nakijken").click()
    assert number not in page.url
    page.check()


def consent(page):
    """The resident says yes to what the law lets go with consent only."""
    page.get_by_role("link", name="Toestemming vastleggen").click()
    page.check()
    page.locator("[name=origins][value=jeugdwet]").check()
    page.locator("[name=given_by][value=resident]").check()
    page.fill("[name=asked_how]", "Aan de telefoon, en voorgelezen.")
    page.get_by_role("button", name="Vastleggen").click()


def test_a_call_is_handed_over_and_taken_over_and_the_entrance_sees_it(browser, both, between):
    partner, municipality = both[PARTNER], both[MUNICIPALITY]
    between.forget()
    desk = partner.do("log_in", who="jolien", roles=["entrance_worker", "exchange_worker"])
    contact = partner.do("take_call", who="jolien", words=WORDS, caller="Dina Voortman", phone="06 11 11 22 22")
    with visit(browser, partner.address, desk, "/entree/overdragen/", **WIDE) as page:
        write(page, NUMBERS[9])
        assert "Dit blijft hier" in page.locator("main").inner_text()
        consent(page)
        assert "Dit blijft hier" not in page.locator("main").inner_text()
        page.get_by_role("button", name="Versturen").click()
        page.goto(f"{partner.address}/entree/contact/{contact}/")
        assert "Overdracht aan de gemeente: onderweg" in page.locator("main").inner_text()
    assert partner.do("deliver")["said"] >= 1

    there = municipality.do("log_in", who="hilda", roles=["exchange_worker"])
    with visit(browser, municipality.address, there, "/uitwisseling/", **PHONE) as page:
        page.get_by_role("link", name="Dina Voortman").click()
        page.check()
        told = page.locator("main").inner_text()
        assert WORDS in told
        assert "Noaber heeft nog geen dossiers voor maatwerk." in told
        page.get_by_role("button", name="Overnemen").click()
    assert municipality.do("deliver")["said"] >= 1

    with visit(browser, partner.address, desk, "/entree/overdragen/", **PHONE) as page:
        assert "overgenomen" in page.locator("main").inner_text()
        page.goto(f"{partner.address}/entree/contact/{contact}/")
        assert "Overdracht aan de gemeente: overgenomen" in page.locator("main").inner_text()
    passed = b"".join(head + body for head, body in between.asked)
    assert NUMBERS[9].encode() not in passed
