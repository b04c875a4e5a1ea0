"""Every page without parameters, in a real browser: axe finds nothing, nothing sticks out or is refused."""

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from doors import doors

from browser import browser, faults
from noaber.web.access.rights import rights_of

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
PAGES = [
    (name, address, door)
    for role, name, address, door, parameters in doors()
    if role == "municipality" and not parameters
]
CAST = ("derk", "fenna", "berend", "carolien", "aaltje", "gerrit")


def whoever_may(cast, door):
    """Somebody whom the door lets in; empty for everyone, None when nobody of the cast is."""
    if door.kind in {"public", "resident"}:
        return {"public": "", "resident": "ilse"}[door.kind]
    for name in CAST:
        if door.kind == "logged_in" or rights_of(cast.people[name], timezone.localdate()).may(door.permission):
            return name
    return None


def client_of(cast, name):
    """A client in which `name` is logged in."""
    return cast.resident_client() if name == "ilse" else cast.client(name) if name else Client()


def open_as(browser, live_server, client, **how):
    """A page of the browser in which the session of `client` is known; collects what the browser complains about."""
    context = browser.new_context(locale="nl-NL", **how)
    if "sessionid" in client.cookies:
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda told: page.complaints.append(told.text) if told.type == "error" else None)
    return page


def test_every_page_is_usable_by_everyone(browser, live_server, cast):
    found, seen = [], 0
    for name in {whoever_may(cast, door) for _, _, door in PAGES} - {None}:
        client = client_of(cast, name)
        shown = [
            (route, address)
            for route, address, door in PAGES
            if whoever_may(cast, door) == name and is_page(client.get(address))
        ]
        for how in ({"viewport": WIDE}, {"viewport": NARROW, "color_scheme": "dark"}):
            page, width = open_as(browser, live_server, client, **how), how["viewport"]["width"]
            for route, address in shown:
                page.goto(live_server.url + address)
                seen += 1
                found += [f"{route} at {width}: {fault}" for fault in (*faults(page), *page.complaints)]
                page.complaints.clear()
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    found.append(f"{route} at {width}: sticks out")
            page.context.close()
    assert not found
    assert seen > 30


def is_page(answer):
    """Whether an answer is a page for people."""
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")


def test_one_logs_in_with_the_keyboard_alone(browser, live_server, cast):
    page = open_as(browser, live_server, Client(), viewport=WIDE)
    page.goto(live_server.url + "/toegang/inloggen/")
    page.wait_for_selector("#id_username:focus")
    page.keyboard.type("berend@noaberstad.example")
    page.keyboard.press("Tab")
    page.keyboard.type("niet het wachtwoord")
    page.keyboard.press("Enter")
    page.wait_for_selector("#fouten:focus")
    page.locator("#id_password").focus()
    page.keyboard.type("het wachtwoord van berend")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tweede-stap/instellen/")
    page.keyboard.type(f"{totp(TOTPDevice.objects.get(user=cast.berend).bin_key):06d}")
    page.keyboard.press("Enter")
    page.wait_for_selector(".codes")
    page.goto(live_server.url + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"
